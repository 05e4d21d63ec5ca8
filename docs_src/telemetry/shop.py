"""A shop whose requests are traced; a processor adds which customer each span is about."""

from __future__ import annotations

from opentelemetry.context import Context
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider

from fastapi_lite import Depends, FastAPI
from fastapi_lite.telemetry import TelemetryConfig, get_telemetry_data
from fastapi_lite.types import Scope


class CustomerProcessor(SpanProcessor):
    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        data = get_telemetry_data(parent_context)
        if data is not None and data.values is not None:
            span.set_attribute("shop.customer", data.values["customer"])


def is_health_check(scope: Scope) -> bool:
    return bool(scope["path"] == "/health")


tracers = TracerProvider()
tracers.add_span_processor(CustomerProcessor())

telemetry: TelemetryConfig = {"tracer_provider": tracers, "exclude": is_health_check}
app = FastAPI(telemetry=telemetry)


async def count_visits(customer: int) -> int:
    return 1


@app.get("/customers/{customer}")
async def greet(customer: int, visits: int = Depends(count_visits)) -> str:
    return f"Welcome, {customer}, for time {visits}"


@app.get("/health")
async def health() -> str:
    return "well"
