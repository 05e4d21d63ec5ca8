"""The examples about responses."""

from __future__ import annotations

import base64
import hashlib

from docs_src.events import sales
from docs_src.responses import custom, kinds, trailers
from tests.conftest import ClientFactory


def test_text_becomes_a_page(client_for: ClientFactory) -> None:
    response = client_for(kinds.app).get("/")
    assert (response.text, response.headers["content-type"]) == (
        "<h1>Bookshop</h1>",
        "text/html; charset=utf-8",
    )


def test_text_becomes_a_redirect(client_for: ClientFactory) -> None:
    response = client_for(kinds.app).get("/start", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, "/")


def test_response_sets_a_cookie_and_a_header(client_for: ClientFactory) -> None:
    response = client_for(kinds.app).get("/login")
    assert (response.headers["set-cookie"], response.headers["cache-control"]) == (
        "session=abc; HttpOnly; Max-Age=3600; Path=/; SameSite=lax; Secure",
        "no-store",
    )


def test_lines_are_streamed(client_for: ClientFactory) -> None:
    assert client_for(kinds.app).get("/sales.csv").text == "title,sold\nEmma,3\nUlysses,1\n"


def test_file_is_downloaded(client_for: ClientFactory) -> None:
    response = client_for(kinds.app).get("/source", headers={"Range": "bytes=0-8"})
    assert (response.status_code, response.text, response.headers["content-disposition"]) == (
        206,
        "import io",
        'attachment; filename="bookshop.py"',
    )


def test_open_file_is_streamed(client_for: ClientFactory) -> None:
    assert client_for(kinds.app).get("/cover").content == b"not really a picture"


def test_rows_become_csv(client_for: ClientFactory) -> None:
    response = client_for(custom.app).get("/books")
    assert response.text == "Emma,Jane Austen\r\nUlysses,James Joyce\r\n"


def test_book_is_followed_by_its_digest(client_for: ClientFactory) -> None:
    response = client_for(trailers.app).get("/book")
    digest = base64.b64encode(hashlib.sha256(response.content).digest())
    assert response.extensions["http.response.trailers"] == [
        (b"content-digest", b"sha-256=:%s:" % digest)
    ]


def test_events_go_on_where_the_client_left(client_for: ClientFactory) -> None:
    response = client_for(sales.app).get("/sales", headers={"Last-Event-ID": "1"})
    assert response.text == (
        'event: sale\ndata: {"title": "Middlemarch", "sold": 2}\nid: 2\n\n'
        ": all told\nretry: 5000\n\n"
    )
