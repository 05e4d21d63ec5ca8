"""Requests to an ASGI application in this process: one that is looked at, many that are timed.

There is no server and no client: a scope, a message with the body, and what is sent goes nowhere.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, again and again."""

    path: str
    method: str = "GET"
    query: bytes = b""
    headers: Headers = ()
    body: bytes = b""

    def scope(self) -> dict[str, Any]:
        """As a server makes it (ASGI 3.0, HTTP)."""
        length = ((b"content-length", b"%d" % len(self.body)),) if self.body else ()
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": self.path,
            "raw_path": self.path.encode(),
            "root_path": "",
            "query_string": self.query,
            "headers": [*CLIENT_HEADERS, *self.headers, *length],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8000),
            "state": {},
        }

    def message(self) -> Message:
        """The body, in one piece."""
        return {"type": "http.request", "body": self.body, "more_body": False}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an application sent."""

    status: int
    headers: dict[str, str]
    body: bytes


async def ask(app: Application, request: Request) -> Answer:
    """The answer to one request. Raises `AssertionError` for messages a server would refuse."""
    messages: list[Message] = []

    async def receive() -> Message:
        return request.message()

    async def send(message: Message) -> None:
        messages.append(dict(message))

    await app(request.scope(), receive, send)
    assert messages, "nothing was sent"
    start, *parts = messages
    assert start["type"] == "http.response.start", f"{start['type']} was sent first"
    assert {part["type"] for part in parts} == {"http.response.body"}, "there is no body"
    more = [part.get("more_body", False) for part in parts]
    assert more == [True] * (len(parts) - 1) + [False], "the body has no end, or two"
    body = b"".join(part.get("body", b"") for part in parts)
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    length = headers.get("content-length", str(len(body)))
    assert length == str(len(body)), f"content-length is {length}, the body has {len(body)} bytes"
    return Answer(start["status"], headers, body)


async def drive(app: Application, request: Request, times: int) -> float:
    """The seconds that so many requests take, one after the other."""
    scope, message = request.scope(), request.message()

    async def receive() -> Message:
        return message

    async def send(message: Message) -> None:
        pass

    start = perf_counter()
    for _ in range(times):
        await app(scope.copy(), receive, send)
    return perf_counter() - start
