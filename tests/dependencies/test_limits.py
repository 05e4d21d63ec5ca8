"""`Depends(max_concurrency=…)`: so many calls at a time, and no more."""

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Annotated, Any

import anyio
import anyio.to_thread
import pytest

from fastapi_lite import APIRouter, Depends, FastAPI, HTTPException
from fastapi_lite.concurrency import ConcurrencyLimit
from fastapi_lite.types import ASGIApp
from tests.driving import exchange, http_scope

pytestmark = pytest.mark.anyio


PATIENCE = 30
"""Seconds; far less than one is usual."""


class Gauge:
    """Counts how many are inside at a time, and lets go of each when all that can come are there."""

    def __init__(self, awaited: int = 1) -> None:
        self.inside = 0
        self.most = 0
        self.awaited = awaited
        self.lock = threading.Lock()
        self.met = threading.Event()

    def enter(self) -> None:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
            if self.most >= self.awaited:
                self.met.set()

    def leave(self) -> None:
        with self.lock:
            self.inside -= 1

    async def called(self) -> None:
        self.enter()
        await anyio.wait_all_tasks_blocked()
        self.leave()

    def called_in_thread(self) -> None:
        self.enter()
        assert self.met.wait(PATIENCE)  # as many as can come are there, each in a thread
        anyio.from_thread.run(anyio.wait_all_tasks_blocked)
        self.leave()

    async def held(self) -> AsyncIterator[None]:
        self.enter()
        yield
        self.leave()

    def held_in_thread(self) -> Iterator[None]:
        self.enter()
        assert self.met.wait(PATIENCE)
        yield
        self.leave()


async def wait_for_others() -> None:
    await anyio.wait_all_tasks_blocked()


async def request_all(app: ASGIApp, *paths: str) -> list[int]:
    """The statuses of requests that are made at the same time."""
    statuses: list[int] = []

    async def request(path: str) -> None:
        statuses.append((await exchange(app, http_scope(path=path)))[0]["status"])

    async with anyio.create_task_group() as tasks:
        for path in paths:
            tasks.start_soon(request, path)
    return statuses


DEPENDENCIES: list[Callable[[Gauge], Any]] = [
    lambda gauge: gauge.called,
    lambda gauge: gauge.called_in_thread,
    lambda gauge: gauge.held,
    lambda gauge: gauge.held_in_thread,
]


@pytest.mark.parametrize("dependency", DEPENDENCIES)
async def test_no_more_calls_run_than_allowed(dependency: Callable[[Gauge], Any]) -> None:
    app, gauge = FastAPI(), Gauge(awaited=2)
    app.get("/", dependencies=[Depends(dependency(gauge), max_concurrency=2)])(wait_for_others)
    await request_all(app, *["/"] * 5)
    assert gauge.most == 2


@pytest.mark.parametrize("dependency", DEPENDENCIES)
async def test_one_object_limits_all_who_use_it(dependency: Callable[[Gauge], Any]) -> None:
    app, gauge = FastAPI(), Gauge()
    router = APIRouter(dependencies=[Depends(dependency(gauge), max_concurrency=1)])
    router.get("/a")(wait_for_others)
    router.get("/b")(wait_for_others)
    app.include_router(router)
    app.include_router(router, prefix="/again")
    await request_all(app, "/a", "/b", "/again/a")
    assert gauge.most == 1


async def test_two_objects_limit_apart() -> None:
    app, gauge = FastAPI(), Gauge()
    app.get("/a", dependencies=[Depends(gauge.held, max_concurrency=1)])(wait_for_others)
    app.get("/b", dependencies=[Depends(gauge.held, max_concurrency=1)])(wait_for_others)
    await request_all(app, "/a", "/b")
    assert gauge.most == 2


async def test_a_class_by_annotation_is_limited_wherever_the_annotation_is_used() -> None:
    gauge = Gauge()

    class Heavy:
        def __init__(self) -> None:
            gauge.called_in_thread()

    Limited = Annotated[Heavy, Depends(max_concurrency=1)]  # noqa: N806 - a type
    app = FastAPI()

    @app.get("/a")
    async def a(heavy: Limited) -> None: ...

    @app.get("/b")
    async def b(heavy: Limited) -> None: ...

    await request_all(app, "/a", "/b")
    assert gauge.most == 1


async def test_what_replaces_a_dependency_is_limited_as_it_was() -> None:
    app, gauge = FastAPI(), Gauge()
    app.get("/", dependencies=[Depends(wait_for_others, max_concurrency=1)])(wait_for_others)
    app.dependency_overrides[wait_for_others] = gauge.held
    await request_all(app, "/", "/")
    assert gauge.most == 1


async def test_waiting_takes_no_thread() -> None:
    app, gauge = FastAPI(), Gauge()
    app.get("/", dependencies=[Depends(gauge.held_in_thread, max_concurrency=1)])(wait_for_others)
    anyio.to_thread.current_default_thread_limiter().total_tokens = 1
    assert await request_all(app, *["/"] * 4) == [200] * 4


async def test_who_fails_makes_room() -> None:
    def refuse() -> None:
        raise HTTPException(418)

    app = FastAPI()
    app.get("/", dependencies=[Depends(refuse, max_concurrency=1)])(wait_for_others)
    assert await request_all(app, "/", "/") == [418, 418]


async def test_a_generator_that_fails_before_it_yields_makes_room() -> None:
    def refuse() -> Iterator[None]:
        raise HTTPException(418)
        yield  # pragma: no cover - makes it a generator

    app = FastAPI()
    app.get("/", dependencies=[Depends(refuse, max_concurrency=1)])(wait_for_others)
    assert await request_all(app, "/", "/") == [418, 418]


async def test_it_holds_while_a_bad_request_is_diagnosed() -> None:
    app, gauge = FastAPI(), Gauge()

    @app.get("/", dependencies=[Depends(gauge.called, max_concurrency=1)])
    async def read(number: int) -> None: ...

    assert (await request_all(app, "/", "/"), gauge.most) == ([422, 422], 1)


def test_it_holds_in_every_event_loop(backend: str) -> None:
    limit = ConcurrencyLimit(1)

    async def enter() -> int:
        async with limit.place():
            return limit.limiter().borrowed_tokens

    assert [anyio.run(enter, backend=backend) for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("most", [0, -1, True, 1.5, "2"])
def test_a_limit_below_one_is_refused_where_it_is_written(most: Any) -> None:
    with pytest.raises(ValueError, match="must be a positive integer or None"):
        Depends(wait_for_others, max_concurrency=most)
