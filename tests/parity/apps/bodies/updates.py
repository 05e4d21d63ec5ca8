"""Partial updates: what was sent is told from what was not, stored as JSON, patched, put, deleted with a body."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fastapi_lite import Body, FastAPI, HTTPException
from fastapi_lite.encoders import jsonable_encoder

app = FastAPI()
store: dict[str, dict] = {}


class Item(BaseModel):
    model_config = ConfigDict(validate_assignment=True, str_strip_whitespace=True)
    name: str | None = None
    price: float = Field(10.5, ge=0)
    tags: set[str] = set()
    sizes: dict[int, tuple[float, ...]] = {}


@app.put("/items/{key}", status_code=201)
def put(key: str, item: Item) -> Item:
    store[key] = jsonable_encoder(item)
    return item


@app.patch("/items/{key}", response_model=Item, response_model_exclude_unset=True)
def patch(key: str, item: Item):
    if key not in store:
        raise HTTPException(404, detail={"key": key})
    merged = Item(**store[key]).model_copy(update=item.model_dump(exclude_unset=True))
    store[key] = jsonable_encoder(merged, exclude_defaults=True)
    return merged


@app.delete("/items/{key}")
def delete(key: str, keys: Annotated[list[str] | None, Body(embed=True)] = None):
    return [store.pop(one, None) for one in [key, *(keys or [])]]


STATEFUL = True
REQUESTS = [
    {"method": "PATCH", "url": "/items/a", "json": {}},
    {"method": "PUT", "url": "/items/a", "json": {"name": " x ", "sizes": {"1": [1, 2.5]}}},
    {"method": "PUT", "url": "/items/a", "json": {"sizes": {"x": [1]}, "price": -1}},
    {"method": "PATCH", "url": "/items/a", "json": {"price": "3"}},
    {"method": "PATCH", "url": "/items/a", "json": {"name": None}},
    {"method": "PATCH", "url": "/items/a", "json": {"tags": ["t", "t"]}},
    {"method": "PATCH", "url": "/items/a", "content": b'{"price": 1e400}'},
    {"method": "PATCH", "url": "/items/a", "json": []},
    {"method": "DELETE", "url": "/items/a", "json": {"keys": ["b"]}},
    {"method": "DELETE", "url": "/items/a", "json": ["b"]},
    {"method": "DELETE", "url": "/items/a"},
]
