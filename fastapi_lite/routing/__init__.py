"""Choosing what answers: routes, mounts and routers; path operations; and the tree of them."""

from fastapi_lite.convertors import CONVERTOR_TYPES, Convertor
from fastapi_lite.dependencies.utils import solve_dependencies
from fastapi_lite.routing.api import APIRoute, APIRouter, APIWebSocketRoute
from fastapi_lite.routing.handlers import request_response
from fastapi_lite.routing.lifespan import merge_lifespan_context as _merge_lifespan_context
from fastapi_lite.routing.paths import (
    compile_path,
    get_name,
    get_route_path,
    replace_params,
)
from fastapi_lite.routing.router import Host, Mount, Router
from fastapi_lite.routing.routes import (
    BaseRoute,
    Match,
    NoMatchFound,
    Route,
    WebSocketRoute,
    websocket_session,
)
from fastapi_lite.routing.spelled_out import (
    get_request_handler,
    get_websocket_app,
    run_endpoint_function,
    serialize_response,
)
from fastapi_lite.routing.tree import Inclusion as _IncludedRouter
from fastapi_lite.routing.tree import RouteContext, iter_route_contexts

__all__ = [
    "CONVERTOR_TYPES",
    "APIRoute",
    "APIRouter",
    "APIWebSocketRoute",
    "BaseRoute",
    "Convertor",
    "Host",
    "Match",
    "Mount",
    "NoMatchFound",
    "Route",
    "RouteContext",
    "Router",
    "WebSocketRoute",
    "_IncludedRouter",
    "_merge_lifespan_context",
    "compile_path",
    "get_name",
    "get_request_handler",
    "get_route_path",
    "get_websocket_app",
    "iter_route_contexts",
    "replace_params",
    "request_response",
    "run_endpoint_function",
    "serialize_response",
    "solve_dependencies",
    "websocket_session",
]
