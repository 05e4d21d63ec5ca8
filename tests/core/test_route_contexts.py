"""Routes as they are at their places, for code that looks for the route of a request itself."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from fastapi_lite import APIRouter, Body, Depends, FastAPI, WebSocket
from fastapi_lite.dependencies import utils
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import APIRoute, Match, Mount, RouteContext, iter_route_contexts, tree
from fastapi_lite.routing.replaceable import current
from fastapi_lite.types import Scope
from tests.conftest import ClientFactory


async def hello(request: Request) -> None: ...


async def talk(websocket: WebSocket) -> None: ...


def request_of(path: str, kind: str = "http") -> dict[str, Any]:
    """The scope of a request."""
    return {"type": kind, "method": "GET", "path": path, "headers": []}


@pytest.fixture
def app() -> FastAPI:
    """An application with routes of every kind below `/v1`."""
    app, router = FastAPI(openapi_url=None), APIRouter(prefix="/books")
    router.get("/{book}", response_description="A book")(lambda book: book)
    router.add_route("/plain/{word}", hello)
    router.websocket("/talk")(talk)
    router.mount("/files", APIRouter(routes=[APIRoute("/{name}", lambda name: name)]))
    router.host("{customer}.example", PlainTextResponse("host"))
    app.include_router(router, prefix="/v1")
    return app


def found(app: FastAPI, scope: dict[str, Any]) -> list[RouteContext]:
    """The contexts that match fully."""
    return [one for one in iter_route_contexts(app.routes) if one.matches(scope)[0] is Match.FULL]


@pytest.mark.parametrize(
    ("path", "kind", "template"),
    [
        ("/v1/books/7", "http", "/v1/books/{book}"),
        ("/v1/plain/7", "http", "/v1/plain/{word}"),
        ("/v1/books/talk", "websocket", "/v1/books/talk"),
        ("/v1/files/x", "http", "/v1/files"),
    ],
)
def test_context_matches_what_its_route_answers_at_its_place(
    app: FastAPI, path: str, kind: str, template: str
) -> None:
    assert [one.path for one in found(app, request_of(path, kind))] == [template]


def test_context_of_an_operation_does_not_ask_what_the_route_asks_besides() -> None:
    class Picky(APIRoute):
        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            raise AssertionError  # pragma: no cover - is not called

    app = FastAPI(openapi_url=None)
    app.router.route_class = Picky
    app.get("/{book}")(lambda book: book)

    assert [one.path for one in found(app, request_of("/7"))] == ["/{book}"]


def test_context_matches_nothing_without_the_prefix(app: FastAPI) -> None:
    assert found(app, request_of("/books/7")) == []


def test_match_of_a_context_says_what_it_adds_to_the_scope(app: FastAPI) -> None:
    (context,) = found(app, request_of("/v1/books/7"))
    assert context.matches(request_of("/v1/books/7"))[1]["path_params"] == {"book": "7"}


def test_context_has_what_its_route_has_with_the_prefix(app: FastAPI) -> None:
    (context,) = found(app, request_of("/v1/plain/7"))
    assert context.path_regex.fullmatch("/v1/plain/7")


def test_context_of_an_operation_has_its_options_first(app: FastAPI) -> None:
    (context,) = found(app, request_of("/v1/books/7"))
    assert context.response_description == "A book"


def test_context_of_a_mount_has_the_routes_below(app: FastAPI) -> None:
    (context,) = found(app, request_of("/v1/files/x"))
    assert [route.path for route in context.routes] == ["/{name}"]


def test_context_has_no_special_names_of_its_route(app: FastAPI) -> None:
    (context,) = found(app, request_of("/v1/files/x"))
    with pytest.raises(AttributeError):
        context.__nothing__  # noqa: B018 - is asked for


def test_route_of_a_context_is_one_with_the_whole_path(app: FastAPI) -> None:
    (context,) = found(app, request_of("/v1/files/x"))
    route = context.starlette_route
    assert isinstance(route, Mount)
    assert route.path == "/v1/files"


def test_operation_is_more_than_such_a_route(app: FastAPI) -> None:
    (context,) = found(app, request_of("/v1/books/7"))
    assert context.starlette_route is None


def test_route_without_routers_around_is_itself() -> None:
    app = FastAPI(openapi_url=None)
    app.add_route("/", hello)
    (context,) = iter_route_contexts(app.routes)
    assert context.starlette_route is app.routes[0]


def test_inclusion_gives_the_contexts_of_all_below_it(app: FastAPI) -> None:
    (inclusion,) = app.routes
    assert isinstance(inclusion, tree.Inclusion)
    assert [one.path for one in inclusion.effective_route_contexts()] == [
        one.path for one in iter_route_contexts(app.routes)
    ]


def test_signature_set_after_the_declaration_counts(client_for: ClientFactory) -> None:
    router = APIRouter()

    @router.get("/")
    def read(word: str) -> str:
        return word

    parameter = inspect.Parameter(
        "word", inspect.Parameter.KEYWORD_ONLY, default=Depends(lambda: "injected"), annotation=str
    )
    read.__signature__ = inspect.Signature([parameter])  # type: ignore[attr-defined]
    app = FastAPI()
    app.include_router(router)

    assert client_for(app).get("/").json() == "injected"


def test_docstring_set_after_the_declaration_is_the_description() -> None:
    app = FastAPI()

    @app.get("/")
    def read() -> None: ...

    read.__doc__ = "Read it.\fNot shown."
    assert app.openapi()["paths"]["/"]["get"]["description"] == "Read it."


def test_dependency_added_to_a_declared_route_is_called(client_for: ClientFactory) -> None:
    happened: list[str] = []
    app, router = FastAPI(), APIRouter()
    router.post("/{book}")(lambda book, title=Body(embed=True): title)
    route = router.routes[0]
    assert isinstance(route, APIRoute)
    added = Depends(lambda author=Body(): happened.append(author))

    route.dependencies.append(added)  # type: ignore[attr-defined]  # a list
    sub = utils.get_parameterless_sub_dependant(depends=added, path=route.path_format)
    route.dependant.dependencies.append(sub)
    route.body_field = utils._get_body_field(  # noqa: SLF001 - other packages do
        body_params=utils._get_flat_body_params(route.dependant),  # noqa: SLF001
        name=route.unique_id,
        embed_body_fields=route._embed_body_fields,  # noqa: SLF001
    )
    route.app = current("request_response")(route.get_route_handler())
    app.include_router(router)

    body = {"title": "Emma", "author": "Austen"}
    assert client_for(app).post("/7", json=body).json() == "Emma"
    assert happened == ["Austen"]


def test_nothing_read_of_a_body_is_no_parameter() -> None:
    made = utils._get_body_field(  # noqa: SLF001 - other packages call it
        body_params=[], name="x", embed_body_fields=False
    )
    assert made is None


def test_operation_without_a_body_embeds_nothing() -> None:
    assert APIRoute("/", lambda: None)._embed_body_fields is False  # noqa: SLF001
