import functools
import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from fastapi_lite import Depends, FastAPI
from fastapi_lite.openapi.models import HTTPBase
from fastapi_lite.security import APIKeyHeader, HTTPBasic
from fastapi_lite.security.base import SecurityBase


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


def security_shown_for(*schemes: SecurityBase) -> Any:
    app = FastAPI()
    app.get("/", dependencies=[Depends(scheme) for scheme in schemes])(lambda: None)
    return app.openapi()["paths"]["/"]["get"]["security"]


KEY, OPTIONAL_KEY = APIKeyHeader(name="x"), APIKeyHeader(name="x", auto_error=False)
BASIC, OPTIONAL_BASIC = HTTPBasic(), HTTPBasic(auto_error=False)


def test_two_security_schemes_are_required_together() -> None:
    assert security_shown_for(KEY, BASIC) == [{"APIKeyHeader": [], "HTTPBasic": []}]


def test_optional_security_scheme_can_be_left_out() -> None:
    assert security_shown_for(OPTIONAL_KEY) == [{"APIKeyHeader": []}, {}]


def test_one_of_two_optional_security_schemes_is_enough() -> None:
    shown = security_shown_for(OPTIONAL_KEY, OPTIONAL_BASIC)
    assert shown == [{"APIKeyHeader": []}, {"HTTPBasic": []}, {}]


def test_optional_security_scheme_comes_on_top_of_a_required_one() -> None:
    shown = security_shown_for(KEY, OPTIONAL_BASIC)
    assert shown == [{"APIKeyHeader": []}, {"APIKeyHeader": [], "HTTPBasic": []}]


def test_security_scheme_that_is_required_once_is_required() -> None:
    assert security_shown_for(OPTIONAL_KEY, KEY) == [{"APIKeyHeader": []}]


def test_security_scheme_of_a_user_is_required() -> None:
    class Own(SecurityBase):
        model = HTTPBase(scheme="own")
        scheme_name = "Own"

        def __call__(self) -> None: ...

    assert security_shown_for(Own()) == [{"Own": []}]
