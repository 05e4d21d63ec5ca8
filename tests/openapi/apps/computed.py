"""Without the split, only what has computed fields is documented in both directions."""

import datetime
from decimal import Decimal

from pydantic import BaseModel, Field, computed_field

from fastapi_lite import FastAPI

app = FastAPI(separate_input_output_schemas=False)


class Computed(BaseModel):
    a: int = 1

    @computed_field
    def b(self) -> int:
        return self.a


class Different(BaseModel):
    a: datetime.timedelta
    d: Decimal = Decimal(1)


class Holder(BaseModel):
    computed: Computed
    different: Different


class Many(BaseModel):
    many: list[Computed | None]


class Derived(Computed):
    x: int = 1


class Renamed(BaseModel):
    one: int = Field(validation_alias="uno", serialization_alias="ein")


class Node(BaseModel):
    children: "list[Node]" = []

    @computed_field
    def size(self) -> int:
        return len(self.children)


@app.post("/holder")
def holder(x: Holder) -> Holder: ...


@app.post("/many")
def many(x: Many) -> Many: ...


@app.post("/derived")
def derived(x: Derived) -> Derived | None: ...


@app.post("/different")
def different(x: Different) -> Different: ...


@app.post("/differents")
def differents(x: list[Different]) -> list[Different]: ...


@app.post("/renamed")
def renamed(x: Renamed) -> Renamed: ...


@app.post("/renameds")
def renameds(x: Renamed) -> list[Renamed]: ...


@app.post("/node")
def node(x: Node) -> Node: ...
