"""Middleware: applications that wrap applications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ParamSpec, Protocol

from fastapi_lite.types import ASGIApp

P = ParamSpec("P")


class MiddlewareFactory(Protocol[P]):
    """Whatever makes an application of an application: a class or a function."""

    def __call__(self, app: ASGIApp, /, *args: P.args, **kwargs: P.kwargs) -> ASGIApp: ...


class Middleware:
    """A middleware still to be put around its application, with what it is made with.

    `cls` is called as `cls(app, *args, **kwargs)` when the application first runs.
    """

    def __init__(self, cls: MiddlewareFactory[P], *args: P.args, **kwargs: P.kwargs) -> None:
        self.cls = cls
        self.args = args
        self.kwargs = kwargs

    def __iter__(self) -> Iterator[Any]:
        yield from (self.cls, self.args, self.kwargs)

    def __repr__(self) -> str:
        name = getattr(self.cls, "__name__", "")
        options = (f"{key}={value!r}" for key, value in self.kwargs.items())
        return f"{type(self).__name__}({', '.join(filter(None, [name, *map(repr, self.args), *options]))})"
