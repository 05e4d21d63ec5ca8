"""What a lifespan yields is the state of each request, and of WebSockets."""

from contextlib import asynccontextmanager

from fastapi_lite import FastAPI, Request, WebSocket

SEEN: list[str] = []


@asynccontextmanager
async def lifespan(app: FastAPI):
    SEEN.append(f"starts {type(app).__name__}")
    app.state.started = True
    yield {"items": [1], "name": "n"}
    SEEN.append("ends")


app = FastAPI(lifespan=lifespan)


@app.middleware("http")
async def middleware(request: Request, call_next):
    request.state.from_middleware = True
    return await call_next(request)


@app.get("/state")
def state(request: Request):
    request.state.name += "!"
    request.state.items.append(len(request.state.items) + 1)
    return [
        request.state.name,
        request.state.items[:3],
        request.state.from_middleware,
        app.state.started,
    ]


@app.get("/missing")
def missing(request: Request):
    try:
        return request.state.nothing
    except AttributeError as error:
        return str(error)


@app.get("/seen")
def seen():
    return SEEN


@app.websocket("/ws")
async def ws(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_json([websocket.state.name, hasattr(websocket.state, "from_middleware")])
    await websocket.close()


REQUESTS = [
    {"url": "/state"},
    {"url": "/state"},
    {"url": "/missing"},
    {"url": "/seen"},
    {"websocket": "/ws"},
]
