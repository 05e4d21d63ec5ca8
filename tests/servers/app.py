"""One application with all that a server has a part in.

Everything is there twice: at `/`, and at `/wrapped` behind every middleware of the package. The
bookshop is at `/shop`. A request with the header `x-exchange: NAME` can be asked about:
`/exchanges/NAME/begun` answers once its first message has come, `/exchanges/NAME` once it is over.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Annotated, Any
from warnings import catch_warnings

import anyio

from docs_src.bookshop.main import app as bookshop
from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Depends,
    FastAPI,
    HTTPException,
    Request,
    Response,
    UploadFile,
    WebSocket,
)
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.body_limit import RequestBodyLimitMiddleware
from fastapi_lite.middleware.cors import CORSMiddleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.middleware.sessions import SessionMiddleware
from fastapi_lite.middleware.trustedhost import TrustedHostMiddleware
from fastapi_lite.middleware.wsgi import WSGIMiddleware
from fastapi_lite.responses import EventSourceResponse, FileResponse, StreamingResponse
from fastapi_lite.sse import ServerSentEvent
from fastapi_lite.staticfiles import StaticFiles
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = Path(os.environ["SERVED_FOLDER"])
"""Holds `small.bin` and `large.bin`; gets `stopped` when the lifespan has ended."""

PATIENCE = 10
"""Seconds in which an exchange is over, once its client has left."""


class Exchange:
    """A request, or a WebSocket, from its first message to its end."""

    def __init__(self) -> None:
        self.begun = anyio.Event()
        self.over = anyio.Event()
        self.outcome = "returned"
        self.notes: list[str] = []


exchanges: dict[str, Exchange] = defaultdict(Exchange)


class Recorder:
    """Sees how an exchange ends, as the server does."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = exchanges[dict(scope.get("headers", ())).get(b"x-exchange", b"").decode()]

        async def noted_receive() -> Message:
            message = await receive()
            exchange.begun.set()
            return message

        try:
            await self.app(scope, noted_receive, send)
        except BaseException as exc:
            exchange.outcome = type(exc).__name__
            raise
        finally:
            exchange.over.set()


def exchange_of(connection: Request | WebSocket) -> Exchange:
    return exchanges[connection.headers.get("x-exchange", "")]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
    yield {"motto": "reads well"}
    (FOLDER / "stopped").touch()


router = APIRouter()


@router.get("/scope")
def describe(request: Request) -> dict[str, Any]:
    """In a thread: synchronous endpoints have to work under every server, too."""
    return {
        "process": os.getpid(),
        "extensions": sorted(request.scope.get("extensions") or ()),
        "http_version": request.scope["http_version"],
        "client": request.client and request.client.host,
        "url": str(request.url),
        "base_url": str(request.base_url),
        "state": request.state.motto,
        "query": request.query_params.multi_items(),
    }


@router.get("/open-files")
def count_open_files() -> int:
    """Temporary files that the process holds open: they have no name on disk."""
    count = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            count += descriptor.readlink().name.endswith("(deleted)")
    return count


@router.get("/fail")
def fail() -> None:
    raise LookupError("on purpose")


@router.post("/count")
async def count_bytes(request: Request) -> dict[str, int]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    return {"bytes": size}


@router.post("/unread")
async def ignore_body() -> str:
    return "not read"


@router.post("/files")
async def take_file(file: UploadFile) -> dict[str, Any]:
    digest = hashlib.sha256()
    while chunk := await file.read(256 * 1024):
        digest.update(chunk)
    return {"name": file.filename, "bytes": file.size, "sha256": digest.hexdigest()}


@router.post("/items")
async def take_json(item: dict[str, int]) -> dict[str, int]:
    return item


@router.post("/background")
async def work_later(request: Request, tasks: BackgroundTasks) -> str:
    tasks.add_task(exchange_of(request).notes.append, "worked")
    return "accepted"


@router.get("/file")
async def send_file() -> FileResponse:
    return FileResponse(FOLDER / "small.bin")


@router.get("/large-file")
async def send_large_file() -> FileResponse:
    return FileResponse(FOLDER / "large.bin")


@router.get("/large-stream")
async def stream_large_file() -> StreamingResponse:
    def chunks() -> Iterator[bytes]:
        with (FOLDER / "large.bin").open("rb") as file:
            while chunk := file.read(64 * 1024):
                yield chunk

    return StreamingResponse(chunks())


@router.get("/ticks")
async def tick(request: Request) -> StreamingResponse:
    """Goes on for ever."""

    async def ticks() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"tick\n"
                await anyio.sleep(0.01)
        finally:
            exchange_of(request).notes.append("closed")

    return StreamingResponse(ticks())


@router.get("/ticks-of-a-thread")
async def tick_in_thread(request: Request) -> StreamingResponse:
    """The same, by a synchronous generator."""

    def ticks() -> Iterator[bytes]:
        try:
            while True:
                yield b"tick\n"
                time.sleep(0.01)
        finally:
            exchange_of(request).notes.append("closed")

    return StreamingResponse(ticks())


@router.get("/silence")
async def fall_silent(request: Request) -> StreamingResponse:
    """Sends once, then waits: that the client has left can't be seen by sending."""

    async def silence() -> AsyncIterator[bytes]:
        try:
            yield b"tick\n"
            await anyio.sleep_forever()
        finally:
            exchange_of(request).notes.append("closed")

    return StreamingResponse(silence())


@router.get("/events", response_class=EventSourceResponse)
async def tell_events(request: Request) -> AsyncIterator[ServerSentEvent]:
    """Goes on for ever."""
    try:
        number = 0
        while True:
            number += 1
            yield ServerSentEvent(data={"number": number}, id=str(number))
            await anyio.sleep(0.01)
    finally:
        exchange_of(request).notes.append("closed")


