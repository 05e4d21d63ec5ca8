"""The examples about the documentation pages."""

from __future__ import annotations

import pytest

from docs_src.documentation_pages import own_page, settings
from tests.conftest import ClientFactory

READER = ("reader", "sesame")


def test_settings_reach_the_page(client_for: ClientFactory) -> None:
    page = client_for(settings.app).get("/").text
    assert '"defaultModelsExpandDepth": -1,' in page
    assert 'ui.initOAuth({"clientId": "books"})' in page


def test_redoc_is_left_out(client_for: ClientFactory) -> None:
    assert client_for(settings.app).get("/redoc").status_code == 404


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_own_page_is_for_readers_alone(client_for: ClientFactory, path: str) -> None:
    assert client_for(own_page.app).get(path, auth=("reader", "wrong")).status_code == 401


def test_own_page_reads_the_document_beside_it(client_for: ClientFactory) -> None:
    page = client_for(own_page.app).get("/docs", auth=READER).text
    assert "<title>Books: try it</title>" in page
    assert "url: 'openapi.json'," in page


def test_own_page_serves_its_icon(client_for: ClientFactory) -> None:
    answer = client_for(own_page.app).get("/docs?asset=favicon.svg", auth=READER)
    assert answer.headers["content-type"] == "image/svg+xml"


def test_document_is_served_by_hand(client_for: ClientFactory) -> None:
    document = client_for(own_page.app).get("/openapi.json", auth=READER).json()
    assert list(document["paths"]) == ["/books"]


@pytest.mark.parametrize("app", [own_page.app, settings.app])
def test_books_are_listed(client_for: ClientFactory, app: object) -> None:
    assert client_for(app).get("/books").json() == ["Piranesi"]  # type: ignore[arg-type]
