from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TypedDict

from fastapi_lite.applications import Starlette
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Route


class AppState(TypedDict):
    greeting: str


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncGenerator[AppState]:
    yield {"greeting": "Hello"}


async def greet(request: Request[AppState]) -> PlainTextResponse:
    return PlainTextResponse(request.state["greeting"])  # a type checker knows: str


app = Starlette(routes=[Route("/", greet)], lifespan=lifespan)
