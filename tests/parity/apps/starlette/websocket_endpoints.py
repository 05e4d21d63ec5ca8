"""Classes as endpoints, of WebSockets: each encoding, connecting, leaving."""

from fastapi_lite.applications import Starlette
from fastapi_lite.endpoints import WebSocketEndpoint
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route, WebSocketRoute

left: list[int] = []


class Text(WebSocketEndpoint):
    encoding = "text"

    async def on_connect(self, websocket):
        await websocket.accept(subprotocol="a", headers=[(b"x-a", b"b")])

    async def on_receive(self, websocket, data):
        await websocket.send_text(f"got {data}")

    async def on_disconnect(self, websocket, close_code):
        left.append(close_code)


class Bytes(WebSocketEndpoint):
    encoding = "bytes"

    async def on_receive(self, websocket, data):
        await websocket.send_bytes(data + b"!")


class Json(WebSocketEndpoint):
    encoding = "json"

    async def on_receive(self, websocket, data):
        await websocket.send_json({"got": data}, mode="binary" if data == 2 else "text")


class Any(WebSocketEndpoint):
    async def on_receive(self, websocket, data):
        await websocket.send_text(repr(data))


class Broken(WebSocketEndpoint):
    encoding = "text"

    async def on_receive(self, websocket, data):
        raise KeyError

    async def on_disconnect(self, websocket, close_code):
        left.append(-close_code)


app = Starlette(
    routes=[
        *(
            WebSocketRoute(f"/{one.__name__.lower()}", one)
            for one in (Text, Bytes, Json, Any, Broken)
        ),
        Route("/left", lambda request: JSONResponse(left)),
    ]
)
REQUESTS = [
    {
        "websocket": "/text",
        "send": ["a", "b", {"code": 1001, "reason": "bye"}],
        "subprotocols": ["a"],
    },
    {"websocket": "/bytes", "send": [b"a", b"\xff"]},
    {"websocket": "/json", "send": ["1", "2", '{"a": [null]}', b"3"]},
    {"websocket": "/any", "send": ["a", b"b"]},
    {"websocket": "/broken", "send": ["a", "b"]},
    {"url": "/left"},
]
