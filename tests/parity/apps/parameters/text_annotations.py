"""Annotations written as text, some of names that are defined later in the module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel

from fastapi_lite import Body, Depends, FastAPI, Header, Query, Request, Response

if TYPE_CHECKING:
    from decimal import Decimal  # noqa: F401

app = FastAPI()


class Tree(BaseModel):
    name: str
    children: list[Tree] = []
    parent: Leaf | None = None


class Leaf(BaseModel):
    colour: Colour = "green"


Colour = str
Tree.model_rebuild()


def needs(q: Annotated[int | None, Query(ge=0)] = None) -> int | None:
    return q


@app.post("/")
def post(
    tree: Tree,
    found: Annotated[int | None, Depends(needs)],
    x_h: Annotated[list[str] | None, Header()] = None,
) -> Tree:
    return tree


@app.get("/{n}")
async def get(
    n: int, request: Request, response: Response, word: "str" = "x"
) -> "dict[str, int | str]":
    response.headers["x-n"] = str(n)
    return {"n": n, "word": word}


@app.put("/")
def put(leaves: Annotated[list[Leaf], Body(min_length=1)]) -> list[Leaf]:
    return leaves


REQUESTS = [
    {
        "method": "POST",
        "url": "/?q=1",
        "json": {"name": "a", "children": [{"name": "b"}], "parent": {}},
    },
    {"method": "POST", "url": "/?q=-1", "json": {"name": "a", "children": [{"nam": "b"}]}},
    {"url": "/3?word=y"},
    {"url": "/x"},
    {"method": "PUT", "url": "/", "json": [{"colour": "red"}]},
    {"method": "PUT", "url": "/", "json": []},
]
