"""What type checkers see of a request whose state has a type, in plain and in typed endpoints."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, TypedDict, assert_type

from fastapi_lite import APIRouter, Depends, FastAPI, Request, WebSocket
from fastapi_lite.applications import Starlette
from fastapi_lite.datastructures import State
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Route


class Pool:
    size: int = 3


class Shared(TypedDict):
    pool: Pool


class Attributes(State):
    pool: Pool


@asynccontextmanager
async def lifespan(app: Any) -> AsyncGenerator[Shared]:
    yield {"pool": Pool()}


async def plain(request: Request[Shared]) -> PlainTextResponse:
    assert_type(request.state["pool"], Pool)
    request.state["pole"]  # type: ignore[typeddict-item]
    return PlainTextResponse(str(request.state["pool"].size))


starlette = Starlette(routes=[Route("/", plain)], lifespan=lifespan)
app = FastAPI(lifespan=lifespan)
router = APIRouter(lifespan=lifespan)


async def size(connection: HTTPConnection[Shared]) -> int:
    assert_type(connection.state, Shared)
    return connection.state["pool"].size


@app.get("/items")
def typed(request: Request[Shared], asked: int = Depends(size)) -> int:
    assert_type(request.state["pool"].size, int)
    return asked


@router.get("/attributes")
def by_attribute(request: Request[Attributes]) -> int:
    assert_type(request.state, Attributes)
    return request.state.pool.size


@app.get("/untyped")
def untyped(request: Request) -> None:
    assert_type(request.state, State)
    request.state.anything = 1


@app.websocket("/socket")
async def socket(websocket: WebSocket[Shared]) -> None:
    assert_type(websocket.state["pool"], Pool)
