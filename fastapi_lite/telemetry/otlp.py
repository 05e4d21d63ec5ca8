"""The SDK's providers with exporters over OTLP; each exporter reads its own variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from opentelemetry import _logs, metrics, trace
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from fastapi_lite.telemetry.config import Settings

EXPORTING: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
"""Providers that have an exporter; with a reader of metrics, those that it was added to."""


def add_traces(settings: Settings) -> Any:
    """Give the provider of spans an exporter; what sends what it still holds."""
    provider: Any = settings.tracer_provider or trace.get_tracer_provider()
    if is_missing(provider):
        provider = TracerProvider()
        trace.set_tracer_provider(provider)

    def add() -> None:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))

    return add_once(provider, add)


def add_metrics(settings: Settings) -> Any:
    """Give the provider of metrics an exporter; what sends what it still holds."""
    provider: Any = settings.meter_provider or metrics.get_meter_provider()
    if is_missing(provider):
        provider = MeterProvider()
        metrics.set_meter_provider(provider)

    def add() -> Any:
        reader = PeriodicExportingMetricReader(OTLPMetricExporter())
        provider.add_metric_reader(reader)
        return reader  # a provider flushes those alone that it was made with

    return add_once(provider, add)


def add_logs(settings: Settings) -> Any:
    """Give the provider of log events an exporter; what sends what it still holds."""
    provider: Any = settings.logger_provider or _logs.get_logger_provider()
    if is_missing(provider):
        provider = LoggerProvider()
        _logs.set_logger_provider(provider)

    def add() -> None:
        provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))

    return add_once(provider, add)


ADD: Mapping[str, Callable[[Settings], Any]] = {
    "TRACES": add_traces,
    "METRICS": add_metrics,
    "LOGS": add_logs,
}


def is_missing(provider: Any) -> bool:
    """Whether nobody has set a provider: what stands for it is called a proxy."""
    return "Proxy" in type(provider).__name__


def add_once(provider: Any, add: Callable[[], Any]) -> Any:
    """What sends what `provider` still holds, once `add` has been called for it.

    A provider that is not the SDK's gets no exporter.
    """
    if provider not in EXPORTING:
        EXPORTING[provider] = None
        with suppress(AttributeError):
            EXPORTING[provider] = add()
    return EXPORTING[provider] or provider
