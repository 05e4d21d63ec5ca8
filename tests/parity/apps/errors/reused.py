"""The handlers that come with the framework, called by those of an application."""

from fastapi_lite import FastAPI, HTTPException, Path, Request, WebSocket
from fastapi_lite.exception_handlers import (
    http_exception_handler,
    request_validation_exception_handler,
    websocket_request_validation_exception_handler,
)
from fastapi_lite.exceptions import RequestValidationError, WebSocketRequestValidationError

app = FastAPI()
SEEN: list[str] = []


@app.exception_handler(HTTPException)
async def http(request: Request, error: HTTPException):
    if error.status_code not in (404, 405):
        SEEN.append(f"http {error.status_code}")
    response = await http_exception_handler(request, error)
    response.headers["x-seen"] = str(error.detail)
    return response


@app.exception_handler(RequestValidationError)
async def validation(request: Request, error: RequestValidationError):
    SEEN.append(f"request {len(error.errors())}")
    return await request_validation_exception_handler(request, error)


@app.exception_handler(WebSocketRequestValidationError)
async def socket_validation(websocket: WebSocket, error: WebSocketRequestValidationError):
    SEEN.append(f"socket {len(error.errors())}")
    await websocket_request_validation_exception_handler(websocket, error)


@app.get("/items/{item}")
def item(item: int = Path(le=599)):
    if item > 9:
        raise HTTPException(item, f"item {item}", {"x-item": str(item)})
    return item


@app.websocket("/ws/{room}")
async def ws(websocket: WebSocket, room: int):
    await websocket.accept()
    await websocket.close()


@app.get("/seen")
def seen():
    return SEEN[-5:]


REQUESTS = [
    {"url": "/items/1"},
    {"url": "/items/404"},
    {"url": "/items/204"},
    {"url": "/items/304"},
    {"url": "/items/x"},
    {"websocket": "/ws/x"},
    {"websocket": "/ws/1"},
    {"url": "/seen"},
]
