"""Bounds on lists and on what is in them: nested annotations, constrained types, unique sets, deep unions."""

from typing import Annotated, Literal

from annotated_types import Len
from pydantic import Field, conint, conlist, constr

from fastapi_lite import FastAPI, Query

app = FastAPI()
Score = Annotated[int, Field(ge=0, le=5, description="A score")]


@app.get("/scores")
def scores(score: Annotated[list[Score], Query(min_length=1, max_length=3)]):
    return score


@app.get("/sets")
def sets(
    one: Annotated[set[Literal["a", "b"]], Query(max_length=1)] = set(),
    two: Annotated[frozenset[Annotated[str, Len(2)]], Query()] = frozenset(),
):
    return [sorted(one), sorted(two)]


@app.get("/types")
def types(
    a: conint(gt=1) = 2,
    b: Annotated[conlist(int, min_length=2), Query()] = [1, 2],
    c: constr(strip_whitespace=True, to_lower=True) = "c",
    d: Annotated[tuple[int, Literal["x"]] | None, Query()] = None,
    e: Annotated[list[int] | Literal["all"], Query()] = "all",
):
    return [a, b, c, d, e]


REQUESTS = [
    {"url": url}
    for url in (
        "/scores",
        "/scores?score=",
        "/scores?score=1&score=5",
        "/scores?score=6&score=-1&score=x",
        "/scores?score=1&score=2&score=3&score=4",
        "/sets?one=a&one=a",
        "/sets?one=a&one=b",
        "/sets?one=c&two=x&two=xy",
        "/types",
        "/types?a=1&b=1&c=%20C%20",
        "/types?b=1&b=2&b=3&d=1&d=x",
        "/types?d=1",
        "/types?e=1&e=2",
        "/types?e=all",
        "/types?e=none",
    )
]
