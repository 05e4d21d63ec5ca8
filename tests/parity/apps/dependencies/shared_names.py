"""One name asked for in many places: as another type, from another source, with another alias."""

from enum import Enum
from typing import Annotated

from fastapi_lite import Cookie, Depends, FastAPI, Header, Path, Query

app = FastAPI()


class Kind(str, Enum):
    a = "a"
    b = "b"


def as_text(value: str = Query("text", description="As text")):
    return value


def as_number(value: Annotated[int | None, Query(ge=1)] = None):
    return value


def as_header(value: Annotated[str | None, Header()] = None):
    return value


def as_cookie(value: Annotated[Kind | None, Cookie()] = None):
    return value


def in_path(kind: Annotated[Kind, Path(title="The kind")]):
    return kind


def renamed(other: Annotated[str, Query(alias="value", deprecated=True)] = "renamed"):
    return other


@app.get("/{kind}")
def read(
    kind: str,
    text: Annotated[str, Depends(as_text)],
    number: Annotated[int | None, Depends(as_number)],
    header: Annotated[str | None, Depends(as_header)],
    cookie: Annotated[Kind | None, Depends(as_cookie)],
    path: Annotated[Kind, Depends(in_path)],
    other: Annotated[str, Depends(renamed)],
    value: list[str] = Query(["x"]),
):
    return [kind, text, number, header, cookie, path, other, value]


@app.get("/twice/{kind}", dependencies=[Depends(in_path), Depends(as_text)])
def twice(text: Annotated[str, Depends(as_text)], value: str):
    return [text, value]


REQUESTS = [
    {"url": "/a"},
    {"url": "/a?value=5&value=6", "headers": {"value": "h"}, "cookies": {"value": "b"}},
    {"url": "/a?value=x"},
    {"url": "/c?value=0", "cookies": {"value": "c"}},
    {"url": "/twice/a"},
    {"url": "/twice/a?value="},
    {"url": "/twice/d"},
]
