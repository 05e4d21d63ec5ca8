"""Exceptions and their handlers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import anyio
import anyio.from_thread
import pytest

from fastapi_lite.exceptions import HTTPException, WebSocketException
from fastapi_lite.middleware.exceptions import (
    ExceptionMiddleware,
    answer_exception,
    find_handler,
    watch,
)
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.types import Message, Receive, Scope, Send
from fastapi_lite.websockets import WebSocket
from tests.middleware.asgi import answering, exchange, raising

pytestmark = pytest.mark.anyio

DENIALS = {"websocket.http.response": {}}
START: Message = {"type": "http.response.start", "status": 200, "headers": []}
ACCEPT: Message = {"type": "websocket.accept"}
CLOSE: Message = {"type": "websocket.close"}


class Oops(ValueError):
    pass


async def say(request: Request, exc: Exception) -> Response:
    return PlainTextResponse(f"{type(request).__name__}: {exc}", status_code=400)


def say_in_thread(request: Request, exc: Exception) -> Response:
    anyio.from_thread.check_cancelled()  # raises outside of a worker thread
    return PlainTextResponse(f"thread: {exc}", status_code=400)


async def answer_nothing(connection: Any, exc: Exception) -> None:
    """Returns no response."""


# The default handlers


async def test_http_exception_becomes_text() -> None:
    app = ExceptionMiddleware(raising(HTTPException(404, headers={"X-A": "b"})))
    result = await exchange(app)
    assert (result.status, result.body, result.headers["x-a"]) == (404, b"Not Found", "b")


async def test_detail_that_is_no_text_becomes_text() -> None:
    result = await exchange(ExceptionMiddleware(raising(HTTPException(400, {"a": 1}))))
    assert result.body == b"{'a': 1}"


@pytest.mark.parametrize("status", [204, 304])
async def test_http_exception_of_a_status_without_content_has_none(status: int) -> None:
    result = await exchange(ExceptionMiddleware(raising(HTTPException(status))))
    assert (result.status, result.body, result.headers) == (status, b"", {})


async def test_websocket_exception_closes_the_connection() -> None:
    app = ExceptionMiddleware(raising(WebSocketException(1008, "why"), ACCEPT))
    result = await exchange(app, "websocket")
    assert result.messages[-1] == {"type": "websocket.close", "code": 1008, "reason": "why"}


async def test_websocket_exception_closes_a_connection_in_use() -> None:
    message: Message = {"type": "websocket.send", "text": "a"}
    app = ExceptionMiddleware(raising(WebSocketException(1008), ACCEPT, message))
    assert (await exchange(app, "websocket")).kinds[1:] == ["websocket.send", "websocket.close"]


async def test_websocket_exception_of_a_closed_connection_is_over() -> None:
    app = ExceptionMiddleware(raising(WebSocketException(1008), ACCEPT, CLOSE))
    assert (await exchange(app, "websocket")).messages == [ACCEPT, CLOSE]


async def test_websocket_exception_of_a_request_is_raised() -> None:
    error = WebSocketException(1008)
    assert (await exchange(ExceptionMiddleware(raising(error)))).error is error


async def test_http_exception_denies_a_websocket() -> None:
    app = ExceptionMiddleware(raising(HTTPException(403, "no")))
    result = await exchange(app, "websocket", extensions=DENIALS)
    assert (result.status, result.body) == (403, b"no")


async def test_http_exception_closes_a_websocket_where_the_server_cannot_deny() -> None:
    result = await exchange(ExceptionMiddleware(raising(HTTPException(403))), "websocket")
    assert result.kinds == ["websocket.close"]


@pytest.mark.parametrize(("status", "code"), [(403, 1008), (503, 1011)])
async def test_http_exception_closes_an_accepted_websocket(status: int, code: int) -> None:
    app = ExceptionMiddleware(raising(HTTPException(status), ACCEPT))
    result = await exchange(app, "websocket", extensions=DENIALS)
    assert [message.get("code") for message in result.messages] == [None, code]


async def test_http_exception_of_a_closed_websocket_is_over() -> None:
    app = ExceptionMiddleware(raising(HTTPException(403), ACCEPT, CLOSE))
    assert (await exchange(app, "websocket")).messages == [ACCEPT, CLOSE]


# Handlers


@pytest.mark.parametrize(
    ("exc", "key"),
    [
        (ValueError("x"), ValueError),
        (Oops("x"), ValueError),
        (HTTPException(404), 404),
        (HTTPException(404), HTTPException),
    ],
)
async def test_handler_is_found_by_class_and_by_status(exc: Exception, key: Any) -> None:
    result = await exchange(ExceptionMiddleware(raising(exc), {key: say}))
    assert result.body == f"Request: {exc}".encode()


async def test_nearest_class_comes_first() -> None:
    handlers = {ValueError: partial(say, None), Oops: say}
    result = await exchange(ExceptionMiddleware(raising(Oops("x")), handlers))
    assert result.body == b"Request: x"


async def test_status_comes_before_the_class() -> None:
    handlers = {HTTPException: answer_nothing, 404: say}
    result = await exchange(ExceptionMiddleware(raising(HTTPException(404)), handlers))
    assert result.status == 400


async def test_handler_can_be_added() -> None:
    app = ExceptionMiddleware(raising(Oops("x")))
    app.add_exception_handler(Oops, say)
    assert (await exchange(app)).body == b"Request: x"


@pytest.mark.parametrize("key", [500, Exception])
@pytest.mark.parametrize("exc", [HTTPException(500), Oops("x")])
def test_server_errors_are_left_to_their_layer(key: Any, exc: Exception) -> None:
    assert find_handler({key: say}, exc) is not say


async def test_exception_without_a_handler_passes() -> None:
    error = KeyError("x")
    assert (await exchange(ExceptionMiddleware(raising(error), {ValueError: say}))).error is error


@pytest.mark.parametrize(
    ("handler", "body"),
    [(say, b"Request: x"), (say_in_thread, b"thread: x")],
)
async def test_handler_may_be_of_any_kind(handler: Callable[..., Any], body: bytes) -> None:
    result = await exchange(ExceptionMiddleware(raising(Oops("x")), {Oops: handler}))
    assert result.body == body


async def test_handler_that_raises_is_an_error_in_the_context_of_the_first() -> None:
    first = Oops("x")

    async def fail(request: Request, exc: Exception) -> Response:
        raise KeyError("y")

    result = await exchange(ExceptionMiddleware(raising(first), {Oops: fail}))
    assert isinstance(result.error, KeyError)
    assert result.error.__context__ is first


async def test_handler_of_a_request_must_answer() -> None:
    result = await exchange(ExceptionMiddleware(raising(Oops("x")), {Oops: answer_nothing}))
    assert str(result.error) == (
        "answer_nothing: the handler of Oops returned None. Return a Response."
    )


async def test_handler_of_a_websocket_need_not_answer() -> None:
    app = ExceptionMiddleware(raising(Oops("x"), ACCEPT), {Oops: answer_nothing})
    result = await exchange(app, "websocket")
    assert (result.messages, result.error) == ([ACCEPT], None)


async def test_handler_of_a_websocket_gets_the_websocket() -> None:
    app = ExceptionMiddleware(raising(Oops("x")), {Oops: say})
    result = await exchange(app, "websocket", extensions=DENIALS)
    assert result.body == b"WebSocket: x"


async def test_started_response_cannot_be_answered() -> None:
    error = Oops("x")
    result = await exchange(ExceptionMiddleware(raising(error, START), {Oops: say}))
    assert str(result.error) == "Caught handled exception, but response already started."
    assert result.error is not None
    assert result.error.__cause__ is error


async def test_started_denial_cannot_be_answered() -> None:
    start = {**START, "type": "websocket.http.response.start"}
    result = await exchange(ExceptionMiddleware(raising(HTTPException(403), start)), "websocket")
    assert isinstance(result.error, RuntimeError)


async def test_subclass_may_answer_otherwise() -> None:
    class Terse(ExceptionMiddleware):
        async def http_exception(self, request: Request, exc: HTTPException) -> Response:
            return PlainTextResponse("no", status_code=exc.status_code)

        async def websocket_exception(self, websocket: WebSocket, exc: WebSocketException) -> None:
            await websocket.close(4000)

    assert (await exchange(Terse(raising(HTTPException(404))))).body == b"no"
    closed = await exchange(Terse(raising(WebSocketException(1008), ACCEPT)), "websocket")
    assert closed.messages[-1]["code"] == 4000


async def test_other_connections_pass() -> None:
    app = answering(b"a")
    result = await exchange(ExceptionMiddleware(app), "lifespan")
    assert result.messages == (await exchange(app, "lifespan")).messages


# For routes


async def test_request_of_the_route_goes_to_the_handler() -> None:
    async def repeat(request: Request, exc: Exception) -> Response:
        return Response(await request.body())

    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        await request.body()
        await answer_exception(Oops(), repeat, request, receive, send)

    assert (await exchange(route, body=[b"a", b"b"])).body == b"ab"


async def test_watched_send_is_watched_once() -> None:
    watched = watch(watch(SimpleNamespace().__setattr__))  # type: ignore[arg-type]
    assert watch(watched) is watched


async def test_refused_message_has_not_been_sent() -> None:
    def refuse(message: Message) -> Any:
        raise Oops(message["type"])

    watched = watch(refuse)
    with pytest.raises(Oops):
        await watched(START)
    assert not watched.started


async def test_answer_passes_unchanged() -> None:
    app = answering(b"a", b"b")
    assert (await exchange(ExceptionMiddleware(app))).messages == (await exchange(app)).messages
