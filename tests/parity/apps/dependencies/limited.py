"""Dependencies that few may use at once: limited, nested, generators that hold their place until clean-up."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI, HTTPException

app = FastAPI()
log: list[str] = []


def connection():
    log.append("connect")
    yield "connection"
    log.append("disconnect")


async def pool(connection: Annotated[str, Depends(connection, max_concurrency=1)]):
    return f"pooled {connection}"


def failing(kind: str = ""):
    if kind == "http":
        raise HTTPException(503, "busy", {"Retry-After": "1"})
    if kind:
        raise ValueError(kind)


Limited = Depends(pool, max_concurrency=2, scope="function")


@app.get("/nested")
async def nested(first: Annotated[str, Depends(pool, max_concurrency=2)]):
    return [first, *log]


@app.get("/failing")
def fails(nothing: Annotated[None, Depends(failing, max_concurrency=1)]):
    return nothing


@app.get("/decorated", dependencies=[Depends(failing, max_concurrency=1, use_cache=False)])
async def decorated(pooled: str = Depends(pool, max_concurrency=1)):
    return pooled


@app.get("/log")
def said():
    found, log[:] = list(log), []
    return found


STATEFUL = True
REQUESTS = [
    {"url": "/nested"},
    {"url": "/nested"},
    {"url": "/log"},
    {"url": "/failing"},
    {"url": "/failing?kind=http"},
    {"url": "/failing?kind=http"},
    {"url": "/failing?kind=x"},
    {"url": "/failing?kind=x"},
    {"url": "/decorated"},
    {"url": "/decorated?kind=http"},
    {"url": "/decorated"},
    {"url": "/log"},
]
