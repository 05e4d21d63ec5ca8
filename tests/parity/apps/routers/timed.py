"""A route class that adds to each answer, and one that reads bodies its own way."""

import gzip
from collections.abc import Callable
from typing import Annotated

from fastapi_lite import APIRouter, Body, FastAPI, HTTPException, Request, Response
from fastapi_lite.routing import APIRoute


class Timed(APIRoute):
    def get_route_handler(self) -> Callable:
        original = super().get_route_handler()
        calls = 0

        async def handler(request: Request) -> Response:
            nonlocal calls
            calls += 1
            response = await original(request)
            response.headers["X-Calls"] = str(calls)
            response.headers["X-Route"] = self.path
            return response

        return handler


class GzipRequest(Request):
    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            body = await super().body()
            if "gzip" in self.headers.getlist("Content-Encoding"):
                body = gzip.decompress(body)
            self._body = body
        return self._body


class Unzipped(APIRoute):
    def get_route_handler(self) -> Callable:
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            return await original(GzipRequest(request.scope, request.receive))

        return handler


app = FastAPI()
app.router.route_class = Unzipped
timed = APIRouter(route_class=Timed, prefix="/timed")


@app.post("/sum")
async def total(numbers: Annotated[list[int], Body()]):
    return {"sum": sum(numbers)}


@timed.get("/{n}")
def number(n: int):
    if n < 0:
        raise HTTPException(404, "negative")
    return n


@timed.get("/")
async def response() -> Response:
    return Response("whole", media_type="text/plain")


app.include_router(timed)
GZIPPED = {"content-encoding": "gzip", "content-type": "application/json"}
REQUESTS = [
    {"method": "POST", "url": "/sum", "json": [1, 2]},
    {
        "method": "POST",
        "url": "/sum",
        "headers": GZIPPED,
        "content": gzip.compress(b"[1, 2, 3]", mtime=0),
    },
    {"method": "POST", "url": "/sum", "headers": GZIPPED, "content": b"[1]"},
    {"method": "POST", "url": "/sum", "headers": GZIPPED, "content": gzip.compress(b"[1", mtime=0)},
    {"url": "/timed/1"},
    {"url": "/timed/2"},
    {"url": "/timed/x"},
    {"url": "/timed/-1"},
    {"url": "/timed/"},
    {"url": "/timed"},
]
