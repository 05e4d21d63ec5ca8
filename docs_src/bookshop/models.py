"""What clients send and what they are sent."""

import re
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    computed_field,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

LARGEST_ID = 2**53 - 1  # the most that every client of JSON can count to

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Year = Annotated[int, Field(ge=-3000, le=2100, description="Negative before our era.")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Stock = Annotated[int, Field(ge=0, le=10_000)]
Item = TypeVar("Item")


class Unsent:
    """Documents what may be left out of a query or a header, where nobody can send a null."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema of the value, without that of null."""
        documented = handler(schema)
        sent: JsonSchemaValue = next(
            one for one in documented.pop("anyOf") if one != {"type": "null"}
        )
        return sent | documented


Maybe = Annotated[Item | None, Unsent()]


def refuse_other_types(value: object) -> object:
    """In a body neither `"7"` nor `true` is a number; in a query all is text."""
    if isinstance(value, bool | str):
        raise ValueError("this is no number")
    return value


Number = Annotated[Item, BeforeValidator(refuse_other_types)]


MONEY = r"[0-9]{1,5}(\.[0-9]{1,2})?"


def read_money(value: object) -> Decimal:
    """Money is text: a number of JSON could be a binary fraction, which is not exact."""
    if not isinstance(value, str) or not re.fullmatch(MONEY, value):
        raise ValueError('money is text such as "12.50"')
    return Decimal(value)


Money = Annotated[
    Decimal,
    BeforeValidator(read_money),
    WithJsonSchema({"type": "string", "pattern": f"^{MONEY}$", "examples": ["12.50"]}),
]


class Genre(StrEnum):
    """The shelf a book stands on."""

    CHILDREN = "children"
    CRIME = "crime"
    DRAMA = "drama"
    ESSAYS = "essays"
    FANTASY = "fantasy"
    HISTORY = "history"
    NOVEL = "novel"
    POETRY = "poetry"
    SCIENCE = "science"
    SCIENCE_FICTION = "science fiction"


class Strict(BaseModel):
    """What clients send: a misspelt name is an error, not ignored."""

    model_config = ConfigDict(extra="forbid")


# Searching


class Window(Strict):
    """Which part of a long list to show."""

    limit: int = Field(20, ge=1, le=100, description="The most to show.")
    offset: int = Field(0, ge=0, le=LARGEST_ID, description="How many to leave out first.")


class BookSearch(Window):
    """What to look for; everything given has to be true of a book."""

    q: Maybe[str] = Field(
        None, min_length=2, max_length=80, description="A part of the title or the author's name."
    )
    genre: Maybe[Genre] = None
    published_from: Maybe[Year] = None
    published_to: Maybe[Year] = None
    max_price: Maybe[Money] = None
    min_stock: Maybe[Stock] = Field(None, description="How many the shop must have.")
    sort: Literal["title", "oldest", "newest", "cheapest"] = "title"


class AuthorSearch(Window):
    """What to look for among the authors."""

    name: Maybe[str] = Field(None, min_length=2, max_length=80, description="A part of the name.")
    living: Maybe[bool] = None


class OrderSearch(Window):
    """What to look for among the orders."""

    customer: Maybe[Name] = None
    status: Maybe[Literal["placed", "cancelled"]] = None


class Page(BaseModel, Generic[Item]):
    """A part of a list, and how long the whole of it is."""

    items: list[Item]
    total: int
    limit: int
    offset: int


# Books and authors


class NewAuthor(Strict):
    """An author to add."""

    name: Name = Field(examples=["Octavia E. Butler"])
    born: Number[Year] = Field(examples=[1947])
    died: Number[Year] | None = Field(None, examples=[2006])


class Author(BaseModel):
    """Somebody who has written books."""

    id: int
    name: str
    born: int
    died: int | None


class NewBook(Strict):
    """A book to add to the catalogue."""

    title: Name = Field(examples=["Kindred"])
    author_id: Number[Id]
    year: Number[Year] = Field(examples=[1979])
    genre: Genre
    price: Money
    cost: Money = Field(description="What the shop pays; not shown to anybody.")
    stock: Number[Stock] = 0


class BookChange(Strict):
    """What to change of a book; what is left out stays as it is."""

    title: Name | None = None
    year: Number[Year] | None = None
    genre: Genre | None = None
    price: Money | None = None
    cost: Money | None = None
    stock: Number[Stock] | None = None


class Book(BaseModel):
    """A book as customers see it."""

    id: int
    title: str
    author: str
    author_id: int
    year: int
    genre: Genre
    price: Decimal
    stock: int


# Orders


class NewLine(Strict):
    """How many of which book."""

    book_id: Number[Id]
    quantity: Number[int] = Field(1, ge=1, le=100)


class NewOrder(Strict):
    """Books for somebody."""

    customer: Name = Field(examples=["Ada Lovelace"])
    lines: list[NewLine] = Field(min_length=1, max_length=50)


class Line(BaseModel):
    """A line of an order, with the price on that day."""

    book_id: int
    title: str
    quantity: int
    price: Decimal


class OrderSummary(BaseModel):
    """An order without its lines."""

    id: int
    customer: str
    status: Literal["placed", "cancelled"]
    placed_at: datetime
    confirmed_at: datetime | None


class Order(OrderSummary):
    """An order."""

    lines: list[Line]

    @computed_field  # type: ignore[prop-decorator]  # as pydantic documents it
    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        return sum((line.price * line.quantity for line in self.lines), Decimal(0))


# Errors

Responses = dict[int | str, dict[str, Any]]
"""What an operation may answer besides what it is for."""


class Problem(BaseModel):
    """What went wrong, in words."""

    detail: str


UNREADABLE: Responses = {400: {"model": Problem, "description": "The body cannot be read as text."}}


class StockProblem(Problem):
    """An order for more than there is."""

    book_id: int
    in_stock: int
