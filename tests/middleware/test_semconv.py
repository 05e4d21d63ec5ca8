"""What the semantic conventions say of a request."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any

import pytest

from fastapi_lite.middleware.semconv import (
    carrier_of,
    error_type,
    harmless,
    is_last,
    known_methods,
    request_attributes,
    server_attributes,
    show_query,
    shown_method,
    websocket_attributes,
)


@pytest.mark.parametrize(
    ("headers", "server", "expected"),
    [
        ([(b"host", b"shop.example:81")], ("s", 1), ("shop.example", 81)),
        ([(b"host", b"shop.example")], None, ("shop.example", 443)),
        ([(b"host", b"[::1]:8")], None, ("::1", 8)),
        ([(b"host", b"a b")], ("s", 1), (None, None)),
        ([], ("s", 1), ("s", 1)),
        ([], ("/run/socket", None), ("/run/socket", None)),
        ([], None, (None, None)),
    ],
)
def test_server_is_named_as_the_client_named_it(
    headers: Any, server: Any, expected: tuple[str | None, int | None]
) -> None:
    scope = {"scheme": "https", "headers": headers, "server": server}
    attributes = server_attributes(scope)
    assert (attributes.get("server.address"), attributes.get("server.port")) == expected


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (b"q=a%20b+c&x", "q=a%20b+c&x"),
        (b"sig=1&q=2", "sig=REDACTED&q=2"),
        (
            b"X-Amz-Signature=1&x-goog-signature=2",
            "X-Amz-Signature=REDACTED&x-goog-signature=REDACTED",
        ),
        (b"%73ig=1&access_token=2&sig", "%73ig=REDACTED&access_token=REDACTED&sig=REDACTED"),
        (b"\xff=1", "%FF=1"),
    ],
)
def test_secrets_of_a_query_are_not_shown(query: bytes, shown: str) -> None:
    assert show_query(query) == shown


def test_websocket_is_named_by_its_server_alone() -> None:
    scope = {"scheme": "wss", "path": "/", "headers": [(b"host", b"shop.example")]}
    assert websocket_attributes(scope) == {
        "network.protocol.name": "websocket",
        "server.address": "shop.example",
        "server.port": 443,
        "url.scheme": "wss",
    }


def test_request_has_its_query_and_version() -> None:
    scope = {"method": "GET", "path": "/", "http_version": "2", "query_string": b"q=1"}
    assert request_attributes(scope, known_methods()) == {
        "http.request.method": "GET",
        "network.protocol.version": "2",
        "url.path": "/",
        "url.query": "q=1",
        "url.scheme": "http",
    }


def test_methods_of_the_environment_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS", "GET, ,BREW")
    assert known_methods() == {"GET", "BREW"}


@pytest.mark.parametrize(("method", "shown"), [("GET", "GET"), ("BREW", "HTTP")])
def test_method_that_is_not_known_is_shown_as_http(method: str, shown: str) -> None:
    attributes = request_attributes({"method": method, "path": "/"}, known_methods())
    assert shown_method(attributes) == shown


def test_headers_are_carried_by_their_names() -> None:
    headers = [(b"Baggage", b"a=1"), (b"baggage", b"b=2")]
    assert carrier_of({"headers": headers}) == {"baggage": ["a=1", "b=2"]}


def test_path_that_is_no_text_becomes_some() -> None:
    scope = {"method": "GET", "path": "/\udcff", "scheme": "http"}
    assert request_attributes(scope, known_methods())["url.path"] == "/?"


@pytest.mark.parametrize(
    ("message", "has_trailers", "expected"),
    [
        ({"type": "http.response.start"}, False, False),
        ({"type": "http.response.body"}, False, True),
        ({"type": "http.response.body", "more_body": True}, False, False),
        ({"type": "http.response.body"}, True, False),
        ({"type": "http.response.trailers"}, True, True),
        ({"type": "http.response.trailers", "more_trailers": True}, True, False),
        ({"type": "http.response.zerocopysend"}, False, True),
        ({"type": "http.response.pathsend"}, False, True),
    ],
)
def test_response_ends_with_its_last_message(
    message: dict[str, Any], has_trailers: bool, expected: bool
) -> None:
    assert is_last(message, has_trailers=has_trailers) is expected


def test_exception_has_the_name_of_its_class() -> None:
    assert error_type(ValueError()) == "ValueError"
    assert error_type(JSONDecodeError("", "", 0)) == "json.decoder.JSONDecodeError"


def test_what_is_harmless_logs_instead_of_raising(caplog: pytest.LogCaptureFixture) -> None:
    @harmless
    def divide(number: int) -> float:
        return 1 / number

    assert divide(2) == 0.5
    assert divide(0) is None
    assert "divide; the request goes on" in caplog.text
