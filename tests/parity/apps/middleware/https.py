"""Everything is led to HTTPS."""

from fastapi_lite import FastAPI, WebSocket
from fastapi_lite.middleware.httpsredirect import HTTPSRedirectMiddleware

app = FastAPI()
app.add_middleware(HTTPSRedirectMiddleware)


@app.get("/items/{item}")
def read(item: str) -> str:
    return item


@app.websocket("/ws")
async def ws(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


REQUESTS = [
    {"url": "/items/a?b=c"},
    {"url": "/items/a?b=c", "scheme": "https"},
    {"url": "/items/a", "headers": {"Host": "a.example:80"}},
    {"url": "/items/a", "headers": {"Host": "a.example:8080"}},
    {"url": "/items/a", "headers": {"Host": "a.example:443"}, "scheme": "https"},
    {"method": "POST", "url": "/items/a"},
    {"url": "/items/%C3%A9%20x"},
    {"websocket": "/ws"},
    {"websocket": "/ws", "scheme": "wss"},
]
