"""The examples about static files."""

from __future__ import annotations

from docs_src.static_files import cached, pages, serve
from tests.conftest import ClientFactory


def test_file_is_served_below_the_mount(client_for: ClientFactory) -> None:
    response = client_for(serve.app).get("/static/style.css")
    assert response.headers["content-type"] == "text/css; charset=utf-8"


def test_client_that_has_the_file_gets_no_body(client_for: ClientFactory) -> None:
    client = client_for(serve.app)
    etag = client.get("/static/style.css").headers["etag"]
    response = client.get("/static/style.css", headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


def test_operations_come_before_the_site(client_for: ClientFactory) -> None:
    assert client_for(pages.app).get("/api/books").json() == ["Emma", "Ulysses"]


def test_site_has_an_index(client_for: ClientFactory) -> None:
    assert client_for(pages.app).get("/").text == "<h1>Bookshop</h1>\n"


def test_site_has_a_page_for_what_is_missing(client_for: ClientFactory) -> None:
    response = client_for(pages.app).get("/nope")
    assert (response.status_code, response.text) == (404, "<h1>No such page</h1>\n")


def test_browsers_are_told_to_keep_files(client_for: ClientFactory) -> None:
    response = client_for(cached.app).get("/static/style.css")
    assert response.headers["cache-control"] == "public, max-age=86400"
