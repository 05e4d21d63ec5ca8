"""What a WebSocket raises, before and after it was accepted, and who handles it."""

from fastapi_lite import Depends, FastAPI, HTTPException, Request, WebSocket, WebSocketException

app = FastAPI()
SEEN: list[str] = []


class Own(Exception):
    pass


@app.exception_handler(Own)
async def own(websocket: WebSocket, error: Own) -> None:
    SEEN.append(f"own in {type(websocket).__name__}")
    await websocket.close(code=4001, reason="own")


@app.exception_handler(KeyError)
async def key(connection, error) -> None:
    raise WebSocketException(4002, "from a handler")


def forbidden():
    raise WebSocketException(1008, "forbidden")


def unauthorised():
    raise HTTPException(401, {"no": "entry"}, {"www-authenticate": "Basic"})


@app.websocket("/{what}/{when}")
async def socket(websocket: WebSocket, what: str, when: str):
    if when == "after":
        await websocket.accept()
    raise {
        "own": Own(),
        "key": KeyError(),
        "websocket": WebSocketException(4003, "said"),
        "bare": WebSocketException(1011),
        "value": ValueError(),
    }[what]


@app.websocket("/forbidden", dependencies=[Depends(forbidden)])
async def never(websocket: WebSocket): ...


@app.websocket("/unauthorised", dependencies=[Depends(unauthorised)])
async def nor(websocket: WebSocket): ...


@app.get("/seen")
def seen(request: Request):
    return SEEN


REQUESTS = [
    *(
        {"websocket": f"/{what}/{when}"}
        for what in ("own", "key", "websocket", "bare", "value")
        for when in ("before", "after")
    ),
    {"websocket": "/forbidden"},
    {"websocket": "/unauthorised"},
    {"websocket": "/unauthorised", "denials": False},
    {"websocket": "/nowhere"},
    {"websocket": "/nowhere", "denials": False},
    {"url": "/seen"},
    {"url": "/own/before"},
]
