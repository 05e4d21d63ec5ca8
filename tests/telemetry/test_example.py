"""The example about telemetry."""

from __future__ import annotations

from opentelemetry.sdk.trace.export import SimpleSpanProcessor

from docs_src.telemetry import shop
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


def test_spans_tell_the_customer_and_nothing_of_health_checks(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    shop.tracers.add_span_processor(SimpleSpanProcessor(recorded.exported))
    client = client_for(shop.app)
    assert client.get("/customers/7").json() == "Welcome, 7, for time 1"
    assert client.get("/health").json() == "well"
    assert recorded.names[-1] == "GET /customers/{customer}"
    assert (recorded.span("fastapi.endpoint").attributes or {})["shop.customer"] == 7
