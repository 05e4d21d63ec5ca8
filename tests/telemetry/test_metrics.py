"""Metrics of requests."""

from __future__ import annotations

from fastapi_lite import FastAPI
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


async def nothing() -> dict[str, int]:
    return {}


def test_duration_is_a_histogram_with_the_buckets_of_the_conventions(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.get("/items/{item}")(nothing)
    client = client_for(app)
    client.get("/items/1")
    client.get("/items/2")
    metric = recorded.metric("http.server.request.duration")
    (point,) = metric.data.data_points
    assert metric.unit == "s"
    assert point.count == 2
    assert 0 <= point.min <= point.max < 60
    assert point.explicit_bounds == (
        *(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75),
        *(1.0, 2.5, 5.0, 7.5, 10.0),
    )
    assert dict(point.attributes) == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "/items/{item}",
        "network.protocol.version": "1.1",
        "url.scheme": "http",
    }


def test_duration_of_an_error_has_its_type(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def fail() -> None:
        raise ValueError

    client_for(app, raise_server_exceptions=False).get("/")
    (point,) = recorded.points("http.server.request.duration")
    assert point.attributes["error.type"] == "ValueError"
    assert point.attributes["http.response.status_code"] == 500


def test_active_requests_are_counted_while_they_are(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def count() -> int:
        (point,) = recorded.points("http.server.active_requests")
        return int(point.value)

    client = client_for(app)
    assert client.get("/").json() == 1
    (point,) = recorded.points("http.server.active_requests")
    assert point.value == 0
    assert dict(point.attributes) == {"http.request.method": "GET", "url.scheme": "http"}
    assert recorded.metric("http.server.active_requests").unit == "{request}"


def test_without_metrics_nothing_is_counted(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config(metrics=False))
    app.get("/")(nothing)
    client_for(app).get("/")
    assert recorded.metric("http.server.request.duration") is None
    assert "GET /" in recorded.names
