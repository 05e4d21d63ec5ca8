"""Several bodies by name, beside path and query, with and without defaults."""

from typing import Annotated

from pydantic import BaseModel, Field

from fastapi_lite import Body, FastAPI, Path, Query

app = FastAPI()


class Item(BaseModel):
    name: str
    tax: float | None = None


class User(BaseModel):
    username: str = Field(alias="user-name")


@app.put("/items/{item_id}")
def put(
    item_id: Annotated[int, Path(ge=0)],
    item: Item,
    user: User,
    importance: Annotated[int, Body(gt=0)],
    note: Annotated[str | None, Body(alias="the-note")] = None,
    q: Annotated[str | None, Query(max_length=3)] = None,
):
    return {
        "id": item_id,
        "item": item,
        "user": user,
        "importance": importance,
        "note": note,
        "q": q,
    }


@app.patch("/items/{item_id}")
def patch(
    item_id: int, item: Item | None = None, extra: Annotated[dict[str, int] | None, Body()] = None
):
    return [item_id, item, extra]


GOOD = {"item": {"name": "a"}, "user": {"user-name": "b"}, "importance": 1}
REQUESTS = [
    {"method": "PUT", "url": "/items/1", "json": GOOD},
    {"method": "PUT", "url": "/items/1?q=abc", "json": {**GOOD, "the-note": "n", "unknown": 1}},
    {"method": "PUT", "url": "/items/-1?q=long", "json": {"item": {}, "user": {"username": "b"}}},
    {"method": "PUT", "url": "/items/x", "json": {**GOOD, "importance": 0, "note": "n"}},
    {"method": "PUT", "url": "/items/1"},
    {"method": "PUT", "url": "/items/1", "json": []},
    {"method": "PUT", "url": "/items/1", "json": None},
    {
        "method": "PUT",
        "url": "/items/1",
        "content": b"{",
        "headers": {"content-type": "application/json"},
    },
    {"method": "PATCH", "url": "/items/1"},
    {"method": "PATCH", "url": "/items/1", "json": {}},
    {"method": "PATCH", "url": "/items/1", "json": {"item": None, "extra": {"a": 1}}},
    {"method": "PATCH", "url": "/items/1", "json": {"item": {"name": 2}, "extra": {"a": "x"}}},
]
