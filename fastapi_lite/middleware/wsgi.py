"""WSGI applications (PEP 3333) under ASGI."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

import anyio.from_thread
from typing_extensions import deprecated

from fastapi_lite.body import read_chunk
from fastapi_lite.concurrency import run_in_threadpool
from fastapi_lite.datastructures.headers import encode_header
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.types import Message, Receive, Scope, Send
from fastapi_lite.websockets import WebSocketClose


@deprecated(
    "WSGIMiddleware is deprecated and will be removed in a future release. "
    "Use the package a2wsgi instead.",
    category=StarletteDeprecationWarning,
)
class WSGIMiddleware:
    """Answers with a WSGI application, which runs in a thread and reads and writes as data comes.

    A WebSocket is refused.
    """

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"WSGI serves HTTP and has no answer to {scope['type']!r}.")
        await WSGIResponder(self.app, scope)(receive, send)


class WSGIResponder:
    """One request to a WSGI application."""

    def __init__(self, app: Callable[..., Any], scope: Scope) -> None:
        self.app = app
        self.scope = scope
        self.start: Message | None = None
        self.started = False

    async def __call__(self, receive: Receive, send: Send) -> None:
        async def send_message(message: Message) -> None:
            await send(message)

        def send_now(message: Message) -> None:
            anyio.from_thread.run(send_message, message)

        body = io.BufferedReader(RequestBody(receive))
        await run_in_threadpool(self.respond, build_environ(self.scope, body), send_now)

    def respond(self, environ: dict[str, Any], send: Callable[[Message], None]) -> None:
        """Call the application and send what it gives; in a thread."""

        def write(body: bytes) -> None:
            if not self.started:
                if self.start is None:
                    raise RuntimeError(f"{self.app}: sent a body before it called start_response.")
                self.started = True
                send(self.start)
            send({"type": "http.response.body", "body": body, "more_body": True})

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], None]:
            try:
                if self.started and exc_info:
                    raise exc_info[1]
                if self.start is not None and not exc_info:
                    raise RuntimeError(f"{self.app}: called start_response twice.")
            finally:
                exc_info = None  # no cycle through the traceback (PEP 3333)
            self.start = {
                "type": "http.response.start",
                "status": int(status.partition(" ")[0]),
                "headers": [encode_header(name.strip(), value.strip()) for name, value in headers],
            }
            return write

        chunks = self.app(environ, start_response)
        try:
            for chunk in chunks:
                if chunk:
                    write(chunk)
            if not self.started:
                write(b"")
            send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            if (close := getattr(chunks, "close", None)) is not None:
                close()


class RequestBody(io.RawIOBase):
    """The body of a request as a file, which a thread reads as it comes."""

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.chunk: bytes = b""
        self.more: bool = True

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with what is there, waiting for at least one byte; 0 at the end."""
        while self.more and not self.chunk:
            self.chunk, self.more = anyio.from_thread.run(self.receive_chunk)
        size = min(len(buffer), len(self.chunk))
        buffer[:size] = self.chunk[:size]
        self.chunk = self.chunk[size:]
        return size

    async def receive_chunk(self) -> tuple[bytes, bool]:
        """The next bytes, and whether more may follow."""
        return read_chunk(await self.receive())


def build_environ(scope: Scope, body: bytes | BinaryIO) -> dict[str, Any]:
    """The environment of a WSGI application (PEP 3333) for a request with `body`.

    A `Proxy` header is left out, as it would pass for the variable HTTP_PROXY (CVE-2016-5385), and so is
    a name with an underscore, which would pass for another header.
    """
    root = scope.get("root_path", "")
    path: str = scope["path"].removeprefix(root)
    server, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": as_wsgi_text(root),
        "PATH_INFO": as_wsgi_text(path),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body) if isinstance(body, bytes) else body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.get("client"):
        environ["REMOTE_ADDR"] = scope["client"][0]
    for raw_name, raw_value in scope.get("headers", ()):
        name = raw_name.decode("latin-1").upper()
        if "_" in name or name == "PROXY":
            continue
        variable = name.replace("-", "_")
        if variable not in ("CONTENT_LENGTH", "CONTENT_TYPE"):
            variable = f"HTTP_{variable}"
        value = raw_value.decode("latin-1")
        if variable in environ:
            separator = "; " if variable == "HTTP_COOKIE" else ","
            value = f"{environ[variable]}{separator}{value}"
        environ[variable] = value
    return environ


def as_wsgi_text(text: str) -> str:
    """`text` as PEP 3333 wants it: its UTF-8 bytes, each as a character of Latin-1."""
    return text.encode().decode("latin-1")
