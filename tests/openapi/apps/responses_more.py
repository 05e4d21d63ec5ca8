"""Responses, where classes, models and statuses meet."""

from collections.abc import AsyncIterable
from typing import Annotated

from pydantic import BaseModel, Field

from fastapi_lite import FastAPI
from fastapi_lite.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from fastapi_lite.sse import EventSourceResponse

app = FastAPI()


class V(BaseModel):
    v: int


class W(BaseModel):
    w: V


class ValidationError(BaseModel):
    mine: int


class Problem(JSONResponse):
    media_type = "application/problem+json"


class Teapot(Response):
    media_type = "x/y"

    def __init__(self, content=None, status_code=418):
        super().__init__(content, status_code)


@app.get(
    "/events",
    response_class=EventSourceResponse,
    responses={404: {"model": V}, "4XX": {"model": V}},
)
async def events() -> AsyncIterable[V]:
    yield V(v=1)


@app.get(
    "/own-schema",
    responses={200: {"model": V, "content": {"application/json": {"schema": {"x": 1}}}}},
)
async def own_schema() -> W: ...


@app.post("/text", responses={400: {"model": V}}, response_class=PlainTextResponse)
async def text(x: V): ...


@app.get("/problem", response_class=Problem, responses={400: {"model": V}})
async def problem() -> V: ...


@app.get("/titled", response_model=Annotated[list[int], Field(title="Other")])
async def titled(): ...


@app.get("/reset", status_code=205)
async def reset(): ...


@app.get("/teapot", response_class=Teapot)
async def teapot(): ...


@app.get("/streamed", response_class=StreamingResponse, responses={404: {"model": V}})
async def streamed() -> AsyncIterable[str]:
    yield ""


@app.get("/no-content", status_code=204, responses={200: {"model": V}})
def no_content(): ...


@app.get(
    "/image",
    response_class=FileResponse,
    responses={200: {"content": {"image/png": {}}, "description": "ff"}},
)
def image(): ...


@app.get("/text-422", responses={"422": {}})
def text_422(a: int): ...


@app.get("/described-422", responses={422: {"description": "x"}})
def described_422(a: int): ...


@app.get(
    "/odd",
    responses={
        299: {},
        999: {},
        "2XX": {"model": V, "content": {"application/json": {"schema": {"title": "own"}}}},
        "Default": {},
    },
)
def odd(): ...


@app.get("/no-description", response_class=JSONResponse, status_code=200, response_description="")
def no_description(): ...


@app.post("/clash")
def clash(x: ValidationError): ...
