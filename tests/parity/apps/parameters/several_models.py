"""Several models in one source, optional ones, and models that are dependencies themselves."""

from typing import Annotated

from pydantic import BaseModel, Field

from fastapi_lite import Cookie, Depends, FastAPI, Header, Query

app = FastAPI()


class Page(BaseModel):
    skip: int = 0
    limit: int = Field(10, le=50)


class Filter(BaseModel):
    word: str = ""
    tags: list[str] | None = None


class Required(BaseModel):
    must: int


class ByDepends(BaseModel):
    q: str | None = None
    number: int = Field(1, ge=1, description="A number")
    many: list[int] = Query(default=[])


@app.get("/two")
def two(page: Annotated[Page, Query()], filter: Annotated[Filter, Query()]):
    return [page, filter]


@app.get("/optional")
def optional(required: Annotated[Required | None, Query()] = None):
    return required


@app.get("/sources")
def sources(
    page: Annotated[Page, Query()], h: Annotated[Filter, Header()], c: Annotated[Required, Cookie()]
):
    return [page, h, c]


@app.get("/depends")
def depends(model: Annotated[ByDepends, Depends()]):
    return model


def below(page: Annotated[Page, Query()], x: int = 0):
    return [page, x]


@app.get("/below")
def in_dependency(below: Annotated[list, Depends(below)], filter: Annotated[Filter, Query()]):
    return [below, filter]


REQUESTS = [
    {"url": "/two?skip=1&word=a&tags=x&tags=y"},
    {"url": "/two?limit=51&skip=x"},
    {"url": "/optional"},
    {"url": "/optional?must=1"},
    {"url": "/optional?must=x"},
    {"url": "/sources?limit=3", "headers": {"word": "w", "tags": "t"}, "cookies": {"must": "2"}},
    {"url": "/sources?limit=99", "headers": {"word": "w"}},
    {"url": "/depends?q=a&number=2&many=1&many=2"},
    {"url": "/depends?number=0&many=x"},
    {"url": "/below?skip=1&x=2&word=w"},
]
