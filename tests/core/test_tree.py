"""The tree of routers: routes at their places, and those that decide by themselves what matches."""

from __future__ import annotations

from typing import Any

import pytest

from fastapi_lite import APIRouter, FastAPI, Query, Request, Response, WebSocket
from fastapi_lite.applications import Starlette
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import APIRoute, Host, Match, NoMatchFound, Route, iter_route_contexts
from fastapi_lite.routing.tree import CompiledRoute, Inclusion, Operation
from tests.conftest import ClientFactory


def hello(request: Request) -> Response:
    return PlainTextResponse(request.url.path)


class Gate(APIRouter):
    """Answers only those who knock."""

    def matches(self, scope: Any) -> Any:
        if (b"x-knock", b"1") not in scope["headers"]:
            return Match.NONE, {}
        return super().matches(scope)


def test_router_may_decide_by_itself_what_matches(client_for: ClientFactory) -> None:
    app, gate = FastAPI(openapi_url=None), Gate()

    @gate.get("/{number}")
    async def read(number: int) -> int:
        return number

    app.include_router(gate, prefix="/gate")
    client = client_for(app)

    assert client.get("/gate/3").status_code == 404
    assert client.get("/gate/3", headers={"x-knock": "1"}).json() == 3
    assert client.post("/gate/3", headers={"x-knock": "1"}).status_code == 405


class Counting(APIRouter):
    """Counts what it handles."""

    handled = 0

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        self.handled += 1
        await super().handle(scope, receive, send)


def test_router_may_handle_by_itself(client_for: ClientFactory) -> None:
    app, counting = FastAPI(), Counting()
    counting.get("/x")(lambda: "x")
    app.include_router(counting, prefix="/v1")

    assert client_for(app).get("/v1/x").json() == "x"
    assert counting.handled == 1
    scope = {"type": "http", "method": "GET", "path": "/x", "headers": []}
    assert counting.matches(scope)[0] is Match.FULL


def test_inclusion_alone_is_a_route(client_for: ClientFactory) -> None:
    router = APIRouter()
    router.get("/x")(lambda: "x")
    inclusion = Inclusion(router, {"prefix": "/v1"})

    client = client_for(Starlette(routes=[inclusion]))

    assert client.get("/v1/x").json() == "x"
    assert inclusion.original_router is router
    assert repr(inclusion).startswith("Inclusion(prefix='/v1', router=")
    with pytest.raises(NoMatchFound):
        inclusion.url_path_for("nothing")


class Picky(APIRoute):
    """Matches only with a question mark."""

    def matches(self, scope: Any) -> Any:
        return super().matches(scope) if scope["query_string"] else (Match.NONE, {})


def test_route_may_decide_by_itself_what_matches(client_for: ClientFactory) -> None:
    app, router = FastAPI(), APIRouter(route_class=Picky)

    @router.get("/{number}")
    async def read(number: int) -> int:
        return number

    app.include_router(router, prefix="/v1")
    client = client_for(app)

    assert client.get("/v1/3").status_code == 404
    assert client.get("/v1/3?now").json() == 3


def test_host_of_an_included_router_is_below_the_prefix(client_for: ClientFactory) -> None:
    app = FastAPI()
    inner = Starlette(routes=[Route("/x", hello)])
    app.include_router(APIRouter(routes=[Host("a.example", inner)]), prefix="/v1")
    client = client_for(app)

    assert client.get("/v1/x", headers={"host": "a.example"}).text == "/v1/x"
    assert client.get("/v1/x").status_code == 404
    assert client.get("/x", headers={"host": "a.example"}).status_code == 404


def test_application_of_a_route_can_be_replaced(client_for: ClientFactory) -> None:
    app = FastAPI()
    app.get("/")(lambda: "declared")
    route = app.routes[-1]
    assert isinstance(route, APIRoute)
    assert callable(route.app)

    route.app = PlainTextResponse("replaced")
    app.router.changed()

    assert client_for(app).get("/").text == "replaced"


