"""Log events: refused requests and unhandled exceptions."""

from __future__ import annotations

from typing import Any

import pytest
from opentelemetry._logs import SeverityNumber
from pydantic import BaseModel, SecretStr, TypeAdapter

from fastapi_lite import BackgroundTasks, FastAPI, Request
from fastapi_lite.exceptions import RequestValidationError
from fastapi_lite.requests import ClientDisconnect
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


class Login(BaseModel):
    password: SecretStr


def test_refused_request_is_logged_without_its_data(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.post("/login/{number}")
    async def log_in(number: int, login: Login) -> None: ...  # pragma: no cover - refused

    client_for(app).post("/login/x", json={"password": ["hunter2"]})
    (event,) = recorded.events
    assert event.event_name == "fastapi.validation.failed"
    assert event.severity_number is SeverityNumber.WARN
    assert event.severity_text == "WARN"
    assert event.body == "Request validation failed"
    assert dict(event.attributes) == {
        "fastapi.validation.error_count": 2,
        "http.route": "/login/{number}",
    }
    span = recorded.span("POST /login/{number}")
    assert span.context is not None
    assert (event.trace_id, event.span_id) == (span.context.trace_id, span.context.span_id)


def test_unhandled_exception_is_logged_once(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def fail() -> None:
        raise ValueError("wrong \udcff")

    client_for(app, raise_server_exceptions=False).get("/")
    (event,) = recorded.events
    assert event.event_name == "http.server.request.exception"
    assert event.severity_number is SeverityNumber.ERROR
    assert event.body == "Unhandled exception in FastAPI request"
    assert event.attributes["exception.type"] == "ValueError"
    assert event.attributes["exception.message"] == "wrong ?"
    assert "in fail" in event.attributes["exception.stacktrace"]
    assert event.attributes["http.route"] == "/"


def test_exception_of_a_background_task_is_logged(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    def fail() -> None:
        raise KeyError("task")

    @app.get("/")
    async def answer(tasks: BackgroundTasks) -> None:
        tasks.add_task(fail)

    client_for(app, raise_server_exceptions=False).get("/")
    assert [event.attributes["exception.type"] for event in recorded.events] == ["KeyError"]
    assert (recorded.span("GET /").attributes or {}).get("error.type") is None


def result_of_a_wrong_type() -> Any:
    return {"password": ["hunter2"]}


def input_checked_by_pydantic() -> Any:
    try:
        TypeAdapter(int).validate_python("hunter2")
    except ValueError as error:
        raise RuntimeError("wrapped") from error


@pytest.mark.parametrize("endpoint", [result_of_a_wrong_type, input_checked_by_pydantic])
def test_data_that_did_not_fit_is_not_in_the_log(
    endpoint: Any, recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.get("/", response_model=Login)(endpoint)
    client_for(app, raise_server_exceptions=False).get("/")
    (event,) = recorded.events
    assert "hunter2" not in repr(event.attributes)
    assert "Traceback" in event.attributes["exception.stacktrace"]


def test_exceptions_that_lead_to_each_other_are_logged(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def fail() -> None:
        first, second = ValueError("first"), ValueError("second")
        first.__cause__, second.__cause__ = second, first
        raise first

    client_for(app, raise_server_exceptions=False).get("/")
    assert [event.attributes["exception.message"] for event in recorded.events] == ["first"]


def test_without_logs_nothing_is_logged(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config(logs=False))

    @app.get("/")
    async def fail(number: int) -> None:
        raise ValueError

    client = client_for(app, raise_server_exceptions=False)
    client.get("/")
    client.get("/?number=1")
    assert recorded.events == []


def test_client_that_leaves_is_no_exception(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def leave(request: Request) -> None:
        raise ClientDisconnect

    client_for(app, raise_server_exceptions=False).get("/")
    assert recorded.events == []


def test_exception_before_any_route_is_logged_without_one(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.middleware("http")
    async def fail(request: Request, call_next: Any) -> None:
        raise ValueError

    client_for(app, raise_server_exceptions=False).get("/")
    (event,) = recorded.events
    assert "http.route" not in event.attributes


def test_validation_error_of_the_endpoint_itself_is_no_refusal(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def refuse() -> None:
        raise RequestValidationError([])

    assert client_for(app).get("/").status_code == 422
    assert recorded.events == []
