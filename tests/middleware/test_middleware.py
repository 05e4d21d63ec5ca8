"""`Middleware`, which keeps a middleware and its options until there is an application."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.trusthost import TrustedHostMiddleware
from fastapi_lite.types import ASGIApp
from tests.middleware.asgi import answering


class Sized:
    def __init__(self, app: ASGIApp, size: int, *, name: str = "") -> None:
        self.made_with = (app, size, name)


def sized(app: ASGIApp, size: int, *, name: str = "") -> Any:
    return app, size, name


def test_class_and_options_are_taken_apart_by_iteration() -> None:
    assert list(Middleware(Sized, 1, name="a")) == [Sized, (1,), {"name": "a"}]  # type: ignore[arg-type]


@pytest.mark.parametrize("factory", [Sized, sized])
def test_factory_is_called_with_the_application_and_options(factory: Any) -> None:
    app = answering()
    cls, args, kwargs = Middleware(factory, 1, name="a")
    made = cls(app, *args, **kwargs)
    assert getattr(made, "made_with", made) == (app, 1, "a")


def test_repr_shows_the_options() -> None:
    assert repr(Middleware(sized, 1, name="a")) == "Middleware(sized, 1, name='a')"


def test_repr_of_a_factory_without_a_name_shows_the_options() -> None:
    assert repr(Middleware(partial(sized, 1), name="a")) == "Middleware(name='a')"


def test_trusted_hosts_are_found_under_the_older_name_of_the_module() -> None:
    assert TrustedHostMiddleware.__module__ == "fastapi_lite.middleware.trustedhost"
