"""Exporters that are set up from the environment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from opentelemetry import _logs, metrics, trace
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.trace import TracerProvider

from fastapi_lite import FastAPI
from fastapi_lite.telemetry import exporters, otlp
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The paths that were posted to a collector, to which the environment points."""
    posted: list[str] = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            posted.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: Any) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Collect)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv(ENDPOINT, f"http://127.0.0.1:{server.server_port}")
    yield posted
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The global providers, which a process sets once: here for one test."""
    set_here: dict[str, Any] = {}
    for module, kind in ((trace, "tracer"), (metrics, "meter"), (_logs, "logger")):
        proxy = getattr(module, f"get_{kind}_provider")()
        monkeypatch.setattr(
            module, f"get_{kind}_provider", lambda kind=kind, proxy=proxy: set_here.get(kind, proxy)
        )
        monkeypatch.setattr(
            module,
            f"set_{kind}_provider",
            lambda provider, kind=kind: set_here.__setitem__(kind, provider),
        )
    yield set_here
    for provider in set_here.values():
        provider.shutdown()


def app_of(**telemetry: Any) -> FastAPI:
    app = FastAPI(telemetry=telemetry or None)  # type: ignore[arg-type]

    @app.get("/")
    async def answer(number: int = 0) -> int:
        return number

    return app


PROGRAM = """
from fastapi_lite import FastAPI
from fastapi_lite.testclient import TestClient

app = FastAPI()

@app.get("/")
def answer(number: int) -> None: ...

with TestClient(app) as client:
    client.get("/?number=x")
print("ended", flush=True)
"""


def test_everything_is_sent_at_the_end_of_the_application(
    collector: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("ended\n", "")
    assert set(collector) == {"/v1/traces", "/v1/metrics", "/v1/logs"}


def test_providers_are_made_where_there_are_none(
    collector: list[str], shared: dict[str, Any], client_for: ClientFactory
) -> None:
    with client_for(app_of(auto_configure=True)) as client:
        client.get("/")
    assert isinstance(shared["tracer"], TracerProvider)
    assert isinstance(shared["meter"], MeterProvider)
    assert isinstance(shared["logger"], LoggerProvider)


@pytest.mark.parametrize(("said", "is_on"), [("true", True), ("TRUE", True), ("1", False)])
def test_environment_can_ask_for_exporters(
    said: str,
    is_on: bool,
    collector: list[str],
    shared: dict[str, Any],
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", said)
    with client_for(app_of()) as client:
        client.get("/")
    assert bool(shared) is is_on


def test_application_has_the_last_word(
    collector: list[str],
    shared: dict[str, Any],
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    with client_for(app_of(auto_configure=False)) as client:
        client.get("/")
    assert shared == {}


def test_providers_that_were_given_get_an_exporter_once(
    collector: list[str], recorded: Recorded, client_for: ClientFactory
) -> None:
    config = recorded.config(auto_configure=True)
    for _ in range(2):
        with client_for(app_of(**config)) as client:
            client.get("/")
    assert collector.count("/v1/traces") == 2
    assert "/v1/metrics" in collector
    assert "GET /" in recorded.names


def test_provider_of_another_kind_takes_no_exporter() -> None:
    class Other:
        """Takes no processors."""

    other = Other()
    assert otlp.add_once(other, lambda: other.add_span_processor()) is other  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "variables",
    [
        {ENDPOINT: ""},
        {"OTEL_SDK_DISABLED": "true"},
        {f"OTEL_{name}_EXPORTER": "none" for name in exporters.SIGNALS},
    ],
)
def test_environment_that_wants_nothing_gets_nothing(
    variables: dict[str, str],
    collector: list[str],
    shared: dict[str, Any],
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with client_for(app_of(auto_configure=True)) as client:
        client.get("/")
    assert shared == {}


def test_signal_can_have_an_endpoint_of_its_own(
    shared: dict[str, Any], client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://127.0.0.1:1/v1/logs")
    with client_for(app_of(auto_configure=True)) as client:
        client.get("/")
    assert set(shared) == {"logger"}


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("OTEL_TRACES_EXPORTER", "console", "OTEL_TRACES_EXPORTER=console is not otlp or none"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "protocol grpc is not http/protobuf"),
        ("OTEL_EXPORTER_OTLP_LOGS_PROTOCOL", "http/json", "http/json is not http/protobuf"),
    ],
)
def test_other_exporters_are_refused_with_a_hint(
    name: str,
    value: str,
    problem: str,
    shared: dict[str, Any],
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv(ENDPOINT, "http://127.0.0.1:1")
    monkeypatch.setenv(name, value)
    with client_for(app_of(auto_configure=True)) as client:
        assert client.get("/").status_code == 200
    assert shared == {}
    assert problem in caplog.text
    assert "telemetry={'auto_configure': False}" in caplog.text


def test_signal_that_is_off_needs_no_exporter(
    shared: dict[str, Any], client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENDPOINT, "http://127.0.0.1:1")
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "console")
    config = {"auto_configure": True, "tracing": False, "metrics": False}
    with client_for(app_of(**config)) as client:
        client.get("/")
    assert set(shared) == {"logger"}


def test_missing_sdk_is_named_with_the_remedy(
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv(ENDPOINT, "http://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "fastapi_lite.telemetry.otlp", None)
    with client_for(app_of(auto_configure=True)) as client:
        assert client.get("/").status_code == 200
    assert "pip install fastapi_lite[opentelemetry]" in caplog.text


def test_failing_flush_does_not_fail_the_end(
    collector: list[str],
    recorded: Recorded,
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> None:
        raise RuntimeError("flush")

    monkeypatch.setattr(recorded.tracers, "force_flush", fail)
    with client_for(app_of(**recorded.config(auto_configure=True))) as client:
        client.get("/")
    assert "could not be sent at the end" in caplog.text
