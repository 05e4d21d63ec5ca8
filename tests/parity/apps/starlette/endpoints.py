"""Classes as endpoints, of HTTP."""

from fastapi_lite.applications import Starlette
from fastapi_lite.endpoints import HTTPEndpoint
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Route


class Full(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse(f"get {request.path_params}")

    def post(self, request):
        return PlainTextResponse("post", 201)

    async def query(self, request):
        return PlainTextResponse((await request.body()).decode())

    async def delete(self, request):
        raise HTTPException(409, "not now")


class OwnRefusal(HTTPEndpoint):
    async def head(self, request):
        return PlainTextResponse("head", headers={"X-A": "b"})

    async def method_not_allowed(self, request):
        return PlainTextResponse("no", 405)


app = Starlette(
    routes=[
        Route("/full/{a}", Full),
        Route("/some/{a}", Full, methods=["GET", "POST"]),
        Route("/own", OwnRefusal),
        Route("/object", Full),
    ]
)
REQUESTS = [
    {"method": method, "url": url, "content": b"body"}
    for url in ("/full/a", "/some/a", "/own")
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "QUERY", "OPTIONS", "get")
]
