"""WebSocket connections: messages, states, closing, refusing."""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any

import pytest

from fastapi_lite.exceptions import WebSocketException
from fastapi_lite.middleware.exceptions import ExceptionMiddleware
from fastapi_lite.responses import JSONResponse, StreamingResponse
from fastapi_lite.testclient import WebSocketDenialResponse
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send
from fastapi_lite.websockets import (
    REPORTS_DISCONNECT,
    WebSocket,
    WebSocketClose,
    WebSocketDisconnect,
    WebSocketDisconnected,
    WebSocketJSONError,
    WebSocketState,
    reports_disconnect,
)
from tests.conftest import ClientFactory

CONNECT: Message = {"type": "websocket.connect"}
LEAVE: Message = {"type": "websocket.disconnect", "code": 1001, "reason": "going"}
DENIALS: dict[str, Any] = {"websocket.http.response": {}}


def app_of(endpoint: Callable[[WebSocket], Awaitable[None]]) -> ASGIApp:
    """The application that serves every WebSocket with `endpoint`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await endpoint(WebSocket(scope, receive, send))

    return app


class Peer:
    """A server with `messages` for the application, which keeps what it is `sent`."""

    def __init__(self, *messages: Message) -> None:
        self.messages = list(messages)
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        return self.messages.pop(0)

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    def connection(self, **scope: Any) -> WebSocket:
        return WebSocket({"type": "websocket", "headers": [], **scope}, self.receive, self.send)

    async def accepted(self) -> WebSocket:
        websocket = self.connection()
        await websocket.accept()
        return websocket


def received(**content: Any) -> Message:
    return {"type": "websocket.receive", **content}


def test_text_bytes_and_json_go_both_ways(client_for: ClientFactory) -> None:
    async def echo(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(await websocket.receive_text())
        await websocket.send_bytes(await websocket.receive_bytes())
        await websocket.send_json(await websocket.receive_json())
        await websocket.send_json(await websocket.receive_json(mode="binary"), mode="binary")

    with client_for(app_of(echo)).websocket_connect("/") as session:
        session.send_text("é")
        session.send_bytes(b"\x00\xff")
        session.send_json({"a": ["é"]})
        session.send_json({"b": None}, mode="binary")
        assert session.receive_text() == "é"
        assert session.receive_bytes() == b"\x00\xff"
        assert session.receive_json() == {"a": ["é"]}
        assert session.receive_json(mode="binary") == {"b": None}


@pytest.mark.anyio
async def test_json_is_sent_without_blanks_and_without_escapes() -> None:
    peer = Peer(CONNECT)
    websocket = await peer.accepted()
    await websocket.send_json({"é": [1, 2]})
    assert peer.sent[-1] == {"type": "websocket.send", "text": '{"é":[1,2]}'}


@pytest.mark.anyio
async def test_half_a_surrogate_pair_is_sent_as_its_escape() -> None:
    peer = Peer(CONNECT)
    websocket = await peer.accepted()
    await websocket.send_json("é\ud800")
    assert peer.sent[-1] == {"type": "websocket.send", "text": '"é\\ud800"'}


@pytest.mark.anyio
async def test_messages_are_no_generator_that_would_have_to_be_closed() -> None:
    peer = Peer(CONNECT, received(text="a"), received(text="b"))
    websocket = await peer.accepted()
    messages = websocket.iter_text()
    assert await anext(messages) == "a"
    assert not inspect.isasyncgen(messages)


@pytest.mark.anyio
async def test_messages_can_be_closed_as_a_generator_can() -> None:
    peer = Peer(CONNECT, received(text="a"))
    websocket = await peer.accepted()
    async with aclosing(websocket.iter_text()) as messages:
        pass
    assert [message async for message in messages] == []


@pytest.mark.anyio
async def test_json_can_be_sent_as_a_binary_message() -> None:
    peer = Peer(CONNECT)
    websocket = await peer.accepted()
    await websocket.send_json({"é": 1}, mode="binary")
    assert peer.sent[-1] == {"type": "websocket.send", "bytes": '{"é":1}'.encode()}


@pytest.mark.anyio
async def test_a_mode_of_json_that_is_none_raises() -> None:
    websocket = await Peer(CONNECT).accepted()
    with pytest.raises(RuntimeError, match='"mode" argument should be "text" or "binary"'):
        await websocket.send_json({}, mode="bytes")
    with pytest.raises(RuntimeError, match='"mode" argument should be "text" or "binary"'):
        await websocket.receive_json(mode="bytes")


@pytest.mark.parametrize(
    ("method", "messages", "expected"),
    [
        ("iter_text", [received(text="a"), received(text="b")], ["a", "b"]),
        ("iter_bytes", [received(bytes=b"a"), received(bytes=b"b")], [b"a", b"b"]),
        ("iter_json", [received(text="1"), received(text="[]")], [1, []]),
    ],
)
@pytest.mark.anyio
async def test_iterating_ends_when_the_client_leaves(
    method: str, messages: list[Message], expected: list[Any]
) -> None:
    websocket = await Peer(CONNECT, *messages, LEAVE).accepted()
    assert [item async for item in getattr(websocket, method)()] == expected
    assert websocket.client_state is WebSocketState.DISCONNECTED


def test_an_empty_message_is_one(client_for: ClientFactory) -> None:
    async def echo(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(await websocket.receive_text())

    with client_for(app_of(echo)).websocket_connect("/") as session:
        session.send_text("")
        assert session.receive_text() == ""


def test_the_connection_knows_its_url_headers_query_and_cookies(client_for: ClientFactory) -> None:
    async def tell(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_json(
            [
                str(websocket.url),
                websocket.headers["x-a"],
                websocket.query_params["q"],
                websocket.cookies["c"],
                websocket.client.host if websocket.client else None,
            ]
        )

    client = client_for(app_of(tell), cookies={"c": "3"})
    with client.websocket_connect("/a?q=2", headers={"X-A": "1"}) as session:
        assert session.receive_json() == ["ws://testserver/a?q=2", "1", "2", "3", "testclient"]


def test_a_scope_that_is_no_websocket_is_refused() -> None:
    peer = Peer()
    with pytest.raises(AssertionError, match="'http' is no WebSocket"):
        WebSocket({"type": "http", "headers": []}, peer.receive, peer.send)


# Accepting


def test_the_chosen_subprotocol_and_headers_reach_the_client(client_for: ClientFactory) -> None:
    async def accept(websocket: WebSocket) -> None:
        await websocket.accept(websocket["subprotocols"][1], headers=[(b"X-Key", b"val")])

    session = client_for(app_of(accept)).websocket_connect("/", subprotocols=["soap", "wamp"])
    with session:
        assert session.accepted_subprotocol == "wamp"
        assert session.extra_headers == [(b"x-key", b"val")]


@pytest.mark.parametrize(
    ("subprotocol", "headers"),
    [
        (None, [(b"x-a", b"1\r\nset-cookie: sid=evil")]),
        (None, [(b"x-a\nb", b"1")]),
        (None, [(b"x-a", b"1\x00")]),
        ("chat\r\nset-cookie: sid=evil", None),
    ],
)
@pytest.mark.anyio
async def test_no_line_breaks_or_nul_in_the_headers_of_an_acceptance(
    subprotocol: str | None, headers: list[tuple[bytes, bytes]] | None
) -> None:
    peer = Peer(CONNECT)
    websocket = peer.connection()
    with pytest.raises(ValueError, match="CR, LF or NUL"):
        await websocket.accept(subprotocol, headers)
    assert peer.sent == []


@pytest.mark.anyio
async def test_accepting_after_the_connect_message_has_been_received() -> None:
    peer = Peer(CONNECT)
    websocket = peer.connection()
    assert await websocket.receive() == CONNECT
    assert websocket.application_state is WebSocketState.CONNECTING
    await websocket.accept()
    assert websocket.application_state is WebSocketState.CONNECTED
    assert peer.sent == [{"type": "websocket.accept", "subprotocol": None, "headers": []}]


# What may come when


@pytest.mark.anyio
async def test_the_first_message_must_be_connect() -> None:
    websocket = Peer(received(text="x")).connection()
    with pytest.raises(
        RuntimeError,
        match=r"Expected ASGI message .websocket\.connect., but got 'websocket\.receive'",
    ):
        await websocket.receive()


@pytest.mark.anyio
async def test_a_second_connect_is_an_error() -> None:
    websocket = await Peer(CONNECT, CONNECT).accepted()
    with pytest.raises(RuntimeError) as error:
        await websocket.receive()
    assert str(error.value) == (
        'Expected ASGI message "websocket.receive" or "websocket.disconnect", '
        "but got 'websocket.connect'"
    )


@pytest.mark.anyio
async def test_sending_before_accepting_is_an_error() -> None:
    websocket = Peer(CONNECT).connection()
    with pytest.raises(RuntimeError) as error:
        await websocket.send_text("x")
    assert str(error.value) == (
        'Expected ASGI message "websocket.accept", "websocket.close" or '
        "\"websocket.http.response.start\", but got 'websocket.send'"
    )


@pytest.mark.parametrize("method", ["receive_text", "receive_bytes", "receive_json"])
@pytest.mark.anyio
async def test_receiving_before_accepting_is_an_error(method: str) -> None:
    websocket = Peer(CONNECT).connection()
    with pytest.raises(WebSocketDisconnected, match='Need to call "accept" first'):
        await getattr(websocket, method)()


@pytest.mark.anyio
async def test_accepting_twice_is_an_error() -> None:
    websocket = await Peer(CONNECT).accepted()
    with pytest.raises(RuntimeError, match=r"but got 'websocket[.]accept'"):
        await websocket.accept()


@pytest.mark.anyio
async def test_receiving_after_the_client_left_is_an_error() -> None:
    websocket = await Peer(CONNECT, LEAVE).accepted()
    assert await websocket.receive() == LEAVE
    with pytest.raises(WebSocketDisconnected, match="once a disconnect message has been received"):
        await websocket.receive()


@pytest.mark.anyio
async def test_sending_after_closing_is_an_error() -> None:
    websocket = await Peer(CONNECT).accepted()
    await websocket.close()
    with pytest.raises(WebSocketDisconnected, match="once a close message has been sent"):
        await websocket.send_text("x")


@pytest.mark.anyio
async def test_closing_twice_is_an_error() -> None:
    websocket = await Peer(CONNECT).accepted()
    await websocket.close()
    with pytest.raises(RuntimeError, match="once a close message has been sent"):
        await websocket.close()


# The client leaves


@pytest.mark.parametrize(
    ("leave", "code", "reason"),
    [
        (LEAVE, 1001, "going"),
        ({"type": "websocket.disconnect", "code": 1000, "reason": None}, 1000, ""),
        ({"type": "websocket.disconnect"}, 1005, ""),
    ],
)
@pytest.mark.anyio
async def test_a_client_that_leaves_raises_where_the_application_receives(
    leave: Message, code: int, reason: str
) -> None:
    websocket = await Peer(CONNECT, leave).accepted()
    with pytest.raises(WebSocketDisconnect) as left:
        await websocket.receive_text()
    assert (left.value.code, left.value.reason) == (code, reason)


@pytest.mark.anyio
async def test_a_client_that_has_left_raises_where_the_application_sends() -> None:
    async def send(message: Message) -> None:
        if message["type"] == "websocket.send":
            raise OSError("gone")

    websocket = WebSocket({"type": "websocket", "headers": []}, Peer(CONNECT).receive, send)
    await websocket.accept()
    with pytest.raises(WebSocketDisconnect) as left:
        await websocket.send_text("x")
    assert left.value.code == 1006
    assert websocket.application_state is WebSocketState.DISCONNECTED


@pytest.mark.anyio
async def test_closing_after_the_client_left_sends_nothing() -> None:
    peer = Peer(CONNECT, LEAVE)
    websocket = await peer.accepted()
    await websocket.receive()
    await websocket.close()
    assert [message["type"] for message in peer.sent] == ["websocket.accept"]
    assert websocket.application_state is WebSocketState.DISCONNECTED


@pytest.mark.parametrize(
    ("extensions", "reported"),
    [
        ({"extensions": {REPORTS_DISCONNECT: {}}}, True),
        ({"extensions": DENIALS}, False),
        ({}, False),
    ],
)
def test_only_a_test_client_wants_to_hear_of_a_disconnect_that_is_not_caught(
    extensions: dict[str, Any], reported: bool
) -> None:
    assert reports_disconnect({"type": "websocket", **extensions}) is reported


# Closing


def test_closing_tells_code_and_reason(client_for: ClientFactory) -> None:
    async def close(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close(1013, "later")

    session = client_for(app_of(close)).websocket_connect("/")
    with session, pytest.raises(WebSocketDisconnect) as closed:
        session.receive_text()
    assert (closed.value.code, closed.value.reason) == (1013, "later")


@pytest.mark.anyio
async def test_a_reason_too_long_for_a_close_frame_is_cut_between_characters() -> None:
    peer = Peer(CONNECT)
    websocket = await peer.accepted()
    await websocket.close(reason="é" * 100)
    assert peer.sent[-1] == {"type": "websocket.close", "code": 1000, "reason": "é" * 61}


def test_closing_instead_of_accepting_refuses(client_for: ClientFactory) -> None:
    async def refuse(websocket: WebSocket) -> None:
        await websocket.close(1008)

    session = client_for(app_of(refuse)).websocket_connect("/")
    with pytest.raises(WebSocketDisconnect) as refused:
        session.__enter__()
    assert (refused.value.code, refused.value.reason) == (1008, "")


@pytest.mark.parametrize(("reason", "told"), [("bye", "bye"), (None, "")])
def test_an_application_that_only_closes(
    client_for: ClientFactory, reason: str | None, told: str
) -> None:
    session = client_for(WebSocketClose(1001, reason)).websocket_connect("/")
    with pytest.raises(WebSocketDisconnect) as refused:
        session.__enter__()
    assert (refused.value.code, refused.value.reason) == (1001, told)


def test_a_disconnect_names_its_code_and_reason() -> None:
    disconnect = WebSocketDisconnect(code=1001, reason="bye")
    assert repr(disconnect) == "WebSocketDisconnect(1001, 'bye')"


def test_a_disconnect_is_a_normal_one_unless_said_otherwise() -> None:
    disconnect = WebSocketDisconnect()
    assert (disconnect.code, disconnect.reason) == (1000, "")


# Messages of the wrong kind


@pytest.mark.parametrize(
    ("method", "message", "reason"),
    [
        ("receive_text", received(bytes=b"x"), "Expected a text message."),
        ("receive_text", received(bytes=b"x", text=None), "Expected a text message."),
        ("receive_json", received(bytes=b"{}"), "Expected a text message."),
        ("receive_bytes", received(text="x"), "Expected a binary message."),
    ],
)
@pytest.mark.anyio
async def test_a_message_of_the_wrong_kind_raises(
    method: str, message: Message, reason: str
) -> None:
    websocket = await Peer(CONNECT, message).accepted()
    with pytest.raises(WebSocketException) as error:
        await getattr(websocket, method)()
    assert (error.value.code, error.value.reason) == (1003, reason)


@pytest.mark.parametrize(
    "text",
    ["{", "", "nil", "[" * 100_000, "9" * 5_000],
    ids=["cut", "empty", "word", "deep", "long"],
)
@pytest.mark.anyio
async def test_text_that_is_not_json_raises(text: str) -> None:
    websocket = await Peer(CONNECT, received(text=text)).accepted()
    with pytest.raises(WebSocketJSONError) as error:
        await websocket.receive_json()
    assert (error.value.code, error.value.reason) == (1007, "Expected a JSON message.")


@pytest.mark.anyio
async def test_bytes_that_are_not_utf8_are_not_json() -> None:
    websocket = await Peer(CONNECT, received(bytes=b'"\xff"')).accepted()
    with pytest.raises(WebSocketJSONError):
        await websocket.receive_json(mode="binary")


@pytest.mark.anyio
async def test_what_is_not_json_can_be_caught_as_the_decoders_error() -> None:
    websocket = await Peer(CONNECT, received(text='{\n"a": }')).accepted()
    with pytest.raises(json.JSONDecodeError) as error:
        await websocket.receive_json()
    assert (error.value.lineno, error.value.colno, error.value.doc) == (2, 6, '{\n"a": }')


@pytest.mark.parametrize(
    ("frame", "code"), [({"bytes": b"x"}, 1003), ({"text": "{"}, 1007)], ids=["binary", "no JSON"]
)
def test_in_an_application_such_messages_close_the_connection(
    client_for: ClientFactory, frame: dict[str, Any], code: int
) -> None:
    async def read(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.receive_json()

    app = ExceptionMiddleware(app_of(read))
    with client_for(app).websocket_connect("/") as session:
        session.send(received(**frame))
        with pytest.raises(WebSocketDisconnect) as closed:
            session.receive_text()
    assert closed.value.code == code


# Answering the handshake with a response


def test_a_handshake_can_be_answered_with_a_response(client_for: ClientFactory) -> None:
    async def deny(websocket: WebSocket) -> None:
        await websocket.send_denial_response(
            JSONResponse({"detail": "who?"}, 401, headers={"x-a": "1"})
        )

    session = client_for(app_of(deny)).websocket_connect("/")
    with pytest.raises(WebSocketDenialResponse) as denied:
        session.__enter__()
    assert denied.value.status_code == 401
    assert denied.value.headers["x-a"] == "1"
    assert denied.value.json() == {"detail": "who?"}


def test_a_streaming_response_can_answer_a_handshake(client_for: ClientFactory) -> None:
    async def parts() -> Any:
        yield "no"
        yield "body"

    async def deny(websocket: WebSocket) -> None:
        await websocket.receive()
        await websocket.send_denial_response(StreamingResponse(parts(), 403))

    session = client_for(app_of(deny)).websocket_connect("/")
    with pytest.raises(WebSocketDenialResponse) as denied:
        session.__enter__()
    assert denied.value.text == "nobody"


@pytest.mark.anyio
async def test_a_response_is_refused_by_a_server_that_can_not_send_it() -> None:
    peer = Peer(CONNECT)
    websocket = peer.connection(extensions={})
    with pytest.raises(RuntimeError, match="doesn't support the Websocket Denial Response"):
        await websocket.send_denial_response(JSONResponse({}))
    assert peer.sent == []


@pytest.mark.anyio
async def test_nothing_but_the_body_follows_the_start_of_a_response() -> None:
    websocket = Peer(CONNECT).connection(extensions=DENIALS)
    await websocket.send({"type": "websocket.http.response.start", "status": 400, "headers": []})
    assert websocket.application_state is WebSocketState.RESPONSE
    with pytest.raises(RuntimeError, match=r"but got 'websocket[.]close'"):
        await websocket.close()


@pytest.mark.anyio
async def test_the_last_part_of_a_response_ends_the_connection() -> None:
    websocket = Peer(CONNECT).connection(extensions=DENIALS)
    await websocket.send({"type": "websocket.http.response.start", "status": 400, "headers": []})
    await websocket.send({"type": "websocket.http.response.body", "body": b"a", "more_body": True})
    assert websocket.application_state is WebSocketState.RESPONSE
    await websocket.send({"type": "websocket.http.response.body", "body": b"b"})
    assert websocket.application_state is WebSocketState.DISCONNECTED


@pytest.mark.anyio
async def test_a_response_after_acceptance_is_an_error() -> None:
    websocket = await Peer(CONNECT).accepted()
    websocket.scope["extensions"] = DENIALS
    with pytest.raises(RuntimeError, match=r"but got 'websocket[.]http[.]response[.]start'"):
        await websocket.send_denial_response(JSONResponse({}))
