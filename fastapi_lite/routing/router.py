"""The router: finds the route of a connection and hands over to it.

The seam for routers of other kinds:

- `Router.entries()` yields what is served, in the order of declaration. The index is made of it on the first
  connection, and kept until `Router.changed()` is called, which a change of `Router.routes` does by itself.
- What is made of a router's entries has to hear of its changes: `router.add_parent(parent)` has it call
  `parent.changed()` after its own. Parents are referred to weakly.
"""

from __future__ import annotations

import weakref
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import suppress
from copy import copy
from functools import wraps
from re import Pattern
from typing import Any, ClassVar, Protocol, TypeVar

from fastapi_lite.convertors import Convertor
from fastapi_lite.datastructures.url import URL, URLPath, split_host
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.middleware import Middleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import RedirectResponse, Response
from fastapi_lite.routing.index import BOTH, Branch, Entry, Index, Match, go_below
from fastapi_lite.routing.lifespan import (
    compile_lifespan,
    lifespan_of,
    merge_lifespans,
    no_lifespan,
    serve_lifespan,
)
from fastapi_lite.routing.paths import (
    compile_path,
    convert_groups,
    get_route_path,
    replace_params,
)
from fastapi_lite.routing.routes import (
    BaseRoute,
    NoMatchFound,
    PathRoute,
    Route,
    WebSocketRoute,
    answer_method_not_allowed,
    answer_not_found,
    is_alike,
    require_slash,
    wrap,
)
from fastapi_lite.routing.warming import Warmable, warm_up
from fastapi_lite.types import ASGIApp, Lifespan, Receive, Scope, Send
from fastapi_lite.websockets import WebSocket


class Watcher(Protocol):
    """What wants to hear of changes."""

    def changed(self) -> None:
        """Be told of a change."""


RouteListT = TypeVar("RouteListT", bound=list[BaseRoute])


def reporting_changes(routes: type[RouteListT]) -> type[RouteListT]:
    """The class with a report after each of the methods that change a list."""
    for name in CHANGES:
        setattr(routes, name, reporting(getattr(list, name)))
    return routes


CHANGES = (
    *("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"),
    *("__delitem__", "__iadd__", "__imul__", "__setitem__"),
)


def reporting(method: Any) -> Any:
    """`method` of a list, followed by a report."""

    @wraps(method)
    def change(self: RouteList, *args: Any, **kwargs: Any) -> Any:
        result = method(self, *args, **kwargs)
        self.report()
        return result

    return change


@reporting_changes
class RouteList(list[BaseRoute]):
    """Routes in the order of declaration; every change is reported."""

    def __init__(self, routes: Iterable[BaseRoute], report: Callable[[], None]) -> None:
        super().__init__(routes)
        self.report = report


