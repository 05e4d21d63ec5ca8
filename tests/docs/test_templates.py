"""The examples about templates."""

from __future__ import annotations

from docs_src.templates import books, visitors
from tests.conftest import ClientFactory


def test_page_links_to_every_book(client_for: ClientFactory) -> None:
    page = client_for(books.app).get("/").text
    assert '<a href="http://testserver/books/1">Emma</a>' in page


def test_book_has_a_page(client_for: ClientFactory) -> None:
    assert client_for(books.app).get("/books/2").text == "<h1>Ulysses</h1>"


def test_missing_book_is_not_found(client_for: ClientFactory) -> None:
    assert client_for(books.app).get("/books/3").status_code == 404


def test_visitor_is_greeted_by_name(client_for: ClientFactory) -> None:
    client = client_for(visitors.app, cookies={"name": "Ada"})
    assert client.get("/").text == "Hello ADA!"
