"""Event streams in routers, with dependencies, errors, and the documents of them."""

from collections.abc import AsyncIterable, Iterable
from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import APIRouter, Depends, FastAPI, HTTPException, Query
from fastapi_lite.responses import EventSourceResponse
from fastapi_lite.sse import ServerSentEvent


class Item(BaseModel):
    name: str


SEEN: list[str] = []


def user(user: Annotated[str, Query(min_length=2)]):
    if user == "no":
        raise HTTPException(403, "not you", headers={"x-why": "because"})
    SEEN.append(f"{user} comes")
    yield user
    SEEN.append(f"{user} goes")


app = FastAPI()
events = APIRouter(
    prefix="/events",
    default_response_class=EventSourceResponse,
    dependencies=[Depends(user)],
    responses={403: {"description": "Not you"}},
)


@events.get("/items")
async def items(user: Annotated[str, Depends(user)]) -> AsyncIterable[Item]:
    yield Item(name=user)


@events.put("/items/{n}", status_code=202, response_description="Events of it")
def put(n: int) -> Iterable[ServerSentEvent]:
    for i in range(n):
        SEEN.append(f"event {i}")
        yield ServerSentEvent(data=i)


@events.get("/fails")
async def fails() -> AsyncIterable[Item]:
    raise HTTPException(409, "no stream")
    yield


@app.get("/returned", response_class=EventSourceResponse)
def returned():
    return EventSourceResponse(iter(["data: raw\n\n"]))


@app.get("/seen")
def seen():
    return SEEN[-3:]


app.include_router(events)

REQUESTS = [
    {"url": "/events/items?user=ann"},
    {"url": "/events/items?user=no"},
    {"url": "/events/items?user=x"},
    {"method": "PUT", "url": "/events/items/2?user=bob"},
    {"method": "PUT", "url": "/events/items/x?user=b"},
    {"url": "/events/fails?user=ann"},
    {"url": "/seen"},
    {"url": "/returned"},
]
