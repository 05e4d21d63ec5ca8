"""The tree of routers, and the operations it comes to: one for each route at each place.

A router that is included stays where it is: an `Inclusion` refers to it. `walk` goes through the
tree and gives each route with its full path and the options of all the routers around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import TypeAdapter

from fastapi_lite._inspect import unwrap
from fastapi_lite.datastructures import URLPath
from fastapi_lite.dependencies.body import BodyShape, compile_body
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.graph import get_dependant, path_param_names, with_dependencies
from fastapi_lite.dependencies.models import Dependant, Parameter
from fastapi_lite.dependencies.plan import Overrides, Plan, compile_plan
from fastapi_lite.exceptions import EndpointContext
from fastapi_lite.routing.index import Branch, Entry, Match
from fastapi_lite.routing.options import Options, RouteOptions, generate_unique_id, inherit
from fastapi_lite.routing.paths import get_route_path, parse_path, replace_params
from fastapi_lite.routing.router import Router, below, find_url
from fastapi_lite.routing.routes import BaseRoute, NoMatchFound, PathRoute
from fastapi_lite.routing.warming import LateApp, Warmable, warm_up
from fastapi_lite.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from fastapi_lite.routing.api import APIRoute, APIRouter


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A route at one place of the tree: the prefix and the options of all that is around it."""

    route: BaseRoute
    options: Options
    """What the inclusions on the way say; `prefix` among them."""

    @property
    def prefix(self) -> str:
        """The start of the path that the inclusions on the way add."""
        prefix: str = self.options.get("prefix", "")
        return prefix


