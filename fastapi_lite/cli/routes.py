"""The tree of an application's routes, as text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from fastapi_lite.routing.frontends import PlacedFrontend
from fastapi_lite.routing.router import Host, Mount
from fastapi_lite.routing.routes import BaseRoute
from fastapi_lite.routing.tree import Inclusion

INDENT = "  "


class Line(NamedTuple):
    """What is said of one route, or of one router."""

    what: str
    """Methods and path, indented below the router."""
    name: str = ""
    needs: str = ""
    """The dependencies that run before it."""


def draw_routes(
    routes: Iterable[BaseRoute], frontends: Iterable[PlacedFrontend] = ()
) -> Iterator[str]:
    """The routes, line by line; those of an included router stand below it. Then the front ends."""
    lines = [
        Line("ROUTE", "NAME", "DEPENDENCIES"),
        *describe_routes(routes),
        *map(describe_frontend, frontends),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(cells).rstrip()


def describe_routes(
    routes: Iterable[BaseRoute], prefix: str = "", depth: int = 0
) -> Iterator[Line]:
    """A line for each of `routes` and for each below it; `prefix` stands before their paths."""
    for route in routes:
        line, inner = describe(route, prefix)
        yield line._replace(what=INDENT * depth + line.what)
        if inner is not None:
            yield from describe_routes(getattr(route, "routes", ()), inner, depth + 1)


def describe(route: BaseRoute, prefix: str) -> tuple[Line, str | None]:
    """What to say of a route, and the prefix of those below it, if there can be some."""
    if isinstance(route, Inclusion):
        inner = prefix + route.prefix
        needs = [one.dependency for one in route.options.get("dependencies") or ()]
        return Line(f"router {inner or '/'}", needs=names_of(needs)), inner
    if isinstance(route, Mount):
        inner = prefix + route.path
        return Line(f"mount {inner or '/'}", route.name or name_of(route.app)), inner
    if isinstance(route, Host):
        return Line(f"host {route.host}", route.name or name_of(route.app)), ""
    methods: set[str] | None = getattr(route, "methods", None)
    kind = ",".join(sorted(methods)) if methods else name_of(route).removesuffix("Route")
    path: str = getattr(route, "path", "")
    dependant = getattr(route, "dependant", None)
    needs = [one.call for one in dependant.dependencies] if dependant is not None else []
    return Line(f"{kind} {prefix}{path}", getattr(route, "name", ""), names_of(needs)), None


def describe_frontend(frontend: PlacedFrontend) -> Line:
    """What to say of a front end; its name is that of the directory."""
    needs = [one.call for one in frontend.dependant.dependencies]
    directory = os.path.basename(frontend.route.files.directory)
    return Line(f"frontend {frontend.path}/", directory, names_of(needs))


def names_of(dependencies: Iterable[Any]) -> str:
    """The names of callables."""
    return ", ".join(map(name_of, dependencies))


def name_of(value: Any) -> str:
    """What a function or class is called, or the class of anything else."""
    name: str = getattr(value, "__name__", type(value).__name__)
    return name
