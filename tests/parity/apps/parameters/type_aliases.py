"""Aliases of types: named, generic, nested in Annotated; NewType, Final."""

from typing import Annotated, Literal, NewType, Optional, TypeVar, Union

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from fastapi_lite import Body, Depends, FastAPI, Header, Path, Query

app = FastAPI()
T = TypeVar("T")
UserId = NewType("UserId", int)
Limit = Annotated[int, Query(ge=1, le=10)]
Positive = Annotated[int, Field(gt=0)]
Names = TypeAliasType("Names", list[str])
Many = TypeAliasType("Many", list[T], type_params=(T,))
Word = TypeAliasType("Word", Annotated[str, Query(min_length=2)])
Mode = Literal["fast", "slow"]
Both = Union[Mode, Literal[3]]


class Item(BaseModel):
    key: UserId
    count: Positive = 1
    names: Names = []


def page(limit: Limit = 5) -> int:
    return limit


Page = Annotated[int, Depends(page)]


@app.get("/{user}")
def read(
    user: Annotated[UserId, Path(le=99)],
    page: Page,
    word: Word = "ab",
    mode: Both = "fast",
    twice: Annotated[Annotated[int, Query(ge=0)], Query(le=5)] = 1,
    names: Annotated[Names, Query()] = [],
    x_token: Annotated[Optional[str], Header()] = None,
):
    return [user, page, word, mode, twice, names, x_token]


@app.post("/items")
def create(item: Item, more: Annotated[Many[Positive], Body()] = []) -> Item:
    return item


REQUESTS = [
    {"url": "/7?limit=3&word=abc&mode=3&twice=2&names=a&names=b"},
    {"url": "/100?limit=11&word=a&mode=x&twice=6"},
    {"url": "/1?twice=-1"},
    {"method": "POST", "url": "/items", "json": {"item": {"key": 1}, "more": [1, 2]}},
    {"method": "POST", "url": "/items", "json": {"item": {"key": "x", "count": 0}, "more": [0]}},
]
