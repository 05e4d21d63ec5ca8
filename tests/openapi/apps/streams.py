"""Generators: JSON Lines, events and raw chunks."""

from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Generator,
    Iterable,
    Iterator,
)

from pydantic import BaseModel

from fastapi_lite import FastAPI
from fastapi_lite.responses import StreamingResponse
from fastapi_lite.sse import EventSourceResponse, ServerSentEvent

app = FastAPI()


class Item(BaseModel):
    name: str
    size: int = 1


class Png(StreamingResponse):
    media_type = "image/png"


@app.get("/lines")
async def lines() -> AsyncIterable[Item]:
    yield Item(name="a")


@app.get("/untyped-lines")
def untyped_lines():
    yield 1


@app.get("/sync-lines")
def sync_lines() -> Iterator[Item]:
    yield Item(name="a")


@app.get("/generator")
def generator() -> Generator[int, None, None]:
    yield 1


@app.get("/async-generator")
async def async_generator() -> AsyncGenerator[dict[str, int], None]:
    yield {}


@app.get("/async-iterator", status_code=201, response_description="lines")
async def async_iterator() -> AsyncIterator[Item | None]:
    yield None


@app.get("/iterable-of-any")
def iterable() -> Iterable:
    yield 1


@app.get("/events", response_class=EventSourceResponse)
async def events() -> AsyncIterable[Item]:
    yield Item(name="a")


@app.get("/untyped-events", response_class=EventSourceResponse)
async def untyped_events():
    yield 1


@app.get("/sent-events", response_class=EventSourceResponse)
async def sent_events() -> AsyncIterable[ServerSentEvent]:
    yield ServerSentEvent(data=1)


@app.get("/raw", response_class=StreamingResponse)
async def raw() -> AsyncIterable[bytes]:
    yield b""


@app.get("/png", response_class=Png)
def png() -> Iterable[bytes]:
    yield b""


@app.get("/not-a-generator")
def listing() -> Iterable[Item]:
    return []


@app.get(
    "/with-responses/{a}",
    responses={200: {"description": "more", "content": {"text/csv": {}}}, 404: {"model": Item}},
)
def with_responses(a: int) -> Iterable[Item]:
    yield Item(name="a")


@app.post("/in-and-out")
def in_and_out(item: Item) -> Iterable[Item]:
    yield item
