"""Plays the requests of applications, and writes down what came of them.

    python -m tests.parity.play ours|theirs APPLICATION ...

prints JSON: for each application its document, and for each request status, headers and body.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
import warnings
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote

import anyio
import httpx

from tests.parity.corpus import requests_of
from tests.parity.examples import staged
from tests.parity.peers import stand_in

Request = dict[str, Any]
Record = dict[str, Any]
Message = MutableMapping[str, Any]
App = Callable[..., Awaitable[None]]

PATIENCE = 5
"""Seconds that one request may take; less than a hundredth of one is usual."""
TODAY = 1_700_000_000.0
"""What time it is for the applications, in which nothing may change from run to run."""
BOUNDARY = "the-boundary-of-all-parts"


def main() -> None:
    """Play what the command line says."""
    framework, *names = sys.argv[1:]
    if framework == "theirs":
        stand_in()
    warnings.simplefilter("ignore")
    logging.disable()
    time.time = time.perf_counter = lambda: TODAY
    report, sys.stdout = sys.stdout, sys.stderr  # applications may print
    json.dump({name: played(name) for name in names}, report)


def played(name: str) -> Record:
    """All that the application called `name` says."""
    try:
        with staged(name) as module:
            requests = requests_of(name, module)
            document = document_of(module.app)
            return {"openapi": document, "requests": anyio.run(play_all, module.app, requests)}
    except BaseException as error:
        return {"failed": "".join(traceback.format_exception_only(error)).strip()}


def document_of(app: Any) -> str | None:
    """The OpenAPI document as text, where the order of keys counts; `None` where there is none."""
    if not hasattr(app, "openapi"):
        return None
    try:
        return json.dumps(app.openapi(), indent=1)
    except Exception as error:
        return f"raises {type(error).__name__}"


async def play_all(app: App, requests: list[Request]) -> list[Record]:
    """What comes of `requests`, in turn, between the application's start and its end."""
    jar: dict[str, str] = {}
    state: dict[str, Any] = {}
    async with Lifespan(app, state) as lifespan:
        records = [await play(app, request, jar, state) for request in requests]
    return [*records, {"lifespan": lifespan.said}]


async def play(app: App, request: Request, jar: dict[str, str], state: dict[str, Any]) -> Record:
    """What comes of one request."""
    exchange = WebSocketExchange(request) if "websocket" in request else Exchange(request, jar)
    record: Record = {}
    try:
        with anyio.fail_after(PATIENCE):
            await app({**exchange.scope, "state": {**state}}, exchange.receive, exchange.send)
    except TimeoutError:
        record["raises"] = "nothing: it hangs"
    except Exception as error:
        record["raises"] = type(error).__name__
    return record | exchange.record()