class Router(Warmable):
    """An application that hands each connection to the first of its `routes` that matches.

    `redirect_slashes` sends clients on to the path with a slash at its end, or without it, if only
    that is there. `default` answers where nothing matches. `max_body_size` is in bytes. `mount_lifespans` runs the
    lifespans of mounted applications too, within the router's own.
    """

    def __init__(
        self,
        routes: Sequence[BaseRoute] | None = None,
        redirect_slashes: bool = True,
        default: ASGIApp | None = None,
        lifespan: Lifespan[Any] | None = None,
        *,
        middleware: Sequence[Middleware] | None = None,
        max_body_size: int | None = None,
        mount_lifespans: bool = False,
    ) -> None:
        self._indexes: dict[str, Index] = {}
        self._is_warming = False
        self._parents: list[weakref.ref[Watcher]] = []
        self._routes = RouteList(routes or (), self.changed)
        self.redirect_slashes = redirect_slashes
        self.default: ASGIApp = self.not_found if default is None else default
        self.lifespan_context: Lifespan[Any] = compile_lifespan(lifespan)
        self.mount_lifespans = mount_lifespans
        self.middleware_stack: ASGIApp = wrap(self.app, middleware, max_body_size)

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes; they may be changed at any time, and set as a whole."""
        return self._routes

    @routes.setter
    def routes(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = RouteList(routes, self.changed)
        self.changed()

    def entries(self) -> Iterable[Entry | Branch]:
        """What is served, in the order of declaration."""
        for route in self.routes:
            yield from route.entries()

    def changed(self) -> None:
        """Make the index anew on the next connection, here and wherever these routes are included."""
        # Not cleared: an index that is being made now goes into the old dictionary, which nobody sees.
        self._indexes = {}
        for parent in [reference() for reference in self._parents]:
            if parent is not None:
                parent.changed()

    def add_parent(self, parent: Watcher) -> None:
        """Have `parent.changed()` called whenever this router's routes change, as long as it lives."""
        alive = [reference for reference in self._parents if reference() is not None]
        if not any(reference() is parent for reference in alive):
            alive.append(weakref.ref(parent))
        self._parents = alive

    def index(self, protocol: str) -> Index:
        """The index of all that is served over `protocol`, made if need be."""
        indexes = self._indexes
        if protocol not in indexes:
            if protocol not in BOTH:
                raise RuntimeError(f"A router answers no connections of type {protocol!r}.")
            indexes[protocol] = Index(self.entries(), protocol)
        return indexes[protocol]

    def warm_up(self) -> None:
        """Compile all that would be compiled for the first connections, here and below."""
        if self._is_warming:  # it is below itself
            return
        self._is_warming = True
        try:
            routes: dict[int, Any] = {}
            for protocol in BOTH:
                for entry in self.index(protocol).warm_up():
                    routes[id(entry.route)] = entry.route
            for route in routes.values():
                warm_up(route)
        finally:
            self._is_warming = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection, through the middleware."""
        await self.middleware_stack(scope, receive, send)

    def app(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Find what answers, and have it answer: the router inside its middleware.

        What it gives is to be awaited; a coroutine of its own would cost 0.1 µs.
        """
        if "router" not in scope:
            scope["router"] = self
        protocol = scope["type"]
        if protocol == "lifespan":
            return self.lifespan(scope, receive, send)
        path = get_route_path(scope) if scope.get("root_path") else scope["path"]
        index = self._indexes.get(protocol) or self.index(protocol)
        found = index.find(scope, scope.get("method", ""), path)
        if found is None:
            return self.refuse(scope, receive, send)
        entry, additions = found
        entry.enter(scope, additions)
        return entry.app(scope, receive, send)

    async def refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer where no route matches fully: it is the method, or a slash, or not found."""
        partial = self.index(scope["type"]).find_all(scope, get_route_path(scope))
        if not partial:
            answer = self.redirect(scope) or self.otherwise(scope)
            await answer(scope, receive, send)
            return
        entry, additions = partial[0]
        entry.enter(scope, additions)
        if entry.pattern is None:
            await entry.app(scope, receive, send)
        else:
            methods = {method for other, _ in partial for method in methods_of(other)}
            await answer_method_not_allowed(methods, scope, receive, send)

    def redirect(self, scope: Scope) -> ASGIApp | None:
        """What sends the client to the same path with the other ending, if something is there."""
        if scope["type"] != "http" or not self.redirect_slashes or get_route_path(scope) == "/":
            return None
        index, path = self.index("http"), with_other_ending(get_route_path(scope))
        if not index.may_match(path):
            return None
        other = {**scope, "path": with_other_ending(scope["path"])}
        if not index.find_all(other, path):
            return None
        # The URL is absolute, or else its path cannot be taken for a host: it stays on the site.
        return RedirectResponse(URL(scope=other))

    def otherwise(self, scope: Scope) -> ASGIApp:
        """What answers where no route matches."""
        return self.default

    async def not_found(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer where nothing matches, unless there is a `default`."""
        await answer_not_found(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The path of the first route called `name` with these parameters. Raises `NoMatchFound`."""
        return find_url(self.routes, name, path_params)

    async def lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak the lifespan protocol; what `lifespan_context` gives runs between start and end."""
        lifespan = self.lifespan_context
        if self.mount_lifespans:
            lifespan = merge_lifespans([lifespan, *map(lifespan_of, mounted(self.routes))])
        await serve_lifespan(lifespan, scope, receive, send)

    def mount(self, path: str, app: ASGIApp, name: str | None = None) -> None:
        """Have `app` answer all below `path`."""
        self.routes.append(Mount(path, app, name=name))

    def host(self, host: str, app: ASGIApp, name: str | None = None) -> None:
        """Have `app` answer all for `host`, in which parameters may be."""
        self.routes.append(Host(host, app, name=name))

    def add_route(
        self,
        path: str,
        endpoint: Callable[[Request], Awaitable[Response] | Response],
        methods: Collection[str] | None = None,
        name: str | None = None,
        include_in_schema: bool = True,
    ) -> None:
        """Have `endpoint` answer requests to `path`. See `Route`."""
        self.routes.append(
            Route(path, endpoint, methods=methods, name=name, include_in_schema=include_in_schema)
        )

    def add_websocket_route(
        self,
        path: str,
        endpoint: Callable[[WebSocket], Awaitable[None]],
        name: str | None = None,
    ) -> None:
        """Have `endpoint` answer WebSockets at `path`. See `WebSocketRoute`."""
        self.routes.append(WebSocketRoute(path, endpoint, name=name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Router) and self.routes == other.routes


def with_other_ending(path: str) -> str:
    """`path` with a slash at its end, or without the slashes that are there."""
    return path.rstrip("/") if path.endswith("/") else f"{path}/"


class Mount(PathRoute):
    """Hands all connections below `path` to `app`, or to a router of `routes`.

    The application sees the path below, and the rest of it in `root_path`. Its URLs are those of its routes, called
    `name:route`; or, with a parameter `path`, any. `max_body_size` is in bytes. Raises `DeclarationError` for a path
    that cannot be.
    """

    protocols: ClassVar[Sequence[str]] = ("http", "websocket")
    is_prefix = True
    equal_by: ClassVar[Sequence[str]] = ("path", "app")

    def __init__(
        self,
        path: str,
        app: ASGIApp | None = None,
        routes: Sequence[BaseRoute] | None = None,
        name: str | None = None,
        *,
        middleware: Sequence[Middleware] | None = None,
        max_body_size: int | None = None,
    ) -> None:
        if app is None and routes is None:
            raise DeclarationError(
                f"Mount({path!r}): Either 'app=...', or 'routes=' must be specified."
            )
        self.path: str = path and require_slash(path).rstrip("/")
        self.name = name
        self._base_app: ASGIApp = Router(routes) if app is None else app
        self.app: ASGIApp = wrap(self._base_app, middleware, max_body_size)
        _ = self.pattern  # so that a mistake is seen here

    @property
    def matched_path(self) -> str:
        """The path to match, with a parameter for all below."""
        return f"{self.path}/{{path:path}}"

    @property
    def target(self) -> ASGIApp:
        """The application."""
        return self.app

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes of the application, if it has some."""
        return getattr(self._base_app, "routes", None) or []

    def additions(self, scope: Scope, params: dict[str, Any]) -> Scope:
        """As for a route, with the `root_path` of what is below."""
        rest = params.pop("path")
        below = super().additions(scope, params)
        go_below(scope, rest, into=below)
        return below

    def warm_up(self) -> None:
        """Warm up the application."""
        warm_up(self.app)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The path of a route below, or of anything below if the name is that of the mount."""
        if name == self.name and path_params.keys() == self.param_convertors.keys():
            path_params["path"] = str(path_params["path"]).lstrip("/")
            path, _ = replace_params(self.path_format, self.param_convertors, path_params)
            return URLPath(path)
        own = {**path_params, "path": ""}
        if not own.keys() >= self.param_convertors.keys():
            raise NoMatchFound(name, path_params)
        prefix, others = replace_params(self.path_format, self.param_convertors, own)
        if "path" in path_params:
            others["path"] = path_params["path"]
        inner = find_inner_url(self, name, others, path_params)
        return URLPath(prefix.rstrip("/") + inner, inner.protocol, inner.host)

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(path={self.path!r}, name={self.name or ''!r}, app={self.app!r})"
        )


def below(prefix: str, route: BaseRoute) -> BaseRoute:
    """`route` as it is below `prefix`."""
    if not prefix:
        return route
    if not isinstance(route, PathRoute):
        return Below(prefix, route)
    here = copy(route)
    here.path = prefix + route.path
    return here


class Below(Mount):
    """A route of any kind below a prefix."""

    def __init__(self, prefix: str, route: BaseRoute) -> None:
        super().__init__(prefix, app=route.handle)
        self.route = route

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """What the route itself says of what is below the prefix."""
        match, below = super().matches(scope)
        if match is Match.NONE:
            return match, {}
        match, additions = self.route.matches({**scope, **below})
        return match, {**below, **additions, "route": self.route}

    def warm_up(self) -> None:
        """Compile what the route would compile for its first connection."""
        self.route.warm_up()


class Host(BaseRoute):
    """Hands all connections for `host` to `app`; the port does not count.

    `host` may have parameters, as in `{customer}.example.org`. It is asked in its place among the routes, so
    many of them take time each. Raises `DeclarationError` for a host that is a path.
    """

    def __init__(self, host: str, app: ASGIApp, name: str | None = None) -> None:
        if host[:1] == "/":
            raise DeclarationError(f"Host must not start with '/': {host!r} is a path.")
        self.host_regex: Pattern[str]
        self.host_format: str
        self.param_convertors: dict[str, Convertor[Any]]
        self.host_regex, self.host_format, self.param_convertors = compile_path(host)
        self.host: str = host
        self.app: ASGIApp = app
        self.name: str | None = name

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes of the application, if it has some."""
        return getattr(self.app, "routes", None) or []

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Fully, for a connection to the host (RFC 9110, section 7.2)."""
        params = self.read_host(scope) if scope["type"] in BOTH else None
        if params is None:
            return Match.NONE, {}
        path_params = {**scope.get("path_params", {}), **params}
        return Match.FULL, {"path_params": path_params, "endpoint": self.app}

    def read_host(self, scope: Scope) -> dict[str, Any] | None:
        """The parameters in the `Host` header, or nothing where it does not match."""
        values = [value for name, value in scope.get("headers", ()) if name == b"host"]
        host = split_host(values[0].decode("latin-1").lower()) if values else None
        if host is None or len(host[0]) > LONGEST_HOST:
            return None
        return convert_groups(self.host_regex.fullmatch(host[0]), self.param_convertors)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand over."""
        await self.app(scope, receive, send)

    def warm_up(self) -> None:
        """Warm up the application."""
        warm_up(self.app)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The path of a route of the application, with the host; or any, if the name is the host's."""
        if not path_params.keys() >= self.param_convertors.keys():
            raise NoMatchFound(name, path_params)
        host, others = replace_params(self.host_format, self.param_convertors, {**path_params})
        if name == self.name and others.keys() == {"path"}:
            return URLPath(str(others["path"]), host=host)
        inner = find_inner_url(self, name, others, path_params)
        return URLPath(inner, inner.protocol, host)

    def __eq__(self, other: object) -> bool:
        return is_alike(self, other, ("host", "app"))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(host={self.host!r}, name={self.name or ''!r}, app={self.app!r})"
        )


