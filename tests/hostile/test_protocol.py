"""The strict server notices what is wrong, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from fastapi_lite.types import Message, Receive, Scope, Send
from tests.driving import http_scope
from tests.hostile.protocol import Exchange, Gone, is_strict_json

pytestmark = pytest.mark.anyio


def start(status: Any = 200, *headers: Any, **more: Any) -> Message:
    return {"type": "http.response.start", "status": status, "headers": list(headers), **more}


def body(content: Any = b"", **more: Any) -> Message:
    return {"type": "http.response.body", "body": content, **more}


def kind(name: str, **more: Any) -> Message:
    return {"type": name, **more}


TRAILERS = kind("http.response.trailers", headers=[(b"a", b"b")])
HINT = kind("http.response.early_hint", links=[b"</a>"])
PUSH = kind("http.response.push", path="/a", headers=[])
SENT_BY_PATH = kind("http.response.pathsend", path="/a")
ACCEPT, TEXT = kind("websocket.accept"), kind("websocket.send", text="a")
CLOSE = kind("websocket.close")
DENIAL = [
    kind("websocket.http.response.start", status=403, headers=[]),
    kind("websocket.http.response.body", body=b"no"),
]
EXTENSIONS = [
    *("http.response.trailers", "http.response.pathsend", "http.response.early_hint"),
    *("http.response.push", "websocket.http.response"),
]
ALL: dict[str, Any] = {name: {} for name in EXTENSIONS}


async def served(
    messages: list[Message], scope: Scope | None = None, *script: Message, **options: Any
) -> Exchange:
    """The exchange of an application that sends these messages."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    scope = {**http_scope(**options), **(scope or {})}
    return await Exchange(scope, list(script)).run(app)


WEBSOCKET: Scope = {"type": "websocket", "subprotocols": ["chat"]}


@pytest.mark.parametrize(
    "messages",
    [
        [start(), body()],
        [start(200, (b"content-length", b"3")), body(b"a", more_body=True), body(b"bc")],
        [start(204), body()],
        [start(304, (b"content-length", b"5")), body()],
        [HINT, PUSH, start(trailers=True), body(), {**TRAILERS, "more_trailers": True}, TRAILERS],
        [start(200, (b"content-length", b"100")), SENT_BY_PATH],
    ],
)
async def test_valid_answer_is_not_at_fault(messages: list[Message]) -> None:
    assert (await served(messages, extensions=ALL)).faults == []


async def test_answer_to_head_may_announce_what_it_leaves_out() -> None:
    messages = [start(200, (b"content-length", b"100")), body()]
    assert (await served(messages, method="HEAD")).faults == []


@pytest.mark.parametrize(
    ("messages", "fault"),
    [
        ([], "the answer is not complete"),
        ([start()], "the answer is not complete"),
        ([kind("http.response.unknown")], "no such message"),
        ([start(), body(extra=1)], "unknown keys"),
        ([HINT, start(), body()], "an extension that the server does not have"),
        ([start(), body("text")], "a body that is no bytes"),
        ([start(), body(more_body=1), body()], "a flag that is no bool"),
        ([start(200, ("a", "b")), body()], "no pair of bytes"),
        ([start(200, (b"A", b"b")), body()], "a name that is none"),
        ([start(200, (b"a", b"b\r\nc: d")), body()], "a value that is none"),
        ([start(200, (b"a", b" b")), body()], "a value that is none"),
        ([start(200, (b"etag", b"a"), (b"etag", b"b")), body()], "repeated"),
        ([start(200, (b"transfer-encoding", b"chunked")), body()], "hop-by-hop"),
        ([start(), body(), body()], "after the end"),
        ([start(), start(), body()], "a second start"),
        ([body(), start(), body()], "before the start"),
        ([start(99), body()], "no final status"),
        ([start("200"), body()], "no final status"),
        ([start(200, (b"content-length", b"x")), body()], "a length that is no number"),
        ([start(204, (b"content-length", b"0")), body()], "a length of no content"),
        ([start(trailers=True), body()], "trailers that the server cannot send"),
        ([start(304), body(b"a")], "content where there is none"),
        ([start(200, (b"content-length", b"3")), body(b"ab")], "2 bytes where 3 are announced"),
        ([start(200, (b"content-length", b"1")), body(b"ab", more_body=True), body()], "2 bytes"),
    ],
)
async def test_invalid_answer_is_at_fault(messages: list[Message], fault: str) -> None:
    assert fault in (await served(messages)).faults[0]


