"""Names of bodies: by alias, beside path and query of one name, optional ones, in GET, as a whole or embedded."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel
from typing_extensions import NotRequired, TypedDict

from fastapi_lite import Body, FastAPI, Path, Query

app = FastAPI()


@dataclass
class Point:
    x: int
    y: int = field(default=0, metadata={"note": "not shown"})


class Options(TypedDict):
    mode: Literal["a", "b"]
    deep: NotRequired[list[Point]]


class Item(BaseModel):
    id: int


@app.put("/items/{id}")
def put(
    id: Annotated[int, Path()], item: Annotated[Item, Body(alias="the-item")], q: str | None = None
):
    return [id, item, q]


@app.put("/two/{item}")
def two(item: str, body: Annotated[Item | None, Body(embed=True, title="Body")] = None):
    return [item, body]


@app.post("/point")
def point(point: Point | None = None, n: Annotated[int, Query(alias="point")] = 0):
    return [point, n]


@app.get("/search")
def search(options: Options, limit: int = 3):
    return [options, limit]


@app.post("/scalars")
def scalars(
    a: Annotated[int, Body(gt=0)],
    b: Annotated[float | None, Body(validation_alias="bee")] = None,
    c: Annotated[list[Point], Body(max_length=1)] = [],
):
    return [a, b, c]


REQUESTS = [
    {"method": "PUT", "url": "/items/1?q=x", "json": {"id": 2}},
    {"method": "PUT", "url": "/items/x", "json": {"the-item": {"id": 2}}},
    {"method": "PUT", "url": "/two/1"},
    {"method": "PUT", "url": "/two/1", "json": {"body": {"id": 1}}},
    {"method": "PUT", "url": "/two/1", "json": {"id": 1}},
    {"method": "PUT", "url": "/two/1", "json": {"body": None}},
    {"method": "POST", "url": "/point?point=5"},
    {"method": "POST", "url": "/point?point=x", "json": {"y": "z"}},
    {"method": "POST", "url": "/point", "json": {"x": 1, "z": 2}},
    {"method": "GET", "url": "/search", "json": {"mode": "a", "deep": [{"x": 1}]}},
    {"method": "GET", "url": "/search?limit=x", "json": {"mode": "c", "more": 1}},
    {"method": "POST", "url": "/scalars", "json": {"a": 1, "bee": 2, "c": [{"x": 1, "y": 2}]}},
    {"method": "POST", "url": "/scalars", "json": {"a": 0, "b": 2, "c": [1, 2]}},
    {"method": "POST", "url": "/scalars", "json": 5},
]
