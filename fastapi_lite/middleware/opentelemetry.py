"""OpenTelemetry for any ASGI application; `FastAPI(telemetry=…)` sees more.

It takes the API of OpenTelemetry: `pip install fastapi_lite[opentelemetry]`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any

from opentelemetry import context as contexts
from opentelemetry import metrics, propagate, trace
from opentelemetry.context import Context
from opentelemetry.trace import INVALID_SPAN, Span, SpanKind, Status, StatusCode

from fastapi_lite.datastructures.url import requested_url
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.middleware.semconv import (
    ACTIVE,
    DURATION,
    SCHEMA_URL,
    SCOPE_NAME,
    VERSION,
    carrier_of,
    error_type,
    harmless,
    is_last,
    known_methods,
    request_attributes,
    shown_method,
)
from fastapi_lite.routing.templates import find_template
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send


class OpenTelemetryMiddleware:
    """Makes a span of each request, and measures how long it took.

    `excluded_urls`: regular expressions, with commas between them or as a sequence; a request
    whose URL one of them is found in is not recorded. The providers are the global ones unless
    given. WebSockets are not recorded.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        excluded_urls: str | Sequence[str] = (),
        tracer_provider: trace.TracerProvider | None = None,
        meter_provider: metrics.MeterProvider | None = None,
    ) -> None:
        self.app = app
        patterns = excluded_urls.split(",") if isinstance(excluded_urls, str) else excluded_urls
        self.excluded: list[re.Pattern[str]] = [
            compile_pattern(one.strip()) for one in patterns if one.strip()
        ]
        self.methods: frozenset[str] = known_methods()
        tracers = tracer_provider or trace.get_tracer_provider()
        self.tracer: trace.Tracer = tracers.get_tracer(SCOPE_NAME, VERSION, schema_url=SCHEMA_URL)
        meters = meter_provider or metrics.get_meter_provider()
        meter = meters.get_meter(SCOPE_NAME, VERSION, schema_url=SCHEMA_URL)
        self.duration: metrics.Histogram = meter.create_histogram(**DURATION)
        self.active: metrics.UpDownCounter = meter.create_up_down_counter(**ACTIVE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self.excludes(scope):
            await self.app(scope, receive, send)
            return
        exchange = Exchange(self, scope)
        has_trailers = False

        async def send_recorded(message: Message) -> None:
            nonlocal has_trailers
            if message["type"] == "http.response.start":
                has_trailers = message.get("trailers", False)
                exchange.status = message["status"]
            await send(message)
            if is_last(message, has_trailers=has_trailers):
                exchange.finished = time.time_ns()

        token = contexts.attach(exchange.context)
        try:
            await self.app(scope, receive, send_recorded)
        except Exception as error:
            exchange.fail(error)
            raise
        finally:
            exchange.end()
            contexts.detach(token)

    def excludes(self, scope: Scope) -> bool:
        """Whether a request is not to be recorded."""
        return bool(self.excluded) and any(
            pattern.search(requested_url(scope)) for pattern in self.excluded
        )


def compile_pattern(text: str) -> re.Pattern[str]:
    """A regular expression. Raises `DeclarationError` where it is none."""
    try:
        return re.compile(text)
    except re.error as error:
        raise DeclarationError(
            f"OpenTelemetryMiddleware: {text!r} in excluded_urls is no regular expression: {error}."
        ) from error


class Exchange:
    """One request and its response, as they are recorded."""

    def __init__(self, middleware: OpenTelemetryMiddleware, scope: Scope) -> None:
        self.middleware = middleware
        self.scope = scope
        self.before: Scope = {**scope}
        self.started: int = time.time_ns()
        self.finished: int | None = None
        self.attributes: dict[str, Any] = request_attributes(scope, middleware.methods)
        self.status: int | None = None
        self.error: str | None = None
        self.span: Span = INVALID_SPAN
        self.context: Context = contexts.get_current()
        self.begin()

    @property
    def dimensions(self) -> dict[str, Any]:
        """The attributes of the count of active requests."""
        return {name: self.attributes[name] for name in ("http.request.method", "url.scheme")}

    @harmless
    def begin(self) -> None:
        """Start the span, and count the request."""
        self.middleware.active.add(1, self.dimensions)
        self.context = propagate.extract(carrier_of(self.scope), self.context)
        self.span = self.middleware.tracer.start_span(
            shown_method(self.attributes),
            self.context,
            SpanKind.SERVER,
            {**self.attributes, **client_attributes(self.scope)},
        )
        self.context = trace.set_span_in_context(self.span, self.context)

    @harmless
    def fail(self, error: Exception) -> None:
        """Record an exception that leaves the application."""
        self.error = error_type(error)
        self.span.record_exception(error)
        self.span.set_status(Status(StatusCode.ERROR, f"{self.error}: {error}"))

    @harmless
    def end(self) -> None:
        """End the span and the count, as of when the response had been sent."""
        finished = self.finished or time.time_ns()
        known = {"http.response.status_code": self.status, "http.route": self.find_route()}
        if self.error is None and self.status is not None and self.status >= 500:
            self.error = str(self.status)
            self.span.set_status(StatusCode.ERROR)
        known["error.type"] = self.error
        outcome = {name: value for name, value in known.items() if value is not None}
        self.span.set_attributes(outcome)
        self.span.end(finished)
        self.middleware.active.add(-1, self.dimensions)
        self.middleware.duration.record(
            max(finished - self.started, 0) / 1e9,
            {**self.dimensions, **outcome},
            context=self.context,
        )

    @harmless
    def find_route(self) -> str | None:
        """The route it took, by which the span is named."""
        if "router" not in self.scope:
            return None
        template = find_template(self.scope["router"], self.before)
        if template is None:
            return None
        root: str = self.before.get("root_path", "")
        route = root.rstrip("/") + template
        self.span.update_name(f"{shown_method(self.attributes)} {route}")
        return route


def client_attributes(scope: Scope) -> dict[str, Any]:
    """The client, as far as it is known who it is."""
    agent = next((value for name, value in scope.get("headers", ()) if name == b"user-agent"), None)
    client = {
        "client.address": scope["client"][0] if scope.get("client") else None,
        "user_agent.original": None if agent is None else agent.decode("latin-1"),
    }
    return {name: value for name, value in client.items() if value is not None}
