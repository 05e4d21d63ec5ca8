"""`get`, `post` and the other decorators: shared by the application and its routers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from typing_extensions import Unpack

from fastapi_lite import params
from fastapi_lite._deprecated import deprecated
from fastapi_lite._options import check_options, spell_out
from fastapi_lite.routing.frontends import CheckDirectory, Fallback, FrontendFiles
from fastapi_lite.routing.options import RouteOptions
from fastapi_lite.staticfiles import PathLike
from fastapi_lite.types import DecoratedCallable


class OperationDecorators:
    """The decorators that declare path operations and WebSockets."""

    def add_api_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: Sequence[str] | set[str] | None = None,
        route_class_override: type[Any] | None = None,
        **options: Unpack[RouteOptions],
    ) -> None:
        """Answer `path` with `endpoint`, for `GET` unless `methods` are given."""
        raise NotImplementedError

    def add_api_websocket_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        name: str | None = None,
        *,
        dependencies: Sequence[params.Depends] | None = None,
    ) -> None:
        """Answer WebSockets at `path` with `endpoint`."""
        raise NotImplementedError

    def add_websocket_route(
        self, path: str, endpoint: Callable[..., Any], name: str | None = None, /
    ) -> None:
        """Serve WebSockets at `path` with a function of a `WebSocket` alone."""
        raise NotImplementedError

    def add_frontend(self, path: str, files: FrontendFiles) -> None:
        """Serve `files` below `path`, where no route answers."""
        raise NotImplementedError

    @spell_out(RouteOptions)
    def api_route(
        self,
        path: str,
        *,
        methods: Sequence[str] | set[str] | None = None,
        **options: Unpack[RouteOptions],
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `methods` of `path` with the decorated function."""
        check_options(f"{type(self).__name__}.api_route", options, RouteOptions.__annotations__)

        def declare(endpoint: DecoratedCallable) -> DecoratedCallable:
            self.add_api_route(path, endpoint, methods=methods, **options)
            return endpoint

        return declare

    @spell_out(RouteOptions)
    def get(
        self, path: str, **options: Unpack[RouteOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `GET path` with the decorated function."""
        return self.api_route(path, methods=["GET"], **options)

    @spell_out(RouteOptions)
    def put(
        self, path: str, **options: Unpack[RouteOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `PUT path` with the decorated function."""
        return self.api_route(path, methods=["PUT"], **options)

    @spell_out(RouteOptions)
    def post(
        self, path: str, **options: Unpack[RouteOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `POST path` with the decorated function."""
        return self.api_route(path, methods=["POST"], **options)

    @spell_out(RouteOptions)
    def delete(
        self, path: str, **options: Unpack[RouteOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `DELETE path` with the decorated function."""
        return self.api_route(path, methods=["DELETE"], **options)

    @spell_out(RouteOptions)
    def options(
        self, path: str, **options: Unpack[RouteOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `OPTIONS path` with the decorated function."""
        return self.api_route(path, methods=["OPTIONS"], **options)

    @spell_out(RouteOptions)
    def head(
        self, path: str, **options: Unpack[RouteOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `HEAD path` with the decorated function."""
        return self.api_route(path, methods=["HEAD"], **options)

    @spell_out(RouteOptions)
    def patch(
        self, path: str, **options: Unpack[RouteOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `PATCH path` with the decorated function."""
        return self.api_route(path, methods=["PATCH"], **options)

    @spell_out(RouteOptions)
    def trace(
        self, path: str, **options: Unpack[RouteOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer `TRACE path` with the decorated function."""
        return self.api_route(path, methods=["TRACE"], **options)

    def websocket(
        self,
        path: str,
        name: str | None = None,
        *,
        dependencies: Sequence[params.Depends] | None = None,
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer WebSockets at `path` with the decorated function."""

        def declare(endpoint: DecoratedCallable) -> DecoratedCallable:
            self.add_api_websocket_route(path, endpoint, name, dependencies=dependencies)
            return endpoint

        return declare

    @deprecated("websocket_route is deprecated, use `websocket` or `WebSocketRoute` instead.")
    def websocket_route(
        self, path: str, name: str | None = None
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Serve WebSockets at `path` with the decorated function of a `WebSocket` alone."""

        def declare(function: DecoratedCallable) -> DecoratedCallable:
            self.add_websocket_route(path, function, name)
            return function

        return declare

    def frontend(
        self,
        path: str,
        *,
        directory: PathLike,
        fallback: Fallback | None = "auto",
        check_dir: CheckDirectory = "auto",
    ) -> None:
        """Serve the files of `directory` below `path`, where no route answers.

        `fallback` answers for what is missing: `"404.html"` with that status; `"index.html"` where a page is
        asked for, so that it can do the routing; `"auto"` by the first of both that is there; `None` by none.
        `check_dir`: raise `StaticFilesError` now if there is no such directory, or not the fallback; `"auto"` warns in
        development (`FASTAPI_ENV=development`) of a directory that is missing. Of several front ends, the one with the
        longest path answers. Dependencies of the application and the routers around come first.
        """
        self.add_frontend(path, FrontendFiles(directory, fallback, check_dir))
