"""The example about parameters."""

from __future__ import annotations

from docs_src.parameters.shop import app
from tests.conftest import ClientFactory


def test_query_fills_a_model(client_for: ClientFactory) -> None:
    answer = client_for(app).get("/items", params={"text": "tea", "tags": ["a", "b"]})
    assert answer.json() == {"text": "tea", "tags": ["a", "b"], "order": "name", "limit": 20}


def test_limit_is_checked(client_for: ClientFactory) -> None:
    error = client_for(app).get("/items", params={"limit": 101}).json()["detail"][0]
    assert (error["type"], error["loc"]) == ("less_than_equal", ["query", "limit"])


def test_path_header_and_cookie(client_for: ClientFactory) -> None:
    headers = {"accept-language": "de", "cookie": "theme=dark"}
    answer = client_for(app).get("/items/7", headers=headers)
    assert answer.json() == {"id": 7, "language": "de", "theme": "dark"}


def test_body_alone_is_the_model(client_for: ClientFactory) -> None:
    answer = client_for(app).post("/items", json={"name": "Tea", "price": "2.50"})
    assert answer.json() == {"name": "Tea", "price": "2.50"}


def test_two_bodies_are_read_by_name(client_for: ClientFactory) -> None:
    sent = {"item": {"name": "Tea", "price": 2}, "reason": "a new blend"}
    assert client_for(app).put("/items/7", json=sent).json() == "7 is now Tea: a new blend"


def test_form_fills_a_model(client_for: ClientFactory) -> None:
    assert client_for(app).post("/login", data={"user": "ann", "password": "x"}).json() == "ann"


def test_files_come_with_fields(client_for: ClientFactory) -> None:
    files = [("pictures", ("a.png", b"123")), ("pictures", ("b.png", b"4"))]
    answer = client_for(app).post("/pictures", data={"title": "t"}, files=files)
    assert answer.json() == {"t/a.png": 3, "t/b.png": 1}
