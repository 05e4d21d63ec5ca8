"""Generators of every kind are sent as JSON Lines."""

import math
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Generator,
    Iterable,
    Iterator,
)
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from fastapi_lite import FastAPI, Response

app = FastAPI()


class Item(BaseModel):
    name: str = Field(alias="itemName")
    day: date | None = None


class Secret(Item):
    password: str = "hidden"


@app.get("/untyped")
def untyped(n: int = 3):
    for i in range(n):
        yield {"i": i, "f": math.nan if i else math.inf}


@app.get("/models")
async def models() -> AsyncIterable[Item]:
    yield Secret(itemName="a", day=date(2024, 1, 2))
    yield {"itemName": "b"}


@app.get("/iterator")
def iterator() -> Iterator[int]:
    yield 1
    yield "2"


@app.get("/iterable")
def iterable() -> Iterable[str | None]:
    yield "é\n"
    yield None


@app.get("/generator")
def generator() -> Generator[list[int], None, None]:
    yield [1]
    yield []


@app.get("/async-iterator")
async def async_iterator() -> AsyncIterator[Any]:
    yield Item(itemName="x")
    yield {1, 2} - {2}


@app.get("/async-generator")
async def async_generator() -> AsyncGenerator[float, None]:
    yield 1.5
    yield 1


@app.get("/nothing")
async def nothing() -> AsyncIterator[int]:
    return
    yield


@app.post("/status", status_code=202)
def status(response: Response, names: list[str]) -> Iterator[str]:
    response.headers["x-count"] = str(len(names))
    response.set_cookie("streamed", "yes")
    yield from names


REQUESTS = [
    {"url": "/untyped"},
    {"url": "/untyped?n=0"},
    {"url": "/untyped?n=x"},
    {"url": "/models"},
    {"url": "/iterator"},
    {"url": "/iterable"},
    {"url": "/generator"},
    {"url": "/async-iterator"},
    {"url": "/async-generator"},
    {"url": "/nothing"},
    {"method": "POST", "url": "/status", "json": ["a", "b"]},
    {"method": "POST", "url": "/status", "json": "a"},
]
