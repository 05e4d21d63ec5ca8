"""What an application says of its telemetry, and whether it has any."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from opentelemetry import trace

from fastapi_lite import FastAPI
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.errors import ServerErrorMiddleware
from fastapi_lite.middleware.opentelemetry import OpenTelemetryMiddleware
from fastapi_lite.telemetry.layer import TelemetryLayer
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


async def nothing() -> dict[str, int]:
    return {}


def stack_of(app: FastAPI, client_for: ClientFactory) -> Any:
    """The application's middleware once it has served."""
    app.get("/")(nothing)
    assert client_for(app).get("/").status_code == 200
    return app.middleware_stack


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        (True, "True is no dictionary"),
        ({"tracng": True}, "there is no option 'tracng'. The options are tracer_provider,"),
        ({"metrics": "no"}, "'metrics' is 'no', not True or False"),
        ({"exclude": "/health"}, "'exclude' is '/health', not a function of the scope"),
        ({"tracer_provider": 1}, "'tracer_provider' is 1, not an OpenTelemetry provider"),
    ],
)
def test_wrong_configuration_raises_at_the_declaration(config: Any, problem: str) -> None:
    with pytest.raises(DeclarationError, match=re.escape(problem)):
        FastAPI(telemetry=config)


def test_options_that_are_none_have_their_defaults(client_for: ClientFactory) -> None:
    app = FastAPI(telemetry={"exclude": None, "tracer_provider": None})
    assert isinstance(stack_of(app, client_for), TelemetryLayer)


def test_configuration_without_opentelemetry_raises_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    with pytest.raises(
        DeclarationError, match=re.escape("pip install fastapi_lite[opentelemetry]")
    ):
        FastAPI(telemetry={})


def test_application_that_says_nothing_has_no_telemetry(client_for: ClientFactory) -> None:
    app = FastAPI()
    assert not isinstance(stack_of(app, client_for), TelemetryLayer)
    assert app.operation_observer is None


def test_application_that_switches_all_off_has_no_telemetry(client_for: ClientFactory) -> None:
    app = FastAPI(telemetry={"tracing": False, "metrics": False, "logs": False})
    assert not isinstance(stack_of(app, client_for), TelemetryLayer)


def test_global_provider_gives_every_application_telemetry(
    recorded: Recorded, client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: recorded.tracers)
    stack_of(FastAPI(), client_for)
    assert recorded.names[-1] == "GET /"


@pytest.mark.parametrize("is_warm", [False, True])
def test_global_provider_can_be_set_in_the_lifespan(
    is_warm: bool,
    recorded: Recorded,
    client_for: ClientFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        monkeypatch.setattr(trace, "get_tracer_provider", lambda: recorded.tracers)
        yield

    app = FastAPI(lifespan=lifespan)
    app.get("/")(nothing)
    if is_warm:
        app.warm_up()
    with client_for(app) as client:
        client.get("/")
    assert recorded.names == [
        *("fastapi.dependencies", "fastapi.endpoint", "fastapi.serialization", "GET /")
    ]


def test_telemetry_can_be_on_without_any_provider(client_for: ClientFactory) -> None:
    assert isinstance(stack_of(FastAPI(telemetry={}), client_for), TelemetryLayer)


def test_other_instrumentation_of_the_application_comes_first(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    vars(app)["_is_instrumented_by_opentelemetry"] = True
    assert isinstance(stack_of(app, client_for), ServerErrorMiddleware)
    assert recorded.names == []
    vars(app)["_is_instrumented_by_opentelemetry"] = False
    stack_of(app, client_for)
    assert recorded.names[-1] == "GET /"


def test_middleware_that_makes_spans_comes_first(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    middleware = Middleware(OpenTelemetryMiddleware, tracer_provider=recorded.tracers)
    app = FastAPI(telemetry=recorded.config(), middleware=[middleware])
    stack_of(app, client_for)
    assert recorded.names == ["GET /"]


def test_known_methods_are_those_of_the_environment(
    recorded: Recorded, client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS", "BREW, GET")
    client = client_for(FastAPI(telemetry=recorded.config()))
    client.request("BREW", "/")
    client.post("/")
    assert recorded.names == ["BREW", "HTTP"]
