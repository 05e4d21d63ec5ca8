"""Server errors: a 500 for the client, the exception for the server."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import pytest

from fastapi_lite.exceptions import HTTPException
from fastapi_lite.middleware.errors import ServerErrorMiddleware, amend_error_response
from fastapi_lite.middleware.exceptions import ExceptionMiddleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse, Response
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send
from tests.conftest import ClientFactory
from tests.middleware.asgi import answering, exchange, raising

pytestmark = pytest.mark.anyio

SECRET = "correct horse battery staple"


async def fail_with_secret(scope: Scope, receive: Receive, send: Send) -> None:
    password = "".join(SECRET)  # a local variable
    raise ValueError(len(password))


async def test_client_learns_no_more_than_that_there_was_an_error() -> None:
    result = await exchange(ServerErrorMiddleware(fail_with_secret))
    assert (result.status, result.body) == (500, b"Internal Server Error")


async def test_exception_is_raised_again() -> None:
    error = ValueError("x")
    assert (await exchange(ServerErrorMiddleware(raising(error)))).error is error


async def test_exception_of_a_started_response_is_only_raised() -> None:
    start: Message = {"type": "http.response.start", "status": 200, "headers": []}
    result = await exchange(ServerErrorMiddleware(raising(ValueError("x"), start)))
    assert result.messages == [start]
    assert isinstance(result.error, ValueError)


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
async def test_exception_of_another_connection_is_only_raised(kind: str) -> None:
    result = await exchange(ServerErrorMiddleware(raising(ValueError("x")), debug=True), kind)
    assert (result.messages, str(result.error)) == ([], "x")


async def test_other_connections_pass() -> None:
    app = answering(b"a")
    result = await exchange(ServerErrorMiddleware(app), "websocket")
    assert result.messages == (await exchange(app, "websocket")).messages


async def test_answer_passes_unchanged() -> None:
    app = answering(b"a", b"b")
    assert (await exchange(ServerErrorMiddleware(app))).messages == (await exchange(app)).messages


def explain(request: Request, exc: Exception) -> Response:
    return JSONResponse({"path": request.url.path, "error": str(exc)}, status_code=500)


async def explain_async(request: Request, exc: Exception) -> Response:
    return explain(request, exc)


@pytest.mark.parametrize("handler", [explain, explain_async])
async def test_handler_makes_the_response(handler: Any) -> None:
    app = ServerErrorMiddleware(raising(ValueError("x")), handler=handler)
    result = await exchange(app, path="/here")
    assert result.body == b'{"path":"/here","error":"x"}'
    assert isinstance(result.error, ValueError)


async def fail(request: Request, exc: Exception) -> Response:
    raise KeyError("handler")


async def return_nothing(request: Request, exc: Exception) -> Any:
    """The mistake."""


async def return_failing(request: Request, exc: Exception) -> ASGIApp:
    return raising(KeyError("response"))


@pytest.mark.parametrize("handler", [fail, return_nothing, return_failing])
async def test_failing_handler_still_gives_a_500(handler: Any) -> None:
    result = await exchange(ServerErrorMiddleware(raising(ValueError("x")), handler=handler))
    assert (result.status, result.body) == (500, b"Internal Server Error")
    assert isinstance(result.error, KeyError | RuntimeError)


async def test_handler_that_fails_midway_sends_no_second_start() -> None:
    start: Message = {"type": "http.response.start", "status": 500, "headers": []}

    async def begin(request: Request, exc: Exception) -> Any:
        return raising(KeyError("response"), start)

    result = await exchange(ServerErrorMiddleware(raising(ValueError("x")), handler=begin))
    assert result.messages == [start]


def test_client_gets_the_response_unless_it_asks_for_the_exception(
    client_for: ClientFactory,
) -> None:
    app = ServerErrorMiddleware(raising(ValueError("x")))
    assert client_for(app, raise_server_exceptions=False).get("/").status_code == 500
    with pytest.raises(ValueError, match="x"):
        client_for(app).get("/")


# The debug response


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html"),
        ("application/json, TEXT/HTML;q=0.5", "text/html"),
        ("text/html;q=0", "text/plain"),
        ("*/*", "text/plain"),
    ],
)
async def test_debug_response_is_a_page_for_who_names_it(accept: str, media_type: str) -> None:
    app = ServerErrorMiddleware(raising(ValueError("x")), debug=True)
    result = await exchange(app, headers=[("accept", accept)])
    assert result.status == 500
    assert result.headers["content-type"] == f"{media_type}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", "text/plain"])
async def test_debug_response_shows_the_line_and_no_values(accept: str) -> None:
    app = ServerErrorMiddleware(fail_with_secret, debug=True)
    body = (await exchange(app, headers=[("accept", accept)])).body.decode()
    assert "raise ValueError(len(password))" in body
    assert SECRET not in body


async def test_debug_response_comes_before_the_handler() -> None:
    app = ServerErrorMiddleware(raising(ValueError("x")), handler=fail, debug=True)
    assert b"ValueError: x" in (await exchange(app)).body


async def test_debug_response_is_made_in_a_thread() -> None:
    threads: list[threading.Thread] = []

    class Watching(ServerErrorMiddleware):
        def debug_response(self, request: Request, exc: Exception) -> Response:
            threads.append(threading.current_thread())
            return PlainTextResponse("debug")

    await exchange(Watching(raising(ValueError("x")), debug=True))
    assert threads[0] is not threading.main_thread()


# Amendments by middleware inside


def amending(app: ASGIApp) -> ASGIApp:
    """`app`, whose server errors get a header."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        def amendment(start: Message) -> Message:
            return {**start, "headers": [*start["headers"], (b"x-amended", b"yes")]}

        try:
            await app(scope, receive, send)
        except Exception as exc:
            amend_error_response(exc, scope, amendment)
            raise

    return wrapped


@pytest.mark.parametrize("handler", [None, explain, fail])
async def test_error_response_is_amended(handler: Any) -> None:
    app = ServerErrorMiddleware(amending(raising(ValueError("x"))), handler=handler)
    assert (await exchange(app)).headers["x-amended"] == "yes"


async def test_amendment_of_another_request_is_not_used() -> None:
    shared = ValueError("raised by every request")
    await exchange(amending(raising(shared)))
    assert "x-amended" not in (await exchange(ServerErrorMiddleware(raising(shared)))).headers


async def test_exception_that_forbids_attributes_is_amended() -> None:
    @dataclass(frozen=True)
    class Frozen(Exception):
        reason: str

    result = await exchange(ServerErrorMiddleware(amending(raising(Frozen("x")))))
    assert result.headers["x-amended"] == "yes"


async def test_exception_middleware_is_called_where_somebody_replaced_its_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[str] = []
    original = ExceptionMiddleware.__call__

    async def counting(
        self: ExceptionMiddleware, scope: Scope, receive: Receive, send: Send
    ) -> None:
        called.append(scope["type"])
        await original(self, scope, receive, send)

    monkeypatch.setattr(ExceptionMiddleware, "__call__", counting)
    await exchange(ServerErrorMiddleware(ExceptionMiddleware(PlainTextResponse("ok"))))

    assert called == ["http"]


async def test_exception_that_the_inner_layer_has_a_handler_for_is_answered_by_it() -> None:
    app = ServerErrorMiddleware(ExceptionMiddleware(raising(HTTPException(404))))

    assert (await exchange(app)).status == 404
