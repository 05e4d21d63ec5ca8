"""Routers: what they say for what is on them, inclusion, names, events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from fastapi_lite import APIRouter, Depends, FastAPI, Request, Response, WebSocket
from fastapi_lite.applications import Starlette
from fastapi_lite.exceptions import DeclarationError, FastAPIError
from fastapi_lite.responses import HTMLResponse, PlainTextResponse
from fastapi_lite.routing import (
    APIRoute,
    Match,
    Mount,
    NoMatchFound,
    Route,
    WebSocketRoute,
    iter_route_contexts,
)
from fastapi_lite.routing.options import inherit
from tests.conftest import ClientFactory


def test_inner_option_wins_and_some_add_up() -> None:
    outer = {"prefix": "/a", "tags": ["a"], "response_class": 1, "deprecated": False}
    inner = {"prefix": "/b", "tags": ["b"], "deprecated": True, "include_in_schema": False}

    assert inherit(outer, inner) == {
        "prefix": "/a/b",
        "tags": ["a", "b"],
        "response_class": 1,
        "deprecated": True,
        "include_in_schema": False,
    }


def test_options_of_all_routers_around_are_documented(client_for: ClientFactory) -> None:
    app = FastAPI(responses={500: {"description": "app"}})
    router = APIRouter(prefix="/books", tags=["books"], responses={404: {"description": "inner"}})

    @router.get("/{book}", tags=["one"])
    async def read(book: int) -> int:
        return book

    app.include_router(
        router,
        prefix="/v1",
        tags=["v1"],
        responses={404: {"description": "outer"}},
        deprecated=True,
    )
    operation = app.openapi()["paths"]["/v1/books/{book}"]["get"]

    assert operation["tags"] == ["v1", "books", "one"]
    assert operation["deprecated"] is True
    assert operation["responses"]["404"]["description"] == "inner"
    assert operation["responses"]["500"]["description"] == "app"
    assert client_for(app).get("/v1/books/7").json() == 7


def test_router_can_be_left_out_of_the_document(client_for: ClientFactory) -> None:
    app = FastAPI()
    router = APIRouter(include_in_schema=False)
    router.get("/hidden")(lambda: 1)
    app.include_router(router)

    assert app.openapi()["paths"] == {}
    assert client_for(app).get("/hidden").json() == 1


def test_nearest_response_class_is_used(client_for: ClientFactory) -> None:
    app = FastAPI()
    plain, page = APIRouter(default_response_class=PlainTextResponse), APIRouter()
    plain.get("/plain")(lambda: "plain")
    plain.get("/page", response_class=HTMLResponse)(lambda: "page")
    page.get("/other")(lambda: "other")
    app.include_router(plain)
    app.include_router(page, default_response_class=HTMLResponse)

    client = client_for(app)
    kinds = [client.get(path).headers["content-type"] for path in ("/plain", "/page", "/other")]
    assert [kind.partition(";")[0] for kind in kinds] == ["text/plain", "text/html", "text/html"]


def test_prefix_may_have_parameters(client_for: ClientFactory) -> None:
    app, router = FastAPI(), APIRouter()

    @router.get("/{book}", dependencies=[Depends(lambda: None)])
    async def read(shop: int, book: int) -> list[int]:
        return [shop, book]

    app.include_router(router, prefix="/shops/{shop}", dependencies=[Depends(lambda: None)])
    client = client_for(app)

    assert client.get("/shops/1/2").json() == [1, 2]
    assert client.get("/shops/x/2").json()["detail"][0]["loc"] == ["path", "shop"]
    assert app.url_path_for("read", shop=1, book=2) == "/shops/1/2"
    with pytest.raises(NoMatchFound):
        app.url_path_for("read", book=2)


def test_router_may_be_included_more_than_once(client_for: ClientFactory) -> None:
    app, router = FastAPI(), APIRouter()
    router.get("/x")(lambda: 1)
    app.include_router(router, prefix="/a")
    app.include_router(router, prefix="/b")

    client = client_for(app)
    assert [client.get(path).status_code for path in ("/a/x", "/b/x", "/x")] == [200, 200, 404]


def test_routers_cannot_be_inside_themselves() -> None:
    outer, inner = APIRouter(), APIRouter()
    outer.include_router(inner)

    with pytest.raises(DeclarationError, match="into itself"):
        outer.include_router(outer)
    with pytest.raises(DeclarationError, match="already includes this router"):
        inner.include_router(outer)


@pytest.mark.parametrize(("prefix", "says"), [("a", "must start with"), ("/a/", "must not end")])
def test_prefix_that_cannot_be_is_refused(prefix: str, says: str) -> None:
    with pytest.raises(DeclarationError, match=says):
        APIRouter(prefix=prefix)
    with pytest.raises(DeclarationError, match=says):
        FastAPI().include_router(APIRouter(), prefix=prefix)


def test_operation_needs_a_path_or_a_prefix() -> None:
    router = APIRouter()
    router.get("", name="nowhere")(lambda: None)

    with pytest.raises(FastAPIError, match=r"both empty .*nowhere"):
        FastAPI().include_router(router)
    FastAPI().include_router(router, prefix="/somewhere")


def hello(request: Request) -> Response:
    return PlainTextResponse(request.url.path)


async def greet(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close(3000)


def test_plain_routes_of_a_router_are_below_the_prefix(client_for: ClientFactory) -> None:
    app = FastAPI()
    router = APIRouter(
        routes=[
            Route("/route", hello, name="route"),
            WebSocketRoute("/ws", greet),
            Mount("/mount", routes=[Route("/x", hello)]),
        ]
    )
    app.include_router(router, prefix="/v1")
    app.include_router(router)
    client = client_for(app)

    assert client.get("/v1/route").text == "/v1/route"
    assert client.get("/v1/mount/x").text == "/v1/mount/x"
    assert client.get("/route").text == "/route"
    with client.websocket_connect("/v1/ws") as session:
        assert session.receive()["code"] == 3000
    assert app.url_path_for("route") == "/v1/route"


def test_events_and_lifespans_of_routers_run_once(client_for: ClientFactory) -> None:
    happened: list[str] = []

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[dict[str, int]]:
        happened.append("app starts")
        yield {"a": 1}
        happened.append("app ends")

    @asynccontextmanager
    async def inner(app: Any) -> AsyncIterator[dict[str, int]]:
        happened.append("inner starts")
        yield {"a": 2, "b": 2}
        happened.append("inner ends")

    app = FastAPI(lifespan=lifespan, on_startup=[lambda: happened.append("never")])
    deep = APIRouter(on_startup=[lambda: happened.append("event")])
    router = APIRouter(lifespan=inner)
    router.include_router(deep)
    app.include_router(router, prefix="/a")
    app.include_router(router, prefix="/b")

    @app.get("/")
    async def state(request: Request) -> list[int]:
        return [request.state.a, request.state.b]

    with client_for(app) as client:
        assert client.get("/").json() == [1, 2]
    assert happened == ["app starts", "inner starts", "event", "inner ends", "app ends"]


def test_lifespans_of_mounted_applications_do_not_run_by_themselves(
    client_for: ClientFactory,
) -> None:
    happened: list[str] = []
    app = FastAPI()
    app.mount("/sub", FastAPI(on_startup=[lambda: happened.append("sub")]))
    with client_for(app):
        assert happened == []
    app.router.mount_lifespans = True
    with client_for(app):
        assert happened == ["sub"]


def test_lifespans_of_mounted_applications_run_if_asked_for(client_for: ClientFactory) -> None:
    happened: list[str] = []
    app = FastAPI(mount_lifespans=True)
    app.mount("/sub", FastAPI(on_startup=[lambda: happened.append("sub")]))
    with client_for(app):
        assert happened == ["sub"]


def test_contexts_of_routes_say_where_each_is() -> None:
    app, router = FastAPI(openapi_url=None), APIRouter()
    router.get("/{book:int}", name="book")(lambda: None)
    app.include_router(router, prefix="/v1")
    app.add_route("/plain", hello)

    contexts = list(iter_route_contexts(app.routes))

    assert [(one.path, one.path_format, one.name) for one in contexts] == [
        ("/v1/{book:int}", "/v1/{book}", "book"),
        ("/plain", "/plain", "hello"),
    ]
    assert contexts[0].methods == {"GET"}
    assert contexts[0].original_route is router.routes[0]
    assert list(iter_route_contexts(contexts)) == contexts


def test_inclusion_matches_as_a_route_does() -> None:
    app, router = FastAPI(openapi_url=None), APIRouter()
    router.get("/{book}")(lambda: None)
    app.include_router(router, prefix="/v1")
    inclusion = app.routes[0]

    def match(method: str, path: str) -> Match:
        scope = {"type": "http", "method": method, "path": path, "headers": []}
        return inclusion.matches(scope)[0]

    assert match("GET", "/v1/7") is Match.FULL
    assert match("POST", "/v1/7") is Match.PARTIAL
    assert match("GET", "/v2/7") is Match.NONE
    router.get("/late/x")(lambda: None)
    assert match("GET", "/v1/late/x") is Match.FULL


def test_decorators_of_old_still_work_on_a_router(client_for: ClientFactory) -> None:
    router = APIRouter()
    with pytest.warns(DeprecationWarning, match="on_event"):
        router.on_event("startup")(lambda: None)
    assert len(router.on_startup) == 1
    assert client_for(Starlette(routes=[Mount("/", app=router)])).get("/x").status_code == 404


def test_route_says_what_it_was_told_and_what_not() -> None:
    route = APIRoute("/{book:int}", hello_typed, name="book", tags=["books"])

    assert (route.path_format, route.name, route.tags, route.methods) == (
        *("/{book}", "book", ["books"]),
        {"GET"},
    )
    assert route.unique_id == "book__book__get"
    assert route.body_field is None
    assert route.description == "Say hello."
    assert route.response_description == "Successful Response"
    assert route.path_regex.match("/7") is not None


def hello_typed(book: int) -> str:
    """Say hello.

    \f
    This is not for the document.
    """
    raise NotImplementedError(book)  # pragma: no cover - only declared
