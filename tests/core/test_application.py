"""The application: what is declared on it, its document, its middleware, its handlers."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from fastapi_lite import APIRouter, FastAPI, HTTPException, Request, Response, WebSocket
from fastapi_lite.applications import Starlette
from fastapi_lite.datastructures import Default
from fastapi_lite.exceptions import (
    DeclarationError,
    FastAPIDeprecationWarning,
    RequestValidationError,
    ResponseValidationError,
    WebSocketException,
)
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Route
from fastapi_lite.utils import (
    deep_dict_update,
    generate_operation_id_for_path,
    get_value_or_default,
    is_body_allowed_for_status_code,
)
from tests.conftest import ClientFactory


def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def greet(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


def test_plain_routes_mounts_and_hosts_are_added_to_an_application(
    client_for: ClientFactory,
) -> None:
    inner = Starlette(routes=[Route("/x", hello)])
    app = Starlette()
    app.add_route("/plain", hello, methods=["GET"], name="plain")
    app.add_websocket_route("/ws", greet)
    app.mount("/below", inner, name="below")
    app.host("other.example", inner, name="other")
    client = client_for(app)

    assert client.get("/plain").text == "hello"
    assert client.get("/below/x").text == "hello"
    assert client.get("/x", headers={"host": "other.example"}).text == "hello"
    assert app.url_path_for("plain") == "/plain"
    assert len(app.routes) == 4
    with client.websocket_connect("/ws") as session:
        assert session.receive_text() == "hello"


def test_last_middleware_added_is_the_outermost(client_for: ClientFactory) -> None:
    app = FastAPI()
    order: list[str] = []

    def named(name: str) -> Any:
        class Named:
            def __init__(self, app: Any) -> None:
                self.app = app

            async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
                order.append(f"{name} {scope['type']}")
                await self.app(scope, receive, send)

        return Named

    app.add_middleware(named("first"))
    app.add_middleware(named("second"))

    client_for(app).get("/")

    assert order == ["second http", "first http"]


def test_middleware_comes_too_late_after_the_start(client_for: ClientFactory) -> None:
    app = FastAPI()
    client_for(app).get("/")

    with pytest.raises(RuntimeError, match="after an application has started"):
        app.add_middleware(Starlette)


def test_middleware_function_runs_around_the_request(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.middleware("http")
    async def mark(request: Request, call_next: Any) -> Response:
        response: Response = await call_next(request)
        response.headers["x-mark"] = "1"
        return response

    assert client_for(app).get("/").headers["x-mark"] == "1"


def test_middleware_of_another_kind_is_refused() -> None:
    with pytest.raises(DeclarationError, match="add_middleware"):
        FastAPI().middleware("websocket")


def test_handlers_are_found_by_class_and_by_status(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.exception_handler(KeyError)
    async def missing(request: Request, exc: KeyError) -> Response:
        return PlainTextResponse("missing", status_code=410)

    @app.exception_handler(418)
    def teapot(request: Request, exc: HTTPException) -> Response:
        return PlainTextResponse("teapot", status_code=418)

    @app.get("/key")
    async def key() -> None:
        raise KeyError("x")

    @app.get("/tea")
    async def tea() -> None:
        raise HTTPException(418)

    client = client_for(app)
    assert (client.get("/key").status_code, client.get("/key").text) == (410, "missing")
    assert client.get("/tea").text == "teapot"


def test_handler_of_500_answers_what_nothing_else_does(client_for: ClientFactory) -> None:
    app = FastAPI()

    async def broken(request: Request, exc: Exception) -> Response:
        return JSONResponse({"sorry": str(exc)}, status_code=500)

    app.add_exception_handler(500, broken)

    @app.get("/")
    async def fail() -> None:
        raise ValueError("boom")

    client = client_for(app, raise_server_exceptions=False)
    assert client.get("/").json() == {"sorry": "boom"}


def test_exception_without_content_is_answered_without(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def unchanged() -> None:
        raise HTTPException(304, headers={"etag": '"1"'})

    response = client_for(app).get("/")
    assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", '"1"')


def test_websocket_parameters_that_do_not_fit_close_with_what_is_wrong(
    client_for: ClientFactory,
) -> None:
    from fastapi_lite.websockets import WebSocketDisconnect  # noqa: PLC0415 - beside its use

    app = FastAPI()

    @app.websocket("/{number}")
    async def count(websocket: WebSocket, number: int) -> None:
        await websocket.accept()
        await websocket.send_json(number + 1)
        await websocket.close()

    client = client_for(app)
    with client.websocket_connect("/3") as session:
        assert session.receive_json() == 4
    with pytest.raises(WebSocketDisconnect) as caught, client.websocket_connect("/x"):
        pass  # pragma: no cover - the handshake is refused
    assert caught.value.code == 1008
    assert caught.value.reason.startswith("path.number: Input should be a valid integer")


def test_websocket_exception_closes_with_its_code(client_for: ClientFactory) -> None:
    from fastapi_lite.websockets import WebSocketDisconnect  # noqa: PLC0415 - beside its use

    app = FastAPI()

    @app.websocket("/")
    async def refuse(websocket: WebSocket) -> None:
        raise WebSocketException(3000, "not you")

    with pytest.raises(WebSocketDisconnect) as caught, client_for(app).websocket_connect("/"):
        pass  # pragma: no cover - the handshake is refused
    assert (caught.value.code, caught.value.reason) == (3000, "not you")


def test_document_is_kept_and_made_anew_when_routes_change() -> None:
    app = FastAPI()
    first = app.openapi()
    assert app.openapi() is first

    @app.get("/late")
    async def late() -> None: ...

    assert "/late" in app.openapi()["paths"]


def test_route_added_to_an_included_router_is_documented_and_served(
    client_for: ClientFactory,
) -> None:
    app, router = FastAPI(), APIRouter()
    app.include_router(router, prefix="/v1")
    client = client_for(app)
    assert client.get("/v1/late").status_code == 404
    app.openapi()

    @router.get("/late")
    async def late() -> str:
        return "late"

    assert client.get("/v1/late").json() == "late"
    assert "/v1/late" in app.openapi()["paths"]


def test_document_and_pages_can_be_switched_off(client_for: ClientFactory) -> None:
    client = client_for(FastAPI(openapi_url=None))
    assert [client.get(path).status_code for path in ("/openapi.json", "/docs", "/redoc")] == [
        404
    ] * 3


def test_pages_can_be_switched_off_one_by_one(client_for: ClientFactory) -> None:
    client = client_for(
        FastAPI(docs_url=None, redoc_url="/read", swagger_ui_oauth2_redirect_url=None)
    )
    assert client.get("/docs").status_code == 404
    assert client.get("/read").status_code == 200
    assert (
        client_for(FastAPI(redoc_url=None, swagger_ui_oauth2_redirect_url=None))
        .get("/redoc")
        .status_code
        == 404
    )


def test_pages_are_served(client_for: ClientFactory) -> None:
    client = client_for(FastAPI(title="Shop"))
    assert "Shop - Swagger UI" in client.get("/docs").text
    assert "Shop - ReDoc" in client.get("/redoc").text
    assert "OAuth2 Redirect" in client.get("/docs/oauth2-redirect").text


def test_root_path_is_a_server_of_the_document(client_for: ClientFactory) -> None:
    app = FastAPI()
    client = client_for(app, root_path="/api")
    assert client.get("/openapi.json").json()["servers"] == [{"url": "/api"}]
    assert "servers" not in app.openapi()
    quiet = client_for(FastAPI(root_path_in_servers=False), root_path="/api")
    assert "servers" not in quiet.get("/openapi.json").json()
    known = FastAPI(servers=[{"url": "/api"}])
    assert client_for(known, root_path="/api").get("/openapi.json").json()["servers"] == [
        {"url": "/api"}
    ]


def test_root_path_of_the_application_warns_and_works(client_for: ClientFactory) -> None:
    with pytest.warns(FastAPIDeprecationWarning, match="root_path"):
        app = FastAPI(root_path="/api")

    @app.get("/where")
    async def where(request: Request) -> str:
        return str(request.scope["root_path"])

    assert client_for(app).get("/where").json() == "/api"


@pytest.mark.parametrize("name", ["title", "version"])
def test_document_needs_a_title_and_a_version(name: str) -> None:
    with pytest.raises(DeclarationError, match=f"A {name} must be provided for OpenAPI"):
        FastAPI(**{name: ""})  # type: ignore[arg-type]  # one of two options that are text


def test_events_of_old_still_run_and_warn(client_for: ClientFactory) -> None:
    app, happened = FastAPI(on_shutdown=[lambda: happened.append("given")]), []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")

        @app.on_event("startup")
        async def start() -> None:
            happened.append("start")

        @app.on_event("shutdown")
        def stop() -> None:
            happened.append("stop")

    with client_for(app):
        assert happened == ["start"]
    assert sorted(happened) == ["given", "start", "stop"]
    assert {one.category for one in caught} == {DeprecationWarning}


def test_websocket_route_of_old_still_works_and_warns(client_for: ClientFactory) -> None:
    app = FastAPI()
    with pytest.warns(DeprecationWarning, match="websocket_route"):
        app.websocket_route("/ws")(greet)
    with client_for(app).websocket_connect("/ws") as session:
        assert session.receive_text() == "hello"


def test_unknown_event_is_refused() -> None:
    with pytest.raises(DeclarationError, match="startup"):
        FastAPI().router.add_event_handler("begin", lambda: None)


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(None, True), ("default", True), ("4XX", True), (200, True), ("204", False), (304, False)],
)
def test_statuses_that_have_content(status: int | str | None, allowed: bool) -> None:
    assert is_body_allowed_for_status_code(status) is allowed


def test_dictionaries_are_merged_deeply() -> None:
    main: dict[str, Any] = {"a": {"x": 1}, "b": [1], "c": 1}
    deep_dict_update(main, {"a": {"y": 2}, "b": [2], "c": 2, "d": 3})
    assert main == {"a": {"x": 1, "y": 2}, "b": [1, 2], "c": 2, "d": 3}


def test_exceptions_show_what_and_where() -> None:
    errors = [{"type": "missing", "loc": ("query", "q")}]
    place = {"function": "read", "file": "main.py", "line": 3, "path": "GET /"}
    text = str(RequestValidationError(errors, endpoint_ctx=place))  # type: ignore[arg-type]
    assert text.splitlines() == [
        "1 validation error:",
        "  {'type': 'missing', 'loc': ('query', 'q')}",
        "",
        '  File "main.py", line 3, in read',
        "    GET /",
    ]
    del place["path"]
    assert "GET" not in str(RequestValidationError(errors, endpoint_ctx=place))  # type: ignore[arg-type]
    assert str(ResponseValidationError([], body=1)) == "0 validation errors:"
    assert str(HTTPException(404)) == "404: Not Found"
    assert repr(HTTPException(799)) == "HTTPException(status_code=799, detail='')"
    assert str(WebSocketException(1000, "x")) == "1000: x"
    assert repr(WebSocketException(1000)) == "WebSocketException(code=1000, reason='')"


def test_document_that_was_set_is_left_as_it_is() -> None:
    app = FastAPI()
    app.openapi_schema = {"openapi": "3.1.0"}

    assert app.openapi() == {"openapi": "3.1.0"}


def test_value_that_was_chosen_comes_before_defaults() -> None:
    default = Default(1)
    assert get_value_or_default(Default(0), default, 2, 3) == 2
    assert get_value_or_default(default, Default(0)) is default


def test_operation_id_is_made_of_name_path_and_method() -> None:
    with pytest.warns(FastAPIDeprecationWarning, match="not used internally"):
        made = generate_operation_id_for_path(name="a b", path="/x/{y}", method="GET")
    assert made == "a_b_x__y__get"
