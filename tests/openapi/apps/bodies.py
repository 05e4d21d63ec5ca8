"""Bodies of every kind."""

import dataclasses
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, RootModel
from typing_extensions import TypedDict

from fastapi_lite import Body, FastAPI

app = FastAPI()


class Item(BaseModel):
    """A thing.

    With more to say.
    \f
    Not for readers.
    """

    name: str
    price: float = Field(gt=0, description="in euros")
    tags: set[str] = set()


class User(BaseModel):
    name: str


@dataclasses.dataclass
class Plain:
    a: int
    b: list[str] = dataclasses.field(default_factory=list)


class Typed(TypedDict, total=False):
    a: int
    b: str


class Names(RootModel[list[str]]):
    pass


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]


@app.post("/single")
def single(item: Item): ...


@app.put("/optional")
def optional(item: Item | None = None): ...


@app.patch("/embedded")
def embedded(item: Annotated[Item, Body(embed=True)]): ...


@app.post("/two")
def two(item: Item, user: User): ...


@app.post("/two-optional")
def two_optional(item: Item | None = None, user: User | None = None): ...


@app.post("/with-scalar")
def with_scalar(item: Item, importance: Annotated[int, Body(gt=0)], q: str | None = None): ...


@app.post("/scalar")
def scalar(number: Annotated[int, Body()]): ...


@app.post("/scalar-embed")
def scalar_embed(number: Annotated[int, Body(embed=True, title="N")] = 3): ...


@app.post("/list")
def many(items: list[Item]): ...


@app.post("/dict")
def mapping(weights: dict[int, float]): ...


@app.post("/plain-dict")
def plain_dict(data: dict): ...


@app.post("/any")
def anything(data: Any = Body()): ...


@app.post("/any-none")
def anything_or_none(data: Any = Body(None)): ...


@app.post("/bytes")
def raw(data: Annotated[bytes, Body()]): ...


@app.post("/dataclass")
def dataclass(plain: Plain): ...


@app.post("/dataclasses")
def list_of_dataclasses(plain: list[Plain]): ...


@app.post("/typed")
def typed_dict(typed: Typed): ...


@app.post("/root")
def root_model(names: Names): ...


@app.post("/union")
def union(pet: Cat | Dog): ...


@app.post("/discriminated")
def discriminated(pet: Annotated[Cat | Dog, Field(discriminator="kind")]): ...


@app.post("/discriminated-body")
def discriminated_body(pet: Cat | Dog = Body(discriminator="kind")): ...


@app.post("/discriminated-list")
def discriminated_list(pets: list[Annotated[Cat | Dog, Body(discriminator="kind")]]): ...


@app.post("/media")
def media(item: Annotated[Item, Body(media_type="application/vnd.api+json")]): ...


@app.post("/described")
def described(item: Annotated[Item, Body(title="The item", description="What to keep")]): ...


@app.post("/alias")
def alias(
    item: Annotated[Item, Body(alias="thing", embed=True)],
    other: Annotated[User, Body(alias="who")],
): ...


@app.get("/get-with-body")
def get_with_body(item: Item): ...


@app.delete("/delete-with-body")
def delete_with_body(item: Item): ...


@app.options("/options-with-body")
def options_with_body(item: Item): ...


@app.post("/default")
def default(item: Item = Item(name="n", price=1)): ...


@app.post("/hidden")
def hidden(item: Item, hidden: Annotated[str, Body(include_in_schema=False)] = "x"): ...


@app.post("/two-models-of-one-type")
def same_twice(a: Item, b: Item): ...


@app.post("/tuple")
def pair(pair: tuple[Item, int]): ...


@app.post("/set")
def unique(values: set[int]): ...


@app.post("/optional-list")
def optional_list(items: list[Item] | None = None): ...


@app.post("/field-none")
def nothing_else(
    a: Annotated[str | None, Body()] = None, b: Annotated[int | None, Body()] = None
): ...
