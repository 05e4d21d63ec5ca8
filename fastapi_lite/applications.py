"""The application: `Starlette` for plain ASGI routes, `FastAPI` for path operations."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

from typing_extensions import Unpack

from fastapi_lite import params
from fastapi_lite._deprecated import deprecated
from fastapi_lite._options import spell_out
from fastapi_lite.datastructures import Default, State, URLPath
from fastapi_lite.exception_handlers import (
    http_exception_handler,
    request_validation_exception_handler,
    websocket_request_validation_exception_handler,
)
from fastapi_lite.exceptions import (
    DeclarationError,
    FastAPIDeprecationWarning,
    HTTPException,
    RequestValidationError,
    WebSocketRequestValidationError,
)
from fastapi_lite.middleware import Middleware, MiddlewareFactory
from fastapi_lite.middleware.base import BaseHTTPMiddleware
from fastapi_lite.middleware.errors import ServerErrorMiddleware
from fastapi_lite.middleware.exceptions import ExceptionMiddleware
from fastapi_lite.openapi.docs import (
    get_redoc_html,
    get_swagger_ui_html,
    get_swagger_ui_oauth2_redirect_html,
    packaged_asset,
    with_packaged_assets,
)
from fastapi_lite.openapi.serving import DocumentBytes
from fastapi_lite.requests import Request
from fastapi_lite.responses import HTMLResponse, JSONResponse, Response
from fastapi_lite.routing.api import APIRoute, APIRouter
from fastapi_lite.routing.declarations import OperationDecorators
from fastapi_lite.routing.frontends import FrontendFiles
from fastapi_lite.routing.options import RouteOptions, RouterOptions, generate_unique_id
from fastapi_lite.routing.router import Router
from fastapi_lite.routing.routes import BaseRoute
from fastapi_lite.routing.tree import OperationObserver
from fastapi_lite.routing.warming import Warmable
from fastapi_lite.types import (
    ASGIApp,
    DecoratedCallable,
    ExceptionHandler,
    ExceptionHandlers,
    Lifespan,
    Receive,
    Scope,
    Send,
)

if TYPE_CHECKING:
    from fastapi_lite.telemetry.config import TelemetryConfig

P = ParamSpec("P")
AppT = TypeVar("AppT", bound="Starlette")


class Starlette(Warmable):
    """An ASGI application: routes, around them middleware, and handlers of exceptions.

    `debug`: whether a 500 shows its traceback. `lifespan`: what runs while the application is up;
    a mapping it yields is the state of each request. `max_body_size`: bytes. `mount_lifespans`:
    whether the lifespans of mounted applications run too, inside the application's own.
    """

    root_path = ""
    """The path below which a proxy serves the application, where its server does not say."""

    def __init__(
        self: AppT,
        debug: bool = False,
        routes: Sequence[BaseRoute] | None = None,
        middleware: Sequence[Middleware] | None = None,
        exception_handlers: ExceptionHandlers | None = None,
        lifespan: Lifespan[AppT] | None = None,
        *,
        max_body_size: int | None = None,
        mount_lifespans: bool = False,
    ) -> None:
        self._prepare(debug, middleware, exception_handlers)
        self.router: Router = Router(
            routes,
            lifespan=lifespan,
            max_body_size=max_body_size,
            mount_lifespans=mount_lifespans,
        )

    def _prepare(
        self,
        debug: bool,
        middleware: Sequence[Middleware] | None,
        exception_handlers: ExceptionHandlers | None,
    ) -> None:
        self.debug = debug
        self.state: State = State()
        self.exception_handlers: dict[Any, ExceptionHandler] = dict(exception_handlers or {})
        self.user_middleware: list[Middleware] = list(middleware or ())
        self.middleware_stack: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or the lifespan (ASGI 3.0)."""
        # `FastAPI` has no call of its own: who replaces this one sees the connections of both.
        if self.root_path:
            scope["root_path"] = self.root_path
        scope["app"] = self
        if self.middleware_stack is None:
            self.middleware_stack = self.build_middleware_stack()
        await self.middleware_stack(scope, receive, send)

    def warm_up(self) -> Self:
        """Compile all that would be compiled for the first connections; the application itself.

        That is its middleware, the indexes of its routes, and what serves each of them, also in
        applications that are mounted. Raises what is wrong with any of it, `FastAPIError` above all.
        """
        if self.middleware_stack is None:
            self.middleware_stack = self.build_middleware_stack()
        self.router.warm_up()
        return self

    def build_middleware_stack(self) -> ASGIApp:
        """The router with its middleware around it, the last added outermost but for the errors'.

        Called on the first request.
        """
        handlers = self.exception_handlers
        server_error = handlers.get(500) or handlers.get(Exception)
        app = self.router.middleware_stack
        for cls, args, kwargs in (
            Middleware(ExceptionMiddleware, handlers=handlers, debug=self.debug),
            *reversed(self.user_middleware),
            Middleware(ServerErrorMiddleware, handler=server_error, debug=self.debug),
        ):
            app = cls(app, *args, **kwargs)
        return app

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes, in order of declaration; inclusions and mounts are entries of their own."""
        return self.router.routes

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """The path of the route `name`. Raises `NoMatchFound` where there is none."""
        return self.router.url_path_for(name, **path_params)

    def mount(self, path: str, app: ASGIApp, name: str | None = None) -> None:
        """Serve everything below `path` with `app`."""
        self.router.mount(path, app=app, name=name)

    def host(self, host: str, app: ASGIApp, name: str | None = None) -> None:
        """Serve everything for `host` with `app`."""
        self.router.host(host, app=app, name=name)

    def add_middleware(
        self, middleware_class: MiddlewareFactory[P], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Put `middleware_class(app, *args, **kwargs)` around the application, outside the others.

        Raises `RuntimeError` once the application has started.
        """
        if self.middleware_stack is not None:
            raise RuntimeError("Cannot add middleware after an application has started")
        self.user_middleware.insert(0, Middleware(middleware_class, *args, **kwargs))

    def add_exception_handler(
        self, exc_class_or_status_code: int | type[Exception], handler: ExceptionHandler
    ) -> None:
        """Answer an exception of a class, or an `HTTPException` of a status, with `handler`."""
        self.exception_handlers[exc_class_or_status_code] = handler

    def add_route(
        self,
        path: str,
        route: Callable[..., Any],
        methods: list[str] | None = None,
        name: str | None = None,
        include_in_schema: bool = True,
    ) -> None:
        """Serve `path` with a function of a `Request`, without parameters or documentation."""
        self.router.add_route(
            path, route, methods=methods, name=name, include_in_schema=include_in_schema
        )

    def add_websocket_route(
        self, path: str, route: Callable[..., Any], name: str | None = None
    ) -> None:
        """Serve the WebSockets of `path` with a function of a `WebSocket`."""
        self.router.add_websocket_route(path, route, name=name)


