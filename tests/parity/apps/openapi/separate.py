"""Which models get two schemas: defaults, computed fields, serialisers, and those that use them."""

from datetime import date
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel, Field, computed_field, field_serializer

from fastapi_lite import FastAPI

app = FastAPI()


class Colour(str, Enum):
    """The colours."""

    red = "red"
    blue = "blue"


class Plain(BaseModel):
    required: int


class Defaults(BaseModel):
    colour: Colour = Colour.red
    maybe: int | None = None
    plain: Plain = Plain(required=1)


class Computed(BaseModel):
    a: int

    @computed_field(title="Twice", description="Two times a")
    @property
    def twice(self) -> int:
        return self.a * 2


class Written(BaseModel):
    day: date = date(2026, 1, 1)

    @field_serializer("day")
    def as_year(self, value: date) -> int:
        return value.year


class Holder(BaseModel):
    defaults: Defaults
    many: list[Computed] = Field([], max_length=3)
    by_key: dict[str, Written] | None = None
    kind: Literal["holder"] = "holder"
    extra: Any = None


@app.post("/plain")
def plain(body: Plain) -> Plain:
    return body


@app.post("/defaults")
def defaults(body: Defaults) -> Defaults:
    return body


@app.post("/computed")
def computed(body: Computed) -> Computed:
    return body


@app.post("/written")
def written(body: Written) -> Written:
    return body


@app.post("/holder")
def holder(body: Holder) -> list[Holder]:
    return [body]


@app.get("/colours")
def colours(one: Colour = Colour.blue) -> list[Colour]:
    return [one]


REQUESTS = [
    {"method": "POST", "url": "/plain", "json": {"required": 1}},
    {"method": "POST", "url": "/defaults", "json": {}},
    {"method": "POST", "url": "/computed", "json": {"a": 2, "twice": 5}},
    {"method": "POST", "url": "/written", "json": {"day": "2027-01-01"}},
    {
        "method": "POST",
        "url": "/holder",
        "json": {"defaults": {}, "many": [{"a": 1}], "by_key": {"x": {}}},
    },
    {
        "method": "POST",
        "url": "/holder",
        "json": {"defaults": {"colour": "green"}, "many": [{}, {}, {}, {}]},
    },
    {"url": "/colours?one=red"},
]
