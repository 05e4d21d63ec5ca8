"""The outermost layer of an application with telemetry."""

from __future__ import annotations

from typing import Any

from opentelemetry import context as contexts

from fastapi_lite.middleware.errors import ServerErrorMiddleware
from fastapi_lite.middleware.semconv import is_last
from fastapi_lite.routing.index import BOTH
from fastapi_lite.routing.router import Host, Mount
from fastapi_lite.routing.templates import base_of
from fastapi_lite.routing.tree import Inclusion
from fastapi_lite.telemetry.config import Settings
from fastapi_lite.telemetry.exporters import exporters
from fastapi_lite.telemetry.operations import FOLLOWER
from fastapi_lite.telemetry.recording import CURRENT, Record
from fastapi_lite.telemetry.signals import Signals
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

INSTRUMENTED = "_is_instrumented_by_opentelemetry"
"""An attribute that `opentelemetry-instrumentation-fastapi` sets on the applications it is at work in."""


def compile_layer(app: Any, stack: ServerErrorMiddleware, settings: Settings) -> ASGIApp:
    """`stack` with what records around it; the operations of `app` are followed from now on."""
    follow(app, set())
    return TelemetryLayer(stack, Signals(app, settings))


def follow(app: Any, seen: set[int]) -> None:
    """Have the operations of `app` followed, and those of all that is mounted in it.

    What was compiled before is compiled again.
    """
    if id(app) in seen:
        return
    seen.add(id(app))
    if hasattr(app, "operation_observer"):
        app.operation_observer = FOLLOWER
        app.router.changed()
    for route in getattr(app, "routes", ()):
        if isinstance(route, Mount):
            follow(base_of(route), seen)
        elif isinstance(route, Host):
            follow(route.app, seen)
        elif isinstance(route, Inclusion):
            follow(route.router, seen)


class TelemetryLayer(ServerErrorMiddleware):
    """Records each connection, but those that are excluded.

    It is the outermost middleware and what records around it, in one: instrumentation that puts
    itself in between finds there what it expects. While that is at work, nothing is recorded here.
    """

    def __init__(self, stack: ServerErrorMiddleware, signals: Signals) -> None:
        super().__init__(stack.app, handler=stack.handler, debug=stack.debug)
        self.signals = signals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in BOTH:
            async with exporters(self.signals.settings):
                await super().__call__(scope, receive, send)
            return
        outer = CURRENT.get()
        is_recorded = outer is not None and outer.is_same(scope)
        if is_recorded or getattr(self.signals.app, INSTRUMENTED, False):
            await super().__call__(scope, receive, send)
            return
        record = None if self.signals.excludes(scope) else Record(self.signals, scope)
        current = CURRENT.set(record)
        try:
            if record is None:
                await super().__call__(scope, receive, send)
            else:
                await self.serve(record, receive, send)
        finally:
            CURRENT.reset(current)

    async def serve(self, record: Record, receive: Receive, send: Send) -> None:
        """Serve one connection that is recorded."""
        has_trailers = False

        async def send_recorded(message: Message) -> None:
            nonlocal has_trailers
            if message["type"] == "http.response.start":
                has_trailers = message.get("trailers", False)
                record.status = message["status"]
            await send(message)
            if is_last(message, has_trailers=has_trailers):
                record.sent()

        token = contexts.attach(record.context)
        try:
            await super().__call__(record.scope, receive, send_recorded)
        except Exception as error:
            record.failed(error)
            raise
        finally:
            record.end()
            contexts.detach(token)
