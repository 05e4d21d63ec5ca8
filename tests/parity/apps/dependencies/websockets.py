"""Dependencies of WebSockets: clean-up, scopes, errors, of routers and the application."""

from typing import Annotated

from fastapi_lite import (
    APIRouter,
    Cookie,
    Depends,
    FastAPI,
    Header,
    Query,
    WebSocket,
    WebSocketException,
    status,
)

log: list[str] = []


async def opened(websocket: WebSocket):
    log.append(f"open {websocket.url.path}")
    try:
        yield "opened"
    except Exception as error:
        log.append(type(error).__name__)
        raise
    finally:
        log.append("closed")


def token_or_cookie(
    token: Annotated[str | None, Query()] = None, session: Annotated[str | None, Cookie()] = None
):
    if token is None and session is None:
        raise WebSocketException(code=status.WS_1008_POLICY_VIOLATION)
    return session or token


def check(x_key: Annotated[str, Header()]):
    if x_key != "key":
        raise WebSocketException(4001, "wrong key")


app = FastAPI(dependencies=[Depends(opened)])
router = APIRouter(prefix="/router", dependencies=[Depends(check)])


@app.websocket("/items/{item}")
async def items(
    websocket: WebSocket,
    item: int,
    who: Annotated[str, Depends(token_or_cookie)],
    q: int | None = None,
):
    await websocket.accept()
    async for said in websocket.iter_text():
        await websocket.send_text(f"{item} {who} {q} {said}")


@router.websocket("/keyed")
async def keyed(websocket: WebSocket, opened: Annotated[str, Depends(opened)]):
    await websocket.accept()
    await websocket.send_text(opened)
    await websocket.close(3000, "bye")


@app.websocket("/fails")
async def fails(websocket: WebSocket):
    await websocket.accept()
    raise ValueError("inside")


@app.websocket("/unaccepted")
async def unaccepted(websocket: WebSocket):
    raise WebSocketException(4002, "not yet")


app.include_router(router)
bare = FastAPI()


@bare.get("/")
def said():
    found, log[:] = list(log), []
    return found


app.mount("/log", bare)
STATEFUL = True
SOCKETS = [
    {"websocket": "/items/1?token=t", "send": ["a", "b"]},
    {"websocket": "/items/1", "cookies": {"session": "s"}, "send": ["a"]},
    {"websocket": "/items/1"},
    {"websocket": "/items/x?token=t&q=y"},
    {"websocket": "/router/keyed"},
    {"websocket": "/router/keyed", "headers": {"x-key": "no"}},
    {"websocket": "/router/keyed", "headers": {"x-key": "key"}},
    {"websocket": "/fails"},
    {"websocket": "/unaccepted"},
    {"url": "/items/1"},
]
REQUESTS = [part for one in SOCKETS for part in (one, {"url": "/log/"})]
