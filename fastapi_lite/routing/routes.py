"""What can answer a path: functions, endpoint classes and applications.

`Mount` and `Host`, which put whole applications under a path or a host, stand with the router.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from re import Pattern
from typing import Any, ClassVar, Generic, Self, TypeVar, overload

from fastapi_lite._inspect import is_async_callable
from fastapi_lite.concurrency import run_in_threadpool
from fastapi_lite.convertors import Convertor
from fastapi_lite.datastructures.url import URLPath
from fastapi_lite.exceptions import DeclarationError, HTTPException
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.body_limit import RequestBodyLimitMiddleware
from fastapi_lite.middleware.exceptions import answer_exception, find_handler
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing.index import BOTH, Entry, Match
from fastapi_lite.routing.paths import (
    PathPattern,
    convert_groups,
    get_name,
    get_route_path,
    parse_path,
    replace_params,
)
from fastapi_lite.routing.replaceable import current, is_replaced, replaceable
from fastapi_lite.routing.warming import Warmable
from fastapi_lite.sending import begin, watch
from fastapi_lite.types import ASGIApp, ExceptionHandler, Receive, Scope, Send
from fastapi_lite.websockets import WebSocket, WebSocketClose

T = TypeVar("T")

__all__ = [
    "BaseRoute",
    "Match",
    "NoMatchFound",
    "PathRoute",
    "Route",
    "WebSocketRoute",
    "request_response",
    "websocket_session",
    "wrap_app_handling_exceptions",
]


class NoMatchFound(Exception):
    """No route has the name and the parameters that a URL was asked for."""

    def __init__(self, name: str, path_params: Mapping[str, Any]) -> None:
        params = ", ".join(path_params)
        super().__init__(f'No route exists for name "{name}" and params "{params}".')


class BaseRoute(Warmable):
    """Something that may answer a connection, and knows whether it does.

    A subclass of one's own says `matches` and `handle`, and `url_path_for` if URLs are made of it. It is
    asked in its place among the other routes; see `routing.index` for routes that are looked up instead.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """How far the route matches, and what it then adds to the scope."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it matches.")

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The path of the route called `name`. Raises `NoMatchFound` for any other."""
        raise NotImplementedError(f"{type(self).__name__} does not say what its URLs are.")

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a connection that matches, with the scope completed."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it answers.")

    def entries(self) -> Iterable[Entry]:
        """What an index is to hold of this route."""
        yield Entry(self.handle, route=self, pattern=None, protocols=BOTH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as an application of this one route."""
        match, additions = self.matches(scope)
        if match is Match.NONE:
            await answer_not_found(scope, receive, send)
        else:
            scope.update(additions)
            await self.handle(scope, receive, send)


class derived(Generic[T]):  # noqa: N801 - a kind of property
    """An attribute that follows from the route's pattern until it is set."""

    def __init__(self, derive: Callable[[PathRoute], T]) -> None:
        self.derive = derive

    def __set_name__(self, owner: type[PathRoute], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, route: None, owner: type[PathRoute]) -> Self: ...
    @overload
    def __get__(self, route: PathRoute, owner: type[PathRoute]) -> T: ...
    def __get__(self, route: PathRoute | None, owner: type[PathRoute]) -> Self | T:
        if route is None:
            return self
        values = vars(route)
        value: T = values[self.name] if self.name in values else self.derive(route)
        return value

    def __set__(self, route: PathRoute, value: T) -> None:
        vars(route)[self.name] = value


class PathRoute(BaseRoute):
    """A route with a path, and perhaps with methods.

    `path_regex`, `path_format` and `param_convertors` may be set, as code for Starlette does. A route
    whose `path_regex` was set matches by that.
    """

    protocols: ClassVar[Sequence[str]]
    is_prefix: ClassVar[bool] = False
    equal_by: ClassVar[Sequence[str]]

    path: str
    name: str | None
    app: ASGIApp

    @property
    def matched_path(self) -> str:
        """The path to match."""
        return self.path

    @property
    def target(self) -> Any:
        """What answers, as the scope names it under `endpoint`."""
        return self.endpoint  # type: ignore[attr-defined]  # a mount has none, and another target

    @property
    def pattern(self) -> PathPattern:
        """The path, parsed."""
        path = self.matched_path
        known: PathPattern | None = vars(self).get("_pattern")
        if known is None or known.path != path:
            known = vars(self)["_pattern"] = parse_path(path)
        return known

    path_regex: derived[Pattern[str]] = derived(lambda route: route.pattern.regex)
    """The path as a regular expression, with a group for each parameter."""
    path_format: derived[str] = derived(lambda route: route.pattern.format)
    """The path with parameters by name alone."""
    param_convertors: derived[dict[str, Convertor[Any]]] = derived(
        lambda route: route.pattern.convertors
    )
    """The convertors by the names of the parameters."""

    @property
    def has_own_regex(self) -> bool:
        """Whether `path_regex` was set."""
        return "path_regex" in vars(self)

    def read_path(self, path: str) -> dict[str, Any] | None:
        """The parameters in `path`, or nothing where it does not match."""
        if not self.has_own_regex:
            return self.pattern.match(path)
        return convert_groups(self.path_regex.fullmatch(path), self.param_convertors)

    def allows(self, scope: Scope) -> bool:
        """Whether the method is answered; routes without methods answer all."""
        methods = getattr(self, "methods", None)
        return not methods or scope["method"] in methods

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Fully for a connection to the path, partially where its method is another."""
        if scope["type"] in self.protocols:
            params = self.read_path(get_route_path(scope))
            if params is not None:
                match = Match.FULL if self.allows(scope) else Match.PARTIAL
                return match, self.additions(scope, params)
        return Match.NONE, {}

    def additions(self, scope: Scope, params: dict[str, Any]) -> Scope:
        """What a match with `params` adds to the scope."""
        return {
            "endpoint": self.target,
            "path_params": {**scope.get("path_params", {}), **params},
        }

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The path, with `path_params` in it, if the route is called `name`."""
        if name != self.name or path_params.keys() != self.param_convertors.keys():
            raise NoMatchFound(name, path_params)
        path, _ = replace_params(self.path_format, self.param_convertors, path_params)
        return URLPath(path, "http" if "http" in self.protocols else "websocket")

    def has_urls_for(self, name: str) -> bool:
        """Whether `url_path_for` needs asking: the name is right, or a subclass answers to others."""
        return name == self.name or type(self).url_path_for is not PathRoute.url_path_for

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse the method."""
        if self.allows(scope):
            await self.app(scope, receive, send)
        else:
            methods: Collection[str] = self.methods  # type: ignore[attr-defined]  # or all are allowed
            await answer_method_not_allowed(methods, scope, receive, send)

    @property
    def is_opaque(self) -> bool:
        """Whether it decides by itself what matches: a subclass that replaces `matches` or `handle`."""
        kind, own = type(self), vars(self)
        return (
            self.has_own_regex
            or kind.matches is not PathRoute.matches
            or kind.handle is not PathRoute.handle
            or "matches" in own
            or "handle" in own
        )

    def entries(self) -> Iterable[Entry]:
        """The route, to be looked up unless it decides by itself what matches."""
        if self.is_opaque:
            yield from super().entries()
            return
        yield Entry(
            self.app,
            route=self,
            pattern=self.pattern,
            protocols=self.protocols,
            methods=getattr(self, "methods", None) or None,
            endpoint=self.target,
            is_prefix=self.is_prefix,
        )

    def __eq__(self, other: object) -> bool:
        return is_alike(self, other, self.equal_by)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(path={self.path!r}, name={self.name or ''!r})"


class Route(PathRoute):
    """Answers HTTP requests to `path`.

    `endpoint` is a function of a `Request` that returns a `Response`, asynchronous or not (it then runs in
    a thread); or a class or object that is an ASGI application, as `HTTPEndpoint`s are. `methods` are `GET` for
    functions and all for applications unless given; `GET` brings `HEAD`. `max_body_size` is in bytes. Raises
    `DeclarationError` for a path that cannot be.
    """

    protocols: ClassVar[Sequence[str]] = ("http",)
    equal_by: ClassVar[Sequence[str]] = ("path", "endpoint", "methods")

    methods: set[str] | None

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: Collection[str] | None = None,
        name: str | None = None,
        include_in_schema: bool = True,
        middleware: Sequence[Middleware] | None = None,
        max_body_size: int | None = None,
    ) -> None:
        self.path: str = require_slash(path)
        self.endpoint = endpoint
        self.name: str | None = get_name(endpoint) if name is None else name
        self.include_in_schema = include_in_schema
        self.methods = compile_methods(methods, endpoint)
        app = endpoint
        if is_plain_function(endpoint):
            is_usual = not is_replaced("request_response")
            app = (request_response if is_usual else current("request_response"))(endpoint)
        self.app: ASGIApp = wrap(app, middleware, max_body_size)
        _ = self.pattern  # so that a mistake is seen here

    def __repr__(self) -> str:
        methods = sorted(self.methods or ())
        return f"{type(self).__name__}(path={self.path!r}, name={self.name!r}, methods={methods!r})"


class WebSocketRoute(PathRoute):
    """Answers WebSockets at `path`.

    `endpoint` is a coroutine function of a `WebSocket`; or a class or object that is an ASGI application, as
    `WebSocketEndpoint`s are. Raises `DeclarationError` for a path that cannot be.
    """

    protocols: ClassVar[Sequence[str]] = ("websocket",)
    equal_by: ClassVar[Sequence[str]] = ("path", "endpoint")

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        name: str | None = None,
        middleware: Sequence[Middleware] | None = None,
    ) -> None:
        self.path: str = require_slash(path)
        self.endpoint = endpoint
        self.name: str | None = get_name(endpoint) if name is None else name
        app = endpoint
        if is_plain_function(endpoint):
            app = current("websocket_session")(endpoint)
        self.app: ASGIApp = wrap(app, middleware)
        _ = self.pattern  # so that a mistake is seen here


def request_response(func: Callable[[Request], Awaitable[Response] | Response]) -> ASGIApp:
    """The application that answers with what `func` returns; an ordinary function runs in a thread.

    Exceptions go to the handlers of `scope["app"]`, with the request that `func` has had.
    """
    call: Any = func
    if not is_async_callable(func):
        call = partial(run_in_threadpool, call)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        watched = watch(send)
        request: Request = Request(scope, receive, watched)
        try:
            response = await call(request)
            is_plain = type(response).__call__ is Response.__call__
            await response(scope, receive, begin(watched) if is_plain else watched)
        except Exception as exc:
            handler = handler_of(exc, scope)
            if handler is None:
                raise
            await answer_exception(exc, handler, request, receive, watched)

    return app


@replaceable
def websocket_session(func: Callable[[WebSocket], Awaitable[None]]) -> ASGIApp:
    """The application that calls `func` with the connection.

    Exceptions go to the handlers of `scope["app"]`, with the connection that `func` has had.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        watched = watch(send)
        websocket: WebSocket = WebSocket(scope, receive, watched)
        try:
            await func(websocket)
        except Exception as exc:
            handler = handler_of(exc, scope)
            if handler is None:
                raise
            await answer_exception(exc, handler, websocket, receive, watched)

    return app


def wrap_app_handling_exceptions(app: ASGIApp, conn: Request | WebSocket) -> ASGIApp:
    """`app`, whose exceptions go to the handlers of `scope["app"]`, with the connection `conn`."""

    async def handling(scope: Scope, receive: Receive, send: Send) -> None:
        watched = watch(send)
        try:
            await app(scope, receive, watched)
        except Exception as exc:
            handler = handler_of(exc, conn.scope)
            if handler is None:
                raise
            await answer_exception(exc, handler, conn, receive, watched)

    return handling


def handler_of(exc: Exception, scope: Scope) -> ExceptionHandler | None:
    """What the application answers `exc` with, if anything."""
    handlers = getattr(scope.get("app"), "exception_handlers", None)
    return None if handlers is None else find_handler(handlers, exc)


async def answer_not_found(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse a connection that nothing matches; within an application its handlers say how."""
    if scope["type"] == "websocket":
        await WebSocketClose()(scope, receive, send)
        return
    if "app" in scope:
        raise HTTPException(404)
    await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)


async def answer_method_not_allowed(
    methods: Iterable[str], scope: Scope, receive: Receive, send: Send
) -> None:
    """Refuse the method of a request and name those there are (RFC 9110, section 15.5.6)."""
    headers = {"Allow": ", ".join(sorted(methods))}
    if "app" in scope:
        raise HTTPException(405, headers=headers)
    response = PlainTextResponse("Method Not Allowed", status_code=405, headers=headers)
    await response(scope, receive, send)


def wrap(
    app: ASGIApp, middleware: Sequence[Middleware] | None, max_body_size: int | None = None
) -> ASGIApp:
    """`app` with `middleware` around it, the first outermost, and its limit around them."""
    for cls, args, kwargs in reversed(middleware or ()):
        app = cls(app, *args, **kwargs)
    return app if max_body_size is None else RequestBodyLimitMiddleware(app, max_body_size)


def is_plain_function(endpoint: Any) -> bool:
    """Whether `endpoint` is a function or a method, beneath any `functools.partial`."""
    while isinstance(endpoint, partial):
        endpoint = endpoint.func
    return inspect.isfunction(endpoint) or inspect.ismethod(endpoint)


def compile_methods(methods: Collection[str] | None, endpoint: Any) -> set[str] | None:
    """The methods of a route in upper case, with `HEAD` beside `GET`; `None` for all."""
    if methods is None:
        return {"GET", "HEAD"} if is_plain_function(endpoint) else None
    upper = {method.upper() for method in methods}
    return upper | {"HEAD"} if "GET" in upper else upper


def require_slash(path: str) -> str:
    """`path`, which has to start with a slash."""
    if not path.startswith("/"):
        raise DeclarationError(f"Routed paths must start with '/', which {path!r} does not.")
    return path


def is_alike(one: object, other: object, attributes: Sequence[str]) -> bool:
    """Whether `other` is of the class of `one` and has equal `attributes`."""
    return isinstance(other, type(one)) and all(
        getattr(one, name) == getattr(other, name) for name in attributes
    )
