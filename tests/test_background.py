"""Tasks that run after the response."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from fastapi_lite.background import BackgroundTask, BackgroundTasks

pytestmark = pytest.mark.anyio


async def test_task_calls_its_function_with_its_arguments() -> None:
    calls: list[Any] = []

    async def note(*args: Any, **kwargs: Any) -> None:
        calls.append((args, kwargs, threading.get_ident()))

    await BackgroundTask(note, 1, key="value")()
    assert calls == [((1,), {"key": "value"}, threading.get_ident())]


async def test_function_that_may_block_runs_in_a_thread() -> None:
    threads: list[int] = []

    def note(*, log: list[int]) -> None:
        log.append(threading.get_ident())

    await BackgroundTask(note, log=threads)()
    assert threading.get_ident() not in threads


def test_task_shows_what_it_will_call() -> None:
    assert vars(BackgroundTask(print, 1, end="")) == {
        "func": print,
        "args": (1,),
        "kwargs": {"end": ""},
        "is_async": False,
    }


async def test_tasks_run_in_order() -> None:
    order: list[int] = []
    tasks = BackgroundTasks([BackgroundTask(order.append, 1)])
    tasks.add_task(order.append, 2)
    await tasks()
    assert order == [1, 2]


async def test_task_that_raises_ends_the_tasks() -> None:
    order: list[int] = []
    tasks = BackgroundTasks()
    tasks.add_task(int, "x")
    tasks.add_task(order.append, 2)
    with pytest.raises(ValueError, match="invalid literal"):
        await tasks()
    assert order == []


def test_tasks_do_not_change_the_list_they_were_made_of() -> None:
    given = [BackgroundTask(print)]
    BackgroundTasks(given).add_task(print)
    assert len(given) == 1
