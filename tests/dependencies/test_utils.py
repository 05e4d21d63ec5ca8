"""What packages ask of a tree of dependencies."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from fastapi_lite import Body, Cookie, Depends, Header, Query
from fastapi_lite.dependencies.utils import get_dependant, get_flat_params


class Paging(BaseModel):
    page: int
    size: int = Field(10, alias="pageSize")


def user(token: Annotated[str, Header()], page: int, theme: Annotated[str, Cookie()]) -> None: ...


def read(
    book: int,
    paging: Annotated[Paging | None, Query()],
    one: Annotated[None, Depends(user)],
    body: Annotated[str, Body()],
) -> None: ...


def test_parameters_of_all_that_is_needed_are_listed_once_and_models_by_their_fields() -> None:
    found = get_flat_params(get_dependant(path="/{book}", call=read))
    assert [(one.name, one.alias) for one in found] == [
        ("book", "book"),
        ("page", "page"),
        ("size", "pageSize"),
        ("token", "token"),
        ("theme", "theme"),
    ]
