"""Functions that are written as source."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import pytest

from fastapi_lite import Depends, FastAPI
from fastapi_lite.dependencies.source import Source
from fastapi_lite.routing import APIRoute
from fastapi_lite.testclient import TestClient


def doubling(number: int) -> Callable[[], Any]:
    """What gives twice a number."""
    source = Source("def double():")
    source.add(f"return 2 * {source.name('number', number)}")
    double: Callable[[], Any] = source.compile()
    return double


def test_names_stand_for_their_values() -> None:
    assert doubling(21)() == 42


def test_functions_that_are_written_alike_share_their_code() -> None:
    assert doubling(1).__code__ is doubling(2).__code__


def test_tracebacks_show_what_was_written() -> None:
    source = Source("def fail():")
    source.add("return 1 / 0")

    with pytest.raises(ZeroDivisionError) as raised:
        source.compile()()
    assert "    return 1 / 0\n" in traceback.format_exception(raised.value)[-2]


def test_modules_can_be_imported_from_what_is_written() -> None:
    source = Source("def load():")
    source.add("import math", "return math.pi > 3")
    assert source.compile()() is True


def test_operations_of_one_shape_share_their_code() -> None:
    app = FastAPI(openapi_url=None)

    async def user() -> str:
        return "ada"

    for path in ("/a", "/b"):

        @app.get(path)
        async def read(user: str = Depends(user), size: int = 1) -> str:
            return f"{user} {size}"

    first, second = (route for route in app.routes if isinstance(route, APIRoute))
    codes = [route.operation.plan.run.__code__ for route in (first, second)]  # type: ignore[attr-defined]
    assert codes[0] is codes[1]
    assert TestClient(app).get("/b?size=2").json() == "ada 2"
