"""What packages that watch an application replace and read, and what they then see."""

from __future__ import annotations

from typing import Any

import pytest

from fastapi_lite import APIRouter, FastAPI, HTTPException, Request, WebSocketException
from fastapi_lite.applications import Starlette
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.exceptions import ExceptionMiddleware
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing import APIRoute, BaseRoute, Mount, Route
from fastapi_lite.types import Receive, Scope, Send
from tests.conftest import ClientFactory


async def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


@pytest.mark.parametrize("application", [FastAPI, Starlette])
def test_replaced_call_of_starlette_sees_the_connections_of_every_application(
    application: type[Starlette], client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    call = Starlette.__call__

    async def watched(self: Starlette, scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["path"])
        await call(self, scope, receive, send)

    monkeypatch.setattr(Starlette, "__call__", watched)
    client_for(application(routes=[Route("/x", hello)])).get("/x")
    assert seen == ["/x"]


def test_every_layer_around_the_router_is_declared_as_a_middleware(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    declare = Middleware.__init__

    def watched(self: Middleware, cls: Any, *args: Any, **kwargs: Any) -> None:
        seen.append(cls.__name__)
        declare(self, cls, *args, **kwargs)

    monkeypatch.setattr(Middleware, "__init__", watched)
    client_for(Starlette(routes=[Route("/", hello)])).get("/")
    assert seen == ["ExceptionMiddleware", "ServerErrorMiddleware"]


@pytest.mark.parametrize("path", ["/missing", "/raising"])
@pytest.mark.parametrize("application", [FastAPI, Starlette])
def test_handlers_wrapped_in_the_middleware_answer_routes_too(
    application: type[Starlette],
    path: str,
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    initialise = ExceptionMiddleware.__init__

    def watched(self: ExceptionMiddleware, *args: Any, **kwargs: Any) -> None:
        initialise(self, *args, **kwargs)
        handlers = self._exception_handlers
        inner = handlers[HTTPException]

        async def note(request: Request, exc: HTTPException) -> Any:
            seen.append(request.url.path)
            return await inner(request, exc)  # type: ignore[misc]  # a coroutine function

        handlers[HTTPException] = note

    async def fail(request: Request) -> Response:
        raise HTTPException(404)

    monkeypatch.setattr(ExceptionMiddleware, "__init__", watched)
    assert client_for(application(routes=[Route("/raising", fail)])).get(path).status_code == 404
    assert seen == [path]


def test_middleware_names_its_handlers_for_classes_only() -> None:
    handlers: Any = {404: hello, ValueError: hello, Exception: hello, 500: hello}
    middleware = ExceptionMiddleware(PlainTextResponse(""), handlers)
    assert {*middleware._exception_handlers} == {  # noqa: SLF001 - what packages read
        HTTPException,
        WebSocketException,
        ValueError,
    }


def test_handlers_of_a_middleware_without_application_are_its_own() -> None:
    middleware = ExceptionMiddleware(PlainTextResponse(""))
    middleware._exception_handlers[ValueError] = hello  # noqa: SLF001 - as packages do
    assert middleware.handlers[ValueError] is hello


def test_scope_has_the_place_of_an_included_route(client_for: ClientFactory) -> None:
    app, router = FastAPI(), APIRouter()

    @router.get("/{book}")
    async def read(request: Request) -> list[str]:
        scope = request.scope
        return [scope["route"].path, scope["fastapi"]["effective_route_context"].path]

    app.include_router(router, prefix="/v1")
    assert client_for(app).get("/v1/7").json() == ["/{book}", "/v1/{book}"]


def test_scope_says_nothing_of_a_place_that_adds_nothing(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read(request: Request) -> bool:
        return "fastapi" in request.scope

    assert client_for(app).get("/").json() is False


class Wrapper:
    """A wrapper of a method as packages make them: it says that it is the method."""

    def __init__(self, method: Any, seen: list[str]) -> None:
        self.method = method
        self.seen = seen
        self.__func__ = getattr(method, "__func__", None)

    def __get__(self, route: Any, owner: type | None = None) -> Wrapper:
        return Wrapper(self.method.__get__(route, owner), self.seen)

    def __call__(self, scope: Scope, *rest: Any) -> Any:
        self.seen.append(scope["path"])
        return self.method(scope, *rest)


@pytest.mark.parametrize("kind", [APIRoute, Route, Mount])
def test_method_wrapped_on_a_class_of_routes_is_called(
    kind: type[BaseRoute], client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(kind, "handle", Wrapper(kind.handle, seen))
    app, router = FastAPI(), APIRouter()
    router.get("/operation")(hello)
    router.add_route("/route", hello)
    router.mount("/mount", PlainTextResponse("mounted"))
    app.include_router(router, prefix="/v1")
    path = {APIRoute: "/v1/operation", Route: "/v1/route", Mount: "/v1/mount/below"}[kind]
    assert client_for(app).get(path).is_success
    assert seen == [path]