@router.get("/lines")
async def tell_lines(request: Request) -> AsyncIterator[dict[str, int]]:
    """Goes on for ever, as JSON Lines."""
    try:
        while True:
            yield {"number": 1}
            await anyio.sleep(0.01)
    finally:
        exchange_of(request).notes.append("closed")


@router.get("/polled")
async def poll(request: Request) -> str:
    """Ends once it has seen that the client has left."""
    exchange_of(request).begun.set()
    while not await request.is_disconnected():  # noqa: ASYNC110 - there is no event for it
        await anyio.sleep(0.01)
    exchange_of(request).notes.append("seen")
    return "sent to nobody"


def hold(request: Request) -> Iterator[str]:
    """What a request holds until it has been answered."""
    try:
        yield "held"
    finally:
        exchange_of(request).notes.append("released")


@router.get("/held")
async def answer_with_resource(
    request: Request, resource: Annotated[str, Depends(hold)], tasks: BackgroundTasks
) -> StreamingResponse:
    """Goes on for ever; a task follows."""
    tasks.add_task(exchange_of(request).notes.append, "task")

    async def ticks() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"tick\n"
                await anyio.sleep(0.01)
        finally:
            exchange_of(request).notes.append("closed")

    return StreamingResponse(ticks(), background=tasks)


@router.get("/status/{status}")
async def answer_with_status(status: int) -> Response:
    return Response(b"content", status_code=status)


@router.get("/sleep")
def sleep() -> str:
    time.sleep(0.05)
    return "slept"


@router.get("/hints")
async def hint(request: Request) -> str:
    await request.send_early_hints("</style.css>; rel=preload; as=style")
    return "hinted"


@router.get("/trailers")
async def trail() -> StreamingResponse:
    return StreamingResponse([b"one", b"two"], trailers={"x-checksum": "abc"})


async def held(websocket: WebSocket) -> AsyncIterator[str]:
    """What a WebSocket holds as long as it lasts."""
    try:
        yield "held"
    finally:
        exchange_of(websocket).notes.append("closed")


@router.websocket("/echo")
async def echo(websocket: WebSocket, resource: Annotated[str, Depends(held)]) -> None:
    subprotocols = websocket.scope["subprotocols"]
    await websocket.accept(
        subprotocol=subprotocols[-1] if subprotocols else None,
        headers=[(b"x-accepted", b"yes")],
    )
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            exchange_of(websocket).notes.append(str(message.get("code")))
            return
        if (text := message.get("text")) is not None:
            await websocket.send_text(text)
        else:
            await websocket.send_bytes(message["bytes"])


@router.websocket("/texts")
async def take_text(websocket: WebSocket, resource: Annotated[str, Depends(held)]) -> None:
    """Leaves it to the framework what becomes of other messages, and of the client's leaving."""
    await websocket.accept()
    while True:
        await websocket.send_text(await websocket.receive_text())


@router.websocket("/ticks")
async def push(websocket: WebSocket, resource: Annotated[str, Depends(held)]) -> None:
    """Sends without listening."""
    await websocket.accept()
    for _ in range(100):
        await websocket.send_text("tick")
        await anyio.sleep(0.01)


@router.websocket("/failing")
async def fail_later(websocket: WebSocket) -> None:
    await websocket.accept()
    raise LookupError("on purpose")


@router.websocket("/typed")
async def take_number(websocket: WebSocket, number: int) -> None:
    await websocket.accept()
    await websocket.send_json({"number": number})
    await websocket.close()


@router.websocket("/closing")
async def close_with_reason(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close(4001, "enough")


@router.websocket("/refused")
async def refuse(websocket: WebSocket) -> None:
    raise HTTPException(418, "no coffee", headers={"x-refused": "yes"})


@router.websocket("/closed-early")
async def close_early(websocket: WebSocket) -> None:
    await websocket.close()


def answer_by_wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """An application of the older kind, which reads its body."""
    size = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['PATH_INFO']} {size}".encode()]


def make_app(middleware: list[Middleware], **options: Any) -> FastAPI:
    app = FastAPI(middleware=middleware, **options)
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=FOLDER))
    with catch_warnings(action="ignore"):  # it is deprecated
        app.mount("/wsgi", WSGIMiddleware(answer_by_wsgi))
    app.mount("/little", RequestBodyLimitMiddleware(router, max_body_size=1000))
    return app


async def pass_on(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    response = await call_next(request)
    response.headers["x-wrapped"] = "yes"
    return response


wrapped = make_app(
    [
        Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1"]),
        Middleware(CORSMiddleware, allow_origins=["https://example.com"]),
        Middleware(SessionMiddleware, secret_key="not a secret"),
        Middleware(GZipMiddleware),
        Middleware(RequestBodyLimitMiddleware, max_body_size=200 * 1024 * 1024),
    ]
)
wrapped.middleware("http")(pass_on)

outer = make_app([], lifespan=lifespan)
outer.router.mount_lifespans = True  # the bookshop makes its database
outer.mount("/wrapped", wrapped)
outer.mount("/shop", bookshop)


@outer.get("/exchanges/{name}")
async def tell_of_exchange(name: str) -> dict[str, Any]:
    exchange = exchanges[name]
    with anyio.move_on_after(PATIENCE):
        await exchange.over.wait()
        return {"outcome": exchange.outcome, "notes": exchange.notes}
    return {"outcome": "still running", "notes": exchange.notes}


@outer.get("/exchanges/{name}/begun")
async def tell_that_it_has_begun(name: str) -> None:
    with anyio.fail_after(PATIENCE):
        await exchanges[name].begun.wait()


app = Recorder(outer)
