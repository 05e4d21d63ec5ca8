"""Compiling before the first connection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fastapi_lite import APIRouter, Depends, FastAPI, WebSocket
from fastapi_lite.applications import Starlette
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import APIRoute, Host, Match, Mount, Route, Router
from fastapi_lite.routing import index as indexes
from fastapi_lite.routing import tree as trees
from fastapi_lite.routing.warming import LateApp, warm_up
from tests.conftest import ClientFactory


async def read(item: int = 0) -> int:
    return item


def text(request: Request) -> PlainTextResponse:
    return PlainTextResponse("text")


class Asked(APIRoute):
    """Decides by itself what matches."""

    def matches(self, scope: Any) -> tuple[Match, Any]:
        return super().matches(scope)


class Handling(APIRoute):
    """Wraps its handler."""

    def get_route_handler(self) -> Any:
        return super().get_route_handler()


class AskedRouter(APIRouter):
    """The same, for a router."""

    def matches(self, scope: Any) -> tuple[Match, Any]:
        return super().matches(scope)


class AskedMount(Mount):
    """The same, for what is mounted."""

    def matches(self, scope: Any) -> tuple[Match, Any]:
        return super().matches(scope)


@pytest.fixture
def compiled_late(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is compiled from now on."""
    late: list[str] = []

    def noting(function: Any) -> Any:
        def note(*args: Any, **kwargs: Any) -> Any:
            late.append(function.__qualname__)
            return function(*args, **kwargs)

        return note

    monkeypatch.setattr(trees, "compile_plan", noting(trees.compile_plan))
    monkeypatch.setattr(indexes.Index, "__init__", noting(indexes.Index.__init__))
    monkeypatch.setattr(indexes.Group, "compile", noting(indexes.Group.compile))
    monkeypatch.setattr(
        Starlette, "build_middleware_stack", noting(Starlette.build_middleware_stack)
    )
    return late


def inner(kind: Any = FastAPI) -> Any:
    app = kind()
    app.router.routes.append(APIRoute("/items/{item}", read))
    return app


@pytest.mark.parametrize(
    ("path", "routes"),
    [
        ("/items/7", [APIRoute("/items/{item}", read)]),
        ("/items/7", [Asked("/items/{item}", read)]),
        ("/items/7", [Handling("/items/{item}", read)]),
        ("/inner/items/7", [Mount("/inner", app=inner())]),
        ("/inner/items/7", [Mount("/inner", app=inner(Starlette))]),
        ("/inner/items/7", [Mount("/inner", app=GZipMiddleware(inner()))]),
        ("/inner/items/7", [Mount("/inner", app=inner(), middleware=[Middleware(GZipMiddleware)])]),
        ("/inner/items/7", [AskedMount("/inner", app=inner())]),
        ("/inner/items/7", [Mount("/inner", routes=[APIRoute("/items/{item}", read)])]),
        ("/items/7", [Host("testserver", app=inner())]),
    ],
)
def test_warm_application_compiles_nothing_for_its_first_request(
    path: str, routes: Any, compiled_late: list[str], client_for: ClientFactory
) -> None:
    app = FastAPI()
    app.router.routes += routes
    app.warm_up()
    assert compiled_late
    compiled_late.clear()
    assert client_for(app).get(path).json() == 7
    assert compiled_late == []


@pytest.mark.parametrize("router_class", [APIRouter, AskedRouter])
def test_included_routers_are_warmed_up_too(
    router_class: type[APIRouter], compiled_late: list[str], client_for: ClientFactory
) -> None:
    router = router_class(dependencies=[Depends(read)])
    router.get("/items/{item}")(read)
    router.routes.append(Host("testserver", app=inner()))
    app = FastAPI()
    app.include_router(router, prefix="/v1")
    app.warm_up()
    compiled_late.clear()
    client = client_for(app)
    assert client.get("/v1/items/7").json() == 7
    assert compiled_late == []


