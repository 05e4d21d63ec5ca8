"""Functions that yield: JSON Lines, with and without an item type, sync and async."""

from collections.abc import AsyncIterable, AsyncIterator, Generator, Iterable
from typing import Any

from pydantic import BaseModel

from fastapi_lite import FastAPI, HTTPException, Response

app = FastAPI()


class Item(BaseModel):
    name: str
    price: float | None = None


class Stored(Item):
    secret: str = "s"


@app.get("/sync")
def sync() -> Iterable[Item]:
    yield Item(name="a")
    yield Stored(name="b", price=1)
    yield {"name": "c"}


@app.get("/async")
async def async_() -> AsyncIterable[Item]:
    yield Item(name="a")
    yield {"name": "b", "price": "2.5"}


@app.get("/untyped")
def untyped():
    yield {"a": 1}
    yield "text"
    yield None
    yield float("nan")


@app.get("/any")
async def any_() -> AsyncIterator[Any]:
    yield [1, 2.5]


@app.get("/generator")
def generator() -> Generator[int, None, None]:
    yield 1
    yield "2"


@app.get("/excluded", response_model_exclude_none=True, status_code=206)
def excluded(response: Response) -> Iterable[Item]:
    response.headers["x-own"] = "1"
    yield Item(name="a")


@app.get("/wrong")
def wrong() -> Iterable[Item]:
    yield {"name": "a"}
    yield {"price": "x"}


@app.get("/raises")
def raises():
    raise HTTPException(404, "before the first")
    yield 1


@app.get("/empty")
def empty() -> Iterable[Item]:
    return
    yield


REQUESTS = [
    {"url": f"/{name}"}
    for name in (
        "sync",
        "async",
        "untyped",
        "any",
        "generator",
        "excluded",
        "wrong",
        "raises",
        "empty",
    )
]
