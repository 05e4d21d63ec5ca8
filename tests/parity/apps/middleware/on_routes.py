"""Middleware of routes, mounts and routers."""

from fastapi_lite.applications import Starlette
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Mount, Route, Router, WebSocketRoute


def noting(app, name):
    async def noted(scope, receive, send):
        await app({**scope, "notes": [*scope.get("notes", []), name]}, receive, send)

    return noted


def note(name):
    return Middleware(noting, name)


def show(request):
    return JSONResponse(request.scope.get("notes", []))


def fail(request):
    raise RuntimeError


async def socket(websocket):
    await websocket.accept()
    await websocket.send_json(websocket.scope["notes"])
    await websocket.close()


router = Router(
    [
        Route("/a", show, middleware=[note("route")]),
        WebSocketRoute("/ws", socket, middleware=[note("ws")]),
    ],
    middleware=[note("router")],
)
app = Starlette(
    routes=[
        Mount("/mount", router, middleware=[note("mount")]),
        Mount("/routes", routes=[Route("/b", show)], middleware=[note("one"), note("two")]),
        Route(
            "/zipped",
            lambda request: PlainTextResponse("x" * 10),
            middleware=[Middleware(GZipMiddleware)],
        ),
        Route("/fail", fail, middleware=[note("f")]),
        Route("/plain", show),
    ],
    middleware=[note("app")],
)
REQUESTS = [
    *(
        {"url": path}
        for path in ("/mount/a", "/mount/x", "/routes/b", "/plain", "/nowhere", "/fail", "/zipped")
    ),
    {"websocket": "/mount/ws"},
]
