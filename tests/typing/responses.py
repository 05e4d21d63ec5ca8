"""Responses, their options, and what is made of an application."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from typing import TypedDict, assert_type

from fastapi_lite import FastAPI, HTTPException, Request, Response
from fastapi_lite.applications import Starlette
from fastapi_lite.background import BackgroundTask
from fastapi_lite.datastructures import MutableHeaders, URLPath
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.cors import CORSMiddleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)
from fastapi_lite.routing import Mount, Route
from fastapi_lite.types import ASGIApp, Receive, Scope, Send


class Shared(TypedDict):
    database: str


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[Shared]:
    yield {"database": "books"}


app = FastAPI(
    lifespan=lifespan,
    middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
    default_response_class=JSONResponse,
)
app.add_middleware(CORSMiddleware, allow_origins=["*"])


async def plain_asgi(scope: Scope, receive: Receive, send: Send) -> None:
    response = PlainTextResponse("hello", headers={"x-a": "b"}, background=BackgroundTask(print))
    await response(scope, receive, send)


def chunks() -> Iterator[bytes]:
    yield b"chunk"


async def home(request: Request) -> Response:
    assert_type(request.url_for("home").path, str)
    raise HTTPException(404, detail={"any": "JSON"}, headers={"x-a": "b"})


as_asgi: ASGIApp = app
toolkit = Starlette(routes=[Route("/", home), Mount("/plain", app=plain_asgi)])
toolkit_as_asgi: ASGIApp = toolkit

response = Response("text", status_code=201)
response.set_cookie("name", "value", max_age=10, samesite="lax")
assert_type(response.headers, MutableHeaders)
assert_type(response.status_code, int)
assert_type(app.url_path_for("home"), URLPath)
FileResponse("book.txt", filename="book.txt")
StreamingResponse(chunks(), media_type="text/plain")
RedirectResponse("/", status_code=303)

# Mistakes.
response.set_cookie("name", "value", samesite="loose")  # type: ignore[arg-type]
Response(status="201")  # type: ignore[call-arg]
HTTPException("404")  # type: ignore[arg-type]
StreamingResponse(1)  # type: ignore[arg-type]
Middleware(GZipMiddleware, minimum=1)  # type: ignore[call-arg]
