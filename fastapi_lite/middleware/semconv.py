"""What OpenTelemetry's semantic conventions say of HTTP servers (version 1.44, "HTTP server").

Nothing here imports OpenTelemetry.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import quote, unquote_plus

from fastapi_lite.datastructures.url import split_host
from fastapi_lite.logger import logger
from fastapi_lite.types import Scope

P = ParamSpec("P")
T = TypeVar("T")

SCOPE_NAME = "fastapi_lite"
"""The name of the instrumentation, in what it records."""

VERSION: str = sys.modules["fastapi_lite"].__version__  # said before anything is imported

SCHEMA_URL = "https://opentelemetry.io/schemas/1.44.0"

DURATION: dict[str, Any] = {
    "name": "http.server.request.duration",
    "unit": "s",
    "description": "Duration of HTTP server requests.",
    "explicit_bucket_boundaries_advisory": (
        *(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75),
        *(1.0, 2.5, 5.0, 7.5, 10.0),
    ),
}
"""The histogram of how long requests take, with the boundaries of its buckets in seconds."""

ACTIVE = {
    "name": "http.server.active_requests",
    "unit": "{request}",
    "description": "Number of active HTTP server requests.",
}
"""The counter of requests under way."""

METHODS = "CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE"
"""Methods that are named (RFC 9110, RFC 5789 and QUERY); all others are `_OTHER`."""

PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}

SECRETS = frozenset(
    {
        *("x-amz-signature", "x-amz-credential", "x-amz-security-token"),
        *("x-goog-signature", "sig", "signature", "awsaccesskeyid", "access_token"),
    }
)
"""Parameters of a query whose values are secrets: of signed URLs, and tokens (RFC 6750, 2.3)."""

IN_QUERY = "!$%&'()*+,/:;=?@[]~#"
"""What stays as it is in a query that is shown."""


def harmless(function: Callable[P, T]) -> Callable[P, T | None]:
    """`function`, whose exceptions are logged: telemetry must not fail what it looks at."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return function(*args, **kwargs)
        except Exception:
            logger.exception("Telemetry failed in %s; the request goes on", function.__qualname__)
            return None

    return call


def known_methods() -> frozenset[str]:
    """The methods to name, as the environment says."""
    said = os.environ.get("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS", "")
    return frozenset(name.strip() for name in said.split(",") if name.strip()) or frozenset(
        METHODS.split()
    )


def request_attributes(scope: Scope, methods: frozenset[str]) -> dict[str, Any]:
    """The attributes of a request's span that are known before it is answered."""
    method = scope.get("method", "GET")
    attributes: dict[str, Any] = {"http.request.method": method}
    if method not in methods:
        attributes = {"http.request.method": "_OTHER", "http.request.method_original": method}
    if "http_version" in scope:
        attributes["network.protocol.version"] = scope["http_version"]
    attributes |= {
        **server_attributes(scope),
        "url.path": clean(scope["path"]),
        "url.scheme": scope.get("scheme") or "http",
    }
    if scope.get("query_string"):
        attributes["url.query"] = show_query(scope["query_string"])
    return attributes


def websocket_attributes(scope: Scope) -> dict[str, Any]:
    """The attributes of a WebSocket's span that are known before it is answered."""
    return {
        "network.protocol.name": "websocket",
        **server_attributes(scope),
        "url.scheme": scope.get("scheme") or "ws",
    }


def server_attributes(scope: Scope) -> dict[str, Any]:
    """The server by the name the client used; nothing where it used none that can be one."""
    host = next((value for name, value in scope.get("headers", ()) if name == b"host"), None)
    if host is None:
        address, port = scope.get("server") or (None, None)
    else:
        named = split_host(host.decode("latin-1"))
        if named is None:
            return {}
        address, port = named[0].strip("[]"), named[1] or PORTS.get(scope.get("scheme", "http"))
    server = {"server.address": address, "server.port": port}
    return {name: value for name, value in server.items() if value is not None}


def show_query(query: bytes) -> str:
    """The query with nothing in the place of secrets."""
    parts = quote(query, safe=IN_QUERY).split("&")
    return "&".join(
        f"{name}=REDACTED" if unquote_plus(name).lower() in SECRETS else part
        for part in parts
        for name in (part.partition("=")[0],)
    )


def carrier_of(scope: Scope) -> dict[str, list[str]]:
    """The headers, in which a client may say what trace its request belongs to."""
    carrier: dict[str, list[str]] = {}
    for name, value in scope.get("headers", ()):
        carrier.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return carrier


def shown_method(attributes: Mapping[str, Any]) -> str:
    """The method as the name of a span begins with it."""
    method: str = attributes["http.request.method"]
    return "HTTP" if method == "_OTHER" else method


def clean(text: str) -> str:
    """`text` without halves of surrogate pairs, which no exporter can encode."""
    return text.encode("utf-8", "replace").decode()


def error_type(error: BaseException) -> str:
    """The name of an exception's class, with its module unless it is built in."""
    kind = type(error)
    module = kind.__module__
    return kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"


def is_last(message: Mapping[str, Any], *, has_trailers: bool) -> bool:
    """Whether a response ends with `message` (ASGI, HTTP Connection Scope and its extensions)."""
    kind = message["type"]
    if kind == "http.response.trailers":
        return not message.get("more_trailers", False)
    is_whole = not message.get("more_body", False)
    is_body = kind == "http.response.pathsend" or (kind in BODIES and is_whole)
    return is_body and not has_trailers


BODIES = ("http.response.body", "http.response.zerocopysend")
