"""Endpoints as classes."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from fastapi_lite.endpoints import HTTPEndpoint, WebSocketEndpoint
from fastapi_lite.exceptions import WebSocketException
from fastapi_lite.middleware.exceptions import ExceptionMiddleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.types import Message, Receive, Scope, Send
from fastapi_lite.websockets import WebSocket
from tests.conftest import ClientFactory
from tests.middleware.asgi import exchange, scope_of

pytestmark = pytest.mark.anyio


class Page(HTTPEndpoint):
    async def get(self, request: Request) -> Response:
        return PlainTextResponse("get")

    def post(self, request: Request) -> Response:
        in_thread = threading.current_thread() is not threading.main_thread()
        return PlainTextResponse(f"post, in a thread: {in_thread}")

    async def query(self, request: Request) -> Response:
        return PlainTextResponse("query")


class Headed(HTTPEndpoint):
    async def head(self, request: Request) -> Response:
        return PlainTextResponse("", headers={"x-head": "yes"})


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("GET", b"get"),
        ("POST", b"post, in a thread: True"),
        ("QUERY", b"query"),
        ("HEAD", b"get"),
    ],
)
async def test_method_of_the_request_is_called(method: str, body: bytes) -> None:
    assert (await exchange(Page, method=method)).body == body


async def test_own_head_is_called() -> None:
    assert (await exchange(Headed, method="HEAD")).headers["x-head"] == "yes"


@pytest.mark.parametrize("method", ["PUT", "DISPATCH", "METHOD_NOT_ALLOWED", "__INIT__", "", "get"])
async def test_other_methods_are_refused(method: str) -> None:
    result = await exchange(Page, method=method)
    assert (result.status, result.body) == (405, b"Method Not Allowed")
    assert result.headers["allow"] == "GET, HEAD, POST, QUERY"


async def test_get_is_not_head() -> None:
    result = await exchange(Headed)
    assert (result.status, result.headers["allow"]) == (405, "HEAD")


async def test_application_answers_other_methods() -> None:
    async def explain(request: Request, exc: Exception) -> Response:
        return PlainTextResponse("explained", status_code=405)

    app = ExceptionMiddleware(Page, {405: explain})
    assert (await exchange(app, method="PUT", app=app)).body == b"explained"


def test_endpoint_is_for_requests_only() -> None:
    with pytest.raises(AssertionError):
        Page(scope_of("websocket"), None, None)  # type: ignore[arg-type]


# WebSockets


class Echo(WebSocketEndpoint):
    async def on_receive(self, websocket: WebSocket, data: Any) -> None:
        await websocket.send_text(repr(data))

    async def on_disconnect(self, websocket: WebSocket, close_code: int) -> None:
        self.scope["log"].append(close_code)


class Text(Echo):
    encoding = "text"


class Bytes(Echo):
    encoding = "bytes"


class Json(Echo):
    encoding = "json"


async def converse(endpoint: Any, *received: Message) -> tuple[list[Message], list[Any]]:
    """What `endpoint` sends for messages, and the codes it is told."""
    sent: list[Message] = []
    log: list[Any] = []
    end = {"type": "websocket.disconnect", "code": 1001}
    waiting = [{"type": "websocket.connect"}, *received, end]

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    await endpoint(scope_of("websocket", log=log), receive, send)
    return sent, log


def text(content: str) -> Message:
    return {"type": "websocket.receive", "text": content}


def binary(content: bytes) -> Message:
    return {"type": "websocket.receive", "bytes": content, "text": None}


@pytest.mark.parametrize(
    ("endpoint", "message", "data"),
    [
        (Echo, text("a"), "a"),
        (Echo, text(""), ""),
        (Echo, binary(b"a"), b"a"),
        (Text, text("a"), "a"),
        (Bytes, binary(b"a"), b"a"),
        (Json, text('{"a": 1}'), {"a": 1}),
        (Json, binary(b"[1]"), [1]),
    ],
)
async def test_message_is_decoded(endpoint: Any, message: Message, data: Any) -> None:
    sent, log = await converse(endpoint, message)
    assert sent[1] == {"type": "websocket.send", "text": repr(data)}
    assert log == [1001]


@pytest.mark.parametrize(
    ("endpoint", "message", "reason"),
    [
        (Text, binary(b"a"), "Expected text websocket messages, but got bytes"),
        (Bytes, text("a"), "Expected bytes websocket messages, but got text"),
        (Json, text("{"), "Malformed JSON data received."),
        (Json, binary(b"\xff"), "Malformed JSON data received."),
        (Json, text("[" * 100_000), "Malformed JSON data received."),
    ],
)
async def test_other_message_closes_the_connection(
    endpoint: Any, message: Message, reason: str
) -> None:
    sent, log = await converse(endpoint, message)
    assert sent[-1] == {"type": "websocket.close", "code": 1003, "reason": reason}
    assert log == [1003]


async def test_decode_may_close_by_itself() -> None:
    class Strict(Text):
        async def decode(self, websocket: WebSocket, message: Message) -> Any:
            await websocket.close(4000)
            return await super().decode(websocket, message)

    sent, log = await converse(Strict, binary(b"a"))
    assert [message.get("code") for message in sent] == [None, 4000]
    assert log == [1003]


async def test_exception_is_raised_after_the_disconnect() -> None:
    log: list[Any] = []

    class Failing(Echo):
        async def on_receive(self, websocket: WebSocket, data: Any) -> None:
            raise ValueError(data)

        async def on_disconnect(self, websocket: WebSocket, close_code: int) -> None:
            log.append(close_code)

    with pytest.raises(ValueError, match="a"):
        await converse(Failing, text("a"))
    assert log == [1011]


async def test_exception_for_the_client_closes_the_connection() -> None:
    class Refusing(Echo):
        async def on_receive(self, websocket: WebSocket, data: Any) -> None:
            raise WebSocketException(4001, "no")

    sent, log = await converse(ExceptionMiddleware(Refusing), text("a"))
    assert sent[-1] == {"type": "websocket.close", "code": 4001, "reason": "no"}
    assert log == [1011]


@pytest.mark.parametrize(("code", "told"), [({}, 1005), ({"code": 4000}, 4000)])
async def test_code_of_the_client_is_told(code: dict[str, int], told: int) -> None:
    _, log = await converse(Echo, {"type": "websocket.disconnect", **code})
    assert log == [told]


async def test_defaults_accept_and_ignore() -> None:
    sent, _ = await converse(WebSocketEndpoint, text("a"))
    assert [message["type"] for message in sent] == ["websocket.accept"]


def test_unknown_encoding_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"Xml: unsupported encoding 'xml'"):

        class Xml(WebSocketEndpoint):
            encoding = "xml"  # type: ignore[assignment]  # the mistake


def test_endpoint_is_for_websockets_only() -> None:
    with pytest.raises(AssertionError):
        Echo(scope_of(), None, None)  # type: ignore[arg-type]


def test_endpoint_works_with_a_client(client_for: ClientFactory) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Json({**scope, "log": []}, receive, send)

    with client_for(app).websocket_connect("/") as session:
        session.send_json({"a": 1})
        assert session.receive_text() == "{'a': 1}"


def test_client_sees_what_the_endpoint_does_not_take_as_an_error(
    client_for: ClientFactory,
) -> None:
    log: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await Json({**scope, "log": log}, receive, send)

    def send_what_is_no_json() -> None:
        with client_for(app).websocket_connect("/") as session:
            session.send_text("{")

    with pytest.raises(RuntimeError, match="Malformed JSON data received"):
        send_what_is_no_json()
    assert log == [1003]
