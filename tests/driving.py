"""Driving an application by ASGI messages, where a client would hide them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Any

import anyio

from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send


def http_scope(
    method: str = "GET", path: str = "/", headers: dict[str, str] | None = None, **more: Any
) -> Scope:
    """A request's scope, of a server that has no extensions and does not tell of disconnects."""
    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": b"",
        "scheme": "http",
        "server": ("testserver", 80),
        "headers": raw,
        **more,
    }


async def stay() -> Message:
    """A client that neither sends anything nor leaves."""
    await anyio.sleep_forever()
    raise AssertionError("unreachable")  # pragma: no cover - nobody wakes a sleeper for ever


async def exchange(
    app: ASGIApp, scope: Scope | None = None, receive: Receive = stay
) -> list[Message]:
    """The messages that `app` sends in answer to `scope`."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await app(http_scope() if scope is None else scope, receive, send)
    return sent


def body_of(messages: Iterable[Message]) -> bytes:
    """The body that these messages make."""
    return b"".join(bytes(message.get("body", b"")) for message in messages)


def headers_of(messages: list[Message]) -> dict[str, str]:
    """The headers of the start, the first of these messages."""
    return {name.decode(): value.decode("latin-1") for name, value in messages[0]["headers"]}


def failing_send(after: int) -> tuple[list[Message], Send]:
    """A server whose client leaves after `after` messages, and what it had sent till then."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        if len(sent) == after:
            raise OSError("gone")
        sent.append(message)

    return sent, send


async def numbers(count: int) -> AsyncIterator[str]:
    """The numbers below `count`, as text."""
    for number in range(count):
        yield str(number)
