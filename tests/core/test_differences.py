"""What differs from FastAPI by intention, where no other module of tests shows it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import pytest
from typing_extensions import TypeAliasType

from fastapi_lite import APIRouter, Body, FastAPI, Query, Request
from fastapi_lite.routing import NoMatchFound
from tests.conftest import ClientFactory

Names = TypeAliasType("Names", list[str])


def test_lifespan_of_a_router_that_is_included_twice_is_started_once(
    client_for: ClientFactory,
) -> None:
    started: list[str] = []

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        started.append("router")
        yield

    router, app = APIRouter(lifespan=lifespan), FastAPI()
    app.include_router(router, prefix="/a")
    app.include_router(router, prefix="/b")
    with client_for(app):
        assert started == ["router"]


def shop() -> FastAPI:
    app = FastAPI()
    app.mount("/shops/{shop}", FastAPI(), name="shop")

    @app.get("/items/{item}")
    def item() -> None: ...

    return app


def test_address_below_a_mount_needs_a_value_for_each_of_its_parameters() -> None:
    with pytest.raises(NoMatchFound):
        shop().url_path_for("shop", path="/x")


def test_question_mark_in_a_parameter_of_an_address_stays(client_for: ClientFactory) -> None:
    app = shop()

    @app.get("/where")
    def where(request: Request) -> str:
        return str(request.url_for("item", item="?#"))

    assert client_for(app).get("/where").json().endswith("/items/?#")


def test_named_alias_of_a_list_takes_all_values(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    def read(names: Annotated[Names, Query()]) -> Names:
        return names

    assert client_for(app).get("/?names=a&names=b").json() == ["a", "b"]


def test_two_parts_of_a_body_with_one_alias_are_required_once() -> None:
    app = FastAPI()

    @app.post("/")
    def read(a: Annotated[int, Body(alias="x")], b: Annotated[int, Body(alias="x")]) -> None: ...

    assert app.openapi()["components"]["schemas"]["Body_read__post"]["required"] == ["x"]


def test_exception_handler_that_answers_nothing_is_named(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.exception_handler(ZeroDivisionError)
    async def forgets(request: Request, error: Exception) -> None: ...

    @app.get("/")
    def fail() -> float:
        return 1 / 0

    with pytest.raises(RuntimeError, match="forgets"):
        client_for(app).get("/")
