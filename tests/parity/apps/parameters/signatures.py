"""Where signatures come from: wrapped functions, partials, callable objects, methods, text."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Annotated

from fastapi_lite import Depends, FastAPI, Query, Request

if TYPE_CHECKING:
    from collections.abc import Callable

app = FastAPI()


def logged(function: Callable) -> Callable:
    @wraps(function)
    def inside(*args, **kwargs):
        return {"wrapped": function(*args, **kwargs)}

    return inside


def logged_async(function):
    @wraps(function)
    async def inside(*args, **kwargs):
        return {"wrapped": await function(*args, **kwargs)}

    return inside


@app.get("/wrapped")
@logged
def wrapped(number: int, q: Annotated[str, Query(max_length=2)] = "x") -> dict:
    """Wrapped."""
    return {"number": number, "q": q}


@app.get("/wrapped-async")
@logged_async
async def wrapped_async(number: int, request: Request):
    return [number, request.url.path]


def three(a: int, b: int, c: int = 3):
    return [a, b, c]


app.get("/partial", name="partial")(partial(three, 1))
app.get("/partial-by-name", name="partial2")(partial(three, b=5))


class Shop:
    def __init__(self, name):
        self.name = name

    def __call__(self, item: str):
        return [self.name, item]

    def method(self, item: int):
        return [self.name, item]

    async def slow(self, item: int):
        return [self.name, item]


shop = Shop("corner")
app.get("/object", name="object")(shop)
app.get("/method")(shop.method)
app.get("/slow")(shop.slow)


class Later:
    def __init__(self, value: int = 4) -> None:
        self.value = value


@app.get("/depends")
def depends(found: Annotated[list, Depends(shop)], later: Annotated[Later, Depends()]):
    return [found, later.value]


REQUESTS = [
    {"url": "/wrapped?number=1"},
    {"url": "/wrapped?number=x&q=long"},
    {"url": "/wrapped-async?number=2"},
    {"url": "/partial?b=2"},
    {"url": "/partial?b=2&a=9&c=x"},
    {"url": "/partial-by-name?a=1"},
    {"url": "/partial-by-name?a=1&b=7"},
    {"url": "/object?item=a"},
    {"url": "/method?item=1"},
    {"url": "/slow?item=x"},
    {"url": "/depends?item=q"},
]