@pytest.mark.parametrize(
    ("messages", "fault"),
    [
        ([start(), HINT, body()], "after the start"),
        ([start(trailers=True), TRAILERS], "before the end of the body"),
    ],
)
async def test_invalid_use_of_an_extension_is_at_fault(messages: list[Message], fault: str) -> None:
    assert fault in (await served(messages, extensions=ALL)).faults[0]


@pytest.mark.parametrize(
    "messages",
    [
        [{**ACCEPT, "subprotocol": "chat"}, TEXT, kind("websocket.send", bytes=b"a"), CLOSE],
        [{**CLOSE, "code": 4000, "reason": "é" * 61}],
        DENIAL,
    ],
)
async def test_valid_websocket_is_not_at_fault(messages: list[Message]) -> None:
    assert (await served(messages, WEBSOCKET, extensions=ALL)).faults == []


@pytest.mark.parametrize(
    ("messages", "fault"),
    [
        ([kind("websocket.unknown")], "no such message"),
        ([CLOSE, CLOSE], "after the end"),
        ([TEXT], "before the acceptance"),
        ([ACCEPT, ACCEPT], "not at the beginning"),
        ([{**ACCEPT, "subprotocol": "other"}], "a protocol that was not offered"),
        ([ACCEPT, kind("websocket.send")], "not exactly one"),
        ([ACCEPT, kind("websocket.send", text="a", bytes=b"a")], "not exactly one"),
        ([ACCEPT, kind("websocket.send", bytes="a")], "data that is no bytes"),
        ([ACCEPT, kind("websocket.send", text="\ud800")], "text that is none"),
        ([{**CLOSE, "code": 1006}], "a code that may not be sent"),
        ([{**CLOSE, "reason": "é" * 62}], "a reason that does not fit"),
        ([{**CLOSE, "reason": 1}], "a reason that does not fit"),
        (DENIAL[1:], "before the start"),
        ([DENIAL[0], ACCEPT], "in the midst of a response"),
        ([{**DENIAL[0], "status": 1}], "no final status"),
    ],
)
async def test_invalid_websocket_is_at_fault(messages: list[Message], fault: str) -> None:
    assert fault in (await served(messages, WEBSOCKET, extensions=ALL)).faults[0]


async def test_client_sends_its_script_and_leaves_after_the_answer() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(await receive())
        await send(start())
        await send(body())
        seen.extend([await receive(), await receive()])

    seen: list[Message] = []
    request = {"type": "http.request", "body": b"a"}
    await Exchange(http_scope(), [request]).run(app)
    assert seen == [request, {"type": "http.disconnect"}, {"type": "http.disconnect"}]


async def test_client_leaves_as_its_script_says() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.extend([await receive(), await receive()])

    seen: list[Message] = []
    gone = {"type": "http.disconnect"}
    exchange = await Exchange(http_scope(), [gone]).run(app)
    assert (seen, exchange.left, exchange.faults) == ([gone, gone], True, [])


async def test_client_that_has_left_is_sent_nothing() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(start())
        await send(body())

    exchange = await Exchange(http_scope(), [], leaves_after=1).run(app)
    assert isinstance(exchange.error, Gone)
    assert exchange.sent == [start()]


async def test_answer_is_its_status_headers_and_body() -> None:
    exchange = await served([start(201, (b"a", b"b")), body(b"c")])
    assert (exchange.status, exchange.headers, exchange.body) == (201, {"a": "b"}, b"c")


async def test_connection_without_an_answer_has_no_status() -> None:
    exchange = await served([CLOSE], WEBSOCKET)
    assert (exchange.status, exchange.headers, exchange.body) == (None, {}, b"")


@pytest.mark.parametrize(
    ("text", "strict"),
    [(b"[1]", True), (b"NaN", False), (b"[", False), (b'"\xff"', False), (b"-Infinity", False)],
)
async def test_json_is_strict(text: bytes, strict: bool) -> None:
    assert is_strict_json(text) is strict
