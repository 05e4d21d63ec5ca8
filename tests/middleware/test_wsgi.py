"""WSGI applications under ASGI."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.middleware.wsgi import WSGIMiddleware, WSGIResponder, build_environ
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from tests.middleware.asgi import exchange, scope_of

pytestmark = pytest.mark.anyio

StartResponse = Callable[..., Callable[[bytes], None]]
Environ = dict[str, Any]


def under_asgi(app: Callable[..., Any]) -> ASGIApp:
    """`app`, without the warning."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        await WSGIResponder(app, scope)(receive, send)

    return wrapped


def hello(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response("201 Created", [("X-Path ", environ["PATH_INFO"])])
    return [b"hello", b"", b" there"]


async def test_application_answers() -> None:
    result = await exchange(under_asgi(hello), path="/here")
    assert (result.status, result.headers, result.body) == (
        201,
        {"x-path": "/here"},
        b"hello there",
    )


async def test_middleware_works_and_warns() -> None:
    with pytest.warns(StarletteDeprecationWarning, match="a2wsgi"):
        app = WSGIMiddleware(hello)
    assert (await exchange(app)).body == b"hello there"


async def test_chunks_are_sent_as_they_are_made() -> None:
    sent: list[int] = []
    result: Any = None

    def app(environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", [])
        for _ in range(3):
            sent.append(len(environ["messages"]))
            yield b"x"

    async def watching(scope: Scope, receive: Receive, send: Send) -> None:
        def call(environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
            return app({**environ, "messages": messages}, start_response)

        messages: list[Any] = []

        async def keep(message: Any) -> None:
            messages.append(message)
            await send(message)

        await under_asgi(call)(scope, receive, keep)

    result = await exchange(watching)
    assert sent == [0, 2, 3]
    assert result.body == b"xxx"


async def test_body_is_read_as_a_file() -> None:
    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        body = environ["wsgi.input"]
        return [body.readline(), b"|", body.read(3), b"|", body.read()]

    result = await exchange(under_asgi(app), body=[b"on", b"e\ntw", b"", b"o three"])
    assert result.body == b"one\n|two| three"


async def test_body_may_be_written() -> None:
    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        write = start_response("200 OK", [])
        write(b"written ")
        return [b"returned"]

    assert (await exchange(under_asgi(app))).body == b"written returned"


async def test_empty_response_is_complete() -> None:
    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response("204 No Content", [])
        return []

    result = await exchange(under_asgi(app))
    assert (result.status, result.messages[-1]["more_body"]) == (204, False)


class Closing(list[bytes]):
    closed = False

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("chunks", [[b"a"], ["no bytes"]])
async def test_response_is_closed(chunks: list[Any]) -> None:
    closing = Closing(chunks)

    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        return closing

    await exchange(under_asgi(app))
    assert closing.closed


async def test_status_can_be_replaced_by_an_error() -> None:
    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        try:
            raise ValueError("x")
        except ValueError:
            start_response("500 Oops", [], sys.exc_info())
        return [b"error"]

    assert (await exchange(under_asgi(app))).status == 500


async def test_error_after_the_start_is_raised() -> None:
    def app(environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield b"a"
        try:
            raise ValueError("x")
        except ValueError:
            start_response("500 Oops", [], sys.exc_info())

    result = await exchange(under_asgi(app))
    assert isinstance(result.error, ValueError)
    assert result.body == b"a"


async def test_starting_twice_is_an_error() -> None:
    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        start_response("200 OK", [])
        return []  # pragma: no cover - the line above raises

    assert "start_response twice" in str((await exchange(under_asgi(app))).error)


async def test_body_without_a_start_is_an_error() -> None:
    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return [b"a"]

    assert "before it called start_response" in str((await exchange(under_asgi(app))).error)


# The environment


def test_environment_describes_the_request() -> None:
    headers = [("content-type", "text/plain"), ("content-length", "3"), ("x-a", "1"), ("x-a", "2")]
    scope = scope_of(
        path="/root/sé", root_path="/root", query_string=b"a=%20", headers=headers, method="POST"
    )
    environ = build_environ(scope, b"abc")
    assert environ.pop("wsgi.input").read() == b"abc"
    assert environ == {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "/root",
        "PATH_INFO": "/s\xc3\xa9",
        "QUERY_STRING": "a=%20",
        "SERVER_NAME": "server.test",
        "SERVER_PORT": 80,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "3",
        "HTTP_X_A": "1,2",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def test_cookies_in_several_headers_are_joined() -> None:
    scope = scope_of(headers=[("cookie", "a=1"), ("cookie", "b=2")])
    assert build_environ(scope, b"")["HTTP_COOKIE"] == "a=1; b=2"


@pytest.mark.parametrize("name", ["proxy", "Proxy", "x_forwarded_for", "content_length"])
def test_header_that_would_pass_for_another_is_left_out(name: str) -> None:
    environ = build_environ(scope_of(headers=[(name, "1")]), b"")
    assert not {"HTTP_PROXY", "HTTP_X_FORWARDED_FOR", "CONTENT_LENGTH"} & environ.keys()


def test_unknown_addresses_are_left_out() -> None:
    environ = build_environ(scope_of(server=None, client=None), b"")
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("localhost", 80)
    assert "REMOTE_ADDR" not in environ


async def test_websocket_is_refused() -> None:
    with pytest.warns(StarletteDeprecationWarning):
        app = WSGIMiddleware(print)
    assert (await exchange(app, "websocket")).kinds == ["websocket.close"]


async def test_other_connections_are_none_of_its_business() -> None:
    with pytest.warns(StarletteDeprecationWarning):
        app = WSGIMiddleware(print)
    assert isinstance((await exchange(app, "lifespan")).error, RuntimeError)


async def test_header_with_a_line_break_raises() -> None:
    forged = [("X-A", "1\r\nSet-Cookie: a=b")]
    app = under_asgi(lambda environ, start_response: start_response("200 OK", forged))
    result = await exchange(app)
    assert (type(result.error), result.kinds) == (ValueError, [])
