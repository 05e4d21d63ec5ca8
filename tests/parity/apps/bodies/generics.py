"""Generic models, in and out, nested, of one name with different arguments."""

from typing import Generic, Optional, TypeVar

from pydantic import BaseModel

from fastapi_lite import FastAPI

app = FastAPI()
T = TypeVar("T")
K = TypeVar("K")


class Item(BaseModel):
    name: str


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int = 0
    next: Optional["Page[T]"] = None


class Pair(BaseModel, Generic[K, T]):
    first: K
    second: T


@app.get("/items")
def items() -> Page[Item]:
    return Page[Item](items=[Item(name="a")], total=1)


@app.get("/numbers", response_model=Page[int])
def numbers():
    return {"items": ["1", 2], "next": {"items": [3]}}


@app.post("/pair")
def pair(pair: Pair[str, Page[Item]]) -> Pair[int, Item]:
    return Pair[int, Item](first=len(pair.first), second=pair.second.items[0])


@app.post("/untyped")
def untyped(page: Page) -> Page:
    return page


REQUESTS = [
    {"url": "/items"},
    {"url": "/numbers"},
    {
        "method": "POST",
        "url": "/pair",
        "json": {"first": "abc", "second": {"items": [{"name": "x"}]}},
    },
    {"method": "POST", "url": "/pair", "json": {"first": 1, "second": {"items": [{}]}}},
    {"method": "POST", "url": "/untyped", "json": {"items": [1, "a", None]}},
]
