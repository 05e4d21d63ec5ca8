"""What routers, inclusions and operations say is merged, outer to inner."""

from pydantic import BaseModel

from fastapi_lite import APIRouter, Depends, FastAPI
from fastapi_lite.responses import HTMLResponse, JSONResponse, PlainTextResponse

calls: list[str] = []


def noted(name):
    def dependency():
        calls.append(name)

    return dependency


class Message(BaseModel):
    message: str


def by_name(route):
    return f"id-{route.name}"


def by_path(route):
    return f"path-{route.path_format.strip('/').replace('/', '-')}-{min(route.methods).lower()}"


app = FastAPI(
    dependencies=[Depends(noted("app"))],
    responses={418: {"description": "app"}, 404: {"description": "app 404"}},
    default_response_class=HTMLResponse,
)
outer = APIRouter(
    prefix="/outer",
    tags=["outer"],
    dependencies=[Depends(noted("outer"))],
    responses={404: {"description": "outer 404", "model": Message}},
    default_response_class=PlainTextResponse,
    generate_unique_id_function=by_name,
    deprecated=True,
)
inner = APIRouter(
    prefix="/inner",
    tags=["inner"],
    dependencies=[Depends(noted("inner"))],
    responses={409: {"description": "inner"}},
)
hidden = APIRouter(prefix="/hidden", include_in_schema=False)


@inner.get(
    "/one",
    tags=["one"],
    responses={404: {"description": "one 404"}},
    dependencies=[Depends(noted("one"))],
)
def one():
    found, calls[:] = list(calls), []
    return ",".join(found)


@inner.get(
    "/two", response_class=JSONResponse, generate_unique_id_function=by_path, deprecated=False
)
def two():
    found, calls[:] = list(calls), []
    return found


@outer.get("/own", operation_id="own-id")
def own():
    return "own"


@hidden.get("/x", include_in_schema=True)
def x():
    return "x"


outer.include_router(
    inner,
    prefix="/included",
    tags=["included"],
    dependencies=[Depends(noted("inclusion"))],
    responses={410: {"description": "gone"}},
)
app.include_router(outer)
app.include_router(
    inner,
    prefix="/again",
    include_in_schema=True,
    deprecated=False,
    default_response_class=PlainTextResponse,
    generate_unique_id_function=by_path,
)
app.include_router(hidden)
app.include_router(hidden, prefix="/shown", include_in_schema=True)
STATEFUL = True
PATHS = (
    "/outer/own",
    "/outer/included/inner/one",
    "/outer/included/inner/two",
    "/again/inner/one",
    "/again/inner/two",
    "/hidden/x",
    "/shown/hidden/x",
    "/inner/one",
    "/outer",
    "/outer/",
)
REQUESTS = [{"url": path} for path in PATHS]
