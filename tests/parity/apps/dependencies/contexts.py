"""Context variables and threads: what dependencies and endpoints of both kinds share."""

import contextvars
import threading
from typing import Annotated

from fastapi_lite import BackgroundTasks, Depends, FastAPI

app = FastAPI()
variable = contextvars.ContextVar("variable", default="unset")


async def set_async():
    variable.set("async")
    yield
    variable.set("after")


@app.get("/async")
async def in_async(_: Annotated[None, Depends(set_async)]):
    return variable.get()


@app.get("/sync")
def in_sync(_: Annotated[None, Depends(set_async)]):
    return variable.get()


def thread_of() -> bool:
    return threading.current_thread() is threading.main_thread()


async def loop_of() -> bool:
    return threading.current_thread() is threading.main_thread()


@app.get("/threads")
async def threads(
    sync: Annotated[bool, Depends(thread_of)], async_: Annotated[bool, Depends(loop_of)]
):
    return [sync, async_]


@app.get("/limited")
def limited(
    a: Annotated[bool, Depends(thread_of, max_concurrency=1)],
    b: Annotated[bool, Depends(loop_of, max_concurrency=2)],
):
    return [a, b]


found: list[str] = []


@app.get("/task")
async def task(tasks: BackgroundTasks, _: Annotated[None, Depends(set_async)]):
    tasks.add_task(lambda: found.append(variable.get()))


@app.get("/found")
def get_found():
    return found


STATEFUL = True
REQUESTS = [
    {"url": f"/{path}"} for path in ("async", "sync", "threads", "limited", "task", "found")
]
