"""Dependencies that are made: closures, __signature__, partials of classes, wrapped generators, registries."""

from __future__ import annotations

import functools
import inspect
from contextlib import asynccontextmanager
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel

from fastapi_lite import Depends, FastAPI, Query

app = FastAPI()
T = TypeVar("T")


class Page:
    def __init__(self, number: int = 1, size: Annotated[int, Query(le=50)] = 10):
        self.number, self.size = number, size


class Filter(BaseModel):
    word: str | None = None
    tags: list[str] = Query(default=[])


class Repository(Generic[T]):
    def __init__(self, tenant: str = "public"):
        self.tenant = tenant

    async def find(self, word: str = "*") -> str:
        return f"{self.tenant}:{word}"


class Users(Repository[str]):
    pass


class Factory:
    async def __call__(self, n: int = 0):
        yield n + 1


def traced(function: Any):
    @functools.wraps(function)
    async def wrapper(*args: Any, **kwargs: Any):
        async for value in function(*args, **kwargs):
            yield f"traced {value}"

    return wrapper


@traced
async def session(name: str = "main"):
    yield name


def declared(**values: Any):
    return values


declared.__signature__ = inspect.Signature(
    [
        inspect.Parameter("a", inspect.Parameter.KEYWORD_ONLY, annotation=int),
        inspect.Parameter("b", inspect.Parameter.KEYWORD_ONLY, annotation=str, default="b"),
    ]
)


@asynccontextmanager
async def managed():
    yield "managed"


async def entered():
    async with managed() as value:
        yield value


@app.get("/")
async def read(
    page: Annotated[Page, Depends()],
    filter: Annotated[Filter, Depends()],
    users: Annotated[Users, Depends()],
    made: Annotated[Repository, Depends(functools.partial(Repository, tenant="made"))],
    number: Annotated[int, Depends(Factory())],
    session: Annotated[str, Depends(session)],
    declared: Annotated[dict[str, Any], Depends(declared)],
    entered: Annotated[str, Depends(entered)],
    lazy: Annotated[str, Depends(lambda word="lazy": word)],
):
    found = [await users.find(), await made.find()]
    return [vars(page), filter, found, number, session, declared, entered, lazy]


REQUESTS = [
    {"url": "/?a=1"},
    {"url": "/"},
    {"url": "/?a=x&number=x&size=51&n=x"},
    {"url": "/?a=1&b=2&number=3&size=50&n=7&tenant=t&word=w&name=n"},
    {"method": "GET", "url": "/?a=1", "json": ["t", "u"]},
]
