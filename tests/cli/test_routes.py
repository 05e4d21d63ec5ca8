"""The tree of routes, as text."""

from __future__ import annotations

from typing import Annotated

from fastapi_lite import APIRouter, Depends, FastAPI, WebSocket
from fastapi_lite.cli.routes import draw_routes
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import BaseRoute, Host, Mount, Route
from fastapi_lite.types import Receive, Scope, Send


def user() -> None:
    """A dependency that is a function."""


class Session:
    """A dependency that is an object."""

    def __call__(self) -> None: ...


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """An application without routes."""


def lines(*routes: BaseRoute) -> list[str]:
    return list(draw_routes(routes))[1:]


def test_tree_of_routers_is_drawn_with_names_and_dependencies() -> None:
    app = FastAPI(openapi_url=None)
    shop, books = APIRouter(prefix="/shop"), APIRouter()

    @books.api_route("/{book_id}", methods=["PUT", "GET"], dependencies=[Depends(Session())])
    def change(book_id: int, name: Annotated[None, Depends(user)]) -> None: ...

    @books.websocket("/events")
    async def listen(websocket: WebSocket) -> None: ...

    shop.include_router(books, prefix="/books", dependencies=[Depends(user)])
    app.include_router(shop)

    assert list(draw_routes(app.routes)) == [
        "ROUTE                                NAME    DEPENDENCIES",
        "router /",
        "  router /shop/books                         user",
        "    GET,PUT /shop/books/{book_id}    change  Session, user",
        "    APIWebSocket /shop/books/events  listen",
    ]


def test_mounted_routes_are_shown_below_their_path() -> None:
    async def show(request: object) -> PlainTextResponse: ...

    assert lines(Mount("/static", routes=[Route("/logo", show)], name="files")) == [
        "mount /static            files",
        "  GET,HEAD /static/logo  show",
    ]


def test_mounted_application_is_named_by_what_it_is() -> None:
    assert lines(Mount("/", answer)) == ["mount /  answer"]


def test_hosts_are_shown_with_their_routes() -> None:
    app = FastAPI(openapi_url=None)
    app.add_api_route("/", user)

    assert lines(Host("api.example.org", app)) == [
        "host api.example.org  FastAPI",
        "  GET /               user",
    ]


def test_route_of_ones_own_is_named_by_its_class() -> None:
    class Redirections(BaseRoute): ...

    assert lines(Redirections()) == ["Redirections"]


def test_no_routes_leave_the_heading() -> None:
    assert lines() == []
