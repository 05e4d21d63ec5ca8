"""`OpenTelemetryMiddleware`, for any application."""

from __future__ import annotations

from typing import Any

import pytest
from opentelemetry.trace import SpanKind, StatusCode

from fastapi_lite.applications import Starlette
from fastapi_lite.background import BackgroundTask
from fastapi_lite.exceptions import DeclarationError, HTTPException
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.opentelemetry import OpenTelemetryMiddleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, StreamingResponse
from fastapi_lite.routing import Mount, Route, WebSocketRoute
from fastapi_lite.websockets import WebSocket
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


async def text(request: Request) -> PlainTextResponse:
    return PlainTextResponse("x")


async def fail(request: Request) -> PlainTextResponse:
    raise ValueError("wrong")


async def refuse(request: Request) -> PlainTextResponse:
    raise HTTPException(503)


def app_of(recorded: Recorded, *routes: Any, **options: Any) -> Starlette:
    providers = {"tracer_provider": recorded.tracers, "meter_provider": recorded.meters}
    middleware = Middleware(OpenTelemetryMiddleware, **providers, **options)
    return Starlette(routes=routes, middleware=[middleware])


def test_request_has_a_span_with_the_attributes_of_the_conventions(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = app_of(recorded, Route("/items/{item:int}", text))
    client_for(app).get("/items/7?sig=secret&q=1", headers={"user-agent": "test"})
    span = recorded.span("GET /items/{item}")
    assert span.kind is SpanKind.SERVER
    assert dict(span.attributes or {}) == {
        "client.address": "testclient",
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "/items/{item}",
        "network.protocol.version": "1.1",
        "server.address": "testserver",
        "server.port": 80,
        "url.path": "/items/7",
        "url.query": "sig=REDACTED&q=1",
        "url.scheme": "http",
        "user_agent.original": "test",
    }


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/shops/3/items/7", "GET /shops/{shop}/items/{item}"),
        ("/nowhere", "GET"),
        ("/shops/3/nowhere", "GET /shops/{shop}/{path}"),
    ],
)
def test_span_is_named_by_the_route(
    path: str, name: str, recorded: Recorded, client_for: ClientFactory
) -> None:
    app = app_of(recorded, Mount("/shops/{shop}", routes=[Route("/items/{item}", text)]))
    client_for(app).get(path)
    assert recorded.names == [name]


def test_application_that_knows_no_routes_has_spans_without(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = OpenTelemetryMiddleware(PlainTextResponse("x"), tracer_provider=recorded.tracers)
    client_for(app).get("/x")
    assert recorded.names == ["GET"]


def test_exception_is_recorded(recorded: Recorded, client_for: ClientFactory) -> None:
    app = app_of(recorded, Route("/", fail))
    client_for(app, raise_server_exceptions=False).get("/")
    span = recorded.span("GET /")
    assert span.status.status_code is StatusCode.ERROR
    assert span.status.description == "ValueError: wrong"
    assert (span.attributes or {})["error.type"] == "ValueError"
    assert [event.name for event in span.events] == ["exception"]


def test_error_by_status_is_an_error(recorded: Recorded, client_for: ClientFactory) -> None:
    client_for(app_of(recorded, Route("/", refuse))).get("/")
    span = recorded.span("GET /")
    assert span.status.status_code is StatusCode.ERROR
    assert (span.attributes or {})["error.type"] == "503"


def test_exception_in_a_stream_is_recorded(recorded: Recorded, client_for: ClientFactory) -> None:
    async def stream(request: Request) -> StreamingResponse:
        async def chunks() -> Any:
            yield b"1"
            raise ValueError

        return StreamingResponse(chunks())

    app = app_of(recorded, Route("/", stream))
    client_for(app, raise_server_exceptions=False).get("/")
    assert (recorded.span("GET /").attributes or {})["error.type"] == "ValueError"


def test_time_is_that_until_the_response_was_sent(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    began: list[int] = []

    async def answer(request: Request) -> PlainTextResponse:
        task = BackgroundTask(lambda: began.append(1))
        return PlainTextResponse("x", background=task)

    client_for(app_of(recorded, Route("/", answer))).get("/")
    (point,) = recorded.points("http.server.request.duration")
    span = recorded.span("GET /")
    assert span.end_time is not None
    assert span.start_time is not None
    assert began == [1]
    assert point.count == 1
    assert dict(point.attributes) == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "/",
        "url.scheme": "http",
    }
    assert [point.value for point in recorded.points("http.server.active_requests")] == [0]


def test_websockets_are_not_recorded(recorded: Recorded, client_for: ClientFactory) -> None:
    async def serve(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()

    app = app_of(recorded, WebSocketRoute("/", serve))
    with client_for(app).websocket_connect("/") as session:
        session.receive()
    assert recorded.names == []


@pytest.mark.parametrize(
    ("excluded", "is_recorded"),
    [
        ("health", False),
        ("other, health$", False),
        (["^http://testserver/health"], False),
        (["^/health"], True),
        ("", True),
    ],
)
def test_urls_can_be_excluded(
    excluded: Any, is_recorded: bool, recorded: Recorded, client_for: ClientFactory
) -> None:
    app = app_of(recorded, Route("/health", text), excluded_urls=excluded)
    assert client_for(app).get("/health").text == "x"
    assert bool(recorded.names) is is_recorded


def test_pattern_that_is_none_raises() -> None:
    with pytest.raises(DeclarationError, match=r"'\(' in excluded_urls is no regular expression"):
        OpenTelemetryMiddleware(PlainTextResponse("x"), excluded_urls="(")


def test_span_around_the_middleware_is_the_parent(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = app_of(recorded, Route("/", text))

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        with recorded.tracers.get_tracer("outer").start_as_current_span("outer"):
            await app(scope, receive, send)

    client_for(serve).get("/")
    assert recorded.parent_of("GET /") == "outer"


@pytest.mark.anyio
async def test_trailers_end_a_response(recorded: Recorded) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "trailers": True})
        await send({"type": "http.response.body"})
        await send({"type": "http.response.trailers"})

    async def send(message: Any) -> None: ...

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    app = OpenTelemetryMiddleware(answer, tracer_provider=recorded.tracers)
    await app(scope, send, send)
    assert recorded.names == ["GET"]
