"""A WebSocket connection as the application sees it (ASGI "WebSocket Connection Scope", RFC 6455)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi_lite.datastructures.headers import encode_header
from fastapi_lite.exceptions import WebSocketException
from fastapi_lite.requests import HTTPConnection, StateT
from fastapi_lite.sending import CONNECTED, CONNECTING, DISCONNECTED, RESPONSE, WatchedSend
from fastapi_lite.sending import WebSocketState as WebSocketState
from fastapi_lite.types import Message, Receive, Scope, Send

if TYPE_CHECKING:
    from fastapi_lite.responses import Response

T = TypeVar("T")


class WebSocketDisconnect(Exception):
    """The client has left, with `code` (RFC 6455, section 7.4) and `reason`."""

    def __init__(self, code: int = 1000, reason: str | None = None) -> None:
        self.code = code
        self.reason: str = reason or ""
        super().__init__(self.code, self.reason)


class WebSocketDisconnected(RuntimeError):
    """The connection was used before it was accepted, or after its end."""


class WebSocketJSONError(WebSocketException, json.JSONDecodeError):
    """What the client sent is not JSON; unless it is caught, the connection closes with 1007."""

    def __init__(self, cause: Exception) -> None:
        # RFC 6455, section 7.4.1: data that is not consistent with the type of the message.
        WebSocketException.__init__(self, 1007, "Expected a JSON message.")
        self.msg: str = getattr(cause, "msg", str(cause))
        self.doc: str = getattr(cause, "doc", "")
        self.pos: int = getattr(cause, "pos", 0)
        self.lineno: int = getattr(cause, "lineno", 1)
        self.colno: int = getattr(cause, "colno", 1)


class WebSocket(HTTPConnection[StateT]):
    """A connection to accept or refuse, then to send and receive messages on.

    `client_state` and `application_state` say how far each side is. A client that leaves raises
    `WebSocketDisconnect` where the application receives, or sends.
    """

    client_state: WebSocketState = CONNECTING
    application_state: WebSocketState = CONNECTING

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            raise AssertionError(f"A scope of type {scope['type']!r} is no WebSocket.")
        super().__init__(scope)
        self._receive, self._send = receive, send

    async def receive(self) -> Message:
        """The next ASGI message; raises `RuntimeError` when it can't come at this point."""
        before = self.client_state
        if before is DISCONNECTED:
            raise WebSocketDisconnected(
                'Cannot call "receive" once a disconnect message has been received.'
            )
        message = await self._receive()
        if before is not CONNECTED or message["type"] != "websocket.receive":
            self.client_state = state_after(message, RECEIVING[before])
        return message

    async def send(self, message: Message) -> None:
        """Send an ASGI message; raises `RuntimeError` when it can't be sent at this point."""
        before = self.application_state
        if before is DISCONNECTED:
            raise WebSocketDisconnected('Cannot call "send" once a close message has been sent.')
        send = self._send
        if before is not CONNECTED or message["type"] != "websocket.send":
            self.application_state = state_after(message, SENDING[before])
        elif type(send) is WatchedSend:
            send = send.send  # to one that watches, data is no news
        try:
            await send(message)
        except OSError:
            # ASGI: the server's way to say that the client has left.
            self.application_state = DISCONNECTED
            raise WebSocketDisconnect(code=1006) from None

    async def accept(
        self,
        subprotocol: str | None = None,
        headers: Iterable[tuple[bytes, bytes]] | None = None,
    ) -> None:
        """Accept the connection.

        `subprotocol` is one of those in `scope["subprotocols"]`; `headers` go with the answer.
        Raises `ValueError` for a CR, LF or NUL in either.
        """
        extra = [
            encode_header(name.decode("latin-1"), value.decode("latin-1"))
            for name, value in headers or ()
        ]
        if subprotocol is not None:
            encode_header("sec-websocket-protocol", subprotocol)
        if self.client_state is CONNECTING:
            await self.receive()
        await self.send({"type": "websocket.accept", "subprotocol": subprotocol, "headers": extra})

    async def receive_text(self) -> str:
        """The next message as text.

        Raises `WebSocketDisconnect` when the client leaves, and `WebSocketException`, which closes
        the connection with 1003, for a binary message.
        """
        if self.application_state is not CONNECTED:
            raise not_accepted()
        message = await self.receive()
        text: str | None = message.get("text")
        if text is None:
            raise without_data(message, "text")
        return text

    async def receive_bytes(self) -> bytes:
        """The next message as bytes.

        Raises `WebSocketDisconnect` when the client leaves, and `WebSocketException`, which closes
        the connection with 1003, for a text message.
        """
        if self.application_state is not CONNECTED:
            raise not_accepted()
        message = await self.receive()
        data: bytes | None = message.get("bytes")
        if data is None:
            raise without_data(message, "bytes")
        return data

    async def receive_json(self, mode: str = "text") -> Any:
        """The next message, read as JSON; `mode` is `"text"` or `"binary"`.

        Raises `WebSocketDisconnect` when the client leaves, and for what is not JSON
        `WebSocketJSONError`, a `ValueError`, which closes the connection with 1007 unless caught.
        """
        kind = frame_of(mode)
        if self.application_state is not CONNECTED:
            raise not_accepted()
        message = await self.receive()
        data = message.get(kind)
        if data is None:
            raise without_data(message, kind)
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as cause:
            raise WebSocketJSONError(cause) from cause

    def iter_text(self) -> AsyncIterator[str]:
        """Messages as text, until the client leaves."""
        return Messages(self.receive_text)

    def iter_bytes(self) -> AsyncIterator[bytes]:
        """Messages as bytes, until the client leaves."""
        return Messages(self.receive_bytes)

    def iter_json(self) -> AsyncIterator[Any]:
        """Messages read as JSON, until the client leaves."""
        return Messages(self.receive_json)

    async def send_text(self, data: str) -> None:
        """Send `data` as a text message."""
        await self.send({"type": "websocket.send", "text": data})

    async def send_bytes(self, data: bytes) -> None:
        """Send `data` as a binary message."""
        await self.send({"type": "websocket.send", "bytes": data})

    async def send_json(self, data: Any, mode: str = "text") -> None:
        """Send `data` as JSON, in a text or a binary message as `mode` says."""
        kind = frame_of(mode)
        text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
        if not text.isascii():
            # Half a surrogate pair has no form in UTF-8, but an escape (RFC 8259, section 8.2).
            text = text.encode(errors="backslashreplace").decode()
        await self.send({"type": "websocket.send", kind: text if kind == "text" else text.encode()})

    async def close(self, code: int = 1000, reason: str | None = None) -> None:
        """Close the connection; before it is accepted, refuse it (the client sees status 403).

        Nothing is sent to a client that has left. Of `reason`, what fits is sent: 123 bytes.
        """
        if self.client_state is DISCONNECTED:
            # Servers take it for a mistake when a connection that has ended is closed.
            self.application_state = DISCONNECTED
            return
        await self.send(
            {"type": "websocket.close", "code": code, "reason": shortened(reason or "")}
        )

    async def send_denial_response(self, response: Response) -> None:
        """Answer the handshake with `response` instead of accepting it.

        Raises `RuntimeError` when the server can't (ASGI "WebSocket Denial Response").
        """
        if "websocket.http.response" not in (self.scope.get("extensions") or ()):
            raise RuntimeError(
                "The server doesn't support the Websocket Denial Response extension."
            )
        await response(self.scope, self.receive, self.send)