class Inclusion(BaseRoute):
    """A router included in another, with options for all that is below it."""

    def __init__(self, router: APIRouter, options: Options, provider: Any = None) -> None:
        self.router = router
        self.options = options
        self.provider: Any = provider

    @property
    def original_router(self) -> APIRouter:
        """The included router."""
        return self.router

    @property
    def prefix(self) -> str:
        """The start of the paths that the inclusion adds."""
        prefix: str = self.options.get("prefix", "")
        return prefix

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes of the included router."""
        return self.router.routes

    @cached_property
    def served(self) -> ServedInclusion:
        """The inclusion as a router of its own, made where somebody asks the inclusion itself."""
        served = ServedInclusion(self)
        self.router.add_parent(served)
        return served

    def effective_route_contexts(self) -> Iterator[RouteContext]:
        """Each route below the inclusion as it is at its place, in the order of declaration."""
        return iter_route_contexts([self])

    @property
    def is_opaque(self) -> bool:
        """Whether the included router decides by itself what matches, as a subclass may."""
        return self.router.is_opaque

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """How far one of the routes below matches, and what it then adds to the scope."""
        if not self.is_opaque:
            return match_among(self.served, scope)
        asked = ASKED.set(self)
        try:
            return self.router.matches(scope)
        finally:
            ASKED.reset(asked)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the route below that matches."""
        if not self.is_opaque:
            await self.served.app(scope, receive, send)
            return
        asked = ASKED.set(self)
        try:
            await self.router.handle(scope, receive, send)
        finally:
            ASKED.reset(asked)

    def warm_up(self) -> None:
        """Compile all that is below."""
        self.served.warm_up()

    def at(self, around: Options, provider: Any) -> Inclusion:
        """The inclusion with the options of all that is around it."""
        return Inclusion(self.router, inherit(around, self.options), provider)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The path of the route `name` below, with the prefix. Raises `NoMatchFound`."""
        prefix = parse_path(self.prefix)
        if not path_params.keys() >= prefix.convertors.keys():
            raise NoMatchFound(name, path_params)
        start, others = replace_params(prefix.format, prefix.convertors, {**path_params})
        inner = find_url(self.routes, name, others)
        return URLPath(start + inner, inner.protocol, inner.host)

    def __repr__(self) -> str:
        return f"Inclusion(prefix={self.prefix!r}, router={self.router!r})"


ASKED: ContextVar[Inclusion | None] = ContextVar("inclusion asked", default=None)
"""The inclusion whose router is asked by its own `matches` or `handle`, which know no place."""


class ServedInclusion(Router):
    """The routes of one inclusion at their places."""

    def __init__(self, inclusion: Inclusion) -> None:
        super().__init__(redirect_slashes=False)
        self.inclusion = inclusion

    def entries(self) -> Iterator[Entry | Branch]:
        """The entries of all that is below the inclusion."""
        inclusion = self.inclusion
        return entries_of(inclusion.routes, inclusion.options, inclusion.provider)


def match_among(router: Router, scope: Scope) -> tuple[Match, Scope]:
    """How far one of the entries of `router` matches, and what it then adds to the scope."""
    index, path = router.index(scope["type"]), get_route_path(scope)
    match, found = Match.FULL, index.find(scope, scope.get("method", ""), path)
    if found is None:
        match, found = Match.PARTIAL, next(iter(index.find_all(scope, path)), None)
    if found is None:
        return Match.NONE, {}
    entry, additions = found
    completed = {**scope}
    entry.enter(completed, additions)
    return match, {
        key: value
        for key, value in completed.items()
        if key not in scope or scope[key] is not value
    }


def walk(routes: Iterable[BaseRoute], around: Options | None = None) -> Iterator[Placed]:
    """Each route below `routes`, inclusions opened, in the order of declaration."""
    outer = around or {}
    for route in routes:
        if isinstance(route, Inclusion):
            yield from walk(route.routes, inherit(outer, route.options))
        else:
            yield Placed(route, outer)


def iter_route_contexts(routes: Iterable[BaseRoute | RouteContext]) -> Iterator[RouteContext]:
    """Each route below `routes` as it is at its place, in the order of declaration."""
    for route in routes:
        if isinstance(route, RouteContext):
            yield route
            continue
        for placed in walk([route]):
            if isinstance(placed.route, CompiledRoute):
                yield placed.route.at(placed.options)
            else:
                yield RouteContext(placed.route, placed.options)


def entries_of(
    routes: Iterable[BaseRoute], around: Options, provider: Any
) -> Iterator[Entry | Branch]:
    """The entries of `routes` at their place, in the order of declaration.

    Inclusions are opened, but those that an index can leave closed for as long as nobody asks for
    a path below them.
    """
    for route in routes:
        if isinstance(route, CompiledRoute):
            yield from route.entries_at(around, provider)
        elif not isinstance(route, Inclusion):
            yield from below(around.get("prefix", ""), route).entries()
        elif route.is_opaque:
            yield from route.at(around, provider).entries()
        else:
            inner = inherit(around, route.options)
            prefix: str = inner.get("prefix", "")
            entries = partial(entries_of, route.routes, inner, provider)
            if route.prefix and "{" not in prefix and stays_below(route.routes):
                yield Branch(prefix, entries)
            else:
                yield from entries()


def stays_below(routes: Iterable[BaseRoute]) -> bool:
    """Whether only paths below the prefix of an inclusion can match one of these `routes` in it.

    What decides by itself what matches may match anything.
    """
    for route in routes:
        if isinstance(route, Inclusion):
            if route.is_opaque or not (route.prefix or stays_below(route.routes)):
                return False
        elif not isinstance(route, PathRoute) or route.is_opaque or route.path[:1] not in ("", "/"):
            return False
    return True


class CompiledRoute(PathRoute):
    """A route whose application depends on its place in the tree, and is compiled for that.

    `app` may be set, and then serves the route as long as nothing around it adds to it.
    """

    endpoint: Callable[..., Any]
    declared_endpoint: Callable[..., Any]
    declared_signature: Any
    dependant: Dependant

    def declare(self, endpoint: Callable[..., Any]) -> None:
        """Note what `dependant` is made of."""
        self.endpoint = self.declared_endpoint = endpoint
        self.declared_signature = getattr(endpoint, "__signature__", None)

    @property
    def has_new_endpoint(self) -> bool:
        """Whether `endpoint` or its signature was set since the declaration, `dependant` was not."""
        declared, signature = self.declared_endpoint, getattr(self.endpoint, "__signature__", None)
        is_same = self.endpoint is declared and signature is self.declared_signature
        return not is_same and self.dependant.call is declared

    def at(self, around: Options, provider: Any = None) -> PlacedRoute:
        """The route at a place."""
        raise NotImplementedError

    def compile(self, placed: Any) -> ASGIApp:
        """The application that serves the route at its place."""
        raise NotImplementedError

    @property
    def app(self) -> ASGIApp:
        """The application that serves the route by itself."""
        return self.own_app or self.app_alone

    @app.setter
    def app(self, app: ASGIApp) -> None:
        vars(self)["app"] = app

    @property
    def own_app(self) -> ASGIApp | None:
        """The application that was set."""
        return vars(self).get("app")

    @cached_property
    def app_alone(self) -> ASGIApp:
        """The application as declared, compiled on the first request."""
        return LateApp(partial(self.compile, self.at({})))

    def warm_up(self) -> None:
        """Warm up the application that was set, or that was made for the place of this copy."""
        warm_up(self.own_app)

    def entries(self) -> Iterator[Entry]:
        """The route by itself, as in a router that knows nothing of operations."""
        return self.entries_at({}, None)

    def entries_at(self, around: Options, provider: Any) -> Iterator[Entry]:
        """The route at a place, to be looked up unless it decides by itself what matches."""
        own = None if around else self.own_app
        if not self.is_opaque:
            kind = EntryBelow if around.get("prefix") else CompiledEntry
            yield kind(self, around, provider, own)
            return
        placed, here = self.at(around, provider), copy(self)
        here.path = placed.path
        here.app = own or LateApp(partial(self.compile, placed))
        yield Entry(here.handle, route=here, pattern=None, protocols=self.protocols)


class CompiledEntry(Warmable, Entry):
    """A route at a place of the tree; it is compiled for its first connection."""

    __slots__ = ("around", "found", "provider")

    route: CompiledRoute

    def __init__(
        self, route: CompiledRoute, around: Options, provider: Any, own_app: ASGIApp | None
    ) -> None:
        super().__init__(
            own_app or self,
            route=route,
            pattern=route.pattern.below(around.get("prefix", "")),
            protocols=route.protocols,
            methods=getattr(route, "methods", None),
            endpoint=route.endpoint,
        )
        self.around: Options = around
        self.provider: Any = provider
        self.found: Mapping[str, PlacedRoute] | None = None

    @property
    def place(self) -> Mapping[str, PlacedRoute]:
        """The route at its place, as the scope has it."""
        if self.found is None:
            self.found = {"effective_route_context": self.route.at(self.around, self.provider)}
        return self.found

    def warm_up(self) -> ASGIApp:
        """Compile the route."""
        if self.app is self:
            (placed,) = self.place.values()
            self.app: ASGIApp = self.route.compile(placed)
        return self.app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the first connection."""
        await self.warm_up()(scope, receive, send)


