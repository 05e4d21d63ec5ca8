"""Types by other names: forward references, aliases of types, wrapped functions."""

from __future__ import annotations

import functools
from typing import Annotated, Optional

from pydantic import AliasChoices, BaseModel, Field, Json
from typing_extensions import TypeAliasType

from fastapi_lite import Body, FastAPI, Form, Query

app = FastAPI()
Limit = TypeAliasType("Limit", Annotated[int, Query(ge=1, description="aliased")])
Count = TypeAliasType("Count", int)
Names = TypeAliasType("Names", list[str])


class Item(BaseModel):
    name: str
    count: Count = 1


class Later(BaseModel):
    other: Other


class Other(BaseModel):
    a: int = 1


def logged(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)

    return inner


@app.get("/limit")
def limit(limit: Limit = 3, names: Annotated[Names | None, Query()] = None): ...


@app.post("/later")
@logged
def later(later: Later, q: Optional[int] = None) -> Later: ...  # noqa: UP045  # the older spelling


def base(a: int, b: str = "b"): ...


app.get("/partial")(functools.partial(base, b="c"))


@app.get("/json")
def json_query(
    data: Annotated[Json[list[int]], Query()], other: Annotated[Json | None, Query()] = None
): ...


@app.post("/json-form")
def json_form(data: Annotated[Json[dict[str, int]], Form()]): ...


@app.get("/choices")
def choices(
    a: Annotated[int, Query(validation_alias=AliasChoices("first", "second"))],
    b: Annotated[int, Query(alias="B", validation_alias="bee", serialization_alias="sb")] = 1,
    c: Annotated[int, Field(description="a field beside", ge=2), Query()] = 3,
): ...


@app.post("/metadata")
def metadata(a: Annotated[list[Annotated[int, Field(gt=0)]], Body(max_length=3)]): ...
