"""Path operations and WebSockets as routes, and the router that collects them."""

from __future__ import annotations

import inspect
from collections.abc import (
    AsyncGenerator,
    Callable,
    Collection,
    Coroutine,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from copy import copy
from enum import Enum
from functools import cached_property
from typing import Any

from typing_extensions import Unpack

from fastapi_lite import params
from fastapi_lite._deprecated import deprecated
from fastapi_lite._inspect import is_async_generator, is_generator
from fastapi_lite._options import spell_out
from fastapi_lite.datastructures import Default
from fastapi_lite.dependencies.annotations import issubclass_safe, stream_item
from fastapi_lite.dependencies.graph import (
    Found,
    analyse_endpoint,
    check_type,
    endpoint_dependant,
    get_dependant,
    with_dependencies,
)
from fastapi_lite.dependencies.models import Dependant, Parameter
from fastapi_lite.dependencies.signature import Needed, describe, response_parameter, typed_return
from fastapi_lite.exceptions import DeclarationError, FastAPIError
from fastapi_lite.params import Undefined
from fastapi_lite.requests import Request
from fastapi_lite.responses import EventSourceResponse, JSONResponse, Response, StreamingResponse
from fastapi_lite.responses.base import is_body_allowed_for_status_code
from fastapi_lite.routing.declarations import OperationDecorators
from fastapi_lite.routing.frontends import (
    Frontend,
    FrontendFiles,
    PlacedFrontend,
    check_path,
    placed_frontends,
)
from fastapi_lite.routing.handlers import (
    compile_operation,
    compile_route_handler,
    compile_websocket,
    request_response,
)
from fastapi_lite.routing.index import Branch, Entry, Match
from fastapi_lite.routing.lifespan import (
    call_event_handler,
    lifespan_of,
    merge_lifespans,
    serve_lifespan,
    tell_started,
)
from fastapi_lite.routing.options import (
    Options,
    RouteOptions,
    RouterOptions,
    generate_unique_id,
    given,
    inherit,
    route_options,
    router_options,
)
from fastapi_lite.routing.paths import get_name, get_route_path
from fastapi_lite.routing.replaceable import current, is_replaced
from fastapi_lite.routing.router import Router, mounted
from fastapi_lite.routing.routes import BaseRoute, Route, WebSocketRoute, wrap
from fastapi_lite.routing.spelled_out import (
    STEPS,
    WEBSOCKET_STEPS,
    handler_by_replacements,
    websocket_by_replacements,
)
from fastapi_lite.routing.tree import (
    ASKED,
    CompiledRoute,
    Inclusion,
    Operation,
    PlacedRoute,
    entries_of,
    match_among,
    walk,
)
from fastapi_lite.sse import ServerSentEvent
from fastapi_lite.types import (
    ASGIApp,
    DecoratedCallable,
    IncEx,
    Lifespan,
    Receive,
    Scope,
    Send,
)


class APIRoute(CompiledRoute, Route):
    """One path with its methods and the function that answers, as it was declared.

    The attributes say the values of options that nobody gave.
    """

    response_model: Any = None
    status_code: int | None = None
    tags: Sequence[Any] = ()
    dependencies: Sequence[params.Depends] = ()
    summary: str | None = None
    description: str = ""
    response_description: str = "Successful Response"
    responses: Mapping[int | str, dict[str, Any]] = {}
    deprecated: bool | None = None
    operation_id: str | None = None
    response_model_include: IncEx | None = None
    response_model_exclude: IncEx | None = None
    response_model_by_alias: bool = True
    response_model_exclude_unset: bool = False
    response_model_exclude_defaults: bool = False
    response_model_exclude_none: bool = False
    include_in_schema: bool = True
    response_class: type[Response] | None = None
    callbacks: Sequence[BaseRoute] = ()
    openapi_extra: dict[str, Any] | None = None
    generate_unique_id_function: Any = None
    strict_content_type: bool = True
    max_body_size: int | None = None
    form_limits: Mapping[str, int] = {}

    methods: set[str]
    stream_item_field: Parameter | None = None
    is_sse_stream: bool = False
    is_json_stream: bool = False
    is_raw_stream: bool = False

    @spell_out(RouteOptions)
    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: Iterable[str] | None = None,
        dependency_overrides_provider: Any = None,
        **options: Unpack[RouteOptions],
    ) -> None:
        """Raise `DeclarationError`, or another `FastAPIError`, for what cannot be served."""
        said = route_options(describe(endpoint), options)
        vars(self).update(said)
        self.path = path
        _ = self.pattern  # so that a path that cannot be is refused here
        self.declare(endpoint)
        self.name: str = said.get("name") or get_name(endpoint)
        self.methods = {method.upper() for method in methods or ("GET",)}
        self.dependency_overrides_provider = dependency_overrides_provider
        self.tags = list(self.tags)
        self.dependencies = list(self.dependencies)
        self.callbacks = list(self.callbacks)
        self.responses = dict(self.responses)
        self.description = shown(said.get("description") or "") or self.documentation
        self.found: Found = analyse_endpoint(path, endpoint)
        if self.dependencies or any(isinstance(one, Needed) for one in self.found):
            _ = self.dependant  # so that a mistake in what is needed is seen here
        self._choose_stream(said)
        self.response_model = self._choose_response_model(said)
        self.response_field: Parameter | None = self._compile_response_field(
            self.response_model, self.status_code
        )
        self.response_fields: dict[int | str, Parameter | None] = {
            status: self._compile_response_field(response["model"], status)
            for status, response in self.responses.items()
            if response.get("model")
        }

    @cached_property
    def own_dependant(self) -> Dependant:
        """What the function needs by itself."""
        return endpoint_dependant(self.path, self.declared_endpoint, self.found)

    @cached_property
    def dependant(self) -> Dependant:  # type: ignore[override]  # which can be set as well
        """What the function needs, after the dependencies of the route."""
        return with_dependencies(self.own_dependant, self.dependencies, self.path)

    @property
    def _yields(self) -> bool:
        """Whether the function is a generator."""
        call = self.declared_endpoint
        return is_generator(call) or is_async_generator(call)

    def _choose_stream(self, said: Options) -> None:
        """Whether the function yields, and what becomes of that."""
        if not self._yields:
            return
        self.is_sse_stream = issubclass_safe(self.response_class, EventSourceResponse)
        self.is_raw_stream = not self.is_sse_stream and issubclass_safe(
            self.response_class, StreamingResponse
        )
        self.is_json_stream = self.response_class is None
        if said.get("response_model", Undefined) is not Undefined:
            return  # which is not about items, and puts the annotation out of force
        item = stream_item(typed_return(self.endpoint))
        if item is not None and not self.is_raw_stream and item is not ServerSentEvent:
            self.stream_item_field = self._compile_response_field(item, None)

    def _choose_response_model(self, said: Options) -> Any:
        """The type of the response as told, or as annotated; `None` for no model."""
        model = said.get("response_model", Undefined)
        if model is not Undefined:
            return model
        annotated = typed_return(self.endpoint)
        if annotated is Undefined or issubclass_safe(annotated, Response) or self._yields:
            return None
        return annotated

    def _compile_response_field(self, model: Any, status: int | str | None) -> Parameter | None:
        """The response of `status` as a parameter is one: type, validator, serialiser."""
        if model is None:
            return None
        if not is_body_allowed_for_status_code(status):
            raise DeclarationError(
                f"{describe(self.endpoint)}: Status code {status} must not have a response body. "
                "Set `response_model=None`, or another status."
            )
        field = response_parameter(model)
        check_type(field, self.endpoint, "response")
        return field

    @property
    def options(self) -> Options:
        """What the route says by itself: its attributes, which may have been changed since."""
        own = vars(self)
        return given({name: own[name] for name in OPTIONS if name in own})

    @cached_property
    def operation(self) -> Operation:
        """The route as the only one of its tree."""
        return Operation(self)

    @property
    def documentation(self) -> str:
        """What the function says of itself by now: its docstring may be set after the declaration."""
        return shown(inspect.cleandoc(self.endpoint.__doc__ or ""))

    @property
    def unique_id(self) -> str:
        """The operation's id in the document, as far as the route itself says."""
        return Operation(self).unique_id

    @unique_id.setter
    def unique_id(self, unique_id: str) -> None:
        self.operation_id = unique_id

    @cached_property
    def body_field(self) -> Parameter | None:
        """The body as one parameter, `None` where none is read."""
        return self.operation.body_field

    @property
    def _embed_body_fields(self) -> bool:
        """Whether each parameter of the body is under its own name."""
        return self.operation.body is not None and self.operation.body.embed

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The function that makes the response from a request; subclasses wrap it."""
        if is_replaced("get_request_handler", *STEPS):
            return handler_by_replacements(self.operation)
        return compile_route_handler(self.operation)

    def at(self, around: Options, provider: Any = None) -> Operation:
        """The route as an operation at a place of the tree."""
        return Operation(self, around, provider)

    def compile(self, placed: Operation) -> ASGIApp:
        """The application that serves the operation, inside its limit."""
        return wrap(self._compile_unlimited(placed), None, placed.max_body_size)

    def _compile_unlimited(self, placed: Operation) -> ASGIApp:
        is_usual = type(self).get_route_handler is APIRoute.get_route_handler
        if is_usual and not is_replaced("get_request_handler", "request_response", *STEPS):
            return compile_operation(placed)
        _ = placed.plan  # so that it is compiled here, too
        here = copy(self)
        here.operation = placed
        handler = here.get_route_handler()
        if is_replaced("request_response"):
            replaced: ASGIApp = current("request_response")(handler)
            return replaced
        return request_response(handler, placed)


def shown(text: str) -> str:
    """What of `text` is for the documentation: all before a form feed."""
    return text.split("\f")[0].strip()


OPTIONS = tuple(RouteOptions.__annotations__)
"""The names of all that a route can be told."""


class APIWebSocketRoute(CompiledRoute, WebSocketRoute):
    """A path and the function that serves its WebSockets, with parameters and dependencies."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        name: str | None = None,
        dependencies: Sequence[params.Depends] | None = None,
        dependency_overrides_provider: Any = None,
    ) -> None:
        """Raise `DeclarationError`, or another `FastAPIError`, for what cannot be served."""
        self.path = path
        _ = self.pattern  # so that a path that cannot be is refused here
        self.declare(endpoint)
        self.name: str | None = name or get_name(endpoint)
        self.dependencies: list[params.Depends] = list(dependencies or ())
        self.dependency_overrides_provider = dependency_overrides_provider
        own = get_dependant(path=path, call=endpoint, scope="function")
        self.dependant: Dependant = with_dependencies(own, self.dependencies, path)

    def at(self, around: Options, provider: Any = None) -> PlacedRoute:
        """The route at a place of the tree."""
        return PlacedRoute(self, around, provider)

    def compile(self, placed: PlacedRoute) -> ASGIApp:
        """The application that serves the route at its place."""
        if is_replaced(*WEBSOCKET_STEPS):
            return websocket_by_replacements(placed)
        return compile_websocket(placed)


