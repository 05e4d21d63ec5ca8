"""What clients send and what they are sent."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, computed_field, field_validator

LARGEST_ID = 2**63 - 1  # of SQLite

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Year = Annotated[int, Field(ge=-3000, le=2100, description="Negative before our era.")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Money = Annotated[Decimal, Field(ge=0, max_digits=7, decimal_places=2, examples=["12.50"])]
Stock = Annotated[int, Field(ge=0, le=10_000)]
Item = TypeVar("Item")


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

    q: str | None = Field(
        None, min_length=2, max_length=80, description="A part of the title or the author's name."
    )
    genre: Genre | None = None
    published_from: Year | None = None
    published_to: Year | None = None
    max_price: Money | None = None
    min_stock: Stock | None = Field(None, description="How many the shop must have.")
    sort: Literal["title", "oldest", "newest", "cheapest"] = "title"


class AuthorSearch(Window):
    """What to look for among the authors."""

    name: str | None = Field(None, min_length=2, max_length=80, description="A part of the name.")
    living: bool | None = None


class OrderSearch(Window):
    """What to look for among the orders."""

    customer: Name | None = None
    status: Literal["placed", "cancelled"] | None = None


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
    born: Year = Field(examples=[1947])
    died: Year | None = Field(None, examples=[2006])


class Author(BaseModel):
    """Somebody who has written books."""

    id: int
    name: str
    born: int
    died: int | None


class NewBook(Strict):
    """A book to add to the catalogue."""

    title: Name = Field(examples=["Kindred"])
    author_id: Id
    year: Year = Field(examples=[1979])
    genre: Genre
    price: Money
    cost: Money = Field(description="What the shop pays; not shown to anybody.")
    stock: Stock = 0


class BookChange(Strict):
    """What to change of a book; what is left out stays as it is."""

    title: Name | None = None
    year: Year | None = None
    genre: Genre | None = None
    price: Money | None = None
    cost: Money | None = None
    stock: Stock | None = None


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

    book_id: Id
    quantity: int = Field(1, ge=1, le=100)


class NewOrder(Strict):
    """Books for somebody."""

    customer: Name = Field(examples=["Ada Lovelace"])
    lines: list[NewLine] = Field(min_length=1, max_length=50)

    @field_validator("lines")
    @classmethod
    def name_each_book_once(cls, lines: list[NewLine]) -> list[NewLine]:
        """Refuse two lines about the same book."""
        if len({line.book_id for line in lines}) < len(lines):
            raise ValueError("each book may be named in one line only")
        return lines


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


class StockProblem(Problem):
    """An order for more than there is."""

    book_id: int
    in_stock: int
