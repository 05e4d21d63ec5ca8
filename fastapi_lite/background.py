"""What is done after the response was sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ParamSpec

from fastapi_lite._inspect import is_async_callable
from fastapi_lite.concurrency import run_in_threadpool

P = ParamSpec("P")


class BackgroundTask:
    """A call of `func` to be made later; in a thread unless `func` is asynchronous."""

    def __init__(self, func: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
        self.func = func
        self.args = args
        self.kwargs = kwargs
        self.is_async: bool = is_async_callable(func)

    async def __call__(self) -> None:
        """Make the call."""
        call = partial(self.func, *self.args, **self.kwargs)
        await (call() if self.is_async else run_in_threadpool(call))


class BackgroundTasks(BackgroundTask):
    """Calls to be made later, one after the other; one that raises ends them."""

    def __init__(self, tasks: Sequence[BackgroundTask] | None = None) -> None:
        self.tasks: list[BackgroundTask] = [] if tasks is None else list(tasks)

    def add_task(self, func: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
        """Call `func(*args, **kwargs)` after the tasks added before."""
        self.tasks.append(BackgroundTask(func, *args, **kwargs))

    async def __call__(self) -> None:
        """Make the calls in order."""
        for task in self.tasks:
            await task()
