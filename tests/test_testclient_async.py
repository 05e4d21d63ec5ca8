"""`AsyncTestClient`: what `TestClient` does, for tests that are coroutines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.testclient import (
    AsyncTestClient,
    AsyncWebSocketTestSession,
    WebSocketDenialResponse,
)
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send
from fastapi_lite.websockets import WebSocket, WebSocketDisconnect

pytestmark = pytest.mark.anyio

START: Message = {"type": "http.response.start", "status": 200, "headers": []}


def part(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": True}


def sends(*messages: Message, error: BaseException | None = None) -> ASGIApp:
    """The application that sends `messages`, and then raises `error`, if any."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)
        if error is not None:
            raise error

    return app


async def endless(scope: Scope, receive: Receive, send: Send) -> None:
    """Sends numbers for ever."""
    await send(START)
    number = 0
    while True:
        await send(part(str(number).encode()))
        number += 1


async def everything(scope: Scope, receive: Receive, send: Send) -> None:
    """Has a lifespan with state, tells of HTTP requests, and echoes on WebSockets."""
    if scope["type"] == "lifespan":
        scope["state"]["users"] = 1
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        scope["state"]["users"] = 0
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["type"] == "http":
        request = Request(scope, receive)
        body = (await request.body()).decode()
        found = [request.method, request.url.path, body, scope["state"].get("users")]
        await JSONResponse(found)(scope, receive, send)
    else:
        websocket = WebSocket(scope, receive, send)
        await websocket.accept(
            scope["subprotocols"][0] if scope["subprotocols"] else None, [(b"x-a", b"1")]
        )
        async for text in websocket.iter_text():
            await websocket.send_text(text)
            await websocket.send_bytes(text.encode())
            await websocket.send_json({"text": text})


async def test_a_request_and_its_response() -> None:
    response = await AsyncTestClient(everything).post("/a", content="body")
    assert response.json() == ["POST", "/a", "body", None]


async def test_the_application_runs_in_the_event_loop_of_the_test() -> None:
    here = anyio.lowlevel.current_token()
    loops = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        loops.append(anyio.lowlevel.current_token())
        await PlainTextResponse("ok")(scope, receive, send)

    await AsyncTestClient(app).get("/")
    assert loops == [here]


async def test_options_of_the_client() -> None:
    seen: Scope = {}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.update(scope)
        await PlainTextResponse("ok")(scope, receive, send)

    client = AsyncTestClient(
        app,
        base_url="https://example.org/api",
        root_path="/root",
        cookies={"c": "1"},
        headers={"x-a": "2"},
        client=("10.0.0.1", 1),
    )
    await client.get("/a")
    headers = dict(seen["headers"])
    assert (seen["scheme"], seen["path"], seen["root_path"]) == ("https", "/api/a", "/root")
    assert (headers[b"cookie"], headers[b"x-a"], seen["client"]) == (b"c=1", b"2", ("10.0.0.1", 1))


async def test_entering_runs_the_lifespan() -> None:
    client = AsyncTestClient(everything)
    async with client:
        assert (await client.get("/")).json()[-1] == 1
    assert client.app_state == {"users": 0}


async def test_a_client_can_be_entered_again() -> None:
    client = AsyncTestClient(everything)
    async with client, client:
        pass
    async with client:
        assert (await client.get("/")).json()[-1] == 1


async def test_a_client_may_be_left_in_another_task_than_it_was_entered_in() -> None:
    client = AsyncTestClient(everything)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.__aenter__)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(client.__aexit__)
    assert client.app_state == {"users": 0}


async def test_an_error_of_the_start_up_is_raised() -> None:
    with pytest.raises(ValueError, match="mine"):
        await AsyncTestClient(sends(error=ValueError("mine"))).__aenter__()


async def test_a_failed_start_up_is_an_error() -> None:
    failed: Message = {"type": "lifespan.startup.failed", "message": "no database"}
    with pytest.raises(RuntimeError, match="no database"):
        await AsyncTestClient(sends(failed)).__aenter__()


async def test_a_start_up_that_is_cancelled_ends_the_application() -> None:
    ended = anyio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            cancelled.cancel()
            await anyio.sleep_forever()
        finally:
            ended.set()

    with pytest.MonkeyPatch.context() as patch, anyio.CancelScope() as cancelled:
        patch.setattr("fastapi_lite._testclient_exchange.GRACE", 0)
        await AsyncTestClient(app).__aenter__()
    assert ended.is_set()


async def test_an_asynchronous_generator_can_be_the_body() -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b"a"
        yield b"b"

    response = await AsyncTestClient(everything).post("/", content=body())
    assert response.json()[2] == "ab"


async def test_what_the_application_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="mine"):
        await AsyncTestClient(sends(START, error=ValueError("mine"))).get("/")


async def test_a_failure_is_a_status_of_500_where_errors_are_not_raised() -> None:
    client = AsyncTestClient(sends(error=ValueError("mine")), raise_server_exceptions=False)
    assert (await client.get("/")).status_code == 500


