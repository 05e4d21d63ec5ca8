"""Route classes of users: timing, gzipped bodies, errors that show the body."""

import gzip
from collections.abc import Callable

from fastapi_lite import APIRouter, Body, FastAPI, HTTPException, Request, Response
from fastapi_lite.exceptions import RequestValidationError
from fastapi_lite.routing import APIRoute

app = FastAPI()


class GzipRequest(Request):
    async def body(self) -> bytes:
        if not hasattr(self, "_unzipped"):
            body = await super().body()
            if "gzip" in self.headers.getlist("content-encoding"):
                body = gzip.decompress(body)
            self._unzipped = body
        return self._unzipped


class GzipRoute(APIRoute):
    def get_route_handler(self) -> Callable:
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            return await original(GzipRequest(request.scope, request.receive))

        return handler


class Timed(APIRoute):
    def get_route_handler(self) -> Callable:
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            response = await original(request)
            response.headers["X-Timed"] = "yes"
            return response

        return handler


class ShowsBody(APIRoute):
    def get_route_handler(self) -> Callable:
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await original(request)
            except RequestValidationError as error:
                body = await request.body()
                raise HTTPException(422, {"errors": len(error.errors()), "body": body.decode()})

        return handler


class Renamed(APIRoute):
    def __init__(self, path: str, endpoint: Callable, **options):
        options["summary"] = f"Renamed {endpoint.__name__}"
        super().__init__(path, endpoint, **options)


gzipped = APIRouter(prefix="/gzip", route_class=GzipRoute)
timed = APIRouter(prefix="/timed", route_class=Timed)
shows = APIRouter(prefix="/shows", route_class=ShowsBody)
renamed = APIRouter(prefix="/renamed", route_class=Renamed)


@gzipped.post("/sum")
async def sum_(numbers: list[int] = Body()):
    return {"sum": sum(numbers)}


@timed.get("/")
async def timed_():
    return "timed"


@timed.get("/error")
async def error():
    raise HTTPException(418)


@shows.post("/")
async def shows_(numbers: list[int] = Body()):
    return sum(numbers)


@renamed.get("/")
def summary():
    return "renamed"


for router in (gzipped, timed, shows, renamed):
    app.include_router(router)
REQUESTS = [
    {"method": "POST", "url": "/gzip/sum", "json": [1, 2]},
    {
        "method": "POST",
        "url": "/gzip/sum",
        "content": gzip.compress(b"[1, 2, 3]", mtime=0),
        "headers": {"content-encoding": "gzip", "content-type": "application/json"},
    },
    {
        "method": "POST",
        "url": "/gzip/sum",
        "content": b"not gzip",
        "headers": {"content-encoding": "gzip", "content-type": "application/json"},
    },
    {"url": "/timed/"},
    {"url": "/timed/error"},
    {"method": "POST", "url": "/shows/", "json": [1]},
    {"method": "POST", "url": "/shows/", "json": ["x", "y"]},
    {"url": "/renamed/"},
]
