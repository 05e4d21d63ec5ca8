"""What is not shown, and what of it still is."""

import enum
from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import Body, Depends, FastAPI, Header, Query

app = FastAPI()


class Level(enum.Enum):
    low = 1


class Kind(enum.Enum):
    plain = "plain"


class Filters(BaseModel):
    kind: Kind


class Value(BaseModel):
    v: int


class Secret(BaseModel):
    s: int


def hidden_dependency(x: Annotated[str, Header(include_in_schema=False)] = "x"):
    return x


@app.get("/parameters")
def parameters(
    level: Annotated[Level, Query(include_in_schema=False)],
    filters: Annotated[Filters, Query(include_in_schema=False)],
): ...


@app.get("/dependency", dependencies=[Depends(hidden_dependency)])
def dependency(): ...


@app.options("/no-body-for-options")
def options(value: Value, y: int = Body()): ...


@app.api_route("/no-body-for-query", methods=["QUERY"])
def query(value: Value, y: int = Body()): ...


@app.post("/operation", include_in_schema=False)
def operation(secret: Secret) -> Secret: ...


@app.post("/body")
def body(
    value: Annotated[Value, Body(include_in_schema=False, description="shown all the same")],
): ...
