"""Status codes by name."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from fastapi_lite import status
from fastapi_lite.exceptions import StarletteDeprecationWarning


def test_http_names_begin_with_their_code() -> None:
    codes = {name: getattr(status, name) for name in status.__all__ if name.startswith("HTTP_")}
    assert all(name.split("_")[1] == str(code) for name, code in codes.items())


def test_every_status_of_the_standard_library_has_a_name() -> None:
    codes = {getattr(status, name) for name in status.__all__}
    assert {member.value for member in HTTPStatus} <= codes


def test_websocket_names_begin_with_their_code() -> None:
    codes = {name: getattr(status, name) for name in status.__all__ if name.startswith("WS_")}
    assert all(name.split("_")[1] == str(code) for name, code in codes.items())


@pytest.mark.parametrize(("name", "today"), status.RENAMED.items())
def test_old_name_works_and_warns(name: str, today: str) -> None:
    with pytest.warns(StarletteDeprecationWarning, match=f"Use '{today}' instead"):
        assert getattr(status, name) == getattr(status, today)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="HTTP_999"):
        _ = status.HTTP_999


def test_listing_has_the_old_names_too() -> None:
    assert set(dir(status)) == {*status.__all__, *status.RENAMED}