class EntryBelow(CompiledEntry):
    """An entry below a prefix, which its route does not know: the scope has the place as well."""

    __slots__ = ()

    def enter(self, scope: Scope, found: MutableMapping[str, Any]) -> None:
        """As for any entry, with the route's place under `fastapi`."""
        scope["fastapi"] = self.found or self.place
        Entry.enter(self, scope, found)


class RouteContext:
    """A route as it is at one place of the tree: with the prefixes of all routers around."""

    def __init__(self, route: Any, around: Options | None = None) -> None:
        self.route = route
        self.around: Options = around or {}

    @property
    def original_route(self) -> Any:
        """The route as it was declared."""
        return self.route

    @cached_property
    def here(self) -> BaseRoute:
        """A route that matches what this one matches at its place; to be asked, not to be served."""
        return below(self.prefix, self.route)

    @property
    def starlette_route(self) -> BaseRoute | None:
        """`here`; `None` for a path operation, which is more than a route."""
        return self.here

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """How far the route matches at its place, and what it then adds to the scope."""
        return self.here.matches(scope)

    def __getattr__(self, name: str) -> Any:
        """What the route at its place has besides."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.here, name)

    @property
    def prefix(self) -> str:
        """What the routers around put before the path."""
        prefix: str = self.around.get("prefix", "")
        return prefix

    @cached_property
    def path(self) -> Any:
        """The path with the prefixes of all routers around; `None` where the route has none."""
        own = getattr(self.route, "path", None)
        return own if own is None else self.prefix + own

    @cached_property
    def path_format(self) -> Any:
        """The path without convertors; `None` where the route has none."""
        own = getattr(self.route, "path_format", None)
        if own is not None and self.prefix:
            written = self.prefix
            return (parse_path(written).format if "{" in written else written) + own
        return own

    @property
    def name(self) -> Any:
        """The name to make URLs by, or `None`."""
        return getattr(self.route, "name", None)

    @property
    def methods(self) -> Any:
        """The set of methods answered, `None` for all."""
        return getattr(self.route, "methods", None)

    @property
    def endpoint(self) -> Any:
        """The function that answers, `None` where it is not one function."""
        return getattr(self.route, "endpoint", None)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(path={self.path!r}, route={self.route!r})"


class PlacedRoute(RouteContext):
    """What an operation and a WebSocket route at their places have in common."""

    def __init__(self, route: Any, around: Options | None = None, provider: Any = None) -> None:
        super().__init__(route, around)
        self.provider: Any = (
            provider if provider is not None else route.dependency_overrides_provider
        )
        self._overridden: tuple[Any, Plan] | None = None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """How far path and method match, whatever the route's own `matches` asks besides."""
        return PathRoute.matches(self.here, scope)  # type: ignore[arg-type]  # its route is one

    @cached_property
    def dependant(self) -> Dependant:
        """What the endpoint needs here: the dependencies of the tree before its own."""
        route, outer = self.route, self.around.get("dependencies") or ()
        if route.has_new_endpoint or path_param_names(self.prefix):
            own = get_dependant(path=self.path, call=self.endpoint, scope="function")
            return with_dependencies(own, [*outer, *route.dependencies], self.path)
        declared: Dependant = route.dependant
        known = [needed.call for needed in declared.dependencies if needed.name is None]
        added = [one for one in route.dependencies if one.dependency not in known]
        return with_dependencies(declared, [*outer, *added], self.path)

    @cached_property
    def plan(self) -> Plan:
        """The calls in order, as declared."""
        return self.compile_plan()

    def compile_plan(self, overrides: Overrides | None = None) -> Plan:
        """The calls in order; an observer of operations compiles them in its own way."""
        observer = self.observer
        if observer is not None:
            return observer.compile_plan(self, overrides)
        return compile_plan(self.dependant, overrides=overrides, **self.plan_options)

    @property
    def observer(self) -> OperationObserver | None:
        """What follows the operations of the application, if something does."""
        observer: OperationObserver | None = getattr(self.provider, "operation_observer", None)
        return observer

    @property
    def plan_options(self) -> dict[str, Any]:
        """How the plan reads the body."""
        return {}

    def current_plan(self) -> Plan:
        """The calls in order, with the dependencies replaced that are overridden right now."""
        overrides = getattr(self.provider, "dependency_overrides", None)
        if not overrides:
            return self.plan
        state = tuple(overrides.items())
        if self._overridden is None or self._overridden[0] != state:
            self._overridden = state, self.compile_plan(overrides)
        return self._overridden[1]

    def context(self, scope: Scope) -> EndpointContext:
        """Where the endpoint is written, for errors."""
        function = unwrap(self.endpoint)
        path = f"{scope.get('method', 'WS')} {scope.get('root_path', '')}{self.path}"
        code = getattr(function, "__code__", None)
        if code is None:
            return {
                "function": getattr(function, "__name__", type(function).__name__),
                "path": path,
            }
        return {
            "function": function.__name__,
            "path": path,
            "file": code.co_filename,
            "line": code.co_firstlineno,
        }


