"""The order of clean-up, of both scopes, and exceptions thrown into generators."""

from typing import Annotated

from fastapi_lite import BackgroundTasks, Depends, FastAPI, HTTPException
from fastapi_lite.responses import StreamingResponse

app = FastAPI()
log: list[str] = []


class Known(Exception):
    pass


def opened(name: str, swallow: bool = False):
    def dependency():
        log.append(f"open {name}")
        try:
            yield name
        except Known:
            log.append(f"known in {name}")
            raise HTTPException(418, f"from {name}")
        except Exception as error:
            log.append(f"{type(error).__name__} in {name}")
            raise
        finally:
            log.append(f"close {name}")

    return dependency


a, b = opened("a"), opened("b")


async def inner(b: Annotated[str, Depends(b)]):
    log.append("open inner")
    try:
        yield f"inner {b}"
    finally:
        log.append("close inner")


async def early():
    log.append("open early")
    yield
    log.append("close early")


@app.get("/")
def read(
    a: Annotated[str, Depends(a)],
    inner: Annotated[str, Depends(inner)],
    early: Annotated[None, Depends(early, scope="function")],
    tasks: BackgroundTasks,
):
    tasks.add_task(log.append, "task")
    log.append("endpoint")
    return [a, inner]


@app.get("/known")
def known(a: Annotated[str, Depends(a)]):
    raise Known


@app.get("/http")
def http(a: Annotated[str, Depends(a)], inner: Annotated[str, Depends(inner)]):
    raise HTTPException(404, "none")


@app.get("/unknown")
def unknown(a: Annotated[str, Depends(a)]):
    raise KeyError("x")


@app.get("/invalid")
def invalid(a: Annotated[str, Depends(a)], n: int):
    return n


@app.get("/after/{kind}")
def after(kind: str):
    return kind


@app.get("/stream")
def stream(a: Annotated[str, Depends(a)], f: Annotated[None, Depends(early, scope="function")]):
    def chunks():
        log.append("chunk")
        yield "x"

    return StreamingResponse(chunks())


@app.get("/log")
def said():
    found, log[:] = list(log), []
    return found


STATEFUL = True
REQUESTS = [
    part
    for path in ("/", "/known", "/http", "/unknown", "/invalid", "/invalid?n=1", "/stream")
    for part in ({"url": path}, {"url": "/log"})
]
