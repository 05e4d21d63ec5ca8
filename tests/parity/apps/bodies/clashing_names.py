"""Models of one name in different places, and models whose input differs from their output."""

from pydantic import BaseModel, Field, computed_field

from fastapi_lite import FastAPI

app = FastAPI()


def first():
    class Item(BaseModel):
        """The first."""

        name: str = "x"

    return Item


def second():
    class Item(BaseModel):
        number: int

    return Item


First, Second = first(), second()


class Address(BaseModel):
    street: str = "none"


class Person(BaseModel):
    name: str
    address: Address = Address()
    others: list[Address] = Field(default_factory=list)

    @computed_field
    @property
    def label(self) -> str:
        return f"{self.name} at {self.address.street}"


class Owner(BaseModel):
    person: Person


@app.post("/first")
def one(item: First) -> First:
    return item


@app.post("/second")
def two(item: Second) -> list[Second]:
    return [item]


@app.post("/person")
def person(person: Person) -> Person:
    return person


@app.post("/owner")
def owner(owner: Owner) -> Owner:
    return owner


@app.post("/in-only")
def in_only(address: Address) -> int:
    return len(address.street)


REQUESTS = [
    {"method": "POST", "url": "/first", "json": {}},
    {"method": "POST", "url": "/second", "json": {"number": "1"}},
    {"method": "POST", "url": "/second", "json": {"name": "1"}},
    {"method": "POST", "url": "/person", "json": {"name": "a", "address": {}}},
    {"method": "POST", "url": "/owner", "json": {"person": {"name": "a", "others": [{}]}}},
    {"method": "POST", "url": "/in-only", "json": {"street": "abc"}},
]
