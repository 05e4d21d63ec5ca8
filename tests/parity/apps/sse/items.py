"""Plain items become the data of events; what they are annotated as counts."""

from collections.abc import AsyncIterable, Iterable
from datetime import datetime, timedelta

from pydantic import BaseModel, Field

from fastapi_lite import FastAPI, Header, Response
from fastapi_lite.responses import EventSourceResponse
from fastapi_lite.sse import ServerSentEvent

app = FastAPI()


class Tick(BaseModel):
    at: datetime = Field(serialization_alias="when")
    every: timedelta = timedelta(seconds=90)


class Named(Tick):
    name: str = "x"


@app.get("/untyped", response_class=EventSourceResponse)
def untyped():
    yield {"a": [1, None]}
    yield "text\nof lines"
    yield None
    yield float("inf")
    yield Tick(at=datetime(2024, 1, 2))


@app.get("/typed", response_class=EventSourceResponse)
async def typed() -> AsyncIterable[Tick]:
    yield Named(at=datetime(2024, 1, 2), name="left out")
    yield {"at": "2024-03-04T05:06:07Z"}


@app.get("/mixed", response_class=EventSourceResponse)
async def mixed() -> AsyncIterable[ServerSentEvent]:
    yield Tick(at=datetime(2024, 1, 2))
    yield ServerSentEvent(data=Tick(at=datetime(2024, 1, 2)), event="tick")


@app.get("/invalid", response_class=EventSourceResponse)
async def invalid() -> AsyncIterable[int]:
    yield 1
    yield "x"


@app.post("/resumed", response_class=EventSourceResponse, status_code=201)
def resumed(
    response: Response, names: list[str], last_event_id: int = Header(0)
) -> Iterable[ServerSentEvent]:
    response.headers["x-resumed"] = str(last_event_id)
    response.headers["cache-control"] = "private"
    response.set_cookie("seen", str(last_event_id))
    for number, name in enumerate(names[last_event_id:], last_event_id + 1):
        yield ServerSentEvent(data=name, id=str(number))


REQUESTS = [
    {"url": "/untyped"},
    {"url": "/typed"},
    {"url": "/mixed"},
    {"url": "/invalid"},
    {"method": "POST", "url": "/resumed", "json": ["a", "b", "c"]},
    {
        "method": "POST",
        "url": "/resumed",
        "json": ["a", "b"],
        "headers": {"last-event-id": "1", "accept": "text/event-stream"},
    },
    {"method": "POST", "url": "/resumed", "json": ["a"], "headers": {"last-event-id": "x"}},
    {"method": "POST", "url": "/resumed", "json": 1},
]
