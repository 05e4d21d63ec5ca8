"""What an application does before its first connection and after its last one."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import wraps
from typing import Any

import anyio

from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.types import ASGIApp, Lifespan, Message, Receive, Scope, Send


@asynccontextmanager
async def no_lifespan(app: Any) -> AsyncGenerator[None]:
    """Nothing to do."""
    yield


def compile_lifespan(lifespan: Any) -> Lifespan[Any]:
    """`lifespan` as a function that gives an asynchronous context manager; nothing to do for `None`.

    Generator functions are deprecated.
    """
    if lifespan is None:
        return no_lifespan
    if inspect.isasyncgenfunction(lifespan):
        warn_of_generator("async generator function")
        return asynccontextmanager(lifespan)
    if inspect.isgeneratorfunction(lifespan):
        warn_of_generator("generator function")
        return from_generator(lifespan)
    compiled: Lifespan[Any] = lifespan
    return compiled


def warn_of_generator(kind: str) -> None:
    """Say to whoever made the router that a lifespan of this `kind` will not do for ever."""
    warnings.warn(
        f"{kind} lifespans are deprecated, use an @contextlib.asynccontextmanager function instead",
        StarletteDeprecationWarning,
        stacklevel=4,
    )


def from_generator(lifespan: Callable[[Any], Generator[Any]]) -> Lifespan[Any]:
    """A generator function as a lifespan; it runs in the event loop."""
    manager = contextmanager(lifespan)

    @asynccontextmanager
    @wraps(lifespan)
    async def run(app: Any) -> AsyncGenerator[Any]:
        with manager(app) as state:
            yield state

    return run


def merge_lifespans(lifespans: Iterable[Lifespan[Any]]) -> Lifespan[Any]:
    """Several lifespans as one: entered in their order, left in the opposite one.

    Its state is that of all; of values with one name the first counts. It is `None` where none has a state.
    """
    merged = list(lifespans)

    @asynccontextmanager
    async def run(app: Any) -> AsyncGenerator[Any]:
        states: list[Mapping[str, Any]] = []
        async with AsyncExitStack() as stack:
            for lifespan in merged:
                state = await stack.enter_async_context(lifespan(app))
                if state is not None:
                    states.append(state)
            yield {key: value for state in reversed(states) for key, value in state.items()} or None

    return run


def merge_lifespan_context(
    original_context: Lifespan[Any], nested_context: Lifespan[Any]
) -> Lifespan[Any]:
    """`nested_context` inside `original_context`, as one."""
    return merge_lifespans((original_context, nested_context))


@asynccontextmanager
async def tell_started(app: Any) -> AsyncGenerator[None]:
    """Tell an application that has telemetry that all its lifespans have started."""
    if hasattr(app, "reconsider_telemetry"):
        app.reconsider_telemetry()
    yield


async def serve_lifespan(
    lifespan: Lifespan[Any], scope: Scope, receive: Receive, send: Send
) -> None:
    """Speak ASGI's lifespan protocol (Lifespan Protocol 2.0), with `lifespan` run in between.

    What it yields goes into `scope["state"]`. What it raises is reported with its traceback, and raised.
    """
    phase = "startup"
    await receive()
    try:
        async with lifespan(scope.get("app")) as state:
            if state is not None:
                keep_state(state, scope)
            await send({"type": "lifespan.startup.complete"})
            phase = "shutdown"
            await receive()
    except BaseException:
        await send({"type": f"lifespan.{phase}.failed", "message": format_exception()})
        raise
    await send({"type": "lifespan.shutdown.complete"})


def keep_state(state: Mapping[str, Any], scope: Scope) -> None:
    """Put `state` where the server takes it from, for every request."""
    if "state" not in scope:
        raise RuntimeError('The server does not support "state" in the lifespan scope.')
    scope["state"].update(state)


def lifespan_of(application: ASGIApp) -> Lifespan[Any]:
    """The lifespan of an ASGI application, run for it as a server does.

    An application that knows nothing of lifespans has none. Raises `RuntimeError` with its message
    when it says that it failed.
    """

    @asynccontextmanager
    async def run(app: Any) -> AsyncGenerator[Any]:
        conversation = Conversation()
        error: Exception | None = None
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(conversation.run, application)
            await conversation.started.wait()
            if conversation.failure is None:
                try:
                    yield conversation.state or None
                except Exception as exc:
                    error = exc  # raised below, since a task group would wrap it
            conversation.stopping.set()
        if error is not None:
            raise error
        if conversation.failure is not None:
            raise RuntimeError(conversation.failure)

    return run


class Conversation:
    """The server's side of one run of the lifespan protocol."""

    def __init__(self) -> None:
        self.state: dict[str, Any] = {}
        self.started: anyio.Event = anyio.Event()
        self.stopping: anyio.Event = anyio.Event()
        self.asked_to_start: bool = False
        self.failure: str | None = None

    async def run(self, application: ASGIApp) -> None:
        """Let `application` live, from its start to its end."""
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self.state}
        try:
            await application(scope, self.receive, self.send)
        except Exception:
            # Raising before it has started says that it does not support lifespans.
            if self.started.is_set() and self.failure is None:
                self.failure = format_exception()
        finally:
            self.started.set()

    async def receive(self) -> Message:
        """The message to start, then, when it is time, the one to stop."""
        if not self.asked_to_start:
            self.asked_to_start = True
            return {"type": "lifespan.startup"}
        await self.stopping.wait()
        return {"type": "lifespan.shutdown"}

    async def send(self, message: Message) -> None:
        """Take in how the application fares."""
        if message["type"].endswith(".failed"):
            self.failure = message.get("message", "")
        self.started.set()


def format_exception() -> str:
    """The traceback of the exception that is being handled."""
    import traceback  # noqa: PLC0415 - few start-ups fail

    return traceback.format_exc()


async def call_event_handler(handler: Callable[[], Any]) -> None:
    """Run one of `on_startup` or `on_shutdown`."""
    result = handler()
    if inspect.isawaitable(result):
        await result
