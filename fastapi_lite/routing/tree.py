"""The tree of routers, and the operations it comes to: one for each route at each place.

A router that is included stays where it is: an `Inclusion` refers to it. `walk` goes through the
tree and gives each route with its full path and the options of all the routers around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from fastapi_lite._inspect import unwrap
from fastapi_lite.datastructures import URLPath
from fastapi_lite.dependencies.body import BodyShape, compile_body
from fastapi_lite.dependencies.graph import get_dependant, path_param_names, with_dependencies
from fastapi_lite.dependencies.models import Dependant, Parameter
from fastapi_lite.dependencies.plan import Plan, compile_plan
from fastapi_lite.exceptions import EndpointContext
from fastapi_lite.routing.options import Options, inherit
from fastapi_lite.routing.paths import parse_path, replace_params
from fastapi_lite.routing.router import find_url
from fastapi_lite.routing.routes import BaseRoute, NoMatchFound
from fastapi_lite.types import Scope
from fastapi_lite.utils import generate_unique_id

if TYPE_CHECKING:
    from fastapi_lite.routing.api import APIRoute, APIRouter


@dataclass(frozen=True, slots=True)
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

    def __init__(self, router: APIRouter, options: Options) -> None:
        self.router = router
        self.options = options

    @property
    def prefix(self) -> str:
        """The start of the paths that the inclusion adds."""
        prefix: str = self.options.get("prefix", "")
        return prefix

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes of the included router."""
        return self.router.routes

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


def walk(routes: Iterable[BaseRoute], around: Options | None = None) -> Iterator[Placed]:
    """Each route below `routes`, inclusions opened, in the order of declaration."""
    outer = around or {}
    for route in routes:
        if isinstance(route, Inclusion):
            yield from walk(route.routes, inherit(outer, route.options))
        else:
            yield Placed(route, outer)


class PlacedRoute:
    """What an operation and a WebSocket route at their places have in common."""

    def __init__(self, route: Any, around: Options | None = None, provider: Any = None) -> None:
        self.route = route
        self.around = around or {}
        self.provider = provider if provider is not None else route.dependency_overrides_provider
        self._overridden: tuple[Any, Plan] | None = None

    @cached_property
    def path(self) -> str:
        """The path with the prefixes of all routers around."""
        path: str = self.around.get("prefix", "") + self.route.path
        return path

    @property
    def name(self) -> str:
        """The name to make URLs by."""
        name: str = self.route.name
        return name

    @property
    def endpoint(self) -> Callable[..., Any]:
        """The function that answers."""
        endpoint: Callable[..., Any] = self.route.endpoint
        return endpoint

    @cached_property
    def dependant(self) -> Dependant:
        """What the endpoint needs here: the dependencies of the tree before its own."""
        outer = self.around.get("dependencies") or ()
        if not path_param_names(self.around.get("prefix", "")):
            dependant: Dependant = self.route.dependant
            return with_dependencies(dependant, outer, self.path)
        dependant = get_dependant(path=self.path, call=self.endpoint, scope="function")
        return with_dependencies(dependant, [*outer, *self.route.dependencies], self.path)

    @cached_property
    def plan(self) -> Plan:
        """The calls in order, as declared."""
        return compile_plan(self.dependant, **self.plan_options)

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
            plan = compile_plan(self.dependant, overrides=overrides, **self.plan_options)
            self._overridden = state, plan
        return self._overridden[1]

    def context(self, scope: Scope) -> EndpointContext:
        """Where the endpoint is written, for errors."""
        function = unwrap(self.endpoint)
        code = getattr(function, "__code__", None)
        method = scope.get("method", "WS")
        context = EndpointContext(
            function=getattr(function, "__name__", type(function).__name__),
            path=f"{method} {scope.get('root_path', '')}{self.path}",
        )
        if code is not None:
            context["file"] = code.co_filename
            context["line"] = code.co_firstlineno
        return context


class Operation(PlacedRoute):
    """A path operation at its place: all that serving and documenting need.

    Its attributes have the names that `APIRoute` has for the same things, completed by what the
    routers around say.
    """

    route: APIRoute

    @cached_property
    def options(self) -> Mapping[str, Any]:
        """The options of the route, completed by the routers around."""
        return inherit(self.around, self.route.options)

    def __getattr__(self, name: str) -> Any:
        """An option of the route, or the value that says it is unsaid."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self.options:
            return self.options[name]
        return getattr(self.route, name)

    @property
    def path_format(self) -> str:
        """The path without convertors."""
        return str(self.around.get("prefix", "")) + self.route.path_format

    @property
    def methods(self) -> set[str]:
        """The methods answered."""
        return self.route.methods

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
        names = ("strict_content_type", "form_limits", "max_body_size")
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
