"""Errors of dependencies and of the endpoint's own parameters are told together."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import Body, Cookie, Depends, FastAPI, Header, Path, Query

app = FastAPI()


class Item(BaseModel):
    name: str


def one(x_one: Annotated[int, Header()], a: int):
    return a


def two(one: Annotated[int, Depends(one)], b: Annotated[int, Cookie()], item: Item):
    return [one, b, item]


@app.post("/{p}")
def post(
    p: Annotated[int, Path(le=5)],
    q: Annotated[int, Query()],
    two: Annotated[list, Depends(two)],
    other: Annotated[int, Body()],
    h: Annotated[int, Header()],
):
    return [p, q, two, other, h]


GOOD = {
    "headers": {"x-one": "1", "h": "2"},
    "cookies": {"b": "3"},
    "json": {"item": {"name": "n"}, "other": 4},
}
REQUESTS = [
    {"method": "POST", "url": "/1?a=1&q=2", **GOOD},
    {"method": "POST", "url": "/x"},
    {
        "method": "POST",
        "url": "/6?a=x&q=y",
        "json": {"item": {}, "other": "z"},
        "headers": {"x-one": "h"},
    },
    {"method": "POST", "url": "/1?a=1", **GOOD},
    {"method": "POST", "url": "/1?a=1&q=2", **{**GOOD, "json": {"other": 1}}},
    {"method": "POST", "url": "/1?a=1&q=2", **{**GOOD, "cookies": {"b": "x"}}},
]
