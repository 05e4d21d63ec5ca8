"""Threads: what runs in them, which cannot starve which, and what cancellation does."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread
import pytest

from fastapi_lite.concurrency import (
    contextmanager_in_threadpool,
    iterate_in_threadpool,
    run_exit,
    run_file_work,
    run_in_thread,
    run_in_threadpool,
    run_until_first_complete,
)
from fastapi_lite.exceptions import StarletteDeprecationWarning

pytestmark = pytest.mark.anyio

user = contextvars.ContextVar[str]("user")


async def test_function_runs_in_another_thread() -> None:
    assert await run_in_threadpool(threading.get_ident) != threading.get_ident()


async def test_function_gets_its_arguments() -> None:
    def join(a: str, *, b: str) -> str:
        return a + b

    assert await run_in_threadpool(join, "x", b="y") == "xy"


async def test_function_sees_context_variables() -> None:
    user.set("ada")
    assert await run_in_threadpool(user.get) == "ada"


@pytest.mark.parametrize("run", [run_in_threadpool, run_file_work, run_exit])
async def test_exception_arrives(run: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await run(int, "x")


@contextmanager
def all_endpoint_threads() -> Iterator[None]:
    """Take every thread that endpoints run in."""
    limiter = anyio.to_thread.current_default_thread_limiter()
    holders = [object() for _ in range(int(limiter.available_tokens))]
    for holder in holders:
        limiter.acquire_on_behalf_of_nowait(holder)
    try:
        yield
    finally:
        for holder in holders:
            limiter.release_on_behalf_of(holder)


@pytest.mark.parametrize("run", [run_file_work, run_exit])
async def test_files_and_exits_do_not_wait_for_endpoints(run: Callable[..., Any]) -> None:
    with all_endpoint_threads(), anyio.fail_after(10):
        assert await run(int, "3") == 3


async def test_exits_may_wait_for_each_other() -> None:
    together = threading.Barrier(100)
    with anyio.fail_after(30):
        async with anyio.create_task_group() as group:
            for _ in range(100):
                group.start_soon(run_exit, together.wait)
    assert not together.broken


async def test_generator_leaves_while_endpoints_hold_every_thread() -> None:
    left = []

    @contextmanager
    def resource() -> Iterator[str]:
        yield "resource"
        left.append(True)

    async with contextmanager_in_threadpool(resource()):
        holder = all_endpoint_threads()
        holder.__enter__()
    holder.__exit__(None, None, None)
    assert left == [True]


async def test_call_waits_for_a_thread_of_its_limiter() -> None:
    limiter, go_on, done = anyio.CapacityLimiter(1), threading.Event(), list[str]()

    async def call(name: str, wait: Callable[[], Any]) -> None:
        await run_in_thread(wait, limiter=limiter)
        done.append(name)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(call, "first", go_on.wait)
        while not limiter.borrowed_tokens:
            await anyio.lowlevel.checkpoint()
        tasks.start_soon(call, "second", lambda: None)
        while not limiter.statistics().tasks_waiting:
            await anyio.lowlevel.checkpoint()
        go_on.set()

    assert (done, limiter.borrowed_tokens) == (["first", "second"], 0)


async def test_items_are_taken_in_a_thread() -> None:
    def threads() -> Iterator[int]:
        yield threading.get_ident()

    assert threading.get_ident() not in [item async for item in iterate_in_threadpool(threads())]


async def test_items_of_any_iterable_come_in_order() -> None:
    assert [item async for item in iterate_in_threadpool([1, None, 2])] == [1, None, 2]


async def test_iteration_that_stops_early_closes_its_generator() -> None:
    closed = []

    def items() -> Iterator[int]:
        try:
            yield 1
        finally:
            closed.append(True)

    iteration = iterate_in_threadpool(items())
    await anext(iteration)
    await iteration.aclose()
    assert closed == [True]


async def test_iteration_that_stops_early_leaves_an_iterator_alone() -> None:
    items = iter([1, 2])
    iteration = iterate_in_threadpool(items)
    await anext(iteration)
    await iteration.aclose()
    assert list(items) == [2]


async def test_error_of_an_iterator_arrives() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        assert [item async for item in iterate_in_threadpool(items())] == []


def recorder(log: list[Any], *, swallow: bool = False) -> AbstractContextManager[str]:
    """Notes what happens to it, and swallows exceptions if it is to."""

    @contextmanager
    def manager() -> Iterator[str]:
        try:
            yield "value"
        except BaseException as exc:
            log.append(type(exc))
            if not swallow:
                raise
        else:
            log.append("left")

    return manager()


async def test_context_manager_gives_its_value_and_is_left() -> None:
    log: list[Any] = []
    async with contextmanager_in_threadpool(recorder(log)) as value:
        log.append(value)
    assert log == ["value", "left"]


async def test_context_manager_sees_the_exception() -> None:
    log: list[Any] = []
    with pytest.raises(ValueError, match="broken"):
        async with contextmanager_in_threadpool(recorder(log)):
            raise ValueError("broken")
    assert log == [ValueError]


async def test_context_manager_may_swallow_the_exception() -> None:
    log: list[Any] = []
    async with contextmanager_in_threadpool(recorder(log, swallow=True)):
        raise ValueError("broken")
    assert log == [ValueError]


@pytest.mark.parametrize("swallow", [False, True])
async def test_context_manager_is_left_when_cancelled_and_cannot_stop_that(swallow: bool) -> None:
    log: list[Any] = []
    with anyio.CancelScope() as scope:
        async with contextmanager_in_threadpool(recorder(log, swallow=swallow)):
            scope.cancel()
            await anyio.sleep_forever()
    assert (log, scope.cancelled_caught) == ([anyio.get_cancelled_exc_class()], True)


async def test_first_function_that_returns_cancels_the_others() -> None:
    returned = []

    async def quick(*, value: int) -> None:
        returned.append(value)

    async def endless() -> None:
        await anyio.sleep_forever()

    with pytest.warns(StarletteDeprecationWarning, match="run_until_first_complete is deprecated"):
        await run_until_first_complete((quick, {"value": 1}), (endless, {}))
    assert returned == [1]
