"""Requests to an ASGI application in this process: one that is looked at, many that are timed.

There is no server and no client: a scope, a message with the body, and what is sent goes nowhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass
from itertools import islice, repeat
from time import perf_counter
from typing import Any

Message = MutableMapping[str, Any]
Application = Callable[[Any, Any, Any], Awaitable[None]]
Headers = tuple[tuple[bytes, bytes], ...]

CLIENT_HEADERS: Headers = (
    (b"host", b"127.0.0.1:8000"),
    (b"user-agent", b"bench/1.0"),
    (b"accept", b"*/*"),
    (b"accept-encoding", b"gzip, deflate"),
    (b"connection", b"keep-alive"),
)


PIECE = 64 * 1024
"""Bytes of a body that a server hands over at a time."""

GONE = {
    "http": {"type": "http.disconnect"},
    "websocket": {"type": "websocket.disconnect", "code": 1000},
}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, again and again; with `texts`, a WebSocket on which these are sent."""

    path: str
    method: str = "GET"
    query: bytes = b""
    headers: Headers = ()
    body: bytes = b""
    texts: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The type of the scope."""
        return "websocket" if self.texts else "http"

    def scope(self) -> dict[str, Any]:
        """As a server makes it (ASGI 3.0)."""
        length = ((b"content-length", b"%d" % len(self.body)),) if self.body else ()
        special = {"subprotocols": []} if self.texts else {"method": self.method}
        return {
            **special,
            "type": self.kind,
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": "ws" if self.texts else "http",
            "path": self.path,
            "raw_path": self.path.encode(),
            "root_path": "",
            "query_string": self.query,
            "headers": [*CLIENT_HEADERS, *self.headers, *length],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8000),
            "state": {},
        }

    def messages(self) -> list[Message]:
        """What the application receives before the client leaves."""
        if self.texts:
            sent = [{"type": "websocket.receive", "text": text} for text in self.texts]
            return [{"type": "websocket.connect"}, *sent]
        pieces = [self.body[at : at + PIECE] for at in range(0, len(self.body), PIECE)] or [b""]
        return [
            {"type": "http.request", "body": piece, "more_body": piece is not pieces[-1]}
            for piece in pieces
        ]

    def receivers(self, *, stays: bool = False) -> Iterator[Callable[[], Awaitable[Message]]]:
        """For each time it is asked, what gives the messages to the application.

        With `stays` the client is there until the answer is, for whoever listens to it meanwhile.
        """
        messages, gone = self.messages(), GONE[self.kind]
        while stays and not self.texts:
            yield staying(messages)
        if len(messages) == 1:
            (message,) = messages

            async def receive_one() -> Message:
                return message

            yield from repeat(receive_one)
        while True:
            left = iter(messages)

            async def receive(left: Iterator[Message] = left) -> Message:
                return next(left, gone)

            yield receive


def staying(messages: list[Message]) -> Callable[[], Awaitable[Message]]:
    """What gives these messages, and then waits."""
    left = iter(messages)

    async def receive() -> Message:
        for message in left:
            return message
        await asyncio.Event().wait()
        raise AssertionError("the event is never set")

    return receive


@dataclass(frozen=True, slots=True)
class Answer:
    """What an application sent; on a WebSocket, all texts as one."""

    status: int
    headers: dict[str, str]
    body: bytes


async def ask(app: Application, request: Request, *, stays: bool = False) -> Answer:
    """The answer to one request. Raises `AssertionError` for messages a server would refuse.

    A server sends no body in answer to HEAD, so here there is none either.
    """
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(dict(message))

    await app(request.scope(), next(request.receivers(stays=stays)), send)
    assert messages, "nothing was sent"
    start, *parts = messages
    if request.texts:
        assert start["type"] == "websocket.accept", f"{start['type']} was sent first"
        return Answer(101, {}, "".join(part["text"] for part in parts).encode())
    assert start["type"] == "http.response.start", f"{start['type']} was sent first"
    assert {part["type"] for part in parts} == {"http.response.body"}, "there is no body"
    more = [part.get("more_body", False) for part in parts]
    assert more == [True] * (len(parts) - 1) + [False], "the body has no end, or two"
    body = b"".join(part.get("body", b"") for part in parts)
    headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    if request.method == "HEAD":
        return Answer(start["status"], headers, b"")
    length = headers.get("content-length", str(len(body)))
    assert length == str(len(body)), f"content-length is {length}, the body has {len(body)} bytes"
    return Answer(start["status"], headers, body)


async def drive(app: Application, request: Request, times: int, *, stays: bool = False) -> float:
    """The seconds that so many requests take, one after the other."""
    scope, receivers = request.scope(), islice(request.receivers(stays=stays), times)

    async def send(message: Message) -> None:
        pass

    start = perf_counter()
    for receive in receivers:
        await app(scope.copy(), receive, send)
    return perf_counter() - start