class FastAPI(Starlette, OperationDecorators):
    """An API: path operations declared by functions, served, validated and documented.

    Every option can be changed as an attribute until the first request.
    """

    def __init__(
        self,
        *,
        debug: bool = False,
        routes: list[BaseRoute] | None = None,
        title: str = "FastAPI",
        summary: str | None = None,
        description: str = "",
        version: str = "0.1.0",
        openapi_url: str | None = "/openapi.json",
        openapi_tags: list[dict[str, Any]] | None = None,
        servers: list[dict[str, Any]] | None = None,
        dependencies: Sequence[params.Depends] | None = None,
        default_response_class: type[Response] = Default(JSONResponse),
        redirect_slashes: bool = True,
        docs_url: str | None = "/docs",
        redoc_url: str | None = "/redoc",
        swagger_ui_oauth2_redirect_url: str | None = "/docs/oauth2-redirect",
        swagger_ui_init_oauth: dict[str, Any] | None = None,
        middleware: Sequence[Middleware] | None = None,
        exception_handlers: ExceptionHandlers | None = None,
        on_startup: Sequence[Callable[[], Any]] | None = None,
        on_shutdown: Sequence[Callable[[], Any]] | None = None,
        lifespan: Lifespan[Any] | None = None,
        terms_of_service: str | None = None,
        contact: dict[str, Any] | None = None,
        license_info: dict[str, Any] | None = None,
        root_path: str = "",
        root_path_in_servers: bool = True,
        responses: Mapping[int | str, dict[str, Any]] | None = None,
        callbacks: list[BaseRoute] | None = None,
        webhooks: APIRouter | None = None,
        deprecated: bool | None = None,
        include_in_schema: bool = True,
        swagger_ui_parameters: dict[str, Any] | None = None,
        generate_unique_id_function: Callable[[APIRoute], str] = Default(generate_unique_id),
        separate_input_output_schemas: bool = True,
        openapi_external_docs: dict[str, Any] | None = None,
        strict_content_type: bool = True,
        max_body_size: int | None = None,
        form_limits: Mapping[str, int] | None = None,
        mount_lifespans: bool = False,
        telemetry: TelemetryConfig | None = None,
    ) -> None:
        """Options as FastAPI's; `openapi_url=None` switches document and pages off.

        `telemetry`: what is recorded with OpenTelemetry, `{}` for all that can be; without it,
        that is so if the process has a global provider when the application starts.
        `mount_lifespans`: whether the lifespans of mounted applications run too, inside its own.
        """
        if telemetry is not None:
            check_telemetry(telemetry)
        self.telemetry = telemetry
        self.operation_observer: OperationObserver | None = None
        self._prepare(debug, middleware, exception_handlers)
        self.title: str = title
        self.version: str = version
        self.summary: str | None = summary
        self.description: str = description
        self.terms_of_service: str | None = terms_of_service
        self.contact: dict[str, Any] | None = contact
        self.license_info: dict[str, Any] | None = license_info
        self.servers: list[dict[str, Any]] = servers or []
        self.openapi_tags: list[dict[str, Any]] | None = openapi_tags
        self.openapi_external_docs = openapi_external_docs
        self.separate_input_output_schemas = separate_input_output_schemas
        self.openapi_url: str | None = openapi_url
        self.docs_url: str | None = docs_url
        self.redoc_url: str | None = redoc_url
        self.swagger_ui_oauth2_redirect_url = swagger_ui_oauth2_redirect_url
        self.swagger_ui_parameters = swagger_ui_parameters
        self.swagger_ui_init_oauth = swagger_ui_init_oauth
        self.root_path: str = root_path
        self.root_path_in_servers: bool = root_path_in_servers
        self.openapi_version = "3.1.0"
        self.openapi_schema: dict[str, Any] | None = None
        self._made_schema: tuple[object, object] = (None, None)
        self._document_bytes = DocumentBytes()
        self.webhooks: APIRouter = webhooks or APIRouter()
        self.dependency_overrides: dict[Callable[..., Any], Callable[..., Any]] = {}
        for kind, handler in DEFAULT_HANDLERS.items():
            self.exception_handlers.setdefault(kind, handler)
        if openapi_url:
            for attribute in ("title", "version"):
                if not getattr(self, attribute):
                    raise DeclarationError(
                        f"A {attribute} must be provided for OpenAPI, e.g.: {EXAMPLES[attribute]!r}"
                    )
        self.router: APIRouter = APIRouter(
            routes=routes,
            redirect_slashes=redirect_slashes,
            dependency_overrides_provider=self,
            on_startup=on_startup,
            on_shutdown=on_shutdown,
            lifespan=lifespan,
            default_response_class=default_response_class,
            dependencies=dependencies,
            callbacks=callbacks,
            deprecated=deprecated,
            include_in_schema=include_in_schema,
            responses=responses,
            generate_unique_id_function=generate_unique_id_function,
            strict_content_type=strict_content_type,
            max_body_size=max_body_size,
            form_limits=form_limits,
            mount_lifespans=mount_lifespans,
        )
        if root_path:
            warnings.warn(
                "The `root_path` parameter is deprecated: where a proxy puts the application, its "
                "server says. Start that with `--root-path`.",
                FastAPIDeprecationWarning,
                stacklevel=2,
            )
        self.setup()

    def build_middleware_stack(self) -> ASGIApp:
        """As for any application, with telemetry around it where that is in use."""
        return self._with_telemetry(super().build_middleware_stack())

    def reconsider_telemetry(self) -> None:
        """Take in that the lifespan has started, in which a global provider may have been set."""
        if self.operation_observer is None and self.middleware_stack is not None:
            stack = self._with_telemetry(self.middleware_stack)
            self.middleware_stack: ASGIApp | None = stack

    def _with_telemetry(self, stack: ASGIApp) -> ASGIApp:
        if self.telemetry is None and not may_have_telemetry():
            return stack
        from fastapi_lite.telemetry.choice import with_telemetry  # noqa: PLC0415 - as its package

        return with_telemetry(self, stack)

    def warm_up(self, *, openapi: bool = False) -> Self:
        """As any application does; `openapi` says whether the document is made, too."""
        super().warm_up()
        if openapi:
            self.openapi()
        return self

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document; made when first asked for, and anew when routes have changed.

        One that was set as `openapi_schema` is left as it is.
        """
        routes = self.router.tree()
        schema, (made, documented) = self.openapi_schema, self._made_schema
        if schema is None or (schema is made and documented is not routes):
            # What writes documents is loaded where one is asked for, and nowhere else.
            from fastapi_lite.openapi.utils import get_openapi  # noqa: PLC0415

            described = {name: getattr(self, name) for name in DESCRIPTION}
            schema = self.openapi_schema = get_openapi(
                **described,
                routes=self.routes,
                webhooks=self.webhooks.routes,
                tags=self.openapi_tags,
                external_docs=self.openapi_external_docs,
            )
            self._made_schema = schema, routes
        return schema

    def setup(self) -> None:
        """Add the routes of the document and its pages; called when the application is made."""
        if not self.openapi_url:
            return
        self.add_route(
            self.openapi_url, self._answer_openapi, include_in_schema=False, name="openapi"
        )
        if self.docs_url:
            self.add_route(
                self.docs_url, self._answer_docs, include_in_schema=False, name="swagger_ui_html"
            )
            if self.swagger_ui_oauth2_redirect_url:
                self.add_route(
                    self.swagger_ui_oauth2_redirect_url,
                    self._answer_oauth2_redirect,
                    include_in_schema=False,
                    name="swagger_ui_redirect",
                )
        if self.redoc_url:
            self.add_route(
                self.redoc_url, self._answer_redoc, include_in_schema=False, name="redoc_html"
            )

    async def _answer_openapi(self, request: Request) -> Response:
        in_servers = self.root_path_in_servers
        root_path = request.scope.get("root_path", "").rstrip("/") if in_servers else ""
        return self._document_bytes.answer(self.openapi(), request, root_path)

    async def _answer_docs(self, request: Request) -> Response:
        root_path = request.scope.get("root_path", "").rstrip("/")
        redirect = self.swagger_ui_oauth2_redirect_url
        return packaged_asset(request) or with_packaged_assets(
            get_swagger_ui_html(
                openapi_url=f"{root_path}{self.openapi_url}",
                title=f"{self.title} - Swagger UI",
                oauth2_redirect_url=root_path + redirect if redirect else None,
                init_oauth=self.swagger_ui_init_oauth,
                swagger_ui_parameters=self.swagger_ui_parameters,
            )
        )

    async def _answer_oauth2_redirect(self, request: Request) -> HTMLResponse:
        return get_swagger_ui_oauth2_redirect_html()

    async def _answer_redoc(self, request: Request) -> Response:
        root_path = request.scope.get("root_path", "").rstrip("/")
        return packaged_asset(request) or with_packaged_assets(
            get_redoc_html(
                openapi_url=f"{root_path}{self.openapi_url}", title=f"{self.title} - ReDoc"
            )
        )

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
        self.router.add_api_route(
            path, endpoint, methods=methods, route_class_override=route_class_override, **options
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
        self.router.add_api_websocket_route(path, endpoint, name, dependencies=dependencies)

    def add_frontend(self, path: str, files: FrontendFiles) -> None:
        """Serve `files` below `path`, where no route answers."""
        self.router.add_frontend(path, files)

    @spell_out(RouterOptions)
    def include_router(self, router: APIRouter, **options: Unpack[RouterOptions]) -> None:
        """Serve the routes of `router` too, also those it gets later, completed by `options`."""
        self.router.include_router(router, **options)

    def middleware(self, middleware_type: str) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Run the decorated `async def f(request, call_next)` around each request.

        `middleware_type` is `"http"`.
        """
        if middleware_type != "http":
            raise DeclarationError(
                f'Currently only middleware("http") is supported, not {middleware_type!r}. For '
                "others use `add_middleware` with an ASGI class."
            )

        def declare(function: DecoratedCallable) -> DecoratedCallable:
            self.add_middleware(BaseHTTPMiddleware, dispatch=function)
            return function

        return declare

    def exception_handler(
        self, exc_class_or_status_code: int | type[Exception]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer an exception of a class, or an `HTTPException` of a status, by the function."""

        def declare(function: DecoratedCallable) -> DecoratedCallable:
            self.add_exception_handler(exc_class_or_status_code, function)
            return function

        return declare

    @deprecated("on_event is deprecated, use lifespan event handlers instead.")
    def on_event(self, event_type: str) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Run the decorated function at `"startup"` or `"shutdown"`."""

        def declare(function: DecoratedCallable) -> DecoratedCallable:
            self.router.add_event_handler(event_type, function)
            return function

        return declare


def may_have_telemetry() -> bool:
    """Whether there can be telemetry that nobody has configured on the application.

    Asked before anything of it is imported.
    """
    return "opentelemetry" in sys.modules or "FASTAPI_OTEL_AUTO_CONFIGURE" in os.environ


def check_telemetry(config: Any) -> None:
    """Raise `DeclarationError` for a wrong configuration, or where OpenTelemetry is missing."""
    from fastapi_lite.telemetry.config import check_config  # noqa: PLC0415 - as its package

    check_config(config)


DEFAULT_HANDLERS: ExceptionHandlers = {
    HTTPException: http_exception_handler,
    RequestValidationError: request_validation_exception_handler,
    WebSocketRequestValidationError: websocket_request_validation_exception_handler,
}

DESCRIPTION = (
    *("title", "version", "openapi_version", "summary", "description", "terms_of_service"),
    *("contact", "license_info", "servers", "separate_input_output_schemas"),
)
"""Attributes of the application that the document has under the same names."""

EXAMPLES = {"title": "My API", "version": "2.1.0"}
