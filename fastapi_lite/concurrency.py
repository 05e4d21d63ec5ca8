"""Running what blocks in threads, so that the event loop goes on.

Four groups of threads, so that one cannot starve another, each per event loop:

- endpoints and everything `run_in_threadpool` is called with: anyio's default, 40;
- dependencies that run by themselves, before an endpoint that needs no thread: as many;
- work on files: `FILE_THREADS`;
- the exits of generators and context managers: as many as needed. An exit may be what others wait for
  (it gives a connection back, it ends a transaction), so none may wait for a free thread.
"""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from contextvars import ContextVar, copy_context
from functools import cache, partial
from typing import Any, ClassVar, ParamSpec, Self, TypeVar
from weakref import WeakKeyDictionary

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar

from fastapi_lite._deprecated import deprecated
from fastapi_lite.exceptions import StarletteDeprecationWarning

P = ParamSpec("P")
T = TypeVar("T")

FILE_THREADS = 40

_dependency_limiter: RunVar[anyio.CapacityLimiter] = RunVar("fastapi_lite_dependency_limiter")
_file_limiter: RunVar[anyio.CapacityLimiter] = RunVar("fastapi_lite_file_limiter")
_exit_limiter: RunVar[anyio.CapacityLimiter] = RunVar("fastapi_lite_exit_limiter")
_EXHAUSTED = object()
_UNSET = object()


@cache
def taken() -> anyio.CapacityLimiter:
    """The limiter of a call that has its place in another one already: there is nothing to wait for.

    Its class is made when first needed: anyio loads much for it, which takes 3 ms.
    """

    class Taken(anyio.CapacityLimiter):
        def __new__(cls) -> Self:
            return object.__new__(cls)  # it is of no event loop, unlike others

        async def __aenter__(self) -> None: ...
        async def __aexit__(self, *_: object) -> None: ...
        async def acquire_on_behalf_of(self, borrower: object) -> None: ...
        def release_on_behalf_of(self, borrower: object) -> None: ...

    return Taken()


async def run_in_thread(
    func: Callable[..., T], *args: Any, limiter: anyio.CapacityLimiter | None = None
) -> T:
    """What `func(*args)` returns, called in one of the threads of `limiter`, anyio's default if none.

    A place that is free is taken at once: a turn of the event loop less, which is an eighth.
    """
    places = limiter or anyio.to_thread.current_default_thread_limiter()
    borrower = object()
    try:
        places.acquire_on_behalf_of_nowait(borrower)
    except Exception:  # `WouldBlock`: anyio's, or on trio trio's own in older releases of anyio
        return await anyio.to_thread.run_sync(func, *args, limiter=places)
    try:
        return await anyio.to_thread.run_sync(func, *args, limiter=taken())
    finally:
        places.release_on_behalf_of(borrower)


