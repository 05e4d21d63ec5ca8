"""Names for the shapes that recur: ASGI's, and those of declarations."""

from __future__ import annotations

import types
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Union

if TYPE_CHECKING:
    from fastapi_lite.requests import Request
    from fastapi_lite.responses import Response
    from fastapi_lite.websockets import WebSocket

AppType = TypeVar("AppType")
DecoratedCallable = TypeVar("DecoratedCallable", bound=Callable[..., Any])

Scope: TypeAlias = MutableMapping[str, Any]
"""What is known of a connection when it opens (ASGI 3.0, "Connection Scope")."""
Message: TypeAlias = MutableMapping[str, Any]
"""One event of a connection, named by its `type`."""
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
ASGIApp: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

StatelessLifespan: TypeAlias = Callable[[AppType], AbstractAsyncContextManager[None]]
StatefulLifespan: TypeAlias = Callable[[AppType], AbstractAsyncContextManager[Mapping[str, Any]]]
Lifespan: TypeAlias = StatelessLifespan[AppType] | StatefulLifespan[AppType]

HTTPExceptionHandler: TypeAlias = Callable[
    ["Request", Any], Union["Response", "Awaitable[Response]"]
]
WebSocketExceptionHandler: TypeAlias = Callable[["WebSocket", Any], Awaitable[None]]
ExceptionHandler: TypeAlias = HTTPExceptionHandler | WebSocketExceptionHandler
ExceptionHandlers: TypeAlias = Mapping[Any, ExceptionHandler]
"""Handlers by exception class or by status code."""

UnionType = types.UnionType
IncEx: TypeAlias = (
    set[int] | set[str] | Mapping[int, Union["IncEx", bool]] | Mapping[str, Union["IncEx", bool]]
)
"""Which fields of a response to keep or drop, nested as the data is."""
ModelNameMap: TypeAlias = dict[type[Any], str]
DependencyCacheKey: TypeAlias = tuple[Callable[..., Any] | None, tuple[str, ...], str]