def test_endpoint_of_a_route_can_be_replaced(client_for: ClientFactory) -> None:
    app = FastAPI()
    app.get("/")(lambda: "declared")

    def other(word: str = Query("other")) -> str:
        return word

    app.routes[-1].endpoint = other  # type: ignore[attr-defined]  # an APIRoute
    app.router.changed()

    assert client_for(app).get("/").json() == "other"


async def answer(websocket: WebSocket) -> None: ...


def test_route_that_is_no_operation_has_a_context_too() -> None:
    app = FastAPI(openapi_url=None)
    app.host("a.example", PlainTextResponse("a"), name="a")
    app.websocket("/ws")(answer)

    host, socket = iter_route_contexts(app.routes)

    assert (host.path, host.path_format, host.name, host.methods) == (None, None, "a", None)
    assert host.endpoint is None
    assert repr(host).startswith("RouteContext(path=None")
    assert (socket.path, socket.endpoint) == ("/ws", answer)


def test_operation_has_no_names_of_its_own_but_the_routes() -> None:
    operation = Operation(APIRoute("/", lambda: None))

    with pytest.raises(AttributeError):
        operation.__nothing__  # noqa: B018 - is asked for
    assert operation.response_description == "Successful Response"


def test_compiled_routes_say_themselves_how() -> None:
    class Bare(CompiledRoute):
        def __init__(self) -> None:
            """Has nothing."""

    with pytest.raises(NotImplementedError):
        Bare().at({})
    with pytest.raises(NotImplementedError):
        Bare().compile(None)


def closed(app: FastAPI) -> set[str]:
    """The prefixes below which nothing was asked for yet."""
    return {branch.prefix for branch in app.router.index("http").closed}


def nested(*prefixes: str) -> FastAPI:
    """An application with routers two deep, of each prefix in each."""
    app = FastAPI(openapi_url=None)
    for outer in prefixes:
        router = APIRouter()
        for inner in prefixes:
            leaf = APIRouter()
            leaf.get("/{number}")(lambda number: number)
            router.include_router(leaf, prefix=inner)
        app.include_router(router, prefix=outer)
    return app


def test_request_looks_only_at_the_routers_on_its_way(client_for: ClientFactory) -> None:
    app = nested("/a", "/b")
    assert client_for(app).get("/a/b/1").json() == "1"
    assert closed(app) == {"/b", "/a/a"}


def test_request_that_nothing_matches_looks_at_routers_on_its_way(
    client_for: ClientFactory,
) -> None:
    app = nested("/a", "/b")
    client = client_for(app)
    assert (client.get("/a/c/1").status_code, client.post("/b/b/1").status_code) == (404, 405)
    assert closed(app) == {"/a/a", "/a/b", "/b/a"}


def test_warm_application_has_looked_at_all_routers() -> None:
    assert not closed(nested("/a", "/b").warm_up())


def test_route_without_a_slash_is_found_below_its_prefix(client_for: ClientFactory) -> None:
    """It is not below the prefix as paths are, so that its router has to be looked at."""
    app, router = FastAPI(openapi_url=None), APIRouter()
    router.routes.append(APIRoute("-{number}", lambda number: number))
    app.include_router(router, prefix="/book")

    assert client_for(app).get("/book-7").json() == "7"
    assert not closed(app)


@pytest.mark.parametrize("prefix", ["", "/v{version}"])
def test_router_below_no_text_of_its_own_is_looked_at_at_once(
    prefix: str, client_for: ClientFactory
) -> None:
    app, router = FastAPI(openapi_url=None), APIRouter()
    router.get("/books")(lambda: "books")
    app.include_router(router, prefix=prefix)

    assert client_for(app).get(f"{prefix}/books").json() == "books"
    assert not closed(app)


def test_router_that_decides_by_itself_what_matches_is_asked_for_any_path(
    client_for: ClientFactory,
) -> None:
    class Anywhere(APIRoute):
        def matches(self, scope: Any) -> Any:
            return Match.FULL, {"endpoint": self.endpoint}

    app, outer, router = FastAPI(openapi_url=None), APIRouter(), APIRouter(route_class=Anywhere)
    router.get("/books")(lambda: "books")
    outer.include_router(router)
    app.include_router(outer, prefix="/a")

    assert client_for(app).get("/elsewhere").json() == "books"
