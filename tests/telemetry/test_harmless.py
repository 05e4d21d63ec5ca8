"""What telemetry must never do: fail a request, or hold it up."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from opentelemetry import propagate
from opentelemetry.sdk.trace import SpanProcessor
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult

from fastapi_lite import FastAPI
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


class FailsAtTheStart(SpanProcessor):
    def on_start(self, span: Any, parent_context: Any = None) -> None:
        raise RuntimeError("on_start")


class FailsAtTheEnd(SpanProcessor):
    def on_end(self, span: Any) -> None:
        raise RuntimeError("on_end")


class FailingExporter(SpanExporter):
    def export(self, spans: Any) -> SpanExportResult:
        raise RuntimeError("export")


class FailingLogs:
    def on_emit(self, log_record: Any) -> None:
        raise RuntimeError("on_emit")

    def shutdown(self) -> None: ...

    force_flush = shutdown


def app_of(recorded: Recorded, **options: Any) -> FastAPI:
    app = FastAPI(telemetry=recorded.config(**options))

    @app.get("/")
    async def answer(number: int = 0) -> int:
        return number

    return app


@pytest.mark.parametrize(
    "processor", [FailsAtTheStart(), FailsAtTheEnd(), SimpleSpanProcessor(FailingExporter())]
)
def test_failing_processor_fails_no_request(
    processor: Any,
    recorded: Recorded,
    client_for: ClientFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    recorded.tracers.add_span_processor(processor)
    assert client_for(app_of(recorded)).get("/?number=7").json() == 7
    assert caplog.records


def test_failing_log_processor_leaves_a_422_a_422(
    recorded: Recorded, client_for: ClientFactory, caplog: pytest.LogCaptureFixture
) -> None:
    recorded.loggers.add_log_record_processor(FailingLogs())  # type: ignore[arg-type]
    assert client_for(app_of(recorded)).get("/?number=x").status_code == 422
    assert "Record.refused" in caplog.text


def test_failing_meter_fails_no_request(
    recorded: Recorded, client_for: ClientFactory, caplog: pytest.LogCaptureFixture
) -> None:
    class Failing:
        def get_meter(self, *args: Any, **kwargs: Any) -> Any:
            return self

        def create_histogram(self, **kwargs: Any) -> Any:
            return self

        create_up_down_counter = create_histogram

        def add(self, *args: Any) -> None:
            raise RuntimeError("add")

    app = app_of(recorded, meter_provider=Failing())
    assert client_for(app).get("/").json() == 0
    assert "the request goes on" in caplog.text


def test_failing_exclude_excludes_nothing(
    recorded: Recorded, client_for: ClientFactory, caplog: pytest.LogCaptureFixture
) -> None:
    app = app_of(recorded, exclude=lambda scope: 1 / 0)
    assert client_for(app).get("/").json() == 0
    assert "GET /" in recorded.names
    assert "ZeroDivisionError" in caplog.text


def test_failing_propagator_fails_no_request(
    recorded: Recorded,
    client_for: ClientFactory,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("extract")

    monkeypatch.setattr(propagate, "extract", fail)
    with caplog.at_level(logging.ERROR):
        assert client_for(app_of(recorded)).get("/").json() == 0
    assert "extract" in caplog.text


def test_scope_without_headers_is_served(recorded: Recorded, client_for: ClientFactory) -> None:
    app = app_of(recorded)

    async def strip(scope: Any, receive: Any, send: Any) -> None:
        del scope["headers"], scope["http_version"]
        await app(scope, receive, send)

    assert client_for(strip).get("/").json() == 0
    assert "network.protocol.version" not in (recorded.span("GET /").attributes or {})
