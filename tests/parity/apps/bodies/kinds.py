"""Bodies of every kind: scalars, lists, dicts, dataclasses, TypedDicts, bytes, anything."""

from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple, Optional, Union

from pydantic import BaseModel, RootModel
from typing_extensions import NotRequired, TypedDict

from fastapi_lite import Body, FastAPI

app = FastAPI()


@dataclass
class Point:
    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list)


class Movie(TypedDict):
    title: str
    year: NotRequired[int]


class Pair(NamedTuple):
    a: int
    b: str = "b"


class Names(RootModel[list[str]]):
    pass


class Item(BaseModel):
    name: str


@app.post("/scalar")
def scalar(value: Annotated[int, Body(ge=0)]):
    return value


@app.post("/text")
def text(value: str = Body()):
    return value


@app.post("/list")
def list_(items: list[Item]):
    return items


@app.post("/set")
def set_(items: set[int]):
    return sorted(items)


@app.post("/dict")
def dict_(weights: dict[int, float]):
    return weights


@app.post("/dataclass")
def dataclass_(point: Point) -> Point:
    return point


@app.post("/typed-dict")
def typed_dict(movie: Movie) -> Movie:
    return movie


@app.post("/tuple")
def tuple_(pair: Annotated[Pair, Body()]):
    return pair


@app.post("/root")
def root(names: Names) -> Names:
    return names


@app.post("/any")
def any_(value: Annotated[Any, Body()]):
    return {"value": value}


@app.post("/optional")
def optional(item: Optional[Item] = None):
    return item


@app.post("/union")
def union(item: Union[Item, list[Item], int]):
    return {"is": type(item).__name__}


@app.post("/default")
def default(item: Item = Item(name="default"), factor: Annotated[int, Body()] = 1):
    return [item, factor]


@app.post("/embedded")
def embedded(item: Annotated[Item, Body(embed=True)]):
    return item


REQUESTS = [
    {"method": "POST", "url": "/scalar", "json": 3},
    {"method": "POST", "url": "/scalar", "json": -1},
    {"method": "POST", "url": "/scalar", "json": "3"},
    {"method": "POST", "url": "/scalar", "json": 3.5},
    {"method": "POST", "url": "/text", "json": "a"},
    {"method": "POST", "url": "/text", "json": 1},
    {"method": "POST", "url": "/text", "content": b'"raw"'},
    {"method": "POST", "url": "/list", "json": [{"name": "a"}, {"name": 1}, {}]},
    {"method": "POST", "url": "/list", "json": {"name": "a"}},
    {"method": "POST", "url": "/set", "json": [1, 1, 2, "3"]},
    {"method": "POST", "url": "/dict", "json": {"1": 2, "x": "y"}},
    {"method": "POST", "url": "/dict", "json": {"1": 2, "2": 0.5}},
    {"method": "POST", "url": "/dataclass", "json": {"x": 1, "unknown": 1}},
    {"method": "POST", "url": "/dataclass", "json": {"y": "z", "tags": "no"}},
    {"method": "POST", "url": "/typed-dict", "json": {"title": "a"}},
    {"method": "POST", "url": "/typed-dict", "json": {"year": "x"}},
    {"method": "POST", "url": "/tuple", "json": [1]},
    {"method": "POST", "url": "/tuple", "json": {"a": 1, "b": "c"}},
    {"method": "POST", "url": "/root", "json": ["a", "b"]},
    {"method": "POST", "url": "/root", "json": ["a", 1]},
    {"method": "POST", "url": "/any", "json": {"a": [None, True]}},
    {"method": "POST", "url": "/any"},
    {"method": "POST", "url": "/optional"},
    {"method": "POST", "url": "/optional", "json": {}},
    {"method": "POST", "url": "/optional", "json": {"name": "x"}},
    {"method": "POST", "url": "/union", "json": {"name": "x"}},
    {"method": "POST", "url": "/union", "json": "7"},
    {"method": "POST", "url": "/union", "json": [{"name": 1}]},
    {"method": "POST", "url": "/default"},
    {"method": "POST", "url": "/default", "json": {"factor": 3}},
    {"method": "POST", "url": "/default", "json": {"item": {}, "factor": "x"}},
    {"method": "POST", "url": "/embedded", "json": {"item": {"name": "a"}}},
    {"method": "POST", "url": "/embedded", "json": {"name": "a"}},
]
