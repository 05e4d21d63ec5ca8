"""What processors may know of a request."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from opentelemetry.sdk.trace import SpanProcessor

from fastapi_lite import Body, Depends, FastAPI, Form, Request, WebSocket
from fastapi_lite.exceptions import RequestValidationError
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.telemetry import TelemetryData, get_telemetry_data
from tests.conftest import ClientFactory
from tests.telemetry.recorded import Recorded


def data_now() -> TelemetryData:
    data = get_telemetry_data()
    assert data is not None
    return data


def test_there_is_no_data_outside_of_a_request() -> None:
    assert get_telemetry_data() is None


def test_data_has_the_request_before_its_dependencies_run(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    known: list[Any] = []

    def look(request: Request) -> None:
        data = data_now()
        known.extend((data.request is request, data.websocket, data.values, data.errors))

    @app.get("/", dependencies=[Depends(look)])
    async def answer() -> None: ...

    client_for(app).get("/")
    assert known == [True, None, None, None]


def test_data_has_the_arguments_in_the_endpoint(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.get("/{item}")
    async def answer(item: int, q: str = "x") -> Any:
        data = data_now()
        return [data.values, data.errors]

    assert client_for(app).get("/7").json() == [{"item": 7, "q": "x"}, []]


@pytest.mark.parametrize(
    ("content", "kind", "body"),
    [
        (b'{"a": 1}', "application/json", {"a": 1}),
        (b'{"a": 1}', "application/merge-patch+json; charset=utf-8", {"a": 1}),
        (b'{"a": ', "application/json", "b'{\"a\": '"),
        (b"text", "text/plain", "b'text'"),
        (b"", "application/json", None),
    ],
)
def test_data_has_the_body_that_was_read(
    content: bytes, kind: str, body: Any, recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.exception_handler(RequestValidationError)
    async def refuse(request: Request, error: Exception) -> PlainTextResponse:
        return PlainTextResponse(repr(data_now().body))

    @app.post("/")
    async def answer(a: Annotated[int, Body(embed=True)]) -> PlainTextResponse:
        return PlainTextResponse(repr(data_now().body))

    answer_ = client_for(app).post("/", content=content, headers={"content-type": kind})
    assert answer_.text == (body if isinstance(body, str) else repr(body))


def test_data_has_the_form_that_was_read(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.post("/")
    async def answer(a: Annotated[str, Form()]) -> Any:
        return data_now().body["a"]

    assert client_for(app).post("/", data={"a": "x"}).json() == "x"


def test_data_has_the_errors_of_a_refused_request(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    app = FastAPI(telemetry=recorded.config())
    known: list[Any] = []

    @app.exception_handler(RequestValidationError)
    async def refuse(request: Request, error: Exception) -> PlainTextResponse:
        known.append(data_now().errors)
        return PlainTextResponse("")

    @app.get("/")
    async def answer(number: int) -> None: ...  # pragma: no cover - refused

    client_for(app).get("/?number=x")
    assert known[0][0]["loc"] == ("query", "number")


def test_data_has_the_websocket(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config())

    @app.websocket("/")
    async def serve(websocket: WebSocket) -> None:
        await websocket.accept()
        data = data_now()
        await websocket.send_json([data.websocket is websocket, data.request, data.body])

    with client_for(app).websocket_connect("/") as session:
        assert session.receive_json() == [True, None, None]


def test_processor_gets_the_data_from_the_context_it_is_given(
    recorded: Recorded, client_for: ClientFactory
) -> None:
    known: dict[str, Any] = {}

    class Look(SpanProcessor):
        def on_start(self, span: Any, parent_context: Any = None) -> None:
            known[span.name] = get_telemetry_data(parent_context)

    recorded.tracers.add_span_processor(Look())
    app = FastAPI(telemetry=recorded.config())

    @app.get("/")
    async def answer() -> None: ...

    client_for(app).get("/")
    assert known["GET"] is None
    assert known["fastapi.endpoint"].request is not None


def test_excluded_request_has_no_data(recorded: Recorded, client_for: ClientFactory) -> None:
    app = FastAPI(telemetry=recorded.config(exclude=lambda scope: True))

    @app.get("/")
    async def answer() -> Any:
        return get_telemetry_data() is None

    assert client_for(app).get("/").json() is True


def test_data_does_not_show_what_is_in_it() -> None:
    data = TelemetryData(body="hunter2", values={"password": "hunter2"}, errors=["hunter2"])
    assert "hunter2" not in repr(data)
    assert data == TelemetryData(body="hunter2", values={"password": "hunter2"}, errors=["hunter2"])
