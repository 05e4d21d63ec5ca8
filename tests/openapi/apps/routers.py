"""What inclusion adds to operations."""

import enum

from pydantic import BaseModel

from fastapi_lite import APIRouter, Depends, FastAPI, Header


class Tag(enum.Enum):
    inner = "inner tag"


class Item(BaseModel):
    a: int = 1


def header(x_outer: str = Header()):
    return x_outer


app = FastAPI()
outer = APIRouter(prefix="/outer", tags=["outer"], dependencies=[Depends(header)])
inner = APIRouter(prefix="/inner/{place}", tags=[Tag.inner], deprecated=True)
hidden = APIRouter(include_in_schema=False)
empty = APIRouter()


@inner.get("")
def read_inner(place: str): ...


@inner.get("/own", tags=["own", "outer"], deprecated=False)
def own() -> Item: ...


@hidden.get("/hidden")
def hide(): ...


@hidden.get("/still-hidden", include_in_schema=True)
def still_hidden(): ...


@outer.post("/items")
def create(item: Item, place: int = 1): ...


@empty.get("/shared/{a}")
def shared(a: int): ...


outer.include_router(inner, tags=["on inclusion"])
outer.include_router(hidden, prefix="/h")
app.include_router(outer)
app.include_router(outer, prefix="/again", tags=["again"], deprecated=True)
app.include_router(empty, prefix="/one")
app.include_router(empty, prefix="/two", include_in_schema=False)
app.include_router(empty, prefix="/three/{b}")


@inner.get("/late")
def late(): ...


@app.get("/last")
def last(): ...
