"""A server that is strict: every message of an application is checked as ASGI 3.0 has it.

It plays a script of the client's messages. What the application must not do is noted, not raised,
since an application may handle what is raised to it; `Exchange.faults` has all of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio
from anyio.lowlevel import checkpoint

from fastapi_lite.types import ASGIApp, Message, Scope

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9a-z]+")
"""The name of a field (RFC 9110, section 5.1), in the lower case that ASGI wants."""
VALUE = re.compile(rb"(?:[\x21-\x7e\x80-\xff](?:[\t \x21-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?")
"""The value of a field (RFC 9110, section 5.5), without blanks around it."""
SINGLE = (b"content-length", b"content-type", b"location", b"etag", b"content-range")
"""Fields that a response has once at most."""
BODILESS = frozenset({204, 304})
PATIENCE = 60
"""Seconds after which an exchange counts as hanging; one takes some milliseconds."""

HTTP_KEYS = {
    "http.response.start": {"status", "headers", "trailers"},
    "http.response.body": {"body", "more_body"},
    "http.response.trailers": {"headers", "more_trailers"},
    "http.response.pathsend": {"path"},
    "http.response.early_hint": {"links"},
    "http.response.push": {"path", "headers"},
}
WEBSOCKET_KEYS = {
    "websocket.accept": {"subprotocol", "headers"},
    "websocket.send": {"bytes", "text"},
    "websocket.close": {"code", "reason"},
    "websocket.http.response.start": {"status", "headers"},
    "websocket.http.response.body": {"body", "more_body"},
}
EXTENSIONS = {
    "http.response.trailers": "http.response.trailers",
    "http.response.pathsend": "http.response.pathsend",
    "http.response.early_hint": "http.response.early_hint",
    "http.response.push": "http.response.push",
    "websocket.http.response.start": "websocket.http.response",
    "websocket.http.response.body": "websocket.http.response",
}


class Gone(OSError):
    """What a server of ASGI 2.4 raises to an application that sends to nobody."""


@dataclass
class Exchange:
    """One connection of a server that notes what the application does wrong.

    `script` has what the client sends. It then waits for the answer, and leaves. Where it
    `leaves_after` so many messages of the application, `send` raises `Gone` from then on.
    """

    scope: Scope
    script: Sequence[Message]
    leaves_after: int | None = None
    faults: list[str] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)
    error: BaseException | None = None
    received: int = 0
    over: anyio.Event = field(default_factory=anyio.Event)
    """The answer is complete, or nobody waits for it any more."""

    @property
    def kind(self) -> str:
        """`http` or `websocket`."""
        return str(self.scope["type"])

    @property
    def left(self) -> bool:
        """Whether the application has been told that the client is gone."""
        seen = self.script[: self.received]
        return any(message["type"].endswith(".disconnect") for message in seen)

    async def receive(self) -> Message:
        """The next message of the script; after it, and the answer, the client leaves."""
        await checkpoint()
        if self.received < len(self.script):
            message = self.script[self.received]
            if not message["type"].endswith(".disconnect"):
                self.received += 1
                return dict(message)
            self.received += 1
        elif not self.left:
            await self.over.wait()
        return self.farewell()

    def farewell(self) -> Message:
        """That the client is gone, as the script has it."""
        last = self.script[-1] if self.script else {}
        if str(last.get("type")).endswith(".disconnect"):
            return dict(last)
        return {"type": f"{self.kind}.disconnect"}

    async def send(self, message: Message) -> None:
        """Take a message, unless the client has left."""
        await checkpoint()
        if self.leaves_after is not None and len(self.sent) >= self.leaves_after:
            self.over.set()
            raise Gone
        self.sent.append(message)
        checker = check_http_message if self.kind == "http" else check_websocket_message
        fault = checker(self.sent, self.scope)
        if fault:
            self.faults.append(f"{fault}: {message!r}")
        if is_complete(self.sent):
            self.over.set()

    async def run(self, app: ASGIApp) -> Exchange:
        """Have `app` serve this connection."""
        try:
            with anyio.fail_after(PATIENCE):
                await app(self.scope, self.receive, self.send)
        except Exception as error:
            self.error = error
        if not is_complete(self.sent) and not self.excused:
            self.faults.append("the answer is not complete")
        return self

    @property
    def excused(self) -> bool:
        """Whether the application need not complete its answer."""
        return self.error is not None or self.left or self.leaves_after is not None

    @property
    def status(self) -> int | None:
        """The status of the answer; `None` for a WebSocket that was accepted or closed."""
        starts = [m for m in self.sent if m["type"].endswith("http.response.start")]
        return int(starts[0]["status"]) if starts else None

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        starts = [m for m in self.sent if m["type"].endswith("http.response.start")]
        return fields_of(starts[0]) if starts else {}

    @property
    def body(self) -> bytes:
        """The body of the answer."""
        return b"".join(m.get("body", b"") for m in self.sent)


def fields_of(message: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a message."""
    return {name.decode(): value.decode("latin-1") for name, value in message["headers"]}


