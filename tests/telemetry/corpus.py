"""An application whose telemetry is compared with what the released FastAPI records of it.

`scripts/record-telemetry` writes that to `fastapi.json`, where `fastapi_lite` means FastAPI; see
`tests/parity/peers.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

from pydantic import BaseModel

from fastapi_lite import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, WebSocket
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse, StreamingResponse
from fastapi_lite.testclient import TestClient
from tests.telemetry.recorded import Recorded


class Book(BaseModel):
    pages: int


class OutOfPrintError(Exception):
    """Answered by a handler."""


def open_shelf() -> Iterator[str]:
    yield "shelf"


async def open_library() -> AsyncIterator[str]:
    yield "library"


def fail() -> None:
    raise ValueError("wrong")


async def fail_later() -> None:
    raise LookupError("later")


async def refuse() -> None:
    raise HTTPException(401)


def quiet() -> None: ...


async def read(item: int, shelf: str = Depends(open_shelf), q: str = "") -> dict[str, int]:
    return {"item": item}


def read_in_a_thread(library: str = Depends(open_library)) -> dict[str, str]:
    return {"library": library}


async def write(book: Book) -> Book:
    return book


async def wrong_result() -> Any:
    return {"pages": "many"}


async def break_down() -> None:
    raise HTTPException(503)


async def out_of_print() -> None:
    raise OutOfPrintError


async def say_gone(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({}, 410)


async def tell(tasks: BackgroundTasks) -> PlainTextResponse:
    tasks.add_task(quiet)
    tasks.add_task(fail_later)
    return PlainTextResponse("told")


async def stream() -> StreamingResponse:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"1"
        raise ValueError("in the stream")

    return StreamingResponse(chunks())


async def count() -> AsyncIterator[int]:
    yield 1


def count_in_threads() -> Iterator[int]:
    yield 1


async def talk(websocket: WebSocket, room: int) -> None:
    await websocket.accept()
    await websocket.close()


async def hang_up(websocket: WebSocket) -> None:
    raise ValueError("hung up")


def application(telemetry: Any) -> FastAPI:
    """The application."""
    app = FastAPI(telemetry=telemetry)
    app.add_exception_handler(OutOfPrintError, say_gone)
    app.get("/items/{item}")(read)
    app.get("/thread")(read_in_a_thread)
    app.post("/books")(write)
    app.get("/wrong", response_model=Book)(wrong_result)
    app.get("/down")(break_down)
    app.get("/gone")(out_of_print)
    app.get("/fail")(fail)
    app.get("/needs/failure", dependencies=[Depends(fail)])(quiet)
    app.get("/needs/login", dependencies=[Depends(refuse)])(quiet)
    app.get("/tasks")(tell)
    app.get("/stream")(stream)
    app.get("/count")(count)
    app.get("/count/threads")(count_in_threads)
    app.get("/files/{path:path}")(quiet)
    app.websocket("/rooms/{room}")(talk)
    app.websocket("/hang-up")(hang_up)
    router = APIRouter(prefix="/books")
    router.get("/{item}")(read)
    app.include_router(router, prefix="/v1")
    inner = FastAPI()
    inner.get("/items/{item}")(read)
    inner.get("/fail")(fail)
    app.mount("/shops/{shop}", inner)
    return app


REQUESTS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/items/7?q=a&sig=secret", {}),
    ("GET", "/items/x", {}),
    ("PUT", "/items/7", {}),
    ("BREW", "/items/7", {}),
    ("GET", "/items/7/", {}),
    ("GET", "/nowhere", {}),
    ("GET", "/thread", {"headers": {"host": "shop.example:81", "user-agent": "x"}}),
    ("POST", "/books", {"json": {"pages": 1}}),
    ("POST", "/books", {"json": {"pages": "many"}}),
    *(("GET", f"/{path}", {}) for path in ("wrong", "down", "gone", "fail", "tasks", "stream")),
    ("GET", "/needs/failure", {}),
    ("GET", "/needs/login", {}),
    ("GET", "/count", {}),
    ("GET", "/count/threads", {}),
    ("GET", "/files/a/b", {}),
    ("GET", "/v1/books/7", {}),
    ("GET", "/shops/3/items/7", {}),
    ("GET", "/shops/3/fail", {}),
    ("GET", "/shops/3/nowhere", {}),
    ("GET", "/docs", {}),
    ("GET", "/openapi.json", {"headers": {"host": "[::1]:8"}}),
]

SOCKETS = ["/rooms/7?q=1", "/rooms/x", "/hang-up", "/nowhere"]


def play() -> dict[str, Any]:
    """What is recorded of each request and WebSocket, and the metrics in the end."""
    recorded = Recorded()
    client = TestClient(
        application(recorded.config()), raise_server_exceptions=False, follow_redirects=False
    )
    played: dict[str, Any] = {}
    for method, path, options in REQUESTS:
        client.request(method, path, **options)
        played[f"{method} {path} {options or ''}".strip()] = taken(recorded)
    for path in SOCKETS:
        with suppress(Exception), client.websocket_connect(path) as session:
            session.receive()
        played[f"WS {path}"] = taken(recorded)
    played["metrics"] = [
        metric_of(recorded, f"http.server.{name}")
        for name in ("request.duration", "active_requests")
    ]
    recorded.close()
    return played


def taken(recorded: Recorded) -> dict[str, Any]:
    """The spans and log events since the last time, as JSON has them."""
    spans = [
        {
            "name": span.name,
            "kind": span.kind.name,
            "parent": recorded.name_of(span.parent),
            "status": span.status.status_code.name,
            "description": span.status.description,
            "attributes": cleaned(span.attributes),
            "events": [event.name for event in span.events],
        }
        for span in recorded.spans
    ]
    events = [
        {
            "name": event.event_name,
            "severity": event.severity_text,
            "body": event.body,
            "attributes": cleaned(event.attributes),
        }
        for event in recorded.events
    ]
    recorded.exported.clear()
    recorded.logged.clear()
    return {"spans": spans, "events": events}


def metric_of(recorded: Recorded, name: str) -> dict[str, Any]:
    """A metric, as JSON has it."""
    metric = recorded.metric(name)
    points = [
        {
            "attributes": cleaned(point.attributes),
            "count": getattr(point, "count", None),
            "value": getattr(point, "value", None),
            "bounds": list(getattr(point, "explicit_bounds", ())),
        }
        for point in metric.data.data_points
    ]
    return {
        "name": name,
        "unit": metric.unit,
        "description": metric.description,
        "points": sorted(points, key=str),
    }


UNSTABLE = ("exception.stacktrace", "exception.message")


def cleaned(attributes: Any) -> dict[str, Any]:
    """Attributes without what is this package's own: its name, tracebacks."""
    return {
        name: value.replace("fastapi_lite.", "fastapi.") if isinstance(value, str) else value
        for name, value in sorted(attributes.items())
        if name not in UNSTABLE
    }
