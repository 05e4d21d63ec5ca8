"""Responses and classes inherited from the application and its routers."""

from pydantic import BaseModel

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.responses import HTMLResponse, JSONResponse, PlainTextResponse


class Problem(BaseModel):
    title: str


class Other(BaseModel):
    other: int


class Versioned(JSONResponse):
    media_type = "application/vnd.api+json"


app = FastAPI(
    default_response_class=Versioned,
    responses={500: {"model": Problem, "description": "Broken"}, 404: {"description": "outermost"}},
)
outer = APIRouter(
    prefix="/outer", responses={404: {"model": Problem}}, default_response_class=HTMLResponse
)
inner = APIRouter(prefix="/inner", responses={404: {"description": "inner"}, 410: {"model": Other}})


@app.get("/")
def root() -> Problem: ...


@inner.get("/plain", response_class=PlainTextResponse)
def plain(): ...


@inner.get("/inherited", responses={410: {"description": "own"}})
def inherited(): ...


@outer.get("/page/{a}")
def page(a: int): ...


outer.include_router(inner, responses={403: {"description": "on inclusion"}})
app.include_router(outer, prefix="/v1", responses={401: {"model": Other}})
app.include_router(inner, default_response_class=PlainTextResponse)
