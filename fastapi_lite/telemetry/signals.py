"""The instruments of one application: what makes its spans, keeps its metrics, takes its logs."""

from __future__ import annotations

from typing import Any

from opentelemetry import _logs, metrics, trace

from fastapi_lite.middleware.semconv import (
    ACTIVE,
    DURATION,
    SCHEMA_URL,
    SCOPE_NAME,
    VERSION,
    harmless,
    known_methods,
)
from fastapi_lite.telemetry.config import Settings
from fastapi_lite.types import Scope


class Signals:
    """What an application records with; `None` for what is switched off."""

    def __init__(self, app: Any, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.methods: frozenset[str] = known_methods()
        self.tracer: trace.Tracer | None = None
        self.operation_tracer: trace.Tracer | None = None
        self.duration: metrics.Histogram | None = None
        self.active: metrics.UpDownCounter | None = None
        self.logger: _logs.Logger | None = None
        if settings.tracing:
            tracers = settings.tracer_provider or trace.get_tracer_provider()
            self.tracer = tracers.get_tracer(SCOPE_NAME, VERSION, schema_url=SCHEMA_URL)
            self.operation_tracer = self.tracer if settings.operation_spans else None
        if settings.metrics:
            meters = settings.meter_provider or metrics.get_meter_provider()
            meter = meters.get_meter(SCOPE_NAME, VERSION, schema_url=SCHEMA_URL)
            self.duration = meter.create_histogram(**DURATION)
            self.active = meter.create_up_down_counter(**ACTIVE)
        if settings.logs:
            loggers = settings.logger_provider or _logs.get_logger_provider()
            self.logger = loggers.get_logger(SCOPE_NAME, VERSION, schema_url=SCHEMA_URL)

    def excludes(self, scope: Scope) -> bool:
        """Whether nothing is to be recorded of a connection."""
        exclude = self.settings.exclude
        return exclude is not None and bool(harmless(exclude)(scope))
