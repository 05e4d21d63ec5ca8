"""Spans of what an operation does."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import baggage, trace
from opentelemetry import context as contexts
from opentelemetry.trace import StatusCode
from pydantic import BaseModel

from fastapi_lite import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Request
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import APIRoute
from fastapi_lite.telemetry.operations import FollowedTasks
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded

OPERATION = ["fastapi.dependencies", "fastapi.endpoint", "fastapi.serialization"]


async def nothing() -> dict[str, int]:
    return {}


def nothing_in_a_thread() -> dict[str, int]:
    return {}


class Answer:
    """An object that is called."""

    async def __call__(self) -> dict[str, int]:
        return {}


class Book(BaseModel):
    pages: int


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [
        (nothing, "nothing"),
        (nothing_in_a_thread, "nothing_in_a_thread"),
        (Answer(), "Answer"),
        (functools.partial(nothing), "nothing"),
    ],
)
def test_operation_has_three_spans_in_that_of_the_request(
    endpoint: Any, name: str, recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    app.get("/")(endpoint)
    assert client_for(app).get("/").json() == {}
    assert recorded.names == [*OPERATION, "GET /"]
    assert {recorded.parent_of(one) for one in OPERATION} == {"GET /"}
    for one in OPERATION:
        assert dict(recorded.span(one).attributes or {}) == {
            "code.function.name": f"{__name__}.{name}"
        }


def test_spans_of_operations_can_be_switched_off(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config(operation_spans=False))
    app.get("/")(nothing)
    client_for(app).get("/")
    assert recorded.names == ["GET /"]


def test_current_span_is_that_of_what_runs(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())
    seen: dict[str, str] = {}

    def look(place: str) -> None:
        seen[place] = getattr(trace.get_current_span(), "name", "none")

    def in_a_thread() -> Iterator[None]:
        look("dependency")
        yield
        look("clean-up")

    @app.get("/")
    def answer(tasks: BackgroundTasks, needed: None = Depends(in_a_thread)) -> None:
        look("endpoint")
        tasks.add_task(look, "task")

    client_for(app).get("/")
    assert seen == {
        "dependency": "fastapi.dependencies",
        "endpoint": "fastapi.endpoint",
        "task": "fastapi.background_task",
        "clean-up": "GET /",
    }


def test_baggage_that_a_dependency_attaches_is_there_in_the_endpoint(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    async def attach() -> None:
        contexts.attach(baggage.set_baggage("tenant", "acme"))

    @app.get("/", dependencies=[Depends(attach)])
    async def answer() -> Any:
        return baggage.get_baggage("tenant")

    assert client_for(app).get("/").json() == "acme"


def test_each_background_task_has_a_span(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    def fail() -> None:
        raise KeyError

    @app.get("/")
    async def answer(tasks: BackgroundTasks) -> None:
        tasks.add_task(nothing)
        tasks.add_task(fail)

    client_for(app, raise_server_exceptions=False).get("/")
    good, bad = recorded.spans[-2:]
    assert good.name == bad.name == "fastapi.background_task"
    assert (good.attributes or {})["code.function.name"] == f"{__name__}.nothing"
    assert good.status.status_code is StatusCode.UNSET
    assert (bad.attributes or {})["error.type"] == "KeyError"


def test_response_has_no_span_of_serialisation(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def answer() -> PlainTextResponse:
        return PlainTextResponse("x")

    client_for(app).get("/")
    assert "fastapi.serialization" not in recorded.names


@pytest.mark.parametrize("is_async", [True, False])
def test_endpoint_that_yields_has_a_span_of_its_dependencies_alone(
    is_async: bool, recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    async def count(most: int = 2) -> AsyncIterator[int]:
        for number in range(most):
            yield number

    def count_in_threads(most: int = 2) -> Iterator[int]:
        yield from range(most)

    app.get("/")(count if is_async else count_in_threads)
    assert client_for(app).get("/").text == "0\n1\n"
    assert recorded.names == ["fastapi.dependencies", "GET /"]


def test_dependency_that_fails_fails_its_span(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    def fail() -> None:
        raise ValueError

    app.get("/", dependencies=[Depends(fail)])(nothing)
    client_for(app, raise_server_exceptions=False).get("/")
    assert recorded.names == ["fastapi.dependencies", "GET /"]
    span = recorded.span("fastapi.dependencies")
    assert span.status.status_code is StatusCode.ERROR
    assert (span.attributes or {})["error.type"] == "ValueError"


@pytest.mark.parametrize("error", [HTTPException(401), HTTPException(503)])
def test_refusal_by_an_http_exception_is_no_error_of_a_span(
    error: HTTPException, recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    def refuse() -> None:
        raise error

    app.get("/", dependencies=[Depends(refuse)])(nothing)
    app.get("/endpoint")(refuse)
    client = client_for(app)
    client.get("/")
    client.get("/endpoint")
    inner = [span for span in recorded.spans if span.name.startswith("fastapi.")]
    assert {span.status.status_code for span in inner} == {StatusCode.UNSET}


def test_exception_that_is_answered_is_an_error_of_the_endpoint_alone(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.exception_handler(LookupError)
    async def answer(request: Request, error: Exception) -> PlainTextResponse:
        return PlainTextResponse("gone", 410)

    @app.get("/")
    async def fail() -> None:
        raise LookupError

    client_for(app).get("/")
    assert recorded.span("fastapi.endpoint").status.status_code is StatusCode.ERROR
    assert recorded.span("GET /").status.status_code is StatusCode.UNSET
    assert recorded.events == []


def test_result_that_does_not_fit_is_an_error_of_serialisation(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/", response_model=Book)
    async def answer() -> Any:
        return {"pages": "many"}

    client_for(app, raise_server_exceptions=False).get("/")
    span = recorded.span("fastapi.serialization")
    assert span.status.status_code is StatusCode.ERROR


def test_refused_request_runs_no_endpoint(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.post("/")
    async def answer(book: Book) -> None: ...  # pragma: no cover - the request is refused

    assert client_for(app).post("/", json={}).status_code == 422
    assert recorded.names == ["fastapi.dependencies", "POST /"]
    assert recorded.span("fastapi.dependencies").status.status_code is StatusCode.UNSET


def test_overridden_dependencies_are_followed_too(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    def declared() -> str:
        raise AssertionError  # pragma: no cover - overridden

    def instead(tasks: BackgroundTasks) -> str:
        tasks.add_task(nothing)
        return "instead"

    @app.get("/")
    async def answer(which: str = Depends(declared)) -> str:
        return which

    app.dependency_overrides[declared] = instead
    assert client_for(app).get("/").json() == "instead"
    assert recorded.names == [*OPERATION, "GET /", "fastapi.background_task"]


def test_route_class_of_its_own_is_followed(recorded: Recorded, client_for: ClientFactory) -> None:
    class Shouting(APIRoute):
        def get_route_handler(self) -> Any:
            handle = super().get_route_handler()

            async def shout(request: Request) -> Any:
                response = await handle(request)
                response.headers["shouted"] = "yes"
                return response

            return shout

    router = APIRouter(route_class=Shouting)
    router.get("/")(nothing)
    app = FastAPI(telemetry=recorded.config())
    app.include_router(router)
    assert client_for(app).get("/").headers["shouted"] == "yes"
    assert recorded.names == [*OPERATION, "GET /"]


def test_front_end_has_the_span_of_the_request_alone(
    recorded: Recorded, client_for: ClientFactory, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("home")
    app = FastAPI(telemetry=recorded.config())
    app.frontend("/pages", directory=tmp_path)
    assert client_for(app).get("/pages/").text == "home"
    assert recorded.names == ["GET /pages/{path}"]


@pytest.mark.parametrize("endpoint", [nothing, nothing_in_a_thread])
def test_operations_of_an_excluded_request_run_as_ever(
    endpoint: Any, recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config(exclude=lambda scope: True))

    @app.get("/tasks")
    async def answer(tasks: BackgroundTasks) -> None:
        tasks.add_task(nothing)

    app.get("/")(endpoint)
    client = client_for(app)
    assert client.get("/").json() == {}
    assert client.get("/tasks").status_code == 200
    assert recorded.names == []


@pytest.mark.anyio
async def test_tasks_run_outside_of_a_request_have_no_spans(recorded: Recorded) -> None:
    done: list[str] = []
    tasks = FollowedTasks()
    tasks.add_task(done.append, "done")
    await tasks()
    assert done == ["done"]
    assert recorded.names == []
