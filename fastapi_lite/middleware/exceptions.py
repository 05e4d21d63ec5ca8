"""Exceptions become the responses that their handlers give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi_lite._inspect import is_async_callable
from fastapi_lite.concurrency import run_in_threadpool
from fastapi_lite.exception_handlers import writer_of
from fastapi_lite.exceptions import HTTPException, WebSocketException
from fastapi_lite.requests import Request
from fastapi_lite.responses.base import BODILESS, PlainTextResponse, Reply, Response
from fastapi_lite.sending import WatchedSend, begin, watch
from fastapi_lite.status import WS_1008_POLICY_VIOLATION, WS_1011_INTERNAL_ERROR
from fastapi_lite.types import ASGIApp, ExceptionHandler, Receive, Scope, Send
from fastapi_lite.websockets import WebSocket, WebSocketClose, WebSocketState


async def send_reply(reply: Reply, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a reply as the whole answer."""
    send_all = begin(send)
    if isinstance(reply, tuple):
        await send_all(reply[0])
        await send_all(reply[1])
    else:
        await reply(scope, receive, send_all)


class ExceptionMiddleware:
    """Answers the exceptions of `app` that have a handler; the others pass.

    `handlers` are by exception class or by status code, for an `HTTPException`. Those of `500` and
    `Exception` are the server-error layer's.
    """

    def __init__(
        self,
        app: ASGIApp,
        handlers: Mapping[Any, ExceptionHandler] | None = None,
        debug: bool = False,
    ) -> None:
        self.app = app
        self.debug = debug
        self.handlers: dict[Any, ExceptionHandler] = {
            HTTPException: self.http_exception,
            WebSocketException: self.websocket_exception,
            **(handlers or {}),
        }
        self._exception_handlers = HandlersByClass(self.handlers, handlers)

    def add_exception_handler(
        self, exc_class_or_status_code: int | type[Exception], handler: ExceptionHandler
    ) -> None:
        """Answer exceptions of a class, or `HTTPException`s of a status, with `handler`."""
        self.handlers[exc_class_or_status_code] = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind != "http" and kind != "websocket":
            await self.app(scope, receive, send)
            return
        watched = watch(send)
        try:
            await self.app(scope, receive, watched)
        except Exception as exc:
            await self.answer(exc, scope, receive, watched)

    async def answer(
        self, exc: Exception, scope: Scope, receive: Receive, send: WatchedSend
    ) -> None:
        """Send what the handler of `exc` makes of it; raises `exc` where there is none."""
        handler = find_handler(self.handlers, exc)
        if handler is None:
            raise exc
        write = writer_of(handler)
        if write is not None and scope["type"] == "http" and not send.started:
            await send_reply(write(exc), scope, receive, send)
            return
        connection = connect(scope, receive, send)
        await answer_exception(exc, handler, connection, receive, send)

    async def http_exception(self, request: Request, exc: HTTPException) -> Response:
        """The status, headers and detail of `exc`, as text."""
        return await http_exception(request, exc)

    async def websocket_exception(self, websocket: WebSocket, exc: WebSocketException) -> None:
        """Close `websocket` with the code and reason of `exc`."""
        await websocket_exception(websocket, exc)


class HandlersByClass(dict[Any, ExceptionHandler]):
    """The handlers for classes among `own`; what replaces one does so for the application too.

    Instrumentation wraps handlers here, once the middleware is made.
    """

    def __init__(self, own: dict[Any, ExceptionHandler], given: Any) -> None:
        super().__init__({key: own[key] for key in own if isinstance(key, type)})
        self.pop(Exception, None)
        self.originals: list[dict[Any, ExceptionHandler]] = (
            [own, given] if isinstance(given, dict) else [own]
        )

    def __setitem__(self, key: Any, handler: ExceptionHandler) -> None:
        super().__setitem__(key, handler)
        for handlers in self.originals:
            handlers[key] = handler