def test_route_of_any_kind_below_a_prefix_is_warmed_up(
    compiled_late: list[str], client_for: ClientFactory
) -> None:
    router = APIRouter()
    router.routes.append(Host("testserver", app=inner()))
    app = FastAPI()
    app.include_router(router, prefix="/v1")
    app.warm_up()
    compiled_late.clear()
    assert client_for(app).get("/v1/items/7").json() == 7
    assert compiled_late == []


def test_websockets_are_warmed_up(compiled_late: list[str], client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.websocket("/{item}")
    async def serve(websocket: WebSocket, item: int) -> None:
        await websocket.accept()
        await websocket.send_json(item)

    app.warm_up()
    compiled_late.clear()
    with client_for(app).websocket_connect("/7") as session:
        assert session.receive_json() == 7
    assert compiled_late == []


def test_front_ends_are_warmed_up(
    compiled_late: list[str], client_for: ClientFactory, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("home")
    app = FastAPI(dependencies=[Depends(read)])
    app.frontend("/", directory=tmp_path)
    app.warm_up()
    compiled_late.clear()
    assert client_for(app).get("/").text == "home"
    assert compiled_late == []


def test_plain_application_is_warmed_up(
    compiled_late: list[str], client_for: ClientFactory
) -> None:
    app = Starlette(routes=[Route("/text/{name}", text)])
    assert app.warm_up() is app
    compiled_late.clear()
    assert client_for(app).get("/text/x").text == "text"
    assert compiled_late == []


def test_warm_application_is_warmed_up_once(compiled_late: list[str]) -> None:
    app = inner().warm_up()
    stack = app.middleware_stack
    compiled_late.clear()
    app.warm_up()
    assert app.middleware_stack is stack
    assert {"compile_plan", "Index.__init__"} & {*compiled_late} == set()


def test_mistake_that_shows_late_shows_when_warming_up() -> None:
    def answer(shop: dict[str, int]) -> None: ...

    router = APIRouter()
    router.get("/")(answer)
    app = FastAPI()
    app.include_router(router, prefix="/{shop}")
    with pytest.raises(DeclarationError, match="shop"):
        app.warm_up()


def test_wrong_middleware_shows_when_warming_up() -> None:
    app = Starlette(middleware=[Middleware(GZipMiddleware, minimum="many")])  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        app.warm_up()


def test_document_is_made_if_asked_for() -> None:
    app = inner()
    app.warm_up()
    assert app.openapi_schema is None
    app.warm_up(openapi=True)
    assert "/items/{item}" in app.openapi_schema["paths"]


def test_routes_that_come_later_are_served(client_for: ClientFactory) -> None:
    app = FastAPI().warm_up()
    app.get("/{item}")(read)
    assert client_for(app).get("/7").json() == 7


def test_application_below_itself_is_warmed_up_once() -> None:
    app = FastAPI()
    app.mount("/again", app)
    app.mount("/other", PlainTextResponse("x"))
    assert app.warm_up() is app


def test_middleware_that_has_itself_as_application_is_left() -> None:
    class Circle:
        app: Any = None

    circle = Circle()
    circle.app = circle
    warm_up(circle)
    assert circle.app is circle


def test_what_is_called_warm_up_elsewhere_is_not_called() -> None:
    class Model:
        def warm_up(self, batch: int) -> None: ...

    app = Starlette(routes=[Mount("/model", app=Model())])  # type: ignore[arg-type]
    assert app.warm_up() is app


def test_late_application_is_compiled_once() -> None:
    compiled: list[Any] = []

    def compile_() -> Any:
        compiled.append(text)
        return text

    late = LateApp(compile_)
    assert late.warm_up() is late.warm_up()
    assert len(compiled) == 1


def test_router_is_warmed_up_by_itself(compiled_late: list[str]) -> None:
    router = Router([Route("/", text)])
    router.warm_up()
    assert compiled_late.count("Index.__init__") == 2
