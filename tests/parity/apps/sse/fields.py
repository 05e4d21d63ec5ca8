"""Server-sent events with all their fields."""

from collections.abc import AsyncIterable

from pydantic import BaseModel

from fastapi_lite import FastAPI
from fastapi_lite.responses import EventSourceResponse
from fastapi_lite.sse import ServerSentEvent

app = FastAPI()


class Item(BaseModel):
    name: str
    price: float | None = None


EVENTS = {
    "all": {"data": {"a": 1}, "event": "made", "id": "7", "retry": 500, "comment": "said"},
    "model": {"data": Item(name="é")},
    "text": {"data": "two\nlines"},
    "raw": {"raw_data": "two\nlines\r\nthree\rfour"},
    "raw_empty": {"raw_data": ""},
    "none": {"data": None},
    "nothing": {},
    "comment": {"comment": "a\nb"},
    "id_only": {"id": ""},
    "event_only": {"event": "ping"},
    "retry": {"retry": 0},
    "nan": {"data": float("nan")},
    "list": {"data": [1, {"b": None}]},
}


@app.get("/events/{name}", response_class=EventSourceResponse)
async def events(name: str) -> AsyncIterable[ServerSentEvent]:
    yield ServerSentEvent(**EVENTS[name])


@app.get("/all", response_class=EventSourceResponse)
def several(skip: int = 0):
    for name in list(EVENTS)[skip:]:
        yield ServerSentEvent(**EVENTS[name])


REQUESTS = [
    *({"url": f"/events/{name}"} for name in EVENTS),
    {"url": "/events/unknown"},
    {"url": "/all"},
    {"url": "/all?skip=20"},
    {"url": "/all?skip=x"},
]
