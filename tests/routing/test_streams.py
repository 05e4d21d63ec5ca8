"""Endpoints that yield: JSON lines, events, chunks."""

import itertools
import json
import math
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any

import anyio
import anyio.lowlevel
import pytest
from pydantic import BaseModel

from fastapi_lite import Depends, FastAPI, Response
from fastapi_lite.exceptions import ResponseValidationError
from fastapi_lite.requests import ClientDisconnect
from fastapi_lite.responses import JSONResponse, StreamingResponse
from fastapi_lite.routing import streams
from fastapi_lite.sse import EventSourceResponse, ServerSentEvent
from tests.conftest import ClientFactory


class Item(BaseModel):
    name: str
    size: int = 1


def test_each_item_becomes_a_line_of_json(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read() -> AsyncIterable[Item]:
        yield Item(name="a")
        yield Item(name="b", size=2)

    response = client_for(app).get("/")

    assert response.headers["content-type"] == "application/jsonl"
    assert response.text == '{"name":"a","size":1}\n{"name":"b","size":2}\n'


def test_synchronous_generators_stream_too(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    def read() -> Iterator[Item]:
        yield Item(name="a")

    assert client_for(app).get("/").text == '{"name":"a","size":1}\n'


def test_item_is_filtered_by_its_type(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    def read() -> Iterable[Item]:
        yield {"name": "a", "password": "secret"}  # type: ignore[misc]  # a dictionary will do

    assert client_for(app).get("/").text == '{"name":"a","size":1}\n'


def test_response_model_options_hold_for_items(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/", response_model_exclude_unset=True)
    def read() -> Iterable[Item]:
        yield Item(name="a")

    assert client_for(app).get("/").text == '{"name":"a"}\n'


def test_items_without_a_type_are_what_they_are_and_no_number_is_null(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()

    @app.get("/")
    def read():  # type: ignore[no-untyped-def]  # an endpoint without annotations
        yield {"a": [math.inf, 1.5]}
        yield math.nan

    assert client_for(app).get("/").text == '{"a": [null, 1.5]}\nnull\n'


def test_generator_with_a_class_that_does_not_stream_is_a_list(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/", response_class=JSONResponse)
    def read() -> Iterable[int]:
        yield 1

    assert client_for(app).get("/").json() == [1]


def test_item_that_does_not_fit_breaks_the_stream(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/")
    async def read() -> AsyncIterable[Item]:
        yield {"size": "big"}  # type: ignore[misc]  # what is wrong here

    with pytest.raises(ResponseValidationError):
        client_for(app).get("/")


def test_status_and_headers_that_the_endpoint_sets_are_sent(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/", status_code=201)
    def read(response: Response) -> Iterable[int]:
        response.headers["x-pages"] = "2"
        yield 1

    @app.get("/later")
    def read_later(response: Response = Depends(set_status)) -> Iterable[int]:
        yield 1

    client = client_for(app)
    assert client.get("/").status_code == 201
    assert client.get("/later").status_code == 202


def set_status(response: Response) -> None:
    response.status_code = 202


def test_streaming_class_sends_chunks_as_they_are(client_for: ClientFactory) -> None:
    app = FastAPI()

    class Picture(StreamingResponse):
        media_type = "image/png"

    @app.get("/", response_class=Picture)
    def read() -> Iterable[bytes]:
        yield b"a"
        yield b"b"

    response = client_for(app).get("/")

    assert response.content == b"ab"
    assert response.headers["content-type"] == "image/png"


def test_items_become_events(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/", response_class=EventSourceResponse)
    async def read() -> AsyncIterable[Item]:
        yield Item(name="a")

    response = client_for(app).get("/")

    assert response.text == 'data: {"name":"a","size":1}\n\n'
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"


def test_event_says_itself_what_it_is(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/", response_class=EventSourceResponse)
    def read() -> Iterable[ServerSentEvent]:
        yield ServerSentEvent(data={"x": 1}, event="e", id="1", retry=5, comment="c")
        yield ServerSentEvent(data=Item(name="a"))
        yield ServerSentEvent(raw_data="two\nlines")

    assert client_for(app).get("/").text == (
        ': c\nevent: e\ndata: {"x": 1}\nid: 1\nretry: 5\n\n'
        'data: {"name":"a","size":1}\n\n'
        "data: two\ndata: lines\n\n"
    )


def test_subclass_of_the_event_response_is_used_as_declared(client_for: ClientFactory) -> None:
    app = FastAPI()

    class Events(EventSourceResponse):
        media_type = "text/event-stream; v=2"

    @app.get("/", response_class=Events)
    async def read() -> AsyncIterable[int]:
        yield 1

    assert client_for(app).get("/").headers["content-type"].startswith("text/event-stream; v=2")


def test_error_in_an_event_stream_leaves_as_itself(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/", response_class=EventSourceResponse)
    async def read() -> AsyncIterable[int]:
        yield 1
        raise KeyError("gone")

    with pytest.raises(KeyError):
        client_for(app).get("/")


def test_dependency_stays_open_while_the_stream_runs(client_for: ClientFactory) -> None:
    app = FastAPI()
    events: list[str] = []

    async def connection() -> AsyncIterator[str]:
        yield "open"
        events.append("closed")

    @app.get("/")
    async def read(state: str = Depends(connection)) -> AsyncIterable[str]:
        yield state
        events.append("last item")

    client_for(app).get("/")

    assert events == ["last item", "closed"]


@pytest.mark.anyio
async def test_silence_is_broken_by_a_comment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PING_INTERVAL", 0.01)
    pinged = anyio.Event()
    sent: list[Any] = []

    async def chunks() -> AsyncIterator[bytes]:
        await pinged.wait()
        yield b"data: 1\n\n"

    async def send(message: Any) -> None:
        sent.append(message.get("body"))
        if message.get("body") == streams.KEEPALIVE_COMMENT:
            pinged.set()

    await streams.PingingResponse(chunks()).stream_response(send)

    assert sent.index(streams.KEEPALIVE_COMMENT) < sent.index(b"data: 1\n\n")


@pytest.mark.anyio
async def test_silence_is_counted_from_the_last_event(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    slept: list[float] = []
    began, event_sent, slept_again = anyio.Event(), anyio.Event(), anyio.Event()
    monkeypatch.setattr(streams, "monotonic", lambda: now)

    async def sleep(delay: float) -> None:
        nonlocal now
        slept.append(delay)
        began.set()
        if len(slept) == 2:
            slept_again.set()
        await event_sent.wait()
        now = 115.0

    monkeypatch.setattr(anyio, "sleep", sleep)

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal now
        await began.wait()
        now = 107.0
        yield b"data: 1\n\n"
        await slept_again.wait()

    async def send(message: Any) -> None:
        if message.get("body") == b"data: 1\n\n":
            event_sent.set()

    await streams.PingingResponse(chunks()).stream_response(send)

    assert slept[:2] == [streams.PING_INTERVAL, streams.PING_INTERVAL - 8]


@pytest.mark.anyio
async def test_event_waits_for_the_comment_that_is_being_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "PING_INTERVAL", 0.0)
    pinging, made = anyio.Event(), anyio.Event()
    sent: list[Any] = []

    async def chunks() -> AsyncIterator[bytes]:
        await pinging.wait()
        made.set()
        yield b"data: 1\n\n"

    async def send(message: Any) -> None:
        if message.get("body") == streams.KEEPALIVE_COMMENT and not made.is_set():
            pinging.set()
            await made.wait()
            await anyio.wait_all_tasks_blocked()
        sent.append(message.get("body"))

    await streams.PingingResponse(chunks()).stream_response(send)

    assert sent.index(streams.KEEPALIVE_COMMENT) < sent.index(b"data: 1\n\n")


@pytest.mark.anyio
async def test_event_that_waits_to_be_sent_is_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    slept = 0
    slept_twice = anyio.Event()
    sent: list[Any] = []

    async def sleep(delay: float) -> None:
        nonlocal slept
        slept += 1
        if slept == 3:
            slept_twice.set()
            await anyio.sleep_forever()
        await anyio.lowlevel.checkpoint()

    monkeypatch.setattr(anyio, "sleep", sleep)

    async def chunks() -> AsyncIterator[bytes]:
        yield b"data: 1\n\n"

    async def send(message: Any) -> None:
        sent.append(message.get("body"))
        if message.get("body"):
            await slept_twice.wait()

    await streams.PingingResponse(chunks()).stream_response(send)

    assert sent == [None, b"data: 1\n\n", b""]


@pytest.mark.anyio
async def test_comment_that_cannot_be_sent_tells_that_the_client_has_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "PING_INTERVAL", 0.0)

    async def chunks() -> AsyncIterator[bytes]:
        await anyio.sleep_forever()
        yield b""  # pragma: no cover - makes it a generator

    async def send(message: Any) -> None:
        if "body" in message:
            raise BrokenPipeError

    with pytest.raises(ClientDisconnect):
        await streams.PingingResponse(chunks()).stream_response(send)


@pytest.mark.anyio
async def test_items_that_never_wait_leave_turns_to_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = itertools.count()
    monkeypatch.setattr(streams, "monotonic", lambda: next(clock) * streams.TURN)
    others = 0

    async def endless() -> AsyncIterator[int]:
        while not others:
            yield 1

    async def take_a_turn() -> None:
        nonlocal others
        others += 1

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(take_a_turn)
        async for _ in streams.each(endless(), bytes):
            pass

    assert others == 1


def test_stream_that_the_client_leaves_is_closed(client_for: ClientFactory) -> None:
    app = FastAPI()
    closed: list[bool] = []

    @app.get("/")
    async def read() -> AsyncIterable[int]:
        try:
            while True:
                yield 1
        finally:
            closed.append(True)

    with client_for(app) as client, client.stream("GET", "/") as response:
        assert json.loads(next(response.iter_lines())) == 1

    assert closed == [True]