class OperationObserver(Protocol):
    """Follows operations; an application that has one as `operation_observer` has it compile them."""

    def compile_plan(self, placed: PlacedRoute, overrides: Overrides | None) -> Plan:
        """The plan of an operation."""

    def compile_writer(
        self, operation: Operation, write: Callable[[Call, Any], Any]
    ) -> Callable[[Call, Any], Any]:
        """The writer of an operation, `write` unless there is something to follow."""


THE_SAME_EVERYWHERE = frozenset(
    {
        *RouteOptions.__annotations__,
        *("response_field", "stream_item_field", "is_sse_stream", "is_json_stream"),
    }
)
"""What a path operation has whatever the prefixes of the routers around."""


class Operation(PlacedRoute):
    """A path operation at its place: all that serving and documenting need.

    Its attributes have the names that `APIRoute` has for the same things, completed by what the
    routers around say.
    """

    route: APIRoute

    @cached_property
    def options(self) -> Mapping[str, Any]:
        """The options of the route as they are now, completed by the routers around."""
        return inherit(self.around, self.route.options)

    def __getattr__(self, name: str) -> Any:
        """An option of the route, or the value that says it is unsaid."""
        if name.startswith("__"):
            raise AttributeError(name)
        options = self.options
        if name in options:
            return options[name]
        # A route below a prefix is a copy, which takes as long as all that is read off it.
        return getattr(self.route if name in THE_SAME_EVERYWHERE else self.here, name)

    @property
    def starlette_route(self) -> None:
        """`None`: a path operation is more than a route."""

    @cached_property
    def unique_id(self) -> str:
        """The operation's id in the document."""
        given: str | None = self.options.get("operation_id")
        if given:
            return given
        make = self.options.get("generate_unique_id_function", generate_unique_id)
        made: str = make(self)
        return made

    @property
    def plan_options(self) -> dict[str, Any]:
        """How the plan reads the body."""
        names = ("strict_content_type", "form_limits")
        return {name: self.options[name] for name in names if name in self.options}

    @cached_property
    def body(self) -> BodyShape | None:
        """The shape of the body, `None` where none is read."""
        return compile_body(self.dependant)

    @cached_property
    def body_field(self) -> Parameter | None:
        """The body as one parameter, for the document."""
        return self.body.field(self.unique_id) if self.body is not None else None

    @property
    def response_adapter(self) -> TypeAdapter[Any] | None:
        """The validator and serialiser of the response, `None` where there is no model."""
        field = self.route.response_field
        return field.adapter if field is not None else None