LONGEST_HOST = 255
"""Characters; a name has 253 at most (RFC 1035, section 2.3.4), an address fewer."""


def find_url(routes: Iterable[BaseRoute], name: str, path_params: dict[str, Any]) -> URLPath:
    """The path of the first route called `name` with these parameters. Raises `NoMatchFound`."""
    for route in routes:
        if isinstance(route, PathRoute) and not route.has_urls_for(name):
            continue  # spares the exception, which is most of the time
        with suppress(NoMatchFound):
            return route.url_path_for(name, **path_params)
    raise NoMatchFound(name, path_params)


def find_inner_url(
    outer: Mount | Host, name: str, others: dict[str, Any], path_params: dict[str, Any]
) -> URLPath:
    """The path of a route of `outer`, by its name without the outer one. Raises `NoMatchFound`."""
    prefix = "" if outer.name is None else f"{outer.name}:"
    if name.startswith(prefix):
        with suppress(NoMatchFound):
            return find_url(outer.routes, name.removeprefix(prefix), others)
    raise NoMatchFound(name, path_params)


def methods_of(entry: Entry) -> Iterable[str]:
    """The methods that `entry` answers, as far as it says so."""
    return entry.methods or getattr(entry.route, "methods", None) or ()


def mounted(routes: Iterable[BaseRoute]) -> list[ASGIApp]:
    """The applications mounted below `routes` that may have a lifespan, each once."""
    applications: dict[int, ASGIApp] = {}
    for route in routes:
        inner = getattr(route, "_base_app", None)
        is_bare = isinstance(inner, Router) and inner.lifespan_context is no_lifespan
        if isinstance(route, Mount | Host) and not is_bare:
            applications[id(route.app)] = route.app
        else:
            below = mounted(getattr(route, "routes", ()))
            applications |= {id(application): application for application in below}
    return list(applications.values())
