"""Defaults by value, by factory, and required ones that may be null."""

from typing import Annotated, Optional

from fastapi_lite import FastAPI, Query

app = FastAPI()


def make() -> str:
    return "made"


@app.get("/")
def read(
    required_or_none: Optional[int],
    ellipsis: str = Query(...),
    factory: Annotated[str, Query(default_factory=make)] = ...,
    old: str = Query("old", title="Old", description="In the old way", deprecated=True),
    hidden: str = Query("hidden", include_in_schema=False),
    plain: str = "plain",
    numbers: list[int] = [1, 2],
    empty: list[str] = Query(default=[]),
    unique: set[int] = Query(default=set()),
):
    return {name: repr(value) for name, value in sorted(locals().items())}


@app.get("/factory")
def only_factory(value: str = Query(default_factory=make)):
    return value


REQUESTS = [
    {"url": "/"},
    {"url": "/?required_or_none=1&ellipsis=a&factory=b"},
    {"url": "/?required_or_none=&ellipsis=&factory="},
    {"url": "/?required_or_none=1&ellipsis=a&factory=b&numbers=3&numbers=x&unique=1&unique=1"},
    {"url": "/?required_or_none=1&ellipsis=a&factory=b&hidden=seen&old=&plain=&empty="},
    {"url": "/factory"},
    {"url": "/factory"},
    {"url": "/factory?value=given"},
]
