"""Middleware of single routes, of mounts, of routers and of WebSocket routes."""

from fastapi_lite.applications import Starlette
from fastapi_lite.middleware import Middleware
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Mount, Route, Router, WebSocketRoute


class Marked:
    def __init__(self, app, name: str):
        self.app, self.name = app, name.encode()

    async def __call__(self, scope, receive, send):
        async def mark(message):
            if message["type"] in ("http.response.start", "websocket.accept"):
                message = {**message, "headers": [*message["headers"], (b"x-mark", self.name)]}
            await send(message)

        scope["marks"] = [*scope.get("marks", []), self.name.decode()]
        await self.app(scope, receive, mark)


def mark(name: str) -> list[Middleware]:
    return [Middleware(Marked, name)]


async def answer(request):
    if request.path_params.get("x") == "fail":
        raise KeyError
    return PlainTextResponse(" ".join(request.scope.get("marks", [])))


async def socket(websocket):
    await websocket.accept()
    await websocket.send_text(" ".join(websocket.scope["marks"]))
    await websocket.close()


app = Starlette(
    routes=[
        Route("/plain", answer),
        Route("/route/{x}", answer, middleware=[*mark("route"), *mark("route-2")]),
        Route("/posted", answer, methods=["POST"], middleware=mark("posted")),
        WebSocketRoute("/ws", socket, middleware=mark("socket")),
        Mount(
            "/mount",
            routes=[Route("/{x}", answer, middleware=mark("in"))],
            middleware=mark("mount"),
        ),
        Mount("/router", Router([Route("/x", answer)], middleware=mark("router"))),
    ],
    middleware=mark("app"),
    exception_handlers={KeyError: lambda request, error: PlainTextResponse("key", 400)},
)

REQUESTS = [
    {"url": "/plain"},
    {"url": "/route/a"},
    {"url": "/route/fail"},
    {"method": "POST", "url": "/route/a"},
    {"method": "POST", "url": "/posted"},
    {"url": "/posted"},
    {"url": "/mount/a"},
    {"url": "/mount/fail"},
    {"url": "/mount/a/b"},
    {"url": "/mount"},
    {"url": "/router/x"},
    {"url": "/router/y"},
    {"url": "/nowhere"},
    {"websocket": "/ws"},
    {"websocket": "/nowhere"},
]