async def test_a_timeout_warns_that_it_has_no_effect() -> None:
    with pytest.warns(StarletteDeprecationWarning, match="should not use the 'timeout' argument"):
        await AsyncTestClient(everything).get("/", timeout=1)


async def test_a_stream_is_read_while_the_application_sends_it() -> None:
    read = anyio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(START)
        await send(part(b"a"))
        await read.wait()
        await send(part(b"b"))

    parts = []
    async with AsyncTestClient(app).stream("GET", "/") as response:
        async for received in response.aiter_raw():
            parts.append(received)
            read.set()
    assert parts == [b"a", b"b"]


async def test_streams_may_be_left_in_any_order() -> None:
    left = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await endless(scope, receive, send)
        finally:
            left.append(scope["path"])

    client = AsyncTestClient(app)
    async with client.stream("GET", "/1") as one, client.stream("GET", "/2"):
        await one.aclose()
        assert left == ["/1"]
    assert left == ["/1", "/2"]


@pytest.mark.parametrize("messages", [[], [START]])
async def test_a_request_that_is_cancelled_cancels_the_application(
    messages: list[Message],
) -> None:
    ended = anyio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await sends(*messages)(scope, receive, send)
            cancelled.cancel()
            await anyio.sleep_forever()
        finally:
            ended.set()

    with anyio.CancelScope() as cancelled:
        await AsyncTestClient(app).get("/")
    assert ended.is_set()


async def test_work_after_the_response_is_cancelled_with_the_request() -> None:
    ended = anyio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("ok")(scope, receive, send)
        try:
            cancelled.cancel()
            await anyio.sleep_forever()
        finally:
            ended.set()

    with anyio.CancelScope() as cancelled:
        await AsyncTestClient(app).get("/")
    assert ended.is_set()


# WebSockets


async def test_text_bytes_and_json_go_both_ways() -> None:
    async with AsyncTestClient(everything).websocket_connect("/") as session:
        await session.send_text("a")
        assert await session.receive_text() == "a"
        assert await session.receive_bytes() == b"a"
        assert await session.receive_json() == {"text": "a"}


async def test_binary_messages_and_json() -> None:
    received = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()
        received.append(await websocket.receive_bytes())
        received.append(await websocket.receive_json())

    async with AsyncTestClient(app).websocket_connect("/") as session:
        await session.send_bytes(b"x")
        await session.send_json({"a": 1})
        with pytest.raises(WebSocketDisconnect):
            await session.receive()
    assert received == [b"x", {"a": 1}]


async def test_the_handshake() -> None:
    session = AsyncTestClient(everything).websocket_connect("/a?q=1", subprotocols=["soap"])
    async with session:
        assert session.accepted_subprotocol == "soap"
        assert session.extra_headers == [(b"x-a", b"1")]
        assert (session.scope["path"], session.scope["query_string"]) == ("/a", b"q=1")


async def test_code_and_reason_of_leaving_can_be_chosen() -> None:
    received = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()
        received.append(await websocket.receive())

    async with AsyncTestClient(app).websocket_connect("/") as session:
        await session.close(3000, "bye")
    assert received == [{"type": "websocket.disconnect", "code": 3000, "reason": "bye"}]


async def test_a_refusal_is_raised() -> None:
    app = sends({"type": "websocket.close", "code": 1008})
    with pytest.raises(WebSocketDisconnect) as refused:
        await AsyncTestClient(app).websocket_connect("/").__aenter__()
    assert refused.value.code == 1008


async def test_an_http_response_is_raised() -> None:
    app = PlainTextResponse("not here", 404)
    with pytest.raises(WebSocketDenialResponse) as denied:
        await AsyncTestClient(app).websocket_connect("/").__aenter__()
    assert denied.value.text == "not here"


async def test_a_handshake_that_is_cancelled_cancels_the_application() -> None:
    ended = anyio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            cancelled.cancel()
            await anyio.sleep_forever()
        finally:
            ended.set()

    with anyio.CancelScope() as cancelled:
        await AsyncTestClient(app).websocket_connect("/").__aenter__()
    assert ended.is_set()


async def test_what_the_application_raises_is_raised_on_leaving() -> None:
    app = sends({"type": "websocket.accept"}, error=ValueError("mine"))
    with pytest.raises(ValueError, match="mine"):
        async with AsyncTestClient(app).websocket_connect("/"):
            pass


@pytest.mark.parametrize(
    "use",
    [
        lambda session: session.send_text("x"),
        lambda session: session.receive_text(),
        lambda session: session.__aexit__(None, None, None),
    ],
)
async def test_a_session_that_is_not_entered_says_how_to(
    use: Callable[[AsyncWebSocketTestSession], Any],
) -> None:
    session = AsyncTestClient(everything).websocket_connect("/")
    with pytest.raises(RuntimeError, match="Enter it first"):
        await use(session)
