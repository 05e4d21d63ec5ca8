"""A client that openapi-python-client makes of the bookshop's document, calling the bookshop."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from tests.clients.conftest import KEY, skip_without_clients

skip_without_clients()

PACKAGE = "bookshop_client"
OPERATIONS = {
    "search": "books.search_books_books_get",
    "read": "books.read_book_books_book_id_get",
    "add": "books.add_book_books_post",
    "change": "books.change_book_books_book_id_patch",
    "remove": "books.remove_book_books_book_id_delete",
    "place": "orders.place_order_orders_post",
}


@pytest.fixture(scope="module")
def api(bookshop: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The generated package: its operations and models, and a client with the key and one without."""
    directory = tmp_path_factory.mktemp("generated")
    made = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--url", f"{bookshop}/openapi.json", "--output-path", str(directory / PACKAGE)),
            "--fail-on-warning",
        ],
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(directory))
    make = importlib.import_module(PACKAGE).Client
    key = {"X-API-Key": KEY}
    modules = {
        name: importlib.import_module(f"{PACKAGE}.api.{path}") for name, path in OPERATIONS.items()
    }
    models = importlib.import_module(f"{PACKAGE}.models")
    with (
        make(bookshop, raise_on_unexpected_status=True) as visitor,
        make(bookshop, raise_on_unexpected_status=True, headers=key) as staff,
    ):
        yield SimpleNamespace(**modules, models=models, visitor=visitor, staff=staff, make=make)
    sys.path.remove(str(directory))


def new_book(api: Any, title: str) -> Any:
    genre = api.models.Genre.FANTASY
    return api.models.NewBook(
        title=title, author_id=2, year=2005, genre=genre, price="12.50", cost="7.00", stock=3
    )


def test_books_are_searched_with_parameters_of_every_type(api: Any) -> None:
    page = api.search.sync(
        client=api.visitor,
        genre=api.models.Genre.NOVEL,
        max_price="20.00",
        published_from=1800,
        limit=3,
    )

    assert [type(book).__name__ for book in page.items] == ["Book"] * 3


def test_asynchronous_client_reads_a_book(api: Any, bookshop: str) -> None:
    async def read() -> Any:
        async with api.make(bookshop) as client:
            return await api.read.asyncio(1, client=client)

    book = asyncio.run(read())

    assert (book.id, book.genre in api.models.Genre) == (1, True)


def test_missing_book_is_a_problem(api: Any) -> None:
    assert api.read.sync(99999, client=api.visitor).detail == "There is no book 99999."


def test_book_is_added_changed_and_removed(api: Any) -> None:
    added = api.add.sync(client=api.staff, body=new_book(api, "Fledgling"))
    changed = api.change.sync(
        added.id, client=api.staff, body=api.models.BookChange(price="9.00", stock=1)
    )
    removed = api.remove.sync_detailed(added.id, client=api.staff)

    assert (added.price, changed.price, removed.status_code) == ("12.50", "9.00", 204)


def test_input_that_is_refused_is_a_model_too(api: Any) -> None:
    refused = api.add.sync(client=api.staff, body=new_book(api, ""))

    assert [error.loc for error in refused.detail] == [["body", "title"]]


def test_visitor_without_the_key_may_not_add(api: Any) -> None:
    answer = api.add.sync_detailed(client=api.visitor, body=new_book(api, "Kindred"))

    assert (answer.status_code, type(answer.parsed).__name__) == (401, "Problem")


def test_order_with_a_key_is_placed_once(api: Any) -> None:
    line = api.models.NewLine(book_id=3, quantity=1)
    order = api.models.NewOrder(customer="Ada", lines=[line])
    key = str(uuid4())

    answers = [
        api.place.sync_detailed(client=api.staff, body=order, idempotency_key=key) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].parsed.id == answers[1].parsed.id
