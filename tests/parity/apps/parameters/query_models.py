"""Models as the query: with bounds, lists, aliases, forbidden extras, and beside scalars."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from fastapi_lite import FastAPI, Query

app = FastAPI()


class Page(BaseModel):
    limit: int = Field(100, gt=0, le=100, description="How many")
    offset: int = Field(0, ge=0)
    order_by: Literal["created", "updated"] = "created"
    tags: list[str] = []


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    age: int | None = None


class Aliased(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    sort: str = Field("none", alias="sort-by")
    size: int = Field(1, validation_alias="page[size]")


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    known: int = 0


@app.get("/page")
def page(query: Annotated[Page, Query()]):
    return query


@app.get("/strict")
def strict(query: Annotated[Strict, Query()]):
    return query


@app.get("/aliased")
def aliased(query: Annotated[Aliased, Query()]):
    return [query.sort, query.size]


@app.get("/open")
def open_(query: Annotated[Open, Query()]):
    return query


@app.get("/mixed")
def mixed(query: Annotated[Page, Query()], word: str, more: Annotated[int, Query(ge=1)] = 1):
    return [query, word, more]


REQUESTS = [
    {"url": "/page"},
    {"url": "/page?limit=0&offset=-1&order_by=never"},
    {"url": "/page?limit=5&tags=a&tags=b&unknown=1"},
    {"url": "/page?limit=5&limit=6&tags="},
    {"url": "/strict"},
    {"url": "/strict?name=a&age=3"},
    {"url": "/strict?name=a&age=&tool=x&tool=y"},
    {"url": "/strict?name=a&name=b"},
    {"url": "/aliased?sort-by=x&page%5Bsize%5D=3"},
    {"url": "/aliased?sort=x&size=3"},
    {"url": "/aliased?page[size]=x"},
    {"url": "/open?known=3&unknown=1&other=2&other=3"},
    {"url": "/mixed?word=a&limit=3"},
    {"url": "/mixed?limit=x&more=0"},
]
