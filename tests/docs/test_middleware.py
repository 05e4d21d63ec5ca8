"""The examples about middleware."""

from __future__ import annotations

from docs_src.middleware import own, provided, timing, visits
from tests.conftest import ClientFactory


def test_function_adds_a_header(client_for: ClientFactory) -> None:
    assert client_for(timing.app).get("/").headers["server-timing"].startswith("app;dur=")


def test_provided_middleware_work_together(client_for: ClientFactory) -> None:
    client = client_for(provided.app)
    response = client.get("/books", headers={"origin": "https://shop.example.com"})
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["access-control-allow-origin"] == "https://shop.example.com"
    assert client.get("/books", headers={"host": "evil.example"}).status_code == 400


def test_visits_are_counted_until_they_are_forgotten(client_for: ClientFactory) -> None:
    client = client_for(visits.app, base_url="https://testserver")
    assert [client.get("/").json()["visits"] for _ in range(2)] == [1, 2]
    client.delete("/")
    assert client.get("/").json() == {"visits": 1}


def test_own_middleware_identifies_requests(client_for: ClientFactory) -> None:
    with client_for(own.app) as client:
        response = client.get("/")
    assert response.headers["x-id"] == response.text
