"""When what a stream depends on is closed, in the two scopes, and background tasks run."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi_lite import BackgroundTasks, Depends, FastAPI

app = FastAPI()
SEEN: list[str] = []


def opened(name: str):
    async def resource() -> AsyncIterator[str]:
        SEEN.append(f"{name} opens")
        yield name
        SEEN.append(f"{name} closes")

    return resource


request_scope = opened("request")
function_scope = opened("function")


@app.get("/lines")
async def lines(
    tasks: BackgroundTasks,
    first: Annotated[str, Depends(request_scope)],
    second: Annotated[str, Depends(function_scope, scope="function")],
) -> AsyncIterator[str]:
    SEEN.clear()
    tasks.add_task(SEEN.append, "task")
    for name in (first, second):
        SEEN.append(f"yields {name}")
        yield name


@app.get("/sync")
def sync(first: Annotated[str, Depends(request_scope)]) -> Iterator[str]:
    SEEN.clear()
    SEEN.append("runs")
    yield first
    SEEN.append("ends")


@app.get("/seen")
def seen():
    return SEEN


REQUESTS = [
    {"url": "/lines"},
    {"url": "/seen"},
    {"url": "/sync"},
    {"url": "/seen"},
]
