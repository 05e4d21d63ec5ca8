"""Spans of requests."""

from __future__ import annotations

import pytest
from opentelemetry import context as contexts
from opentelemetry import trace
from opentelemetry.trace import SpanKind, StatusCode

from fastapi_lite import APIRouter, BackgroundTasks, FastAPI, HTTPException, Request
from fastapi_lite.applications import Starlette
from fastapi_lite.responses import PlainTextResponse, StreamingResponse
from fastapi_lite.routing import Mount, Route
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


async def nothing() -> dict[str, int]:
    return {}


async def text(request: Request) -> PlainTextResponse:
    return PlainTextResponse("x")


def test_span_of_a_request_has_the_attributes_of_the_conventions(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.get("/items/{item}")(nothing)
    client_for(app, base_url="https://shop.example:8443").get("/items/7?q=a%20b")
    span = recorded.span("GET /items/{item}")
    assert span.kind is SpanKind.SERVER
    assert span.status.status_code is StatusCode.UNSET
    assert span.instrumentation_scope is not None
    assert span.instrumentation_scope.name == "fastapi_lite"
    assert dict(span.attributes or {}) == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "/items/{item}",
        "network.protocol.version": "1.1",
        "server.address": "shop.example",
        "server.port": 8443,
        "url.path": "/items/7",
        "url.query": "q=a%20b",
        "url.scheme": "https",
    }