def find_handler(
    handlers: Mapping[Any, ExceptionHandler], exc: Exception
) -> ExceptionHandler | None:
    """The handler of `exc`: by status for an `HTTPException`, else by the nearest class.

    The handlers of `500` and `Exception` are the server-error layer's, and never returned. Without
    a handler of its own, an `HTTPException` becomes text and a `WebSocketException` a close.
    """
    keys: tuple[Any, ...] = type(exc).__mro__
    if isinstance(exc, HTTPException):
        keys = (exc.status_code, *keys)
    for key in keys:
        if key not in SERVER_ERRORS:
            handler = handlers.get(key) or DEFAULT_HANDLERS.get(key)
            if handler is not None:
                return handler
    return None


async def answer_exception(
    exc: Exception,
    handler: ExceptionHandler,
    connection: Request | WebSocket,
    receive: Receive,
    send: Send,
) -> None:
    """Send what `handler` makes of `exc`, which `connection` ended in.

    Raises `RuntimeError` from `exc` when a watched `send` has seen the response start.
    """
    watched = watch(send)
    if watched.started:
        raise RuntimeError("Caught handled exception, but response already started.") from exc
    response = await call_handler(handler, connection, exc)
    if isinstance(connection, Request):
        response = require_response(response, handler, exc)
    elif response is not None:
        response = compile_denial(connection, exc, response)
    if response is not None:
        await response(connection.scope, receive, watched)


async def call_handler(
    handler: ExceptionHandler, connection: Request | WebSocket, exc: Exception
) -> ASGIApp | None:
    """The response that `handler` gives, if any; a synchronous one runs in a thread."""
    call: Any = handler
    response: ASGIApp | None
    if is_async_callable(call):
        response = await call(connection, exc)
    else:
        response = await run_in_threadpool(call, connection, exc)
    return response


def require_response(
    response: ASGIApp | None, handler: ExceptionHandler, exc: Exception
) -> ASGIApp:
    """`response`, which only a handler for a WebSocket may leave out."""
    if response is None:
        name = getattr(handler, "__qualname__", repr(handler))
        raise RuntimeError(
            f"{name}: the handler of {type(exc).__name__} returned None. Return a Response."
        ) from exc
    return response


def connect(scope: Scope, receive: Receive, send: WatchedSend) -> Request | WebSocket:
    """The connection as its handlers expect it."""
    if scope["type"] == "http":
        return Request(scope, receive, send)
    websocket = WebSocket(scope, receive, send)
    websocket.application_state = send.websocket
    return websocket


def compile_denial(websocket: WebSocket, exc: Exception, response: ASGIApp) -> ASGIApp | None:
    """What tells the client of a WebSocket of `exc`.

    That is the response before the connection is accepted, and a close after that.
    """
    state = websocket.application_state
    if state is WebSocketState.CONNECTING:
        return response
    if state is WebSocketState.CONNECTED:
        clients_fault = isinstance(exc, HTTPException) and exc.status_code < 500
        return WebSocketClose(WS_1008_POLICY_VIOLATION if clients_fault else WS_1011_INTERNAL_ERROR)
    return None


async def http_exception(connection: Request | WebSocket, exc: HTTPException) -> Response:
    """The status, headers and detail of `exc`, as text."""
    if exc.status_code in BODILESS:
        return Response(status_code=exc.status_code, headers=exc.headers)
    return PlainTextResponse(str(exc.detail), status_code=exc.status_code, headers=exc.headers)


async def websocket_exception(connection: Request | WebSocket, exc: WebSocketException) -> None:
    """Close the connection with the code and reason of `exc`, which a request cannot: it raises."""
    if isinstance(connection, Request):
        raise exc
    if connection.application_state is not WebSocketState.DISCONNECTED:
        await connection.close(code=exc.code, reason=exc.reason)


SERVER_ERRORS = frozenset({500, Exception})
DEFAULT_HANDLERS: Mapping[Any, Any] = {
    HTTPException: http_exception,
    WebSocketException: websocket_exception,
}
