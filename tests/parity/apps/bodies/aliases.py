"""Aliases in bodies and answers: generators, by name, by choice, in and out."""

from typing import Annotated

from pydantic import AliasChoices, AliasGenerator, AliasPath, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from fastapi_lite import Body, FastAPI

app = FastAPI()


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    first_name: str
    home_town: str | None = None


class Both(BaseModel):
    model_config = ConfigDict(
        alias_generator=AliasGenerator(validation_alias=to_camel, serialization_alias=str.upper)
    )
    some_value: int


class Choices(BaseModel):
    name: str = Field(validation_alias=AliasChoices("name", "title", AliasPath("names", 0)))
    out: str = Field("x", serialization_alias="OUT")


@app.post("/camel")
def camel(body: Camel) -> Camel:
    return body


@app.post("/by-name", response_model_by_alias=False)
def by_name(body: Camel) -> Camel:
    return body


@app.post("/both")
def both(body: Both) -> Both:
    return body


@app.post("/choices")
def choices(body: Choices) -> Choices:
    return body


@app.post("/two")
def two(a: Annotated[int, Body(alias="A")], b: Annotated[int, Body(validation_alias="B")] = 2):
    return [a, b]


REQUESTS = [
    {"method": "POST", "url": "/camel", "json": {"firstName": "a"}},
    {"method": "POST", "url": "/camel", "json": {"first_name": "a", "homeTown": "b"}},
    {"method": "POST", "url": "/camel", "json": {"homeTown": 1}},
    {"method": "POST", "url": "/by-name", "json": {"firstName": "a"}},
    {"method": "POST", "url": "/both", "json": {"someValue": 1}},
    {"method": "POST", "url": "/both", "json": {"some_value": 1}},
    {"method": "POST", "url": "/choices", "json": {"title": "a"}},
    {"method": "POST", "url": "/choices", "json": {"names": ["b"]}},
    {"method": "POST", "url": "/choices", "json": {}},
    {"method": "POST", "url": "/two", "json": {"A": 1, "B": 3}},
    {"method": "POST", "url": "/two", "json": {"a": 1, "b": "x"}},
]