class APIRouter(Router, OperationDecorators):
    """Collects path operations, WebSockets and other routers, to be included in another."""

    def __init__(
        self,
        *,
        prefix: str = "",
        tags: list[str | Enum] | None = None,
        dependencies: Sequence[params.Depends] | None = None,
        default_response_class: type[Response] = Default(JSONResponse),
        responses: Mapping[int | str, dict[str, Any]] | None = None,
        callbacks: list[BaseRoute] | None = None,
        routes: list[BaseRoute] | None = None,
        redirect_slashes: bool = True,
        default: ASGIApp | None = None,
        dependency_overrides_provider: Any = None,
        route_class: type[APIRoute] = APIRoute,
        on_startup: Sequence[Callable[[], Any]] | None = None,
        on_shutdown: Sequence[Callable[[], Any]] | None = None,
        lifespan: Lifespan[Any] | None = None,
        deprecated: bool | None = None,
        include_in_schema: bool = True,
        generate_unique_id_function: Callable[[APIRoute], str] = Default(generate_unique_id),
        strict_content_type: bool = Default(True),
        max_body_size: int | None = None,
        form_limits: Mapping[str, int] | None = None,
        mount_lifespans: bool = False,
    ) -> None:
        """`prefix` begins with `/` and does not end with it; the other options are inherited."""
        self.prefix = prefix
        self.tags: list[str | Enum] = list(tags or ())
        self.dependencies: list[params.Depends] = list(dependencies or ())
        self.default_response_class = default_response_class
        self.responses: dict[int | str, dict[str, Any]] = dict(responses or {})
        self.callbacks: list[BaseRoute] = list(callbacks or ())
        self.dependency_overrides_provider = dependency_overrides_provider
        self.route_class = route_class
        self.deprecated = deprecated
        self.include_in_schema = include_in_schema
        self.generate_unique_id_function = generate_unique_id_function
        self.strict_content_type = strict_content_type
        self.max_body_size = max_body_size
        self.form_limits = form_limits
        _ = self.own_options  # so that a wrong one is refused here
        super().__init__(
            routes=routes,
            redirect_slashes=redirect_slashes,
            default=default,
            lifespan=lifespan,
            max_body_size=max_body_size,
            mount_lifespans=mount_lifespans,
        )
        self.frontends: list[Frontend] = []
        self._placed_frontends: tuple[object, list[PlacedFrontend]] = (None, [])
        self.on_startup: list[Callable[[], Any]] = list(on_startup or ())
        self.on_shutdown: list[Callable[[], Any]] = list(on_shutdown or ())
        if lifespan is None:
            self.lifespan_context: Lifespan[Any] = self._run_events

    @asynccontextmanager
    async def _run_events(self, app: Any) -> AsyncGenerator[None]:
        for handler in self.on_startup:
            await call_event_handler(handler)
        yield
        for handler in self.on_shutdown:
            await call_event_handler(handler)

    async def lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak the lifespan protocol for this router and, inside it, all that it includes."""
        contexts = [router.lifespan_context for router in self.family()]
        if self.mount_lifespans:
            contexts += map(lifespan_of, mounted(self.routes))
        contexts.append(tell_started)
        await serve_lifespan(merge_lifespans(contexts), scope, receive, send)

    def family(self) -> Iterator[APIRouter]:
        """This router and all that it includes, each once, the outer before the inner."""
        seen = {id(self)}
        yield self
        for inclusion in self.routes:
            if isinstance(inclusion, Inclusion):
                for router in inclusion.router.family():
                    if id(router) not in seen:
                        seen.add(id(router))
                        yield router

    def add_event_handler(self, event_type: str, func: Callable[[], Any]) -> None:
        """Run `func` at `"startup"` or `"shutdown"`, unless a lifespan is given."""
        if event_type not in ("startup", "shutdown"):
            raise DeclarationError(
                f"There is no event {event_type!r}; it is 'startup' or 'shutdown'."
            )
        getattr(self, f"on_{event_type}").append(func)

    @deprecated("on_event is deprecated, use lifespan event handlers instead.")
    def on_event(self, event_type: str) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Run the decorated function at `"startup"` or `"shutdown"`."""

        def declare(function: DecoratedCallable) -> DecoratedCallable:
            self.add_event_handler(event_type, function)
            return function

        return declare

    @property
    def own_options(self) -> Options:
        """What the router says for all that is declared on it."""
        said = {name: getattr(self, name) for name in RouterOptions.__annotations__}
        if self.include_in_schema is True:
            del said["include_in_schema"]
        return router_options(type(self).__name__, said)

    @spell_out(RouteOptions)
    def add_api_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: Iterable[str] | None = None,
        route_class_override: type[APIRoute] | None = None,
        **options: Unpack[RouteOptions],
    ) -> None:
        """Answer `path` with `endpoint`, for `GET` unless `methods` are given."""
        said = inherit(self.own_options, route_options(describe(endpoint), options))
        prefix = said.pop("prefix", "")
        route_class = route_class_override or self.route_class
        self.routes.append(
            route_class(
                prefix + path,
                endpoint,
                methods=methods,
                dependency_overrides_provider=self.dependency_overrides_provider,
                **said,
            )
        )

    def add_api_websocket_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        name: str | None = None,
        *,
        dependencies: Sequence[params.Depends] | None = None,
    ) -> None:
        """Answer WebSockets at `path` with `endpoint`."""
        self.routes.append(
            APIWebSocketRoute(
                self.prefix + path,
                endpoint,
                name=name,
                dependencies=[*self.dependencies, *(dependencies or ())],
                dependency_overrides_provider=self.dependency_overrides_provider,
            )
        )

    def add_frontend(self, path: str, files: FrontendFiles) -> None:
        """Serve `files` below `path`, where no route answers."""
        options = inherit(self.own_options, {"prefix": check_path(path)})
        self.frontends.append(Frontend(files, options))
        self.changed()

    def otherwise(self, scope: Scope) -> ASGIApp:
        """What answers where no route matches: the front end with the longest path, or `default`."""
        if scope["type"] == "http":
            path = get_route_path(scope)
            for frontend in self.frontends_here():
                if frontend.covers(path):
                    return frontend.app
        return self.default

    def frontends_here(self) -> list[PlacedFrontend]:
        """The front ends of this router and of all it includes, the longest path first."""
        tree, placed = self._placed_frontends
        if tree is not self.tree():
            placed = placed_frontends(self)
            self._placed_frontends = self.tree(), placed
        return placed

    def warm_up(self) -> None:
        """Compile all that would be compiled for the first connections, here and below."""
        super().warm_up()
        for frontend in self.frontends_here():
            frontend.current_plan()

    @spell_out(RouterOptions)
    def include_router(self, router: APIRouter, **options: Unpack[RouterOptions]) -> None:
        """Serve the routes of `router` too, also those it gets later, completed by `options`.

        Raises `DeclarationError` where the router would be inside itself, and `FastAPIError`
        where a path would be empty.
        """
        if not isinstance(router, APIRouter):
            raise DeclarationError(
                f"Cannot include {router!r}: it is no APIRouter. Mount other applications."
            )
        if router is self:
            raise DeclarationError(
                "Cannot include the same APIRouter instance into itself. Did you mean to include "
                "a different router?"
            )
        if router.contains(self):
            raise DeclarationError(
                "Cannot include an APIRouter instance that already includes this router. Did you "
                "mean to include a different router?"
            )
        said = inherit(self.own_options, router_options("include_router", options))
        inclusion = Inclusion(router, said, self.dependency_overrides_provider)
        if not said.get("prefix"):
            check_paths(router)
        router.add_parent(self)
        self.routes.append(inclusion)

    def contains(self, router: Router) -> bool:
        """Whether `router` is included here, at any depth."""
        return any(
            route.router is router or route.router.contains(router)
            for route in self.routes
            if isinstance(route, Inclusion)
        )

    def tree(self) -> object:
        """Something that stays the same as long as no route of the tree changes."""
        return self._indexes

    def entries(self) -> Iterator[Entry | Branch]:
        """The tree of routers as entries for the index, in the order of declaration."""
        return entries_of(self.routes, {}, self.dependency_overrides_provider)

    @property
    def is_opaque(self) -> bool:
        """Whether it decides by itself what matches: a subclass replaces `matches` or `handle`."""
        kind = type(self)
        return kind.matches is not APIRouter.matches or kind.handle is not APIRouter.handle

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """How far one of the routes matches, at the place where the router is asked."""
        return match_among(self.asked(), scope)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the route that matches, at the place where the router is asked."""
        await self.asked().app(scope, receive, send)

    def asked(self) -> Router:
        """The router that is asked: the one of the inclusion under way, or this one."""
        inclusion = ASKED.get()
        return inclusion.served if inclusion is not None and inclusion.router is self else self

    def route(
        self,
        path: str,
        methods: Collection[str] | None = None,
        name: str | None = None,
        include_in_schema: bool = True,
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Serve `path` with the decorated function of a `Request`."""

        def declare(function: DecoratedCallable) -> DecoratedCallable:
            self.add_route(path, function, methods, name, include_in_schema)
            return function

        return declare


def check_paths(router: APIRouter) -> None:
    """Raise `FastAPIError` where an operation of `router` would have no path at all."""
    for placed in walk(router.routes):
        route = placed.route
        if getattr(route, "path", None) == "" and not placed.prefix and isinstance(route, APIRoute):
            raise FastAPIError(
                f"Prefix and path cannot be both empty (path operation: {route.name}). "
                "Give the router a prefix, or the operation a path."
            )
