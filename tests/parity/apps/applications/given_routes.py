"""Routes given to the application, of every kind; and routers that are handed over whole."""

from fastapi_lite import FastAPI, Request, WebSocket
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import APIRoute, APIWebSocketRoute, Mount, Route, WebSocketRoute


def typed(item: int, q: str = "x"):
    return [item, q]


async def plain(request: Request):
    return PlainTextResponse(f"{request.method} {request.path_params}")


async def socket(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_text(str(websocket.path_params))
    await websocket.close()


async def typed_socket(websocket: WebSocket, room: int):
    await websocket.accept()
    await websocket.send_json(room)
    await websocket.close()


app = FastAPI(
    routes=[
        APIRoute("/typed/{item}", typed, methods=["PUT"], name="typed"),
        Route("/plain/{name:path}", plain, methods=["GET"]),
        WebSocketRoute("/socket/{x}", socket),
        APIWebSocketRoute("/rooms/{room}", typed_socket),
        Mount("/mounted", routes=[Route("/{x}", plain, name="inner")], name="mounted"),
    ]
)


@app.get("/urls")
def urls():
    return [
        app.url_path_for("typed", item=1),
        app.url_path_for("plain", name="a/b"),
        app.url_path_for("mounted:inner", x="y"),
        app.url_path_for("socket", x="z"),
    ]


REQUESTS = [
    {"method": "PUT", "url": "/typed/1?q=a"},
    {"method": "PUT", "url": "/typed/x"},
    {"method": "POST", "url": "/typed/1"},
    {"url": "/plain/a/b"},
    {"url": "/plain/"},
    {"method": "POST", "url": "/plain/a"},
    {"url": "/mounted/a"},
    {"url": "/mounted"},
    {"url": "/urls"},
    {"websocket": "/socket/a"},
    {"websocket": "/rooms/3"},
    {"websocket": "/rooms/x"},
    {"url": "/docs/oauth2-redirect/x"},
]
