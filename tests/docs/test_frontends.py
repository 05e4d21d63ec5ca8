"""The examples about front ends."""

from __future__ import annotations

from docs_src.frontends import protected, shop
from tests.conftest import ClientFactory

PAGE = {"Accept": "text/html"}


def test_operations_come_before_the_front_end(client_for: ClientFactory) -> None:
    assert client_for(shop.app).get("/api/books").json() == ["Emma", "Ulysses"]


def test_front_end_answers_for_its_own_pages(client_for: ClientFactory) -> None:
    response = client_for(shop.app).get("/books/emma", headers=PAGE)
    assert (response.status_code, "<title>Bookshop</title>" in response.text) == (200, True)


def test_front_end_asks_for_a_login(client_for: ClientFactory) -> None:
    response = client_for(protected.app).get("/admin/", headers=PAGE)
    assert (response.status_code, response.json()) == (401, {"detail": "Sign in first."})


def test_front_end_is_there_for_who_has_signed_in(client_for: ClientFactory) -> None:
    client = client_for(protected.app, cookies={"staff": "yes"})
    assert client.get("/admin/orders/7", headers=PAGE).status_code == 200
