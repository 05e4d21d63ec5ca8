"""What is recorded of one connection, from its first message to its last."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from opentelemetry import context as contexts
from opentelemetry import propagate, trace
from opentelemetry._logs import SeverityNumber
from opentelemetry.context import Context
from opentelemetry.trace import INVALID_SPAN, Span, SpanKind, StatusCode

from fastapi_lite.dependencies.calls import Call
from fastapi_lite.exceptions import (
    HTTPException,
    RequestValidationError,
    ValidationException,
    WebSocketException,
    WebSocketRequestValidationError,
)
from fastapi_lite.middleware.semconv import (
    carrier_of,
    clean,
    error_type,
    harmless,
    request_attributes,
    shown_method,
    websocket_attributes,
)
from fastapi_lite.requests import ClientDisconnect
from fastapi_lite.routing.templates import find_template
from fastapi_lite.telemetry.data import KEY, CallData
from fastapi_lite.telemetry.signals import Signals
from fastapi_lite.types import Scope
from fastapi_lite.websockets import WebSocketDisconnect

EXPECTED = (
    *(HTTPException, WebSocketException, ClientDisconnect, WebSocketDisconnect),
    *(RequestValidationError, WebSocketRequestValidationError),
)
"""Exceptions by which an operation answers, or learns that nobody listens: no errors."""


class Record:
    """One connection: its span, its metrics, and what processors may want to know."""

    def __init__(self, signals: Signals, scope: Scope) -> None:
        self.signals = signals
        self.scope = scope
        self.before: Scope = {**scope}
        self.is_http: bool = scope["type"] == "http"
        self.data: CallData = CallData()
        self.span: Span = INVALID_SPAN
        self.context: Context = Context()
        self.route: str | None = None
        self.status: int | None = None
        self.error: str | None = None
        self.logged: BaseException | None = None
        self.dependencies: Phase = Phase(self, "", "")
        self.is_over: bool = False
        self.finished: int | None = None
        self.attributes: dict[str, Any] = {}
        self.started: int = time.time_ns()
        self.begin()

    @property
    def title(self) -> str:
        """What the name of the span begins with."""
        return shown_method(self.attributes) if self.is_http else "WS"

    @property
    def dimensions(self) -> dict[str, Any]:
        """The attributes of the count of active requests."""
        return {name: self.attributes[name] for name in ("http.request.method", "url.scheme")}

    def is_same(self, scope: Scope) -> bool:
        """Whether `scope` is this connection, passed on to a mounted application."""
        return scope.get("headers") is self.scope.get("headers")

    @harmless
    def begin(self) -> None:
        """Start the span, and count the request."""
        if self.is_http:
            self.attributes = request_attributes(self.scope, self.signals.methods)
        else:
            self.attributes = websocket_attributes(self.scope)
        # Whatever span is current here is the server's own, not what the client is doing.
        self.context = propagate.extract(carrier_of(self.scope), context=Context())
        self.context = contexts.set_value(KEY, self.data, self.context)
        if self.signals.active is not None and self.is_http:
            self.signals.active.add(1, self.dimensions)
        if self.signals.tracer is not None:
            before = contexts.set_value(KEY, None, self.context)
            self.span = self.signals.tracer.start_span(
                self.title, before, SpanKind.SERVER, self.attributes
            )
            self.context = trace.set_span_in_context(self.span, self.context)

    @harmless
    def matched(self, scope: Scope, template: str | None = None) -> None:
        """Say which route it took: `template`, unless the operation is in a mounted application."""
        root: str = self.before.get("root_path", "")
        if template is None or scope.get("root_path", "") != root:
            template = find_template(self.signals.app, self.before)
        if template is None or self.route is not None:
            return
        self.route = root.rstrip("/") + template
        self.span.update_name(f"{self.title} {self.route}")
        self.span.set_attribute("http.route", self.route)

    def entered(self, call: Call, template: str) -> None:
        """Take in that an operation has begun."""
        self.matched(call.scope, template)
        if self.is_http:
            self.data.request = call.connection
        else:
            self.data.websocket = call.connection
        self.data.call = call

    @harmless
    def refused(self, error: ValidationException) -> None:
        """Log that the data of a request did not fit."""
        self.data.errors = error.errors()
        self.log(
            "fastapi.validation.failed",
            SeverityNumber.WARN,
            "Request validation failed",
            {"fastapi.validation.error_count": len(error.errors())},
        )

    @harmless
    def failed(self, error: BaseException) -> None:
        """Take in an exception that nothing has handled; of one and the same the first time."""
        if error is self.logged or isinstance(error, (ClientDisconnect, WebSocketDisconnect)):
            return
        self.logged = error
        self.error = error_type(error)
        self.find_route()
        event, kind = "fastapi.websocket.exception", "WebSocket connection"
        if self.is_http:
            event, kind = "http.server.request.exception", "request"
        self.log(
            event,
            SeverityNumber.ERROR,
            f"Unhandled exception in FastAPI {kind}",
            describe_error(error),
        )

    def log(
        self, event: str, severity: SeverityNumber, body: str, attributes: dict[str, Any]
    ) -> None:
        """Emit a log event of this connection."""
        if self.signals.logger is None:
            return
        if self.route is not None:
            attributes["http.route"] = self.route
        self.signals.logger.emit(
            timestamp=time.time_ns(),
            context=self.context,
            severity_number=severity,
            severity_text=severity.name,
            body=body,
            attributes=attributes,
            event_name=event,
        )

    def find_route(self) -> None:
        """Find the route where no operation has named it."""
        if self.route is None and "router" in self.scope:
            self.matched(self.scope)

    def sent(self) -> None:
        """Take in that the response is sent.

        An error's waits for the exception, which comes after it where there is one.
        """
        self.finished = time.time_ns()
        if self.status is None or self.status < 500:
            self.end()

    @harmless
    def end(self) -> None:
        """End the span and the count, once, as of when the response had been sent."""
        if self.is_over:
            return
        self.is_over = True
        self.find_route()
        if self.status is not None and self.status >= 500 and self.error is None:
            self.error = str(self.status)
        finished = self.finished or time.time_ns()
        self.measure(max(finished - self.started, 0) / 1e9)
        if self.status is not None:
            self.span.set_attribute("http.response.status_code", self.status)
        if self.error is not None:
            self.span.set_attribute("error.type", self.error)
            self.span.set_status(StatusCode.ERROR)
        self.span.end(finished)

    @harmless
    def measure(self, seconds: float) -> None:
        """Record how long the request took, and that it is no longer active."""
        if self.signals.active is None or self.signals.duration is None or not self.is_http:
            return
        self.signals.active.add(-1, self.dimensions)
        known = {
            **self.dimensions,
            "network.protocol.version": self.attributes.get("network.protocol.version"),
            "http.response.status_code": self.status,
            "http.route": self.route,
            "error.type": self.error,
        }
        self.signals.duration.record(
            seconds,
            {name: value for name, value in known.items() if value is not None},
            context=self.context,
        )


CURRENT: ContextVar[Record | None] = ContextVar("telemetry record", default=None)
"""The connection under way."""


class Phase:
    """A part of an operation with a span of its own, current inside `with`.

    Its parent is the span of the connection.
    """

    def __init__(self, record: Record, name: str, function: str) -> None:
        self.record = record
        self.name = name
        self.function = function
        self.span: Span = INVALID_SPAN
        self.token: Any = None

    def __enter__(self) -> Phase:
        self.begin()
        return self

    @harmless
    def begin(self) -> None:
        """Start the span."""
        tracer = self.record.signals.operation_tracer
        if tracer is None:
            return
        around = trace.set_span_in_context(self.record.span)
        self.span = tracer.start_span(
            self.name, around, attributes={"code.function.name": self.function}
        )
        self.token = contexts.attach(trace.set_span_in_context(self.span))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end(error)
        if self.token is not None:
            contexts.detach(self.token)

    @harmless
    def end(self, error: BaseException | None = None) -> None:
        """End the span, at the latest here; what it was waiting for may still go on."""
        if not self.span.is_recording():
            return
        if isinstance(error, Exception) and not isinstance(error, EXPECTED):
            self.span.set_attribute("error.type", error_type(error))
            self.span.set_status(StatusCode.ERROR)
        self.span.end()


def describe_error(error: BaseException) -> dict[str, Any]:
    """The attributes of an exception; without the data that did not fit, where that is the error."""
    kind = error_type(error)
    message, lines = str(error), traceback.format_exception(error)
    if any(map(shows_data, chain(error))):
        message = "The data did not fit; what it was is not recorded."
        frames = traceback.format_tb(error.__traceback__)
        lines = ["Traceback (most recent call last):\n", *frames, f"{kind}: {message}\n"]
    return {
        "exception.type": kind,
        "exception.message": clean(message),
        "exception.stacktrace": clean("".join(lines)),
    }


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and those that a traceback of it shows, too."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def shows_data(error: BaseException) -> bool:
    """Whether the text of an exception shows data of a client; so do those of pydantic."""
    return isinstance(error, ValidationException) or hasattr(error, "error_count")