def not_accepted() -> WebSocketDisconnected:
    """What receiving raises before the connection is accepted, and after its end."""
    return WebSocketDisconnected('WebSocket is not connected. Need to call "accept" first.')


def without_data(message: Message, kind: str) -> WebSocketDisconnect | WebSocketException:
    """What receiving raises for a message that does not carry data of `kind`."""
    if message["type"] == "websocket.disconnect":
        # ASGI: 1005, "no status received", where the message has no code.
        return WebSocketDisconnect(message.get("code", 1005), message.get("reason"))
    # RFC 6455, section 7.4.1: a type of data the endpoint can't accept.
    return WebSocketException(1003, f"Expected a {FRAMES[kind]} message.")


class WebSocketClose:
    """An ASGI application that closes a WebSocket with `code` and `reason`."""

    def __init__(self, code: int = 1000, reason: str | None = None) -> None:
        self.code = code
        self.reason: str = reason or ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close the connection, whatever state it is in."""
        await send({"type": "websocket.close", "code": self.code, "reason": self.reason})


REPORTS_DISCONNECT = "fastapi_lite.reports_disconnect"
"""ASGI extension of a server to which an application's `WebSocketDisconnect` is news."""


def reports_disconnect(scope: Scope) -> bool:
    """Whether a `WebSocketDisconnect` that no one caught is to be raised to the server.

    The test clients want to see it. Other servers would log a client's leaving as an error.
    """
    return REPORTS_DISCONNECT in (scope.get("extensions") or ())


Ways = Mapping[str, WebSocketState]
"""Messages that may come next, each with the state it leads to."""

RECEIVING: Mapping[WebSocketState, Ways] = {
    CONNECTING: {"websocket.connect": CONNECTED},
    CONNECTED: {
        "websocket.receive": CONNECTED,
        "websocket.disconnect": DISCONNECTED,
    },
}
SENDING: Mapping[WebSocketState, Ways] = {
    CONNECTING: {
        "websocket.accept": CONNECTED,
        "websocket.close": DISCONNECTED,
        "websocket.http.response.start": RESPONSE,
    },
    CONNECTED: {
        "websocket.send": CONNECTED,
        "websocket.close": DISCONNECTED,
    },
    RESPONSE: {"websocket.http.response.body": RESPONSE},
}


def state_after(message: Message, ways: Ways) -> WebSocketState:
    """The state that `message` leads to; raises `RuntimeError` for one that is not of `ways`."""
    state = ways.get(message["type"])
    if state is None:
        *others, last = (f'"{kind}"' for kind in ways)
        expected = f"{', '.join(others)} or {last}" if others else last
        raise RuntimeError(f"Expected ASGI message {expected}, but got {message['type']!r}")
    if state is RESPONSE and ends_response(message):
        return DISCONNECTED
    return state


def ends_response(message: Message) -> bool:
    """Whether `message` is the last part of a response."""
    return message["type"] == "websocket.http.response.body" and not message.get("more_body")


def shortened(reason: str) -> str:
    """As much of `reason` as a close frame holds (RFC 6455, section 5.5): 125 bytes less the code."""
    return reason.encode(errors="replace")[:123].decode(errors="ignore")


FRAMES: Mapping[str, str] = {"text": "text", "bytes": "binary"}


def frame_of(mode: str) -> str:
    """The part of a message that carries the data of `mode`."""
    for kind, name in FRAMES.items():
        if name == mode:
            return kind
    raise RuntimeError('The "mode" argument should be "text" or "binary".')


class Messages(AsyncIterator[T]):
    """What `receive` gives, until the client leaves.

    No generator, so that nothing is left open where the loop is left early.
    """

    def __init__(self, receive: Callable[[], Awaitable[T]]) -> None:
        self.receive = receive
        self.ended: bool = False

    async def __anext__(self) -> T:
        if not self.ended:
            try:
                return await self.receive()
            except WebSocketDisconnect:
                self.ended = True
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Give nothing any more, as a generator that is closed."""
        self.ended = True
