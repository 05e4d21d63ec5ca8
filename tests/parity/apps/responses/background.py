"""Background tasks: order, kinds, on responses and injected, after errors, in dependencies."""

from typing import Annotated

from fastapi_lite import BackgroundTasks, Depends, FastAPI, HTTPException
from fastapi_lite.background import BackgroundTask
from fastapi_lite.background import BackgroundTasks as Plain
from fastapi_lite.responses import JSONResponse, PlainTextResponse, StreamingResponse

app = FastAPI()
log: list[str] = []


async def later(name: str, *, loud: bool = False):
    log.append(name.upper() if loud else name)


def fails():
    log.append("fails")
    raise ValueError("in a task")


def from_dependency(tasks: BackgroundTasks):
    tasks.add_task(later, "dependency")


@app.get("/both")
def both(tasks: BackgroundTasks, _: Annotated[None, Depends(from_dependency)]):
    tasks.add_task(later, "one", loud=True)
    tasks.add_task(log.append, "two")
    log.append("endpoint")
    return "sent"


@app.get("/own")
def own(tasks: BackgroundTasks):
    tasks.add_task(log.append, "injected")
    mine = Plain([BackgroundTask(later, "mine")])
    return JSONResponse("own", background=mine)


@app.get("/without")
def without(tasks: BackgroundTasks):
    tasks.add_task(log.append, "injected")
    return PlainTextResponse("x")


@app.get("/stream")
def stream(tasks: BackgroundTasks):
    tasks.add_task(log.append, "after the stream")

    def chunks():
        log.append("chunk")
        yield "x"

    return StreamingResponse(chunks())


@app.get("/error")
def error(tasks: BackgroundTasks):
    tasks.add_task(log.append, "never")
    raise HTTPException(400)


@app.get("/fails")
def failing(tasks: BackgroundTasks):
    tasks.add_task(fails)
    tasks.add_task(log.append, "not reached")
    return "sent"


@app.get("/log")
def said():
    found, log[:] = list(log), []
    return found


STATEFUL = True
REQUESTS = [
    part
    for path in ("both", "own", "without", "stream", "error", "fails")
    for part in ({"url": f"/{path}"}, {"url": "/log"})
]
