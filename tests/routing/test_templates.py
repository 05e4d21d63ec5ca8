"""Templates of the routes that connections took."""

from __future__ import annotations

from typing import Any

import pytest

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.applications import Starlette
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import BaseRoute, Host, Match, Mount, Route, Router
from fastapi_lite.routing.templates import find_template


def text(request: Request) -> PlainTextResponse:  # type: ignore[empty-body]
    ...


def scope_of(path: str, **more: Any) -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": path, "headers": [], **more}


def nothing() -> None: ...


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/items/7", "/items/{item}"),
        ("/items/7/", "/items/{item}"),
        ("/slash", "/slash/"),
        ("/shops/3/items/7", "/shops/{shop}/items/{item}"),
        ("/shops/3/nowhere", "/shops/{shop}/{path}"),
        ("/raw/any/thing", "/raw/{path}"),
        ("/v1/books/7", "/v1/books/{book}"),
        ("/nowhere", None),
    ],
)
def test_template_is_that_of_the_route(path: str, template: str | None) -> None:
    items = Route("/items/{item:int}", text)
    books = APIRouter()
    books.add_api_route("/books/{book}", nothing)
    app = FastAPI(openapi_url=None)
    app.include_router(books, prefix="/v1")
    app.router.routes += [
        items,
        Route("/slash/", text),
        Mount("/shops/{shop}", app=Starlette(routes=[items])),
        Mount("/raw", app=PlainTextResponse("raw")),
    ]
    assert find_template(app, scope_of(path)) == template


def test_template_is_found_for_other_methods_too() -> None:
    router = Router([Route("/items/{item}", text)])
    assert find_template(router, scope_of("/items/1", method="PUT")) == "/items/{item}"


def test_host_has_the_templates_of_its_application() -> None:
    router = Router([Host("shop.example", Router([Route("/items/{item}", text)]))])
    headers = [(b"host", b"shop.example")]
    assert find_template(router, scope_of("/items/1", headers=headers)) == "/items/{item}"


def test_route_of_another_kind_says_its_template_itself() -> None:
    class Everything(BaseRoute):
        path_format = "/{anything}"

        def matches(self, scope: Any) -> Any:
            return Match.FULL, {"endpoint": text}

    assert find_template(Router([Everything()]), scope_of("/x/y")) == "/{anything}"


def test_application_without_routes_has_no_template() -> None:
    assert find_template(PlainTextResponse("x"), scope_of("/")) is None
