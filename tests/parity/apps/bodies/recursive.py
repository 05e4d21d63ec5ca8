"""Models of themselves: trees, mutual references written as text, roots, with aliases and in lists."""

from __future__ import annotations

from typing import Annotated, Optional

from pydantic import BaseModel, Field, RootModel

from fastapi_lite import Body, FastAPI

app = FastAPI()


class Tree(BaseModel):
    value: int
    left: Optional[Tree] = None
    right: Optional["Tree"] = None


class Entry(BaseModel):
    name: str
    parent: Folder | None = Field(None, alias="in")


class Folder(BaseModel):
    entries: list[Entry | Folder] = []


class Words(RootModel[list[str]]):
    pass


@app.post("/tree")
def tree(tree: Tree) -> Tree:
    return tree


@app.post("/folders")
def folders(folder: Annotated[Folder, Body(embed=True)], files: list[Entry]):
    return [folder, files]


@app.post("/roots", response_model=Words)
def roots(words: Words, level: int = 0):
    return words.root[level:]


NESTED: dict = {"value": 0}
for n in range(60):
    NESTED = {"value": n, "left": NESTED}

REQUESTS = [
    {"method": "POST", "url": "/tree", "json": {"value": 1, "right": {"value": "2"}}},
    {"method": "POST", "url": "/tree", "json": {"value": 1, "left": {"right": {}}}},
    {"method": "POST", "url": "/tree", "json": NESTED},
    {"method": "POST", "url": "/tree", "json": {"value": 1, "left": []}},
    {
        "method": "POST",
        "url": "/folders",
        "json": {"folder": {"entries": [{"entries": []}, {"name": "a"}]}, "files": []},
    },
    {
        "method": "POST",
        "url": "/folders",
        "json": {"folder": {"entries": [1]}, "files": [{"name": "a", "in": {"entries": 2}}]},
    },
    {"method": "POST", "url": "/folders", "json": {}},
    {"method": "POST", "url": "/roots?level=1", "json": ["a", "b"]},
    {"method": "POST", "url": "/roots", "json": {"root": ["a"]}},
    {"method": "POST", "url": "/roots", "json": [1]},
]