def is_complete(sent: Sequence[Message]) -> bool:
    """Whether these messages make a whole answer."""
    if not sent:
        return False
    last = sent[-1]
    kind = last["type"]
    if kind == "http.response.trailers":
        return not last.get("more_trailers", False)
    if kind == "http.response.pathsend" or (
        kind.endswith("http.response.body") and not last.get("more_body", False)
    ):
        return not any(message.get("trailers") for message in sent)
    return kind == "websocket.close"


def check_message(message: Message, keys: Mapping[str, set[str]], scope: Scope) -> str | None:
    """What is wrong with a message by itself."""
    kind = message["type"]
    if kind not in keys:
        return "no such message"
    if unknown := message.keys() - keys[kind] - {"type"}:
        return f"unknown keys {sorted(unknown)}"
    if kind in EXTENSIONS and EXTENSIONS[kind] not in (scope.get("extensions") or {}):
        return "an extension that the server does not have"
    if type(message.get("body", b"")) is not bytes:
        return "a body that is no bytes"
    if any(type(message.get(flag, False)) is not bool for flag in ("more_body", "more_trailers")):
        return "a flag that is no bool"
    return check_headers(message.get("headers", ()))


def check_headers(headers: Any) -> str | None:
    """What is wrong with headers."""
    for header in headers:
        if [*map(type, header)] != [bytes, bytes]:
            return f"a header that is no pair of bytes, {header!r}"
        name, value = header
        if not TOKEN.fullmatch(name):
            return f"a name that is none, {name!r}"
        if not VALUE.fullmatch(value):
            return f"a value that is none, {value!r}"
    names = [name for name, _ in headers]
    if repeated := [name for name in SINGLE if names.count(name) > 1]:
        return f"repeated {repeated}"
    return "a hop-by-hop header" if b"transfer-encoding" in names else None


def check_http_message(sent: Sequence[Message], scope: Scope) -> str | None:
    """What is wrong with the last of the messages `sent` in answer to a request."""
    *before, message = sent
    kind = message["type"]
    started = any(earlier["type"] == "http.response.start" for earlier in before)
    if fault := check_message(message, HTTP_KEYS, scope):
        return fault
    if is_complete(before):
        return "after the end"
    if kind in ("http.response.early_hint", "http.response.push"):
        return "after the start" if started else None
    if kind == "http.response.start":
        return "a second start" if started else check_start(message, scope)
    if not started:
        return "before the start"
    if kind == "http.response.trailers":
        is_early = all(earlier["more_body"] for earlier in bodies_of(before))
        return "before the end of the body" if is_early else None
    return check_length(sent, scope)


def bodies_of(messages: Sequence[Message]) -> list[Message]:
    """Those of the messages that are of the body, each with what it leaves unsaid."""
    bodies = [message for message in messages if message["type"] == "http.response.body"]
    return [{"more_body": False, **message} for message in bodies]


