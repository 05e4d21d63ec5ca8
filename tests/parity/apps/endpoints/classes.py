"""Class endpoints of both kinds, and what is answered to methods they do not have."""

from fastapi_lite.applications import Starlette
from fastapi_lite.endpoints import HTTPEndpoint, WebSocketEndpoint
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Route, WebSocketRoute


class Shelf(HTTPEndpoint):
    async def get(self, request: Request):
        return JSONResponse({"params": request.path_params, "query": dict(request.query_params)})

    def post(self, request: Request):
        return PlainTextResponse("in a thread", 201)

    async def put(self, request: Request):
        raise HTTPException(409, "conflict")


class OnlyPost(HTTPEndpoint):
    async def post(self, request):
        return PlainTextResponse((await request.body()).decode())


class Text(WebSocketEndpoint):
    encoding = "text"

    async def on_connect(self, websocket):
        await websocket.accept(
            subprotocol=websocket["subprotocols"][0] if websocket["subprotocols"] else None
        )

    async def on_receive(self, websocket, data):
        await websocket.send_text(f"got {data}")

    async def on_disconnect(self, websocket, close_code):
        log.append(close_code)


class Json(WebSocketEndpoint):
    encoding = "json"

    async def on_receive(self, websocket, data):
        await websocket.send_json({"got": data})


class Binary(WebSocketEndpoint):
    encoding = "bytes"

    async def on_receive(self, websocket, data):
        await websocket.send_bytes(data[::-1])


class Any(WebSocketEndpoint):
    async def on_receive(self, websocket, data):
        await websocket.send_text(repr(data))


log: list[int] = []


async def said(request):
    return JSONResponse(log)


app = Starlette(
    routes=[
        Route("/shelf/{x}", Shelf),
        Route("/limited", Shelf, methods=["GET"]),
        Route("/post", OnlyPost),
        WebSocketRoute("/text", Text),
        WebSocketRoute("/json", Json),
        WebSocketRoute("/bytes", Binary),
        WebSocketRoute("/any", Any),
        Route("/log", said),
    ]
)
STATEFUL = True
REQUESTS = [
    *[
        {"method": method, "url": path}
        for path in ("/shelf/1?a=b", "/limited", "/post")
        for method in ("GET", "POST", "PUT", "PATCH", "HEAD", "OPTIONS", "BREW")
    ],
    {"websocket": "/text", "send": ["a", "b", {"code": 4000}]},
    {"websocket": "/text", "subprotocols": ["x", "y"], "send": ["a"]},
    {"websocket": "/json", "send": ['{"a": 1}', "[1]"]},
    {"websocket": "/bytes", "send": [b"abc"]},
    {"websocket": "/any", "send": ["a", b"b"]},
    {"url": "/log"},
]
