"""Providers that keep in memory what is recorded, to be looked at."""

from __future__ import annotations

from typing import Any

from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter


class Recorded:
    """The three providers, and what they were given."""

    def __init__(self) -> None:
        self.exported = InMemorySpanExporter()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self.exported))
        self.reader = InMemoryMetricReader()
        self.meters = MeterProvider(metric_readers=[self.reader])
        self.logged = InMemoryLogRecordExporter()
        self.loggers = LoggerProvider()
        self.loggers.add_log_record_processor(SimpleLogRecordProcessor(self.logged))

    def config(self, **options: Any) -> Any:
        """A configuration with these providers."""
        return {
            "tracer_provider": self.tracers,
            "meter_provider": self.meters,
            "logger_provider": self.loggers,
            **options,
        }

    def close(self) -> None:
        """End the providers."""
        self.tracers.shutdown()
        self.meters.shutdown()
        self.loggers.shutdown()

    @property
    def spans(self) -> list[ReadableSpan]:
        """The spans in the order in which they ended."""
        return list(self.exported.get_finished_spans())

    @property
    def names(self) -> list[str]:
        """Their names."""
        return [span.name for span in self.spans]

    def span(self, name: str) -> ReadableSpan:
        """The one span of this name."""
        (span,) = [span for span in self.spans if span.name == name]
        return span

    def parent_of(self, name: str) -> str | None:
        """The name of the span that the span called `name` is in; `None` where it is not here."""
        return self.name_of(self.span(name).parent)

    def name_of(self, context: Any) -> str | None:
        """The name of the span of this context; `None` where it is not here."""
        names = {span.context.span_id: span.name for span in self.spans if span.context}
        return names.get(context.span_id) if context is not None else None

    @property
    def events(self) -> list[Any]:
        """The log events."""
        return [entry.log_record for entry in self.logged.get_finished_logs()]

    def metric(self, name: str) -> Any:
        """The metric of this name, or nothing."""
        data = self.reader.get_metrics_data()
        found = [
            metric
            for resource in (data.resource_metrics if data is not None else ())
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == name
        ]
        return found[0] if found else None

    def points(self, name: str) -> list[Any]:
        """The points of a metric, each with the attributes of what it counts."""
        metric = self.metric(name)
        return [] if metric is None else list(metric.data.data_points)