def check_start(message: Message, scope: Scope) -> str | None:
    """What is wrong with the start of a response."""
    status = message.get("status")
    if type(status) is not int or not 200 <= status <= 599:
        return "no final status"
    fields = fields_of(message)
    if not fields.get("content-length", "0").isdigit():
        return "a length that is no number"
    if status in BODILESS and "content-length" in fields and status == 204:
        return "a length of no content"  # RFC 9110, section 8.6
    if message.get("trailers") and "http.response.trailers" not in (scope.get("extensions") or {}):
        return "trailers that the server cannot send"
    return None


def check_length(sent: Sequence[Message], scope: Scope) -> str | None:
    """What is wrong with the length of the body so far."""
    [start] = [message for message in sent if message["type"] == "http.response.start"]
    size = sum(len(message.get("body", b"")) for message in sent)
    if start["status"] in BODILESS:
        return "content where there is none" if size else None
    announced = fields_of(start).get("content-length")
    by_path = sent[-1]["type"] == "http.response.pathsend"
    if announced is None or by_path or (scope["method"] == "HEAD" and not size):
        return None
    is_last = not sent[-1].get("more_body", False)
    wrong = size != int(announced) if is_last else size > int(announced)
    return f"{size} bytes where {announced} are announced" if wrong else None


def check_websocket_message(sent: Sequence[Message], scope: Scope) -> str | None:
    """What is wrong with the last of the messages `sent` to a WebSocket."""
    *before, message = sent
    kind = message["type"]
    if fault := check_message(message, WEBSOCKET_KEYS, scope):
        return fault
    if is_complete(before):
        return "after the end"
    kinds = [earlier["type"] for earlier in before]
    if kind == "websocket.http.response.body":
        return None if "websocket.http.response.start" in kinds else "before the start"
    if "websocket.http.response.start" in kinds:
        return "in the midst of a response"
    if kind in ("websocket.accept", "websocket.http.response.start"):
        return "not at the beginning" if kinds else check_opening(message, scope)
    if kind == "websocket.close":
        return check_close(message)
    return "before the acceptance" if "websocket.accept" not in kinds else check_frame(message)


def check_opening(message: Message, scope: Scope) -> str | None:
    """What is wrong with an acceptance, or the start of a refusal."""
    if message["type"] != "websocket.accept":
        return check_start(message, scope)
    chosen = message.get("subprotocol")
    if chosen is not None and chosen not in scope.get("subprotocols", ()):
        return "a protocol that was not offered"
    return None


def check_frame(message: Message) -> str | None:
    """What is wrong with a message to the client."""
    text, data = message.get("text"), message.get("bytes")
    if (text is None) is (data is None):
        return "not exactly one of text and bytes"
    if data is not None:
        return None if type(data) is bytes else "data that is no bytes"
    return None if is_text(text) else "text that is none"


def check_close(message: Message) -> str | None:
    """What is wrong with a close (RFC 6455, sections 5.5 and 7.4)."""
    code, reason = message.get("code", 1000), message.get("reason") or ""
    if type(code) is not int or not (code in CLOSE_CODES or 3000 <= code <= 4999):
        return "a code that may not be sent"
    if not is_text(reason) or len(reason.encode()) > 123:
        return "a reason that does not fit"
    return None


CLOSE_CODES = frozenset({*range(1000, 1004), *range(1007, 1015)})


def is_text(value: Any) -> bool:
    """Whether `value` is text that UTF-8 can carry."""
    try:
        return isinstance(value, str) and value.encode() is not None
    except UnicodeEncodeError:
        return False


def is_strict_json(text: bytes) -> bool:
    """Whether `text` is JSON as RFC 8259 has it: in UTF-8, and no `NaN`."""
    try:
        json.loads(text.decode(), parse_constant=refuse)
    except ValueError:
        return False
    return True


def refuse(constant: str) -> None:
    """Take no `NaN` or `Infinity` for JSON."""
    raise ValueError(constant)
