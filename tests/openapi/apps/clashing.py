"""Models of one name from several places."""

import enum

from pydantic import BaseModel

from fastapi_lite import FastAPI

app = FastAPI()


def make_first():
    class Item(BaseModel):
        first: int = 1

    class State(enum.Enum):
        a = "a"

    return Item, State


def make_second():
    class Item(BaseModel):
        second: str

    class State(enum.Enum):
        b = "b"

    return Item, State


First, FirstState = make_first()
Second, SecondState = make_second()


class Outer(BaseModel):
    class Item(BaseModel):
        inner: int

    item: Item


class Titled(BaseModel):
    model_config = {"title": "Renamed"}

    a: int


class HTTPValidationError(BaseModel):
    mine: int


@app.post("/first")
def first(x: First) -> First: ...


@app.post("/second")
def second(x: Second, s: FirstState, t: SecondState) -> list[Second]: ...


@app.post("/outer")
def outer(x: Outer) -> Outer: ...


@app.post("/titled")
def titled(x: Titled): ...


@app.post("/own-error")
def own_error(x: HTTPValidationError): ...