def test_span_continues_the_trace_of_the_client(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.get("/")(nothing)
    trace_id, span_id = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    client_for(app).get("/", headers={"traceparent": f"00-{trace_id}-{span_id}-01"})
    parent = recorded.span("GET /").parent
    assert parent is not None
    assert (parent.trace_id, parent.span_id) == (int(trace_id, 16), int(span_id, 16))


def test_span_of_the_server_itself_is_no_parent(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.get("/")(nothing)

    async def serve(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        with recorded.tracers.get_tracer("server").start_as_current_span("start-up"):
            await app(scope, receive, send)

    client_for(serve).get("/")
    assert recorded.span("GET /").parent is None


@pytest.mark.parametrize(
    ("method", "path", "name", "status"),
    [
        ("GET", "/nowhere", "GET", 404),
        ("POST", "/plain", "POST /plain", 405),
        ("BREW", "/plain", "HTTP /plain", 405),
        ("GET", "/plain/", "GET /plain", 307),
        ("GET", "/plain", "GET /plain", 200),
        ("GET", "/api/v1/books/7", "GET /api/v1/books/{book}", 200),
        ("GET", "/shops/3/shelves/7", "GET /shops/{shop}/shelves/{shelf}", 200),
        ("GET", "/shops/3/nowhere", "GET /shops/{shop}/{path}", 404),
        ("GET", "/raw/any/thing", "GET /raw/{path}", 200),
        ("GET", "/inner/text", "GET /inner/text", 200),
        ("GET", "/stopped", "GET", 403),
    ],
)
def test_span_is_named_by_the_route(
    method: str,
    path: str,
    name: str,
    status: int,
    recorded: Recorded,
    client_for: ClientFactory,
) -> None:
    router = APIRouter(prefix="/v1")
    router.get("/books/{book}")(nothing)
    shop = FastAPI()
    shop.get("/shelves/{shelf}")(nothing)
    app = FastAPI(telemetry=recorded.config())
    app.add_route("/plain", text)
    app.include_router(router, prefix="/api")
    app.mount("/shops/{shop}", shop)
    app.mount("/raw", PlainTextResponse("raw"))
    app.mount("/inner", Starlette(routes=[Route("/text", text)]))

    @app.middleware("http")
    async def stop(request: Request, call_next):  # type: ignore[no-untyped-def]
        if request.url.path == "/stopped":
            return PlainTextResponse("stopped", 403)
        return await call_next(request)

    client_for(app, follow_redirects=False).request(method, path)
    span = recorded.span(name)
    assert (span.attributes or {})["http.response.status_code"] == status


def test_route_has_the_path_at_which_a_proxy_puts_the_application(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.get("/items/{item}")(nothing)
    client_for(app, root_path="/api").get("/items/1")
    assert recorded.names[-1] == "GET /api/items/{item}"


def test_route_of_a_host_is_that_of_its_application(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    inner = FastAPI()
    inner.get("/items/{item}")(nothing)
    app = FastAPI(telemetry=recorded.config())
    app.host("shop.example", inner)
    client_for(app, base_url="http://shop.example").get("/items/1")
    assert "fastapi.endpoint" in recorded.names
    assert recorded.names[-1] == "GET /items/{item}"


def test_method_that_is_not_known_is_other(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())
    client_for(app).request("BREW", "/")
    attributes = recorded.span("HTTP").attributes or {}
    assert attributes["http.request.method"] == "_OTHER"
    assert attributes["http.request.method_original"] == "BREW"


def test_error_by_status_is_an_error_of_that_name(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def refuse() -> None:
        raise HTTPException(503)

    client_for(app).get("/")
    span = recorded.span("GET /")
    assert span.status.status_code is StatusCode.ERROR
    assert (span.attributes or {})["error.type"] == "503"
    assert recorded.events == []


@pytest.mark.parametrize("place", ["", "/inner"])
def test_unhandled_exception_is_an_error_of_its_name(
    place: str, recorded: Recorded, client_for: ClientFactory
) -> None:
    inner = FastAPI()
    app = FastAPI(telemetry=recorded.config())
    app.mount("/inner", inner)

    async def fail() -> None:
        raise ValueError("secret")

    app.get("/fail")(fail)
    inner.get("/fail")(fail)
    client_for(app, raise_server_exceptions=False).get(f"{place}/fail")
    span = recorded.span(f"GET {place}/fail")
    assert span.status.status_code is StatusCode.ERROR
    assert (span.attributes or {})["error.type"] == "ValueError"
    assert "secret" not in span.to_json()


def test_exception_in_a_stream_is_an_error_though_the_status_is_good(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def stream() -> StreamingResponse:
        async def chunks():  # type: ignore[no-untyped-def]
            yield b"1"
            raise ValueError

        return StreamingResponse(chunks())

    client_for(app, raise_server_exceptions=False).get("/")
    attributes = recorded.span("GET /").attributes or {}
    assert attributes["http.response.status_code"] == 200
    assert attributes["error.type"] == "ValueError"


def test_span_ends_with_the_response_before_background_tasks(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    ended: list[str] = []

    @app.get("/")
    async def answer(tasks: BackgroundTasks) -> None:
        tasks.add_task(lambda: ended.extend(recorded.names))

    client_for(app).get("/")
    assert "GET /" in ended


def test_excluded_request_has_no_span(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config(exclude=lambda scope: scope["path"] == "/health"))
    app.get("/health")(nothing)
    app.get("/")(nothing)
    client = client_for(app)
    client.get("/health")
    assert recorded.names == []
    client.get("/")
    assert "GET /" in recorded.names


def test_without_tracing_there_are_no_spans(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config(tracing=False))
    app.get("/")(nothing)
    assert client_for(app).get("/").status_code == 200
    assert recorded.names == []


def test_mounted_application_with_telemetry_makes_no_second_span(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    inner = FastAPI(telemetry=recorded.config())
    inner.get("/")(nothing)
    app = FastAPI(telemetry=recorded.config())
    app.mount("/inner", inner)
    client_for(app).get("/inner/")
    assert [span.name for span in recorded.spans if span.kind is SpanKind.SERVER] == ["GET /inner/"]


def test_application_called_within_a_request_has_spans_of_its_own(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    inner = FastAPI(telemetry=recorded.config())
    inner.get("/inner")(nothing)
    app = FastAPI(telemetry=recorded.config())

    @app.get("/outer")
    async def ask(request: Request) -> None:
        messages: list[object] = []

        async def send(message: object) -> None:
            messages.append(message)

        scope = {**request.scope, "path": "/inner", "headers": [], "root_path": ""}
        scope.pop("router")
        await inner(scope, request.receive, send)

    client_for(app).get("/outer")
    servers = [span.name for span in recorded.spans if span.kind is SpanKind.SERVER]
    assert servers == ["GET /inner", "GET /outer"]


def test_routes_around_in_a_circle_are_followed_once(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.router.routes.append(Mount("/again", app=app))
    app.get("/")(nothing)
    client_for(app).get("/again/again/")
    assert recorded.names[-1] == "GET /again/again/"


@pytest.mark.anyio
async def test_connection_that_is_cancelled_leaves_an_ended_span(recorded: Recorded) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.get("/")(nothing)

    class Cancelled(BaseException):
        """Stands for the cancellation of either event loop."""

    async def send(message: object) -> None:
        raise Cancelled

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    with pytest.raises(Cancelled):
        await app(scope, send, send)
    assert recorded.span("GET /").end_time is not None
    assert trace.get_current_span(contexts.get_current()) is trace.INVALID_SPAN
