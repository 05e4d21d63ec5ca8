import functools
import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from fastapi_lite import FastAPI


def with_two(first: Callable[..., Any], second: Callable[..., Any]) -> FastAPI:
    """An application in which two operations have one id."""
    app = FastAPI()
    app.get("/first", operation_id="same", name="first")(first)
    app.get("/second", operation_id="same", name="second")(second)
    return app


def read() -> None: ...


def test_second_operation_of_an_id_is_warned_about() -> None:
    app = with_two(read, read)
    expected = re.escape(f"Duplicate Operation ID same for function read at {__file__}")

    with pytest.warns(UserWarning, match=f"^{expected}$"):
        app.openapi()


def test_warning_about_a_partial_names_no_function() -> None:
    app = with_two(read, functools.partial(read))

    with pytest.warns(UserWarning, match="^Duplicate Operation ID same for function <unnamed_"):
        app.openapi()


class Event(BaseModel):
    name: str


class Receipt(BaseModel):
    ok: bool


def test_several_methods_of_one_path_share_its_item() -> None:
    app = FastAPI()

    @app.get("/")
    def get() -> None: ...

    @app.post("/")
    def post() -> None: ...

    assert list(app.openapi()["paths"]["/"]) == ["get", "post"]
