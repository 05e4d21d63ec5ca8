"""Server-sent events: items, events with all fields, comments, over POST, with headers."""

from collections.abc import AsyncIterable, Iterable
from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import FastAPI, Header, Response
from fastapi_lite.responses import EventSourceResponse
from fastapi_lite.sse import ServerSentEvent

app = FastAPI()


class Item(BaseModel):
    name: str


@app.get("/items", response_class=EventSourceResponse)
async def items() -> AsyncIterable[Item]:
    yield Item(name="a")
    yield {"name": "b"}


@app.get("/events", response_class=EventSourceResponse)
def events() -> Iterable[ServerSentEvent]:
    yield ServerSentEvent(data={"a": 1}, event="update", id="1", retry=1000)
    yield ServerSentEvent(data="text")
    yield ServerSentEvent(raw_data="two\nlines\rand\r\nmore", comment="a comment\nof two")
    yield ServerSentEvent(comment="only")
    yield ServerSentEvent(data=None, id="")


@app.post("/chat", response_class=EventSourceResponse)
async def chat(
    item: Item, response: Response, last_event_id: Annotated[int | None, Header()] = None
):
    response.headers["x-own"] = "1"
    response.headers["cache-control"] = "private"
    for letter in item.name:
        yield letter
    yield last_event_id


@app.get("/empty", response_class=EventSourceResponse)
def empty():
    return
    yield


REQUESTS = [
    {"url": "/items"},
    {"url": "/events"},
    {"method": "POST", "url": "/chat", "json": {"name": "ab"}},
    {"method": "POST", "url": "/chat", "json": {"name": "ab"}, "headers": {"last-event-id": "7"}},
    {"method": "POST", "url": "/chat", "json": {}, "headers": {"last-event-id": "x"}},
    {"url": "/empty"},
]