async def run_in_threadpool(func: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `func(*args, **kwargs)` returns, called in a thread that sees this task's context variables."""
    return await run_in_thread(partial(func, *args, **kwargs))


def dependency_limiter() -> anyio.CapacityLimiter:
    """The threads for dependencies alone: as many as anyio's default limiter had at first."""
    default = anyio.to_thread.current_default_thread_limiter()
    return _limiter(_dependency_limiter, default.total_tokens)


async def run_as_part_of_task(
    func: Callable[..., T], *args: Any, limiter: anyio.CapacityLimiter | None = None
) -> T:
    """As `run_in_threadpool`; context variables that `func` sets are set in this task afterwards."""
    changed: list[tuple[ContextVar[Any], Any]] = []

    def run() -> T:
        before = copy_context()
        try:
            return func(*args)
        finally:
            for variable, value in copy_context().items():
                if before.get(variable, _UNSET) is not value:
                    changed.append((variable, value))

    try:
        return await run_in_thread(run, limiter=limiter)
    finally:
        for variable, value in changed:
            variable.set(value)


async def run_file_work(func: Callable[..., T], *args: Any) -> T:
    """What `func(*args)` returns, called in a thread for work on files."""
    return await run_in_thread(func, *args, limiter=_limiter(_file_limiter, FILE_THREADS))


async def run_exit(func: Callable[..., T], *args: Any) -> T:
    """What the clean-up `func(*args)` returns: it runs at once, and to its end, even when cancelled."""
    limiter = _limiter(_exit_limiter, math.inf)
    with anyio.CancelScope(shield=True):
        return await run_in_thread(func, *args, limiter=limiter)
    raise AssertionError  # pragma: no cover - a shield swallows nothing; type checkers cannot know


async def iterate_in_threadpool(iterator: Iterable[T]) -> AsyncIterator[T]:
    """The items of `iterator`, each taken in a thread.

    A generator that is not read to its end is closed.
    """
    items = iter(iterator)
    exhausted = False
    try:
        while (item := await anyio.to_thread.run_sync(next, items, _EXHAUSTED)) is not _EXHAUSTED:
            yield item  # type: ignore[misc]  # not the mark of the end
        exhausted = True
    finally:
        close = getattr(items, "close", None)
        if close is not None and not exhausted:
            await run_exit(close)


@asynccontextmanager
async def contextmanager_in_threadpool(cm: AbstractContextManager[T]) -> AsyncGenerator[T, None]:
    """`cm` as an asynchronous context manager that is entered and left in threads."""
    value = await anyio.to_thread.run_sync(cm.__enter__)
    try:
        yield value
    except BaseException as exc:
        handled = await run_exit(cm.__exit__, type(exc), exc, exc.__traceback__)
        # A cancellation or the end of this generator is nothing that `cm` may swallow.
        if not (handled and isinstance(exc, Exception)):
            raise
    else:
        await run_exit(cm.__exit__, None, None, None)


@deprecated(
    "run_until_first_complete is deprecated and will be removed in a future version.",
    category=StarletteDeprecationWarning,
)
async def run_until_first_complete(
    *args: tuple[Callable[..., Coroutine[Any, Any, Any]], dict[str, Any]],
) -> None:
    """Run functions with their keyword arguments; when the first returns, cancel the others."""
    async with anyio.create_task_group() as group:

        async def run(func: Callable[[], Coroutine[Any, Any, Any]]) -> None:
            await func()
            group.cancel_scope.cancel()

        for func, arguments in args:
            group.start_soon(run, partial(func, **arguments))


class ConcurrencyLimit:
    """At most `most` holders at a time in each event loop; waiting for a place takes no thread."""

    def __init__(self, most: int) -> None:
        if type(most) is not int or most < 1:
            raise ValueError(f"max_concurrency must be a positive integer or None, not {most!r}.")
        self.most = most

    async def hold(self) -> AsyncGenerator[None, None]:
        """Yield once there is a place; it is free again when the generator ends."""
        limiter, holder = self.limiter(), object()
        await limiter.acquire_on_behalf_of(holder)
        try:
            yield
        finally:
            limiter.release_on_behalf_of(holder)

    place: ClassVar[Callable[[ConcurrencyLimit], AbstractAsyncContextManager[None]]] = (
        asynccontextmanager(hold)
    )
    """The same as an asynchronous context manager."""

    def limiter(self) -> anyio.CapacityLimiter:
        """The limiter of this event loop."""
        try:
            limiters = _limiters.get()
        except LookupError:
            limiters = WeakKeyDictionary()
            _limiters.set(limiters)
        return limiters.setdefault(self, anyio.CapacityLimiter(self.most))


_limiters: RunVar[WeakKeyDictionary[ConcurrencyLimit, anyio.CapacityLimiter]] = RunVar(
    "fastapi_lite_concurrency_limiters"
)


def _limiter(variable: RunVar[anyio.CapacityLimiter], threads: float) -> anyio.CapacityLimiter:
    """The limiter of this event loop."""
    try:
        return variable.get()
    except LookupError:
        limiter = anyio.CapacityLimiter(threads)
        variable.set(limiter)
        return limiter
