"""Responses that are whole in memory."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest

from fastapi_lite.background import BackgroundTask
from fastapi_lite.datastructures import URL
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from tests.conftest import ClientFactory
from tests.driving import body_of, exchange, headers_of, http_scope

anyio_test = pytest.mark.anyio


def test_text_is_encoded_and_announced(client_for: ClientFactory) -> None:
    response = client_for(PlainTextResponse("grüß")).get("/")
    assert (response.text, dict(response.headers)) == (
        "grüß",
        {"content-length": "6", "content-type": "text/plain; charset=utf-8"},
    )


def test_html_has_its_media_type(client_for: ClientFactory) -> None:
    response = client_for(HTMLResponse("<p>")).get("/")
    assert response.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (None, b""),
        ("text", b"text"),
        (b"bytes", b"bytes"),
        (bytearray(b"array"), b"array"),
        (memoryview(b"view"), b"view"),
    ],
)
def test_content_is_text_or_bytes_of_any_kind(content: Any, body: bytes) -> None:
    assert Response(content).body == body


def test_content_may_be_any_object_that_encodes_itself() -> None:
    class Lazy:
        def encode(self, charset: str) -> bytes:
            return f"in {charset}".encode(charset)

    assert Response(Lazy()).body == b"in utf-8"


def test_content_of_another_type_raises_and_names_the_remedy() -> None:
    with pytest.raises(TypeError, match=r"PlainTextResponse takes text or bytes.*JSONResponse"):
        PlainTextResponse({"a": 1})


def test_given_headers_replace_those_of_the_response() -> None:
    headers = {"Content-Type": "text/csv", "Content-Length": "3", "X-Name": "ü"}
    assert PlainTextResponse("abc", headers=headers).raw_headers == [
        (b"content-type", b"text/csv"),
        (b"content-length", b"3"),
        (b"x-name", b"\xfc"),
    ]


@pytest.mark.parametrize(
    ("media_type", "sent"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/csv; Charset=latin-1", "text/csv; Charset=latin-1"),
        ("application/xml", "application/xml"),
    ],
)
def test_text_says_its_charset_unless_it_does_already(media_type: str, sent: str) -> None:
    assert Response("x", media_type=media_type).headers["content-type"] == sent


def test_charset_of_a_subclass_is_used_and_announced() -> None:
    class Latin(PlainTextResponse):
        charset = "latin-1"

    response = Latin("ü")
    assert (response.body, response.headers["content-type"]) == (
        b"\xfc",
        "text/plain; charset=latin-1",
    )


def test_subclass_renders_what_it_likes() -> None:
    class Reversed(Response):
        def render(self, content: Any) -> bytes:
            return bytes(reversed(content))

    assert Reversed(b"abc").body == b"cba"


@pytest.mark.parametrize("bad", ["a\r\nset-cookie: x=y", "a\nb", "a\0b"])
def test_header_that_would_smuggle_another_raises_where_it_is_set(bad: str) -> None:
    with pytest.raises(ValueError, match="CR, LF or NUL"):
        Response(headers={"x-name": bad})


def test_header_name_that_would_smuggle_another_raises_where_it_is_set() -> None:
    with pytest.raises(ValueError, match="CR, LF or NUL"):
        Response(headers={"x\r\ny": "z"})


def test_media_type_that_would_smuggle_a_header_raises_where_it_is_set() -> None:
    with pytest.raises(ValueError, match="CR, LF or NUL"):
        Response(media_type="text/plain\r\nx: y")


def test_headers_are_a_view_that_changes_what_is_sent(client_for: ClientFactory) -> None:
    response = Response("x")
    response.headers["X-Name"] = "value"
    del response.headers["content-length"]
    assert response.raw_headers == [(b"x-name", b"value")]


@anyio_test
@pytest.mark.parametrize("status", [100, 199, 204, 304])
async def test_status_without_content_has_no_body_and_announces_none(status: int) -> None:
    sent = await exchange(JSONResponse(None, status, headers={"Content-Length": "4"}))
    assert (body_of(sent), headers_of(sent)) == (b"", {"content-type": "application/json"})


@anyio_test
async def test_reset_content_is_announced_as_empty() -> None:
    sent = await exchange(PlainTextResponse("x", 205))
    assert (body_of(sent), headers_of(sent)["content-length"]) == (b"", "0")


@anyio_test
async def test_status_counts_that_stands_when_the_response_is_sent() -> None:
    response = JSONResponse({"a": 1})
    response.status_code = HTTPStatus.NO_CONTENT
    sent = await exchange(response)
    assert (sent[0]["status"], body_of(sent), "content-length" in headers_of(sent)) == (
        204,
        b"",
        False,
    )


@anyio_test
async def test_response_sent_twice_is_not_changed_by_middleware() -> None:
    response = PlainTextResponse("x")
    first = await exchange(response)
    first[0]["headers"].append((b"x-added", b"1"))
    assert "x-added" not in headers_of(await exchange(response))


@anyio_test
async def test_background_task_runs_after_the_response() -> None:
    order: list[str] = []
    response = Response(background=BackgroundTask(order.append, "task"))

    async def send(message: Any) -> None:
        order.append(message["type"])

    async def receive() -> Any:
        raise AssertionError("not asked")  # pragma: no cover - nothing is received

    await response(http_scope(), receive, send)
    assert order == ["http.response.start", "http.response.body", "task"]


@anyio_test
async def test_handshake_is_refused_by_a_response() -> None:
    scope = {"type": "websocket", "extensions": {"websocket.http.response": {}}}
    assert await exchange(PlainTextResponse("no", 403), scope) == [
        {
            "type": "websocket.http.response.start",
            "status": 403,
            "headers": [(b"content-length", b"2"), (b"content-type", b"text/plain; charset=utf-8")],
        },
        {"type": "websocket.http.response.body", "body": b"no"},
    ]


@anyio_test
async def test_server_that_cannot_refuse_by_a_response_is_told_to_close() -> None:
    assert await exchange(PlainTextResponse("no", 403), {"type": "websocket"}) == [
        {"type": "websocket.close"}
    ]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ({"ü": "\x7f\u2028</"}, '{"ü":"\x7f\u2028</"}'.encode()),
        (
            {"n": None, "ok": True, "big": 10**19},
            b'{"n":null,"ok":true,"big":10000000000000000000}',
        ),
        ({"list": [1, 2.5, {"a": "b"}]}, b'{"list":[1,2.5,{"a":"b"}]}'),
        ([1, "two"], b'[1,"two"]'),
        ("text", b'"text"'),
        (None, b"null"),
        ({}, b"{}"),
        ({1: 2, None: 3}, b'{"1":2,"null":3}'),
        ({"a": 1.0, "b": 1e300}, b'{"a":1.0,"b":1e+300}'),
    ],
)
def test_json_is_compact_and_in_utf8(content: Any, body: bytes) -> None:
    assert JSONResponse(content).body == body


@pytest.mark.parametrize("content", [float("nan"), {"a": float("inf")}])
def test_what_json_cannot_say_raises_a_value_error(content: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of the encoder, whose text changes
        JSONResponse(content)


def test_cycle_raises_a_value_error() -> None:
    cycle: list[Any] = []
    cycle.append(cycle)
    with pytest.raises(ValueError, match="Circular"):
        JSONResponse(cycle)


@pytest.mark.parametrize("content", [{1}, {"a": object()}, b"bytes"])
def test_type_that_json_has_no_form_for_raises_a_type_error(content: Any) -> None:
    with pytest.raises(TypeError):
        JSONResponse(content)


def test_json_response_needs_content() -> None:
    with pytest.raises(TypeError, match="content"):
        JSONResponse()  # type: ignore[call-arg]  # what the test is about


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("/a b?ü=1#x", "/a%20b?%C3%BC=1#x"),
        ("https://example.org/%20", "https://example.org/%20"),
        (URL("http://example.org/a"), "http://example.org/a"),
        ("/a\r\nset-cookie: x", "/a%0D%0Aset-cookie:%20x"),
    ],
)
def test_redirect_sends_a_safe_location(url: Any, location: str) -> None:
    response = RedirectResponse(url)
    assert (response.status_code, response.headers["location"], response.body) == (
        307,
        location,
        b"",
    )


def test_redirect_has_one_location() -> None:
    response = RedirectResponse("/x", headers={"Location": "/elsewhere", "X-A": "1"})
    assert response.raw_headers == [(b"location", b"/x"), (b"x-a", b"1"), (b"content-length", b"0")]


def test_encoders_are_accepted_with_a_warning() -> None:
    with pytest.warns(StarletteDeprecationWarning, match="no effect"):
        assert JSONResponse({"a": 1}, encoders=[]).body == b'{"a":1}'