class Exchange:
    """A request, and what is sent in answer to it."""

    def __init__(self, request: Request, jar: dict[str, str]) -> None:
        self.sent: list[Message] = []
        self.jar = jar
        self.scope, body = encode(request, jar)
        self.parts = request.get("chunks") or [body]
        self.over = anyio.Event()
        self.stays = not request.get("leaves")

    async def receive(self) -> Message:
        """The body, then that the client leaves when it has its answer."""
        if self.parts:
            part = self.parts[0]
            self.parts = self.parts[1:]
            return {"type": "http.request", "body": part, "more_body": bool(self.parts)}
        if self.stays:
            await self.over.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Note what is sent."""
        self.sent.append(message)
        is_body = message["type"] in ("http.response.body", "http.response.pathsend")
        if is_body and not message.get("more_body"):
            self.over.set()

    def record(self) -> Record:
        """Status, headers and body; nothing where none was sent."""
        if not self.sent:
            return {}
        start = next(one for one in self.sent if one["type"] == "http.response.start")
        headers = [(text(name).lower(), text(value)) for name, value in start["headers"]]
        for name, value in headers:
            if name == "set-cookie":
                key, _, said = value.partition("=")
                self.jar[key] = said.partition(";")[0]
        body = text(b"".join(bytes(one.get("body", b"")) for one in self.sent))
        for number, (name, value) in enumerate(headers):
            if name == "content-type" and value.startswith("multipart/byteranges; boundary="):
                chosen = value.partition("=")[2]  # at random
                body = body.replace(chosen, BOUNDARY)
                headers[number] = name, value.replace(chosen, BOUNDARY)
        bodies = [one for one in self.sent if one["type"] == "http.response.body"]
        usual = ("http.response.start", "http.response.body")
        others = [one for one in self.sent if one["type"] not in usual]
        return {
            "status": start["status"],
            # The order of different headers means nothing (RFC 9110, section 5.3).
            "headers": [list(one) for one in sorted(headers, key=lambda header: header[0])],
            "body": body,
            "whole": bool(bodies) and not bodies[-1].get("more_body"),
            **({"others": [readable(sorted(one.items())) for one in others]} if others else {}),
        }


class WebSocketExchange:
    """A WebSocket whose client sends all it has to say, then leaves."""

    def __init__(self, request: Request) -> None:
        self.scope, _ = encode({**request, "url": request["websocket"]}, {})
        self.scope |= {
            "type": "websocket",
            "scheme": "ws",
            "subprotocols": request.get("subprotocols", []),
        }
        del self.scope["method"]
        if not request.get("denials", True):
            del self.scope["extensions"]
        self.said: list[Message] = []
        frames = request.get("send", [])
        if not (frames and isinstance(frames[-1], dict)):
            frames = [*frames, {"code": 1000}]
        self.frames = [{"type": "websocket.connect"}, *map(frame, frames)]

    async def receive(self) -> Message:
        """The next frame; after the last one nothing comes."""
        if not self.frames:
            await anyio.sleep_forever()
        return self.frames.pop(0)

    async def send(self, message: Message) -> None:
        """Note what is sent."""
        if message["type"] == "websocket.close":  # what is not said is this (ASGI, "Close")
            message = {
                **message,
                "code": message.get("code", 1000),
                "reason": message.get("reason") or "",
            }
        self.said.append({key: readable(value) for key, value in message.items()})

    def record(self) -> Record:
        """What the application sent, in order."""
        return {"messages": [dict(sorted(message.items())) for message in self.said]}


def frame(said: str | bytes | dict[str, Any]) -> Message:
    """What the server passes on of a frame, or of a client that leaves."""
    if isinstance(said, dict):
        return {"type": "websocket.disconnect", **said}
    return {"type": "websocket.receive", "bytes" if isinstance(said, bytes) else "text": said}


class Lifespan:
    """The application between its start and its end; one that has no lifespan is let be."""

    def __init__(self, app: App, state: dict[str, Any]) -> None:
        self.app, self.state = app, state
        self.said: list[str] = []

    async def __aenter__(self) -> Lifespan:
        self.to_app, from_client = anyio.create_memory_object_stream[Message](1)
        to_client, self.from_app = anyio.create_memory_object_stream[Message](2)
        self.streams = self.to_app, from_client, to_client, self.from_app
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self.state}

        async def run() -> None:
            try:
                await self.app(scope, from_client.receive, to_client.send)
            except BaseException as error:
                self.said.append(f"raises {type(error).__name__}")
            to_client.close()

        self.group = anyio.create_task_group()
        await self.group.__aenter__()
        self.group.start_soon(run)
        await self.tell("lifespan.startup")
        return self

    async def tell(self, what: str) -> None:
        """Wait for what the application says to a message."""
        try:
            await self.to_app.send({"type": what})
            answer = await self.from_app.receive()
        except (anyio.EndOfStream, anyio.BrokenResourceError, anyio.ClosedResourceError):
            return
        self.said.append(answer["type"])

    async def __aexit__(self, *exc: object) -> None:
        await self.tell("lifespan.shutdown")
        self.group.cancel_scope.cancel()
        await self.group.__aexit__(None, None, None)
        for stream in self.streams:
            stream.close()


def encode(request: Request, jar: dict[str, str]) -> tuple[dict[str, Any], bytes]:
    """The scope of a request, and its body."""
    url = request.get("url", "/")
    raw_path, _, query = (url if isinstance(url, bytes) else url.encode()).partition(b"?")
    sends = {key: request[key] for key in ("json", "data", "files", "content") if key in request}
    headers = {"host": "parity.example", **request.get("headers", {})}
    if "files" in sends and "content-type" not in {name.lower() for name in headers}:
        headers["content-type"] = f"multipart/form-data; boundary={BOUNDARY}"
    built = httpx.Request(request.get("method", "GET"), "http://parity.example/", **sends)
    if "files" in sends:
        built = httpx.Request("POST", "http://parity.example/", headers=headers, **sends)
    body = built.read()
    raw = [(name.encode("latin-1"), bytes_of(value)) for name, value in headers.items()]
    given = {name.lower() for name, _ in raw}
    for name, value in built.headers.raw:
        if name.lower() in (b"content-type", b"content-length") and name.lower() not in given:
            raw.append((name, value))
    raw += [(bytes_of(name), bytes_of(value)) for name, value in request.get("raw_headers", [])]
    cookies = {**(jar if request.get("jar") else {}), **request.get("cookies", {})}
    if cookies:
        raw.append((b"cookie", "; ".join(f"{k}={v}" for k, v in cookies.items()).encode()))
    path = raw_path.decode("latin-1") if isinstance(url, bytes) else raw_path.decode()
    root_path = request.get("root_path", "")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.get("method", "GET"),
        "scheme": request.get("scheme", "http"),
        "path": root_path + unquote(path),
        "raw_path": root_path.encode() + raw_path,
        "query_string": query,
        "root_path": root_path,
        "headers": [(name.lower(), value) for name, value in raw],
        "client": ("127.0.0.1", 50000),
        "server": ("parity.example", 80),
        "extensions": {"websocket.http.response": {}, **request.get("extensions", {})},
    }, body


def bytes_of(value: str | bytes) -> bytes:
    """A header as it is sent."""
    return value if isinstance(value, bytes) else value.encode("latin-1")


def text(value: bytes) -> str:
    """Bytes as text: UTF-8 where that is what it is."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def readable(value: Any) -> Any:
    """A value of a message as JSON can hold it."""
    if isinstance(value, bytes):
        return text(value)
    if isinstance(value, list | tuple):
        return [readable(one) for one in value]
    return value


if __name__ == "__main__":
    main()
