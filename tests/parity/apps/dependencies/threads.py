"""What the package offers for threads and for two things at once, used in endpoints."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi_lite import FastAPI, HTTPException
from fastapi_lite.concurrency import (
    contextmanager_in_threadpool,
    iterate_in_threadpool,
    run_in_threadpool,
    run_until_first_complete,
)

app = FastAPI()
LOG: list[str] = []


@contextmanager
def session(name: str, *, swallows: bool = False) -> Iterator[str]:
    LOG.append(f"open {name}")
    try:
        yield name
    except KeyError:
        LOG.append("failed")
        if not swallows:
            raise
    finally:
        LOG.append(f"close {name}")


@app.get("/used/{name}")
async def used(name: str) -> str:
    async with contextmanager_in_threadpool(session(name)) as entered:
        return entered


@app.get("/swallowed")
async def swallowed() -> str:
    async with contextmanager_in_threadpool(session("s", swallows=True)):
        raise KeyError("x")
    return "goes on"


@app.get("/failing")
async def failing() -> None:
    async with contextmanager_in_threadpool(session("f")):
        raise KeyError("x")


@app.get("/refused")
async def refused() -> None:
    async with contextmanager_in_threadpool(session("r")):
        raise HTTPException(418)


@app.get("/iterated")
async def iterated() -> list[int]:
    return [one async for one in iterate_in_threadpool(iter([1, 2, 3]))]


@app.get("/called")
async def called() -> int:
    return await run_in_threadpool(max, 1, 7)


@app.get("/first")
async def first() -> list[str]:
    said: list[str] = []

    async def say(word: str) -> None:
        said.append(word)

    await run_until_first_complete((say, {"word": "a"}))
    return said


@app.get("/log")
async def log() -> list[str]:
    return LOG


STATEFUL = True
REQUESTS = [
    {"url": "/used/ann"},
    {"url": "/swallowed"},
    {"url": "/failing"},
    {"url": "/refused"},
    {"url": "/iterated"},
    {"url": "/called"},
    {"url": "/first"},
    {"url": "/log"},
]
