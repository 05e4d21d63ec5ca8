"""A WebSocket with parameters and a dependency, that echoes until it is told to stop."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI, Query, WebSocket, WebSocketDisconnect, WebSocketException

app = FastAPI()


def token(token: Annotated[str, Query(min_length=3)]) -> str:
    if token == "bad":
        raise WebSocketException(code=4001, reason="a bad token")
    return token


@app.websocket("/rooms/{room}")
async def echo(websocket: WebSocket, room: int, token: Annotated[str, Depends(token)]) -> None:
    await websocket.accept(subprotocol="echo")
    try:
        while True:
            said = await websocket.receive_text()
            await websocket.send_json({"room": room, "token": token, "said": said})
    except WebSocketDisconnect as left:
        app.state.left = left.code


@app.get("/left")
def left() -> int | None:
    return getattr(app.state, "left", None)


REQUESTS = [
    {
        "websocket": "/rooms/1?token=abc",
        "subprotocols": ["echo"],
        "send": ["a", "b", {"code": 1001}],
    },
    {"url": "/left"},
    {"websocket": "/rooms/1?token=bad"},
    {"websocket": "/rooms/1"},
    {"websocket": "/rooms/x?token=ab"},
    {"websocket": "/nowhere"},
    {
        "websocket": "/rooms/1?token=abc",
        "denials": False,
        "subprotocols": ["echo"],
        "send": [{"code": 1006}],
    },
]
