"""The route that a connection took, as a template: `/shops/{shop}/books/{id}`, mounts included."""

from __future__ import annotations

from typing import Any

from fastapi_lite.routing.index import Entry, Index
from fastapi_lite.routing.paths import get_route_path
from fastapi_lite.routing.router import Host, Router
from fastapi_lite.types import Scope


def find_template(app: Any, scope: Scope) -> str | None:
    """The template of what `app` answers `scope` with, a copy made before it was answered.

    Where only the method does not fit, or a slash at the end, that of the path there is. Below an
    application that knows no routes it ends in `/{path}`. `None` where no route matches.
    """
    router = getattr(app, "router", app)
    if not isinstance(router, Router):
        return None
    entry, below = find_entry(router, scope)
    if entry is None:
        return None
    if entry.pattern is None:
        return find_opaque(entry.route, below)
    if not entry.is_prefix:
        return entry.pattern.format
    inner = find_template(base_of(entry.route), below)
    prefix = entry.pattern.format.removesuffix("/{path}")
    return prefix + ("/{path}" if inner is None else inner)


def find_entry(router: Router, scope: Scope) -> tuple[Entry | None, Scope]:
    """The entry that answers, and the scope as it sees it."""
    index, path = router.index(scope["type"]), get_route_path(scope)
    found = index.find(scope, scope.get("method", ""), path) or nearly(index, scope, path)
    if found is None:
        return None, scope
    entry, additions = found
    below = {**scope}
    entry.enter(below, additions)
    return entry, below


def nearly(index: Index, scope: Scope, path: str) -> Any:
    """The first entry of this path for other methods, or of the path a slash more or less."""
    other = path.rstrip("/") if path.endswith("/") else f"{path}/"
    candidates = index.find_all(scope, path) or index.find_all(scope, other)
    return next(iter(candidates), None)


def find_opaque(route: Any, scope: Scope) -> str | None:
    """As `find_template`, for a route that decides by itself what matches."""
    if isinstance(route, Host):
        return find_template(route.app, scope)
    template: str | None = getattr(scope.get("route"), "path_format", None)
    return template


def base_of(mount: Any) -> Any:
    """The application that is mounted, beneath its middleware."""
    return getattr(mount, "_base_app", None)
