"""Tagged unions by literal, by callable, nested, with defaults; and inheritance."""

from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, Discriminator, Field, Tag

from fastapi_lite import Body, FastAPI

app = FastAPI()


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog", "hound"]
    good: bool


class Lizard(BaseModel):
    kind: Literal["reptile", "lizard"] = Field(alias="petType")


Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]


def which(value: Any) -> str:
    return "apple" if isinstance(value, dict) and "apple" in value else "plain"


class Apple(BaseModel):
    apple: str


class Plain(BaseModel):
    fruit: str


Fruit = Annotated[
    Union[Annotated[Apple, Tag("apple")], Annotated[Plain, Tag("plain")]], Discriminator(which)
]


class Owner(BaseModel):
    pets: list[Pet] = []
    fruit: Fruit | None = None


@app.post("/pet")
def pet(pet: Pet) -> Pet:
    return pet


@app.post("/body")
def body(pet: Annotated[Union[Cat, Dog], Body(discriminator="kind")]):
    return pet


@app.post("/owner")
def owner(owner: Owner) -> Owner:
    return owner


@app.post("/fruit")
def fruit(fruit: Fruit):
    return fruit


REQUESTS = [
    {"method": "POST", "url": "/pet", "json": {"kind": "cat"}},
    {"method": "POST", "url": "/pet", "json": {"kind": "hound", "good": "yes"}},
    {"method": "POST", "url": "/pet", "json": {"kind": "fish"}},
    {"method": "POST", "url": "/pet", "json": {}},
    {"method": "POST", "url": "/pet", "json": {"kind": "dog"}},
    {"method": "POST", "url": "/pet", "json": "cat"},
    {"method": "POST", "url": "/body", "json": {"kind": "cat", "lives": "x"}},
    {"method": "POST", "url": "/body", "json": {"kind": None}},
    {"method": "POST", "url": "/owner", "json": {"pets": [{"kind": "cat"}, {"kind": "cow"}]}},
    {
        "method": "POST",
        "url": "/owner",
        "json": {"pets": [{"kind": "cat"}], "fruit": {"apple": "a"}},
    },
    {"method": "POST", "url": "/fruit", "json": {"fruit": "b"}},
    {"method": "POST", "url": "/fruit", "json": {"apple": 1}},
]
