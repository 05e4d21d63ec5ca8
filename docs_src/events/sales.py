from collections.abc import AsyncIterator
from typing import Annotated

from fastapi_lite import FastAPI, Header
from fastapi_lite.responses import EventSourceResponse
from fastapi_lite.sse import ServerSentEvent

SALES = [("Emma", 3), ("Ulysses", 1), ("Middlemarch", 2)]

app = FastAPI()


@app.get("/sales", response_class=EventSourceResponse)
async def sales(
    last_event_id: Annotated[int, Header()] = -1,
) -> AsyncIterator[ServerSentEvent]:
    for number, (title, sold) in enumerate(SALES):
        if number > last_event_id:
            yield ServerSentEvent(data={"title": title, "sold": sold}, event="sale", id=str(number))
    yield ServerSentEvent(comment="all told", retry=5000)
