"""A decorated function keeps its type, and the options of a decorator are checked.

Here as in every file of this folder, a `type: ignore` says that a mistake is found: it is an error
where there is none to ignore.
"""

from collections.abc import Callable
from typing import Any, assert_type

from fastapi_lite import APIRouter, BackgroundTasks, FastAPI, Request, Response, WebSocket
from fastapi_lite.routing import APIRoute
from fastapi_lite.routing.options import RouteOptions

app = FastAPI(title="Typed", version="1", docs_url=None)
router = APIRouter(prefix="/books", tags=["books"])
app.include_router(router, prefix="/v1", dependencies=[])


@app.get("/", status_code=201, tags=["a"], response_model=None)
def read(limit: int = 1) -> list[str]:
    return ["a"] * limit


@router.post("/", deprecated=True)
async def write(request: Request, tasks: BackgroundTasks) -> Response:
    return Response()


@app.websocket("/ws")
async def talk(websocket: WebSocket) -> None: ...


@app.exception_handler(KeyError)
async def missing(request: Request, error: Exception) -> Response:
    return Response(status_code=404)


assert_type(read(limit=2), list[str])
assert_type(write, Callable[[Request, BackgroundTasks], Any])  # type: ignore[assert-type]
assert_type(app.router, APIRouter)

SHARED: RouteOptions = {"tags": ["x"], "status_code": 201}


@app.put("/shared", **SHARED)
def shared() -> None: ...


def plain() -> None: ...


app.add_api_route("/plain", plain, methods=["GET"], include_in_schema=False)
router.add_api_route("/plain", plain, name="plain")

# Mistakes.
read(limit="2")  # type: ignore[arg-type]
app.get("/", status_code="201")  # type: ignore[arg-type]
app.get("/", statuscode=201)  # type: ignore[call-arg]
app.get(1)  # type: ignore[arg-type]
app.get()  # type: ignore[call-arg]
app.get("/", None)  # type: ignore[call-arg]
app.get("/")("not a function")  # type: ignore[type-var]
app.include_router(plain)  # type: ignore[arg-type]
app.add_api_route("/plain", plain, nam="plain")  # type: ignore[call-arg]
FastAPI(titel="x")  # type: ignore[call-arg]
APIRouter(prefix=1)  # type: ignore[arg-type]
WRONG: RouteOptions = {"tags": "x"}  # type: ignore[typeddict-item]


class Route(APIRoute):
    """A subclass that changes how a route is handled."""


router_of_routes = APIRouter(route_class=Route)
