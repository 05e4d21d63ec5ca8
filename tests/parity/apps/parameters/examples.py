"""Examples of both kinds, titles, descriptions and extra schema, on parameters and bodies."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fastapi_lite import Body, Cookie, FastAPI, File, Form, Header, Path, Query

app = FastAPI()


class Item(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "a", "price": 1}]})
    name: str = Field(examples=["Foo", "Bar"], title="The name", description="What it is called")
    price: float = Field(json_schema_extra={"unit": "EUR"})


NAMED = {
    "small": {"summary": "A small one", "description": "With *Markdown*", "value": 1},
    "far": {"summary": "Elsewhere", "externalValue": "https://example.com/far"},
}


@app.get("/{key}")
def read(
    key: Annotated[int, Path(openapi_examples=NAMED, examples=[4])],
    q: Annotated[str, Query(examples=["a", "b"], json_schema_extra={"x-more": [1]})] = "",
    x_h: Annotated[str, Header(example="old", description="In `x-h`")] = "",
    c: Annotated[str, Cookie(openapi_examples=NAMED)] = "",
):
    return [key, q, x_h, c]


@app.put("/{key}")
def put(
    key: int,
    item: Annotated[Item, Body(examples=[{"name": "x", "price": 2}], openapi_examples=NAMED)],
):
    return item


@app.post("/two")
def two(
    one: Annotated[Item, Body(description="The one", title="One")],
    other: Annotated[int, Body(ge=1, examples=[1, 2], openapi_examples=NAMED)],
):
    return [one, other]


@app.post("/form")
def form(
    a: Annotated[str, Form(examples=["f"], description="In the form")],
    b: Annotated[bytes, File(description="A file")] = b"",
):
    return [a, len(b)]


REQUESTS = [
    {"url": "/1"},
    {"method": "PUT", "url": "/1", "json": {"name": "x", "price": "2"}},
    {"method": "PUT", "url": "/1", "json": {"name": 1}},
    {"method": "POST", "url": "/two", "json": {"one": {"name": "x", "price": 2}, "other": 0}},
    {"method": "POST", "url": "/two", "json": {"one": {"name": "x", "price": 2}, "other": 3}},
    {"method": "POST", "url": "/form", "data": {"a": "1"}},
    {"method": "POST", "url": "/form", "data": {"a": "1"}, "files": {"b": ("n", b"123")}},
]
