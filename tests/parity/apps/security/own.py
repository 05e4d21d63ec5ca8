"""Schemes of users: subclasses with answers of their own, schemes on routers and in WebSockets."""

from typing import Annotated

from fastapi_lite import (
    Depends,
    FastAPI,
    HTTPException,
    Request,
    Security,
    WebSocket,
    WebSocketException,
)
from fastapi_lite.openapi.models import HTTPBase as HTTPBaseModel
from fastapi_lite.security import APIKeyQuery, HTTPBearer
from fastapi_lite.security.base import SecurityBase

app = FastAPI()


class Forbidding(HTTPBearer):
    def make_not_authenticated_error(self):
        return HTTPException(403, "Forbidden here")


class Own(SecurityBase):
    def __init__(self):
        self.model = HTTPBaseModel(scheme="own", description="Own")
        self.scheme_name = "OwnScheme"

    async def __call__(self, request: Request):
        return request.headers.get("x-own")


class Wrapping(APIKeyQuery):
    async def __call__(self, request: Request):
        key = await super().__call__(request)
        return f"wrapped {key}"


@app.get("/forbidding")
def forbidding(token: Annotated[object, Depends(Forbidding())]):
    return token


@app.get("/own")
def own(token: Annotated[str | None, Security(Own(), scopes=["a"])]):
    return token


@app.get("/wrapping")
def wrapping(token: Annotated[str, Depends(Wrapping(name="k"))]):
    return token


async def in_socket(websocket: WebSocket, k: str | None = None):
    if k is None:
        raise WebSocketException(1008, "no key")
    return k


@app.websocket("/ws")
async def ws(websocket: WebSocket, k: Annotated[str, Depends(in_socket)]):
    await websocket.accept()
    await websocket.send_text(k)


REQUESTS = [
    {"url": "/forbidding"},
    {"url": "/forbidding", "headers": {"authorization": "Bearer x"}},
    {"url": "/own", "headers": {"x-own": "1"}},
    {"url": "/wrapping"},
    {"url": "/wrapping?k=1"},
    {"websocket": "/ws"},
    {"websocket": "/ws?k=1"},
]
