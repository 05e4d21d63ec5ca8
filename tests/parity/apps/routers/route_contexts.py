"""What can be found out about all routes of a tree."""

from fastapi_lite import APIRouter, FastAPI, WebSocket
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Mount, Route, iter_route_contexts

app = FastAPI(openapi_url=None)
outer = APIRouter(prefix="/outer/{o}")
inner = APIRouter(prefix="/inner")


async def plain(request):
    return PlainTextResponse("plain")


@inner.get("/{n:int}", name="numbered")
def numbered(o: str, n: int):
    return [o, n]


@inner.websocket("/socket/{x:path}")
async def socket(websocket: WebSocket, x: str):
    await websocket.close()


@outer.api_route("/both", methods=["POST", "PUT"], include_in_schema=False)
def both(o: str):
    return o


inner.add_route("/plain", plain, methods=["GET"])
outer.include_router(inner)
app.include_router(outer, prefix="/v1")
app.router.routes.append(Mount("/sub", routes=[Route("/x", plain)]))
app.mount("/app", FastAPI(openapi_url=None), name="app")


@app.get("/contexts")
def contexts():
    return [
        {
            "path": one.path,
            "format": one.path_format,
            "name": one.name,
            "methods": sorted(one.methods or []),
            "endpoint": getattr(one.endpoint, "__name__", None),
            "original": [type(one.original_route).__name__, one.original_route.path],
        }
        for one in iter_route_contexts(app.routes)
    ]


@app.get("/count")
def count():
    return len(app.routes)


REQUESTS = [
    {"url": "/contexts"},
    {"url": "/count"},
    {"url": "/v1/outer/a/inner/1"},
    {"url": "/v1/outer/a/inner/x"},
    {"url": "/v1/outer/a/inner/plain"},
    {"method": "PUT", "url": "/v1/outer/a%2Fb/both"},
    {"method": "PUT", "url": "/v1/outer/a/both"},
    {"websocket": "/v1/outer/a/inner/socket/b/c"},
    {"url": "/sub/x"},
]
