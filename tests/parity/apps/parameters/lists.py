"""Repeated names: lists, sets, tuples, sequences, unions with them, in query and headers."""

from collections import deque
from collections.abc import Sequence
from typing import Annotated, Literal, Optional

from fastapi_lite import Cookie, FastAPI, Header, Query

app = FastAPI()


@app.get("/query")
def query(
    a: Annotated[list[int], Query()],
    b: Annotated[set[str] | None, Query()] = None,
    c: Annotated[tuple[int, str] | None, Query()] = None,
    d: Annotated[tuple[int, ...], Query()] = (),
    e: Annotated[Sequence[float], Query(min_length=1)] = (1.0,),
    f: Annotated[frozenset[Literal["x", "y"]], Query()] = frozenset(),
    g: Annotated[deque[int], Query()] = deque(),
    h: Annotated[list[int] | str, Query()] = "none",
    i: Annotated[Optional[list[bool]], Query(max_length=2)] = None,
    j: Annotated[list, Query()] = [],
):
    return {
        key: sorted(value) if isinstance(value, set | frozenset) else value
        for key, value in locals().items()
    }


@app.get("/headers")
def headers(
    x_many: Annotated[list[int] | None, Header()] = None,
    x_one: Annotated[str | None, Header()] = None,
    crumbs: Annotated[list[str] | None, Cookie()] = None,
):
    return [x_many, x_one, crumbs]


REQUESTS = [
    {"url": "/query"},
    {"url": "/query?a=1"},
    {"url": "/query?a=1&a=x&a=3&a=y"},
    {"url": "/query?a=&b=1&b=1&b=2&c=1&c=z"},
    {"url": "/query?a=1&c=1"},
    {"url": "/query?a=1&c=1&c=2&c=3&d=1&d=2&d=3"},
    {"url": "/query?a=1&e=1.5&e=2&f=x&f=y&f=x&g=1&g=2"},
    {"url": "/query?a=1&e=nan&f=z"},
    {"url": "/query?a=1&h=1&h=2"},
    {"url": "/query?a=1&h=a"},
    {"url": "/query?a=1&i=1&i=0&i=yes"},
    {"url": "/query?a=1&i=1&i=0&j=1&j=b"},
    {"url": "/query?a[]=1&a%5B%5D=2"},
    {
        "url": "/headers",
        "raw_headers": [("x-many", "1"), ("X-Many", "2"), ("x-one", "a"), ("x-one", "b")],
    },
    {"url": "/headers", "raw_headers": [("x-many", "1, 2")]},
    {"url": "/headers", "cookies": {"crumbs": "a"}},
]
