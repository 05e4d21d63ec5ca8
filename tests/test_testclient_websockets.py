"""WebSockets of `TestClient`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.testclient import TestClient, WebSocketDenialResponse
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send
from fastapi_lite.websockets import REPORTS_DISCONNECT, WebSocket, WebSocketDisconnect
from tests.conftest import ClientFactory

ACCEPT: Message = {"type": "websocket.accept"}


def app_of(endpoint: Callable[[WebSocket], Awaitable[None]]) -> ASGIApp:
    """The application that accepts every WebSocket and serves it with `endpoint`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        await websocket.accept()
        await endpoint(websocket)

    return app


def sends(*messages: Message, error: BaseException | None = None) -> ASGIApp:
    """The application that sends `messages`, and then raises `error`, if any."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)
        if error is not None:
            raise error

    return app


async def echo(websocket: WebSocket) -> None:
    """Sends back what it receives, until the client leaves."""
    async for text in websocket.iter_text():
        await websocket.send_text(text)


async def tell_scope(websocket: WebSocket) -> None:
    """Sends the scope, as text."""
    await websocket.send_json({name: str(value) for name, value in websocket.items()})


# Opening


def test_the_scope_of_a_websocket(client_for: ClientFactory) -> None:
    session = client_for(app_of(echo), root_path="/root").websocket_connect(
        "/a%20b?q=1", subprotocols=["soap", "wamp"], headers={"X-A": "1"}
    )
    with session:
        assert session.scope == {
            "type": "websocket",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "scheme": "ws",
            "path": "/a b",
            "raw_path": b"/a%20b",
            "query_string": b"q=1",
            "root_path": "/root",
            "headers": [
                (b"host", b"testserver"),
                (b"accept", b"*/*"),
                (b"accept-encoding", b"gzip, deflate"),
                (b"user-agent", b"testclient"),
                (b"x-a", b"1"),
                (b"connection", b"upgrade"),
                (b"sec-websocket-key", b"testserver=="),
                (b"sec-websocket-version", b"13"),
                (b"sec-websocket-protocol", b"soap, wamp"),
            ],
            "client": ("testclient", 50000),
            "server": ["testserver", 80],
            "subprotocols": ["soap", "wamp"],
            "state": {},
            "extensions": {"websocket.http.response": {}, REPORTS_DISCONNECT: {}},
        }


@pytest.mark.parametrize(
    ("base_url", "url", "scheme", "server", "path"),
    [
        ("http://testserver", "/a", "ws", ["testserver", 80], "/a"),
        ("https://example.org/api", "/a", "wss", ["example.org", 443], "/a"),
        ("http://testserver", "ws://example.org/a", "ws", ["example.org", 80], "/a"),
        ("http://testserver", "wss://example.org:8443/a", "wss", ["example.org", 8443], "/a"),
    ],
)
def test_where_a_websocket_goes(
    base_url: str, url: str, scheme: str, server: list[Any], path: str
) -> None:
    session = TestClient(app_of(echo), base_url).websocket_connect(url)
    found = [session.scope[name] for name in ("scheme", "server", "path")]
    assert found == [scheme, server, path]


def test_a_websocket_has_the_cookies_of_the_client_and_all_options_of_a_request() -> None:
    session = TestClient(app_of(echo), cookies={"c": "1"}).websocket_connect(
        "/", params={"q": "2"}, auth=("user", "password"), extensions={"mine": 3}
    )
    headers = dict(session.scope["headers"])
    assert session.scope["query_string"] == b"q=2"
    assert headers[b"cookie"] == b"c=1"
    assert headers[b"authorization"].startswith(b"Basic ")


def test_headers_of_the_handshake_can_be_replaced() -> None:
    session = TestClient(app_of(echo)).websocket_connect(
        "/", headers=[("Sec-WebSocket-Key", "mine"), ("sec-websocket-protocol", "soap,wamp")]
    )
    assert dict(session.scope["headers"])[b"sec-websocket-key"] == b"mine"
    assert session.scope["subprotocols"] == ["soap", "wamp"]


def test_a_websocket_has_the_state_of_the_lifespan(client_for: ClientFactory) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            scope["state"]["users"] = 1
            await send({"type": "lifespan.startup.complete"})
            return
        await app_of(tell_scope)(scope, receive, send)

    with client_for(app) as client, client.websocket_connect("/") as session:
        assert session.receive_json()["state"] == "{'users': 1}"


def test_an_answer_without_subprotocol_and_headers(client_for: ClientFactory) -> None:
    with client_for(sends(ACCEPT)).websocket_connect("/") as session:
        assert (session.accepted_subprotocol, session.extra_headers) == (None, [])


def test_several_websockets_at_once(client_for: ClientFactory) -> None:
    client = client_for(app_of(echo))
    with client.websocket_connect("/") as one, client.websocket_connect("/") as two:
        one.send_text("1")
        two.send_text("2")
        assert (two.receive_text(), one.receive_text()) == ("2", "1")


@pytest.mark.parametrize(
    "use",
    [
        lambda session: session.send_text("x"),
        lambda session: session.receive_text(),
        lambda session: session.__exit__(None, None, None),
    ],
)
def test_a_session_that_is_not_entered_says_how_to(use: Callable[[Any], None]) -> None:
    session = TestClient(app_of(echo)).websocket_connect("/")
    with pytest.raises(RuntimeError, match="Enter it first"):
        use(session)


# Refusals


@pytest.mark.parametrize(
    ("close", "code", "reason"),
    [
        ({"type": "websocket.close", "code": 1008, "reason": "no"}, 1008, "no"),
        ({"type": "websocket.close", "code": 1008, "reason": None}, 1008, ""),
        ({"type": "websocket.close"}, 1000, ""),
    ],
)
def test_a_refusal_is_raised(
    client_for: ClientFactory, close: Message, code: int, reason: str
) -> None:
    with pytest.raises(WebSocketDisconnect) as refused:
        client_for(sends(close)).websocket_connect("/").__enter__()
    assert (refused.value.code, refused.value.reason) == (code, reason)


def test_an_http_response_is_raised(client_for: ClientFactory) -> None:
    app = PlainTextResponse("not here", 404, headers={"x-a": "1"})
    with pytest.raises(WebSocketDenialResponse) as denied:
        client_for(app).websocket_connect("/").__enter__()
    assert (denied.value.status_code, denied.value.text) == (404, "not here")
    assert denied.value.headers["x-a"] == "1"


def test_an_http_response_is_a_disconnect_without_a_close_frame(client_for: ClientFactory) -> None:
    with pytest.raises(WebSocketDisconnect) as denied:
        client_for(PlainTextResponse("not here", 404)).websocket_connect("/").__enter__()
    assert (denied.value.code, denied.value.reason) == (1006, "")


def test_a_response_that_breaks_off_is_what_it_is(client_for: ClientFactory) -> None:
    app = sends(
        {"type": "websocket.http.response.start", "status": 400},
        {"type": "websocket.http.response.body", "body": b"a", "more_body": True},
    )
    with pytest.raises(WebSocketDenialResponse) as denied:
        client_for(app).websocket_connect("/").__enter__()
    assert denied.value.content == b"a"


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [{"type": "websocket.close"}],
        [{"type": "websocket.http.response.start", "status": 400}],
    ],
)
def test_what_the_application_raises_instead_of_accepting_is_raised(
    client_for: ClientFactory, messages: list[Message]
) -> None:
    app = sends(*messages, error=ValueError("mine"))
    with pytest.raises(ValueError, match="mine"):
        client_for(app).websocket_connect("/").__enter__()


def test_an_application_that_does_not_answer_is_an_error(client_for: ClientFactory) -> None:
    with pytest.raises(AssertionError, match="did not receive any answer"):
        client_for(sends()).websocket_connect("/").__enter__()


# Receiving


def test_the_applications_messages_can_be_received_as_they_are(client_for: ClientFactory) -> None:
    sent: Message = {"type": "websocket.send", "text": "x"}
    with client_for(sends(ACCEPT, sent)).websocket_connect("/") as session:
        assert session.receive() == sent


def test_a_close_can_be_received_as_a_message(client_for: ClientFactory) -> None:
    close: Message = {"type": "websocket.close", "code": 1001, "reason": "bye"}
    with client_for(sends(ACCEPT, close)).websocket_connect("/") as session:
        assert session.receive() == close


@pytest.mark.parametrize("method", ["receive_text", "receive_bytes", "receive_json"])
def test_a_close_is_raised_where_a_message_is_expected(
    client_for: ClientFactory, method: str
) -> None:
    app = sends(ACCEPT, {"type": "websocket.close", "code": 1001, "reason": "bye"})
    with client_for(app).websocket_connect("/") as session:
        with pytest.raises(WebSocketDisconnect) as closed:
            getattr(session, method)()
        assert (closed.value.code, closed.value.reason) == (1001, "bye")


def test_after_a_close_there_is_nothing_to_receive(client_for: ClientFactory) -> None:
    app = sends(ACCEPT, {"type": "websocket.close", "code": 1001})
    with client_for(app).websocket_connect("/") as session:
        session.receive()
        with pytest.raises(WebSocketDisconnect) as closed:
            session.receive()
        assert closed.value.code == 1001


def test_an_application_that_returns_without_a_close_is_an_abnormal_one(
    client_for: ClientFactory,
) -> None:
    with client_for(sends(ACCEPT)).websocket_connect("/") as session:
        with pytest.raises(WebSocketDisconnect) as closed:
            session.receive_text()
        assert closed.value.code == 1006


def test_a_message_of_another_kind_than_expected_says_so(client_for: ClientFactory) -> None:
    app = sends(ACCEPT, {"type": "websocket.send", "bytes": b"x"})
    session = client_for(app).websocket_connect("/")
    with session, pytest.raises(AssertionError, match=r"Expected text .* 'bytes': b'x'"):
        session.receive_text()


def test_a_mode_of_json_that_is_none_raises(client_for: ClientFactory) -> None:
    session = client_for(sends(ACCEPT)).websocket_connect("/")
    with session, pytest.raises(RuntimeError, match='"mode" argument'):
        session.send_json({}, mode="bytes")  # type: ignore[arg-type]  # the mistake


def test_what_the_application_raises_is_raised_where_the_test_receives(
    client_for: ClientFactory,
) -> None:
    session = client_for(sends(ACCEPT, error=ValueError("mine"))).websocket_connect("/")
    with pytest.raises(ValueError, match="mine"), session:
        session.receive_text()


# Leaving


def test_the_application_is_told_that_the_client_leaves(client_for: ClientFactory) -> None:
    received = []

    async def keep(websocket: WebSocket) -> None:
        received.append(await websocket.receive())

    with client_for(app_of(keep)).websocket_connect("/"):
        pass
    assert received == [{"type": "websocket.disconnect", "code": 1000, "reason": None}]


def test_code_and_reason_of_leaving_can_be_chosen(client_for: ClientFactory) -> None:
    received = []

    async def keep(websocket: WebSocket) -> None:
        received.append(await websocket.receive())

    with client_for(app_of(keep)).websocket_connect("/") as session:
        session.close(3000, "bye")
        session.close()
        session.send_text("too late")
    assert received == [{"type": "websocket.disconnect", "code": 3000, "reason": "bye"}]


def test_a_disconnect_may_be_sent_as_a_bare_message(client_for: ClientFactory) -> None:
    received = []

    async def keep(websocket: WebSocket) -> None:
        received.append(await websocket.receive())

    with client_for(app_of(keep)).websocket_connect("/") as session:
        session.send({"type": "websocket.disconnect"})
    assert received == [{"type": "websocket.disconnect", "code": 1005, "reason": None}]


def test_an_application_that_closes_is_answered_with_its_code(client_for: ClientFactory) -> None:
    received = []

    async def close(websocket: WebSocket) -> None:
        await websocket.close(1013, "later")
        received.append(await websocket.receive())

    with client_for(app_of(close)).websocket_connect("/"):
        pass
    assert received == [{"type": "websocket.disconnect", "code": 1013, "reason": "later"}]


def test_the_application_may_clean_up_when_the_client_has_left(client_for: ClientFactory) -> None:
    done = []

    async def work(websocket: WebSocket) -> None:
        await websocket.receive()
        await anyio.sleep(0.01)
        await websocket.send_text("into the void")
        done.append(True)

    with client_for(app_of(work)).websocket_connect("/"):
        pass
    assert done == [True]


def test_an_application_that_does_not_end_is_cancelled(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastapi_lite._testclient_exchange.GRACE", 0)
    cancelled = []

    async def hang(websocket: WebSocket) -> None:
        try:
            await anyio.sleep_forever()
        except anyio.get_cancelled_exc_class():
            cancelled.append(True)
            raise

    with client_for(app_of(hang)).websocket_connect("/"):
        pass
    assert cancelled == [True]


def test_what_the_application_raises_is_raised_at_the_latest_on_leaving(
    client_for: ClientFactory,
) -> None:
    app = sends(ACCEPT, error=ValueError("mine"))
    with pytest.raises(ValueError, match="mine"), client_for(app).websocket_connect("/"):
        pass


def test_an_application_that_does_not_catch_the_disconnect_raises_it(
    client_for: ClientFactory,
) -> None:
    async def receive(websocket: WebSocket) -> None:
        await websocket.receive_text()

    app = app_of(receive)
    with pytest.raises(WebSocketDisconnect), client_for(app).websocket_connect("/"):
        pass


def test_the_failure_of_a_test_is_not_hidden_by_the_disconnect(client_for: ClientFactory) -> None:
    async def receive(websocket: WebSocket) -> None:
        await websocket.receive_text()

    app = app_of(receive)
    with pytest.raises(KeyError, match="mine"), client_for(app).websocket_connect("/"):
        raise KeyError("mine")


def test_the_failure_of_the_application_explains_that_of_the_test(
    client_for: ClientFactory,
) -> None:
    app = sends(ACCEPT, error=ValueError("cause"))
    with pytest.raises(ValueError, match="cause"), client_for(app).websocket_connect("/"):
        raise KeyError("consequence")
