"""One exchange with an ASGI application, message by message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio

from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

Pairs = Iterable[tuple[str, str]]


@dataclass
class Exchange:
    """What the application has sent, and what it has raised."""

    messages: list[Message] = field(default_factory=list)
    error: Exception | None = None

    @property
    def kinds(self) -> list[str]:
        return [message["type"] for message in self.messages]

    @property
    def start(self) -> Message:
        return next(m for m in self.messages if m["type"].endswith("http.response.start"))

    @property
    def status(self) -> int:
        return int(self.start["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.start["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)


def scope_of(
    kind: str = "http", *, headers: Pairs = (), path: str = "/", **others: Any
) -> dict[str, Any]:
    """The scope of a request as a server makes it."""
    return {
        "type": kind,
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": ("192.0.2.1", 4000),
        "server": ("server.test", 80),
        **others,
    }


async def silent() -> Message:
    """The `receive` of a client that stays, and sends nothing."""
    await anyio.sleep_forever()
    raise AssertionError  # pragma: no cover - never is over


async def exchange(
    app: ASGIApp,
    kind: str = "http",
    /,
    *,
    body: Iterable[bytes] = (b"",),
    gone: anyio.Event | None = None,
    **scope: Any,
) -> Exchange:
    """Send `app` a request with `body` in chunks; the client leaves with `gone`, if at all."""
    result = Exchange()
    chunks = list(body)
    more = [*[True] * (len(chunks) - 1), False]
    waiting: list[Message] = [
        {"type": "http.request", "body": chunk, "more_body": follows}
        for chunk, follows in zip(chunks, more, strict=True)
    ]
    if kind == "websocket":
        waiting = [{"type": "websocket.connect"}]

    async def receive() -> Message:
        if waiting:
            return waiting.pop(0)
        await (gone or anyio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        result.messages.append(message)

    try:
        await app(scope_of(kind, **scope), receive, send)
    except Exception as exc:
        result.error = exc
    return result


def answering(
    *chunks: bytes, status: int = 200, headers: Mapping[str, str] | None = None, **start: Any
) -> ASGIApp:
    """An application that answers with `chunks`, each in a message of its own."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        first = {"type": "http.response.start", "status": status, "headers": raw, **start}
        await send(first)
        last = len(chunks) - 1
        for index, chunk in enumerate(chunks or (b"",)):
            await send({"type": "http.response.body", "body": chunk, "more_body": index < last})

    return app


def raising(exc: Exception, *first: Message) -> ASGIApp:
    """An application that sends `first` and raises `exc`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in first:
            await send(message)
        raise exc

    return app
