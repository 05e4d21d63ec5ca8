"""Middleware as ASGI demands it: classes, functions that wrap, given to the constructor."""

from fastapi_lite import FastAPI, Request, WebSocket
from fastapi_lite.middleware import Middleware


class Tag:
    def __init__(self, app, *tags: str, sign: str = ":") -> None:
        self.app, self.value = app, sign.join(tags)

    async def __call__(self, scope, receive, send):
        scope.setdefault("tags", []).append(f"{self.value} {scope['type']}")
        await self.app(scope, receive, send)


def wrap(app, name):
    async def wrapped(scope, receive, send):
        scope.setdefault("tags", []).append(name)
        await app(scope, receive, send)

    return wrapped


app = FastAPI(middleware=[Middleware(Tag, "a", "b", sign="-"), Middleware(wrap, name="f")])
app.add_middleware(Tag, "last")


@app.get("/")
def read(request: Request) -> list[str]:
    return request.scope["tags"]


@app.get("/listed")
def listed() -> list[str]:
    return [f"{one.cls.__name__} {one.args} {one.kwargs}" for one in app.user_middleware]


@app.websocket("/ws")
async def ws(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json(websocket.scope["tags"])


REQUESTS = [{"url": "/"}, {"url": "/listed"}, {"websocket": "/ws"}]
