"""A request of httpx as ASGI has it: its scope, and its body in parts."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

import anyio.to_thread

from fastapi_lite._testclient_exchange import Upload
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from fastapi_lite.websockets import REPORTS_DISCONNECT

if TYPE_CHECKING:
    import httpx

CHUNK = 65536
"""Bytes of a request's body that the application is handed at a time."""
DEFAULT_PORTS: Mapping[str, int] = {"http": 80, "ws": 80, "https": 443, "wss": 443}
WEBSOCKET_SCHEMES: Mapping[str, str] = {"http": "ws", "https": "wss"}


@dataclass(frozen=True, slots=True, eq=False)
class Scopes:
    """Makes the scopes of a client's requests."""

    state: Mapping[str, Any]
    root_path: str
    client: tuple[str, int]

    def http(self, request: httpx.Request) -> Scope:
        """The scope of an HTTP request."""
        return self._connection(
            request,
            type="http",
            method=request.method,
            scheme=request.url.scheme,
            extensions={"http.response.debug": {}, "http.response.trailers": {}},
        )

    def websocket(self, request: httpx.Request) -> Scope:
        """The scope of a WebSocket that `request` asks for."""
        scheme = request.url.scheme
        offered = request.headers.get("sec-websocket-protocol", "").split(",")
        return self._connection(
            request,
            type="websocket",
            scheme=WEBSOCKET_SCHEMES.get(scheme, scheme),
            subprotocols=[name.strip() for name in offered if name.strip()],
            extensions={"websocket.http.response": {}, REPORTS_DISCONNECT: {}},
        )

    def _connection(self, request: httpx.Request, **kind: Any) -> Scope:
        url = request.url
        raw_path, _, query = url.raw_path.partition(b"?")
        return kind | {
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "path": unquote(raw_path),
            "raw_path": raw_path,
            "root_path": self.root_path,
            "query_string": query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": self.client,
            "server": [url.host, url.port or DEFAULT_PORTS[url.scheme]],
            "state": dict(self.state),
        }


async def upload(stream: Any) -> Upload:
    """The parts of a request's body, taken from httpx as the application asks for them."""
    if not isinstance(stream, AsyncIterable):
        # A test's generator may wait for what the application does, so not in its event loop;
        # and it may wait for ever, so it is left alone when the application has ended.
        take = partial(anyio.to_thread.run_sync, next, iter(stream), None, abandon_on_cancel=True)
        while (part := await take()) is not None:
            yield part, True
    elif not isinstance(stream, Iterable):
        async for part in stream:
            yield part, True
    else:
        # What can be read either way is at hand: bytes, or a form in many small parts.
        held = b""
        for part in stream:
            if held and len(held) + len(part) > CHUNK:
                yield held, True
                held = b""
            held += part
        yield held, False


def as_asgi3(app: Any) -> ASGIApp:
    """`app`; one of ASGI 2, called with the scope alone, is made one of ASGI 3."""
    return cast(ASGIApp, app) if takes_three(app) else in_two_steps(app)


def takes_three(app: Any) -> bool:
    """Whether `app` can be called with three arguments, or does not tell."""
    try:
        signature = inspect.signature(app)
    except (TypeError, ValueError):
        return True
    try:
        signature.bind("scope", "receive", "send")
    except TypeError:
        return False
    return True


def in_two_steps(app: Any) -> ASGIApp:
    """The application that calls `app` with the scope, and the result with the rest (ASGI 2.0)."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        instance = app(scope)
        await instance(receive, send)

    return call
