"""Spans and log events of WebSockets."""

from __future__ import annotations

import pytest
from opentelemetry.trace import SpanKind, StatusCode

from fastapi_lite import FastAPI, WebSocket, WebSocketException
from fastapi_lite.websockets import WebSocketDisconnect
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


def test_websocket_has_a_span_with_those_of_its_operation(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.websocket("/rooms/{room}")
    async def serve(websocket: WebSocket, room: int) -> None:
        await websocket.accept()
        await websocket.close()

    with client_for(app).websocket_connect("/rooms/1") as session:
        session.receive()
    assert recorded.names == ["fastapi.dependencies", "fastapi.endpoint", "WS /rooms/{room}"]
    span = recorded.span("WS /rooms/{room}")
    assert span.kind is SpanKind.SERVER
    assert dict(span.attributes or {}) == {
        "http.route": "/rooms/{room}",
        "network.protocol.name": "websocket",
        "server.address": "testserver",
        "server.port": 80,
        "url.scheme": "ws",
    }


def test_websocket_is_not_counted_as_a_request(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    with pytest.raises(WebSocketDisconnect):
        client_for(app).websocket_connect("/nowhere").__enter__()
    assert recorded.names == ["WS"]
    assert recorded.points("http.server.request.duration") == []
    assert recorded.points("http.server.active_requests") == []


def test_exception_of_a_websocket_is_logged(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.websocket("/")
    async def serve(websocket: WebSocket) -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        client_for(app).websocket_connect("/").__enter__()
    (event,) = recorded.events
    assert event.event_name == "fastapi.websocket.exception"
    assert event.body == "Unhandled exception in FastAPI WebSocket connection"
    assert (event.attributes["exception.type"], event.attributes["http.route"]) == (
        "ValueError",
        "/",
    )
    assert recorded.span("WS /").status.status_code is StatusCode.ERROR


def test_end_of_a_websocket_is_no_error(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.websocket("/left")
    async def wait(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.receive_text()

    @app.websocket("/closed")
    async def close(websocket: WebSocket) -> None:
        await websocket.accept()
        raise WebSocketException(1008)

    client = client_for(app)
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/left"):
        pass
    with client.websocket_connect("/closed") as session:
        session.receive()
    assert {span.status.status_code for span in recorded.spans} == {StatusCode.UNSET}
    assert recorded.events == []


def test_refused_websocket_is_logged(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.websocket("/")
    async def serve(websocket: WebSocket, number: int) -> None: ...  # pragma: no cover - refused

    with pytest.raises(WebSocketDisconnect):
        client_for(app).websocket_connect("/?number=x").__enter__()
    (event,) = recorded.events
    assert event.event_name == "fastapi.validation.failed"
