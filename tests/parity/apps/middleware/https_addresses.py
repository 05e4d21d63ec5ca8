"""Plain requests are sent to the encrypted address."""

from fastapi_lite import FastAPI, Request, WebSocket
from fastapi_lite.middleware.httpsredirect import HTTPSRedirectMiddleware

app = FastAPI()
app.add_middleware(HTTPSRedirectMiddleware)


@app.get("/where")
def where(request: Request):
    return str(request.url)


@app.websocket("/ws")
async def ws(websocket: WebSocket):
    await websocket.accept()
    await websocket.close()


REQUESTS = [
    {"url": "/where"},
    {"url": "/where", "scheme": "https"},
    {"url": "/where?a=b", "headers": {"host": "shop.example:80"}},
    {"url": "/where", "headers": {"host": "shop.example:8080"}},
    {"url": "/where", "headers": {"host": "shop.example:443"}},
    {"url": "/where", "headers": {"host": "[::1]:80"}},
    {"method": "POST", "url": "/where", "json": 1},
    {"url": "/where", "root_path": "/api"},
    {"websocket": "/ws"},
]
