"""Endpoints as classes: a method for each HTTP method, or for each event of a WebSocket."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any, ClassVar, Literal

from fastapi_lite._inspect import is_async_callable
from fastapi_lite.concurrency import run_in_threadpool
from fastapi_lite.exceptions import HTTPException, WebSocketException
from fastapi_lite.requests import Request
from fastapi_lite.responses.base import PlainTextResponse, Response
from fastapi_lite.status import (
    WS_1003_UNSUPPORTED_DATA,
    WS_1005_NO_STATUS_RCVD,
    WS_1011_INTERNAL_ERROR,
)
from fastapi_lite.types import Message, Receive, Scope, Send
from fastapi_lite.websockets import WebSocket, WebSocketState, reports_disconnect

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY")


class HTTPEndpoint:
    """Answers a request by its method of the same name, such as `get(self, request)`.

    `HEAD` is answered by `get` where there is no `head`; a synchronous method runs in a thread.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http"
        self.scope = scope
        self.receive = receive
        self.send = send
        own = {name for name in METHODS if hasattr(self, name.lower())}
        answered = own | {"HEAD"} if "GET" in own else own
        self._allowed_methods = [name for name in METHODS if name in answered]

    def __await__(self) -> Generator[Any, None, None]:
        return self.dispatch().__await__()

    async def dispatch(self) -> None:
        """Find the method, call it and send its response."""
        request: Request = Request(self.scope, self.receive, self.send)
        name = request.method
        if name == "HEAD" and not hasattr(self, "head"):
            name = "GET"
        handler: Any = self.method_not_allowed
        if name in self._allowed_methods:
            handler = getattr(self, name.lower())
        if is_async_callable(handler):
            response = await handler(request)
        else:
            response = await run_in_threadpool(handler, request)
        await response(self.scope, self.receive, self.send)

    async def method_not_allowed(self, request: Request) -> Response:
        """Answers a method that the class does not have: 405, naming those it has.

        Within an application it raises, so that the application's handler answers.
        """
        allow = {"Allow": ", ".join(self._allowed_methods)}
        if request.scope.get("app") is not None:
            raise HTTPException(405, headers=allow)
        return PlainTextResponse("Method Not Allowed", 405, allow)


class WebSocketEndpoint:
    """Answers the events of a WebSocket.

    `encoding` is what `on_receive` gets: `"text"`, `"bytes"` or `"json"`, whichever came unless given.
    Another message closes the connection with 1003; test clients see it raised as a `RuntimeError` too.
    """

    encoding: ClassVar[Literal["text", "bytes", "json"] | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.encoding not in ENCODINGS:
            raise ValueError(
                f"{cls.__qualname__}: unsupported encoding {cls.encoding!r}. "
                'Use "text", "bytes", "json" or None.'
            )

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "websocket"
        self.scope = scope
        self.receive = receive
        self.send = send

    def __await__(self) -> Generator[Any, None, None]:
        return self.dispatch().__await__()

    async def dispatch(self) -> None:
        """Call the methods as events come; `on_disconnect` last, whatever happens."""
        websocket: WebSocket = WebSocket(self.scope, self.receive, self.send)
        close_code = WS_1011_INTERNAL_ERROR
        await self.on_connect(websocket)
        try:
            close_code = await self.receive_all(websocket)
        except UnsupportedMessage as exc:
            close_code = exc.code
            if websocket.application_state is WebSocketState.CONNECTED:
                await websocket.close(exc.code, exc.reason)
            if reports_disconnect(self.scope):
                raise RuntimeError(exc.reason) from exc
        finally:
            await self.on_disconnect(websocket, close_code)

    async def receive_all(self, websocket: WebSocket) -> int:
        """Give each message to `on_receive`; the code with which the connection ended."""
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return int(message.get("code") or WS_1005_NO_STATUS_RCVD)
            await self.on_receive(websocket, await self.decode(websocket, message))

    async def decode(self, websocket: WebSocket, message: Message) -> Any:
        """The content of `message` as `encoding` wants it."""
        text, data = message.get("text"), message.get("bytes")
        content: Any = data if text is None else text
        if self.encoding == "json":
            try:
                return json.loads(content)
            except (ValueError, RecursionError) as exc:
                raise UnsupportedMessage("Malformed JSON data received.") from exc
        if self.encoding == "text" and text is None:
            raise UnsupportedMessage("Expected text websocket messages, but got bytes")
        if self.encoding == "bytes" and data is None:
            raise UnsupportedMessage("Expected bytes websocket messages, but got text")
        return content

    async def on_connect(self, websocket: WebSocket) -> None:
        """The client wants to connect; accepts it."""
        await websocket.accept()

    async def on_receive(self, websocket: WebSocket, data: Any) -> None:
        """A message has come."""

    async def on_disconnect(self, websocket: WebSocket, close_code: int) -> None:
        """The connection has ended."""


ENCODINGS = ("text", "bytes", "json", None)


class UnsupportedMessage(WebSocketException):
    """The client has sent what this endpoint does not take."""

    def __init__(self, reason: str) -> None:
        super().__init__(WS_1003_UNSUPPORTED_DATA, reason)
