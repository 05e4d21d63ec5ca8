"""The example application, served by uvicorn and asked through a real client."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.serving import PATIENCE, free_port, serving

KEY = {"X-API-Key": "a key of this test"}
NEW_BOOK = {
    "title": "Fledgling",
    "author_id": 2,
    "year": 2005,
    "genre": "science fiction",
    "price": "12.50",
    "cost": "7.00",
    "stock": 3,
}


@contextmanager
def bookshop(directory: Path) -> Iterator[httpx.Client]:
    """A client of the bookshop, which keeps its books in `directory`."""
    port = free_port()
    with (
        serving(
            port,
            *("-m", "uvicorn", "docs_src.bookshop.main:app", "--port", str(port)),
            log=directory / "log.txt",
            BOOKSHOP_DATABASE=str(directory / "bookshop.sqlite3"),
            BOOKSHOP_KEY=KEY["X-API-Key"],
        ),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with bookshop(tmp_path_factory.mktemp("bookshop")) as client:
        yield client


@pytest.fixture
def client(shared: httpx.Client) -> httpx.Client:
    shared.cookies.clear()
    return shared


def order(client: httpx.Client, *lines: tuple[int, int], **headers: str) -> httpx.Response:
    """The answer to an order of `(book, quantity)` in each line."""
    content = {
        "customer": "Ada",
        "lines": [{"book_id": book, "quantity": quantity} for book, quantity in lines],
    }
    return client.post("/orders", json=content, headers=KEY | headers)


def stock(client: httpx.Client, book: int) -> int:
    in_stock: int = client.get(f"/books/{book}").json()["stock"]
    return in_stock


def titles(answer: httpx.Response) -> list[str]:
    return [book["title"] for book in answer.json()["items"]]


# Reading


def test_bare_address_leads_to_the_documentation(client: httpx.Client) -> None:
    answer = client.get("/", follow_redirects=True)

    assert (answer.url.path, answer.status_code) == ("/docs", 200)


def test_shop_opens_with_some_fifty_books(client: httpx.Client) -> None:
    assert client.get("/books").json()["total"] >= 50


def test_book_shows_what_its_model_declares_and_not_what_it_cost(client: httpx.Client) -> None:
    assert client.get("/books/1").json() == {
        "id": 1,
        "title": "A Wizard of Earthsea",
        "author": "Ursula K. Le Guin",
        "author_id": 1,
        "year": 1968,
        "genre": "fantasy",
        "price": "9.99",
        "stock": 12,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "STANISŁAW"}, ["Solaris", "The Cyberiad"]),
        ({"q": "lighthouse"}, ["To the Lighthouse"]),
        (
            {"q": "austen", "sort": "newest"},
            ["Emma", "Pride and Prejudice", "Sense and Sensibility"],
        ),
        ({"genre": "poetry", "published_to": -710}, ["The Iliad"]),
        ({"genre": "novel", "max_price": "6", "min_stock": 10}, ["The Metamorphosis"]),
        ({"published_from": 2010, "sort": "oldest"}, ["Americanah", "Piranesi"]),
        ({"q": "%"}, None),
        ({"q": "100% '; DROP TABLE books; --"}, []),
    ],
)
def test_search_finds_what_meets_every_condition(
    client: httpx.Client, query: dict[str, Any], expected: list[str] | None
) -> None:
    answer = client.get("/books", params=query)

    assert (titles(answer) if answer.is_success else None) == expected


def test_pages_follow_each_other(client: httpx.Client) -> None:
    pages = [client.get("/books", params={"limit": 7, "offset": offset}) for offset in (0, 7)]

    assert titles(client.get("/books?limit=14")) == titles(pages[0]) + titles(pages[1])


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("limit=101", ["query", "limit"]),
        ("offset=-1", ["query", "offset"]),
        ("q=x", ["query", "q"]),
        ("genre=opera", ["query", "genre"]),
        ("max_price=1.234", ["query", "max_price"]),
        ("sort=price", ["query", "sort"]),
        ("titel=Emma", ["query", "titel"]),
    ],
)
def test_search_names_the_parameter_that_is_wrong(
    client: httpx.Client, query: str, location: list[str]
) -> None:
    answer = client.get(f"/books?{query}")

    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, location)


@pytest.mark.parametrize("path", ["/books/9999", "/authors/9999", "/authors/9999/books"])
def test_what_does_not_exist_is_not_found(client: httpx.Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert "9999" in answer.json()["detail"]


@pytest.mark.parametrize("number", ["0", "9" * 16, "9" * 30])
def test_what_is_no_id_names_the_parameter(client: httpx.Client, number: str) -> None:
    answer = client.get(f"/books/{number}")

    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["path", "book_id"])


@pytest.mark.parametrize("number", ["-1", "x", "1.0", "9" * 5000])
def test_what_is_no_number_is_not_found(client: httpx.Client, number: str) -> None:
    assert client.get(f"/books/{number}").status_code == 404


def test_authors_are_found_by_name_and_life(client: httpx.Client) -> None:
    answer = client.get("/authors", params={"name": "su", "living": True})

    assert [author["name"] for author in answer.json()["items"]] == ["Susanna Clarke"]


def test_books_of_an_author_can_be_of_one_kind(client: httpx.Client) -> None:
    books = client.get("/authors/1/books", params={"genre": "science fiction"}).json()

    assert [book["year"] for book in books] == [1969, 1974]


def test_browser_is_reminded_of_what_it_looked_at(client: httpx.Client) -> None:
    for book in (1, 2, 3, 4, 5, 6, 3):
        client.get(f"/books/{book}")

    assert [book["id"] for book in client.get("/books/viewed").json()] == [3, 6, 5, 4, 2]


def test_cookie_that_is_not_ours_is_refused(client: httpx.Client) -> None:
    answer = client.get("/books/viewed", headers={"Cookie": "viewed=1;viewed=drop"})

    assert answer.json()["detail"][0]["loc"] == ["cookie", "viewed"]


# Changing


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/books"),
        ("PATCH", "/books/1"),
        ("DELETE", "/books/1"),
        ("POST", "/authors"),
        ("GET", "/orders"),
        ("POST", "/orders"),
        ("GET", "/orders/1"),
        ("DELETE", "/orders/1"),
    ],
)
def test_staff_alone_may(client: httpx.Client, method: str, path: str) -> None:
    without = client.request(method, path)
    wrong = client.request(method, path, headers={"X-API-Key": "demo"})

    assert (without.status_code, wrong.status_code) == (401, 403)


def test_key_in_another_alphabet_is_wrong_and_no_failure(client: httpx.Client) -> None:
    assert client.get("/orders", headers={"X-API-Key": "ключ".encode()}).status_code == 403


def test_book_is_added_where_its_location_says(client: httpx.Client) -> None:
    added = client.post("/books", json=NEW_BOOK, headers=KEY)

    assert added.status_code == 201
    assert client.get(added.headers["Location"]).json() == added.json()


def test_same_book_twice_is_a_conflict(client: httpx.Client) -> None:
    answers = [
        client.post("/books", json={**NEW_BOOK, "title": "Survivor"}, headers=KEY) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 409]


def test_book_by_nobody_known_is_refused(client: httpx.Client) -> None:
    answer = client.post("/books", json={**NEW_BOOK, "author_id": 9999}, headers=KEY)

    assert (answer.status_code, answer.json()) == (404, {"detail": "There is no author 9999."})


@pytest.mark.parametrize(
    ("change", "location"),
    [
        ({"price": "ten"}, ["body", "price"]),
        ({"price": -1}, ["body", "price"]),
        ({"title": ""}, ["body", "title"]),
        ({"year": None}, ["body", "year"]),
        ({"colour": "red"}, ["body", "colour"]),
    ],
)
def test_wrong_book_is_refused_naming_the_field(
    client: httpx.Client, change: dict[str, Any], location: list[str]
) -> None:
    answer = client.post("/books", json={**NEW_BOOK, **change}, headers=KEY)

    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["detail"]] == [location]


def test_every_field_that_is_missing_is_named(client: httpx.Client) -> None:
    errors = client.post("/books", json={"title": "Emma"}, headers=KEY).json()["detail"]

    assert [error["loc"][1] for error in errors if error["type"] == "missing"] == [
        "author_id",
        "year",
        "genre",
        "price",
        "cost",
    ]


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 100_000])
def test_body_that_is_no_book_is_the_clients_error(client: httpx.Client, body: bytes) -> None:
    headers = KEY | {"Content-Type": "application/json"}

    assert client.post("/books", content=body, headers=headers).status_code in {400, 422}


def test_change_leaves_alone_what_it_does_not_name(client: httpx.Client) -> None:
    before = client.get("/books/20").json()

    after = client.patch("/books/20", json={"price": "1.50"}, headers=KEY).json()

    assert after == {**before, "price": "1.50"}


def test_change_of_nothing_is_no_change(client: httpx.Client) -> None:
    before = client.get("/books/21").json()

    assert client.patch("/books/21", json={}, headers=KEY).json() == before


def test_change_to_the_title_of_another_book_is_a_conflict(client: httpx.Client) -> None:
    answer = client.patch("/books/1", json={"title": "The Dispossessed"}, headers=KEY)

    assert answer.status_code == 409


def test_removed_book_is_gone(client: httpx.Client) -> None:
    added = client.post("/books", json={**NEW_BOOK, "title": "Wild Seed"}, headers=KEY)

    removed = client.delete(added.headers["Location"], headers=KEY)

    assert (removed.status_code, removed.content) == (204, b"")
    assert client.get(added.headers["Location"]).status_code == 404


def test_author_is_added_once(client: httpx.Client) -> None:
    answers = [
        client.post("/authors", json={"name": "Nnedi Okorafor", "born": 1974}, headers=KEY)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 409]
    assert client.get(answers[0].headers["Location"]).json()["name"] == "Nnedi Okorafor"


# Orders


def test_order_takes_from_the_stock_at_the_price_of_today(client: httpx.Client) -> None:
    before = stock(client, 30)

    placed = order(client, (30, 2), (31, 1))

    assert placed.status_code == 201
    assert placed.json()["total"] == "28.97"
    assert stock(client, 30) == before - 2


def test_order_is_confirmed_in_the_background(client: httpx.Client) -> None:
    placed = order(client, (32, 1))

    confirmed, deadline = None, time.monotonic() + PATIENCE
    while confirmed is None:
        assert time.monotonic() < deadline
        confirmed = client.get(placed.headers["Location"], headers=KEY).json()["confirmed_at"]
    assert placed.json()["confirmed_at"] is None


def test_order_of_more_than_there_is_says_how_many_there_are(client: httpx.Client) -> None:
    there = stock(client, 33)

    answer = order(client, (33, 99))

    assert (answer.status_code, answer.json()["in_stock"]) == (409, there)


def test_order_that_fails_takes_nothing(client: httpx.Client) -> None:
    before = stock(client, 34)

    answer = order(client, (34, 1), (9999, 1))

    assert answer.status_code == 404
    assert stock(client, 34) == before


def test_order_naming_a_book_twice_is_refused(client: httpx.Client) -> None:
    answer = order(client, (1, 1), (1, 2))

    assert (answer.status_code, answer.json()) == (
        409,
        {"detail": "Each book may be named in one line only."},
    )


@pytest.mark.parametrize("number", ["7", True])
def test_what_is_no_number_is_not_taken_for_one(client: httpx.Client, number: object) -> None:
    answer = client.patch("/books/1", json={"stock": number}, headers=KEY)

    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "stock"])


def test_money_is_text(client: httpx.Client) -> None:
    answer = client.patch("/books/1", json={"price": 12.5}, headers=KEY)

    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["body", "price"])


def test_order_sent_again_with_its_key_is_placed_once(client: httpx.Client) -> None:
    key = {"Idempotency-Key": str(uuid4())}

    first, second = order(client, (35, 1), **key), order(client, (35, 1), **key)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]


def test_header_that_is_no_key_is_named(client: httpx.Client) -> None:
    answer = order(client, (35, 1), **{"Idempotency-Key": "again"})

    assert answer.json()["detail"][0]["loc"] == ["header", "idempotency-key"]


def test_cancelled_order_puts_the_books_back(client: httpx.Client) -> None:
    before = stock(client, 36)
    placed = order(client, (36, 2)).headers["Location"]

    cancelled = [client.delete(placed, headers=KEY).status_code for _ in range(2)]

    assert (cancelled, stock(client, 36)) == ([204, 409], before)


def test_ordered_book_stays_in_the_catalogue(client: httpx.Client) -> None:
    order(client, (37, 1))

    assert client.delete("/books/37", headers=KEY).status_code == 409


def test_orders_are_listed_by_status(client: httpx.Client) -> None:
    placed = order(client, (38, 1))
    client.delete(placed.headers["Location"], headers=KEY)

    listed = client.get("/orders", params={"status": "cancelled"}, headers=KEY).json()

    assert listed["items"][0]["id"] == placed.json()["id"]


def test_last_copies_are_sold_once_to_many_at_a_time(client: httpx.Client) -> None:
    client.patch("/books/40", json={"stock": 20}, headers=KEY)

    with ThreadPoolExecutor(60) as threads:
        answers = list(threads.map(lambda _: order(client, (40, 1)), range(60)))

    assert Counter(answer.status_code for answer in answers) == {201: 20, 409: 40}
    assert stock(client, 40) == 0


def test_orders_survive_a_restart(tmp_path: Path) -> None:
    with bookshop(tmp_path) as first:
        placed = order(first, (1, 1)).json()["id"]

    with bookshop(tmp_path) as second:
        assert second.get(f"/orders/{placed}", headers=KEY).status_code == 200


# The document


def test_document_is_whole(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    operations = [
        (path, operation) for path, item in document["paths"].items() for operation in item.values()
    ]

    assert document["openapi"].startswith("3.1")
    assert len({operation["operationId"] for _, operation in operations}) == len(operations)
    assert {tag["name"] for tag in document["tags"]} == {
        tag for _, operation in operations for tag in operation["tags"]
    }
    for path, operation in operations:
        declared = {
            parameter["name"]
            for parameter in operation.get("parameters", ())
            if parameter["in"] == "path"
        }
        assert declared == {part[1:-1] for part in path.split("/") if part.startswith("{")}


def test_document_refers_to_nothing_that_is_missing(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]

    assert {ref.removeprefix("#/components/schemas/") for ref in references(document)} == {*schemas}


def test_document_says_where_the_key_is_needed(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]

    assert "security" not in paths["/books"]["get"]
    assert paths["/books"]["post"]["security"] == [{"APIKeyHeader": []}]


def references(part: Any) -> Iterator[str]:
    """Every `$ref` in a part of a document."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if key == "$ref":
            yield value
        elif isinstance(value, dict | list):
            yield from references(value)
