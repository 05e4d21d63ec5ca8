"""The state of one request while its plan runs: made if and when something asks for it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import Any, TypeAlias

import anyio

from fastapi_lite.background import BackgroundTasks
from fastapi_lite.concurrency import run_exit
from fastapi_lite.requests import HTTPConnection, Request
from fastapi_lite.responses import Response
from fastapi_lite.types import Receive, Scope, Send
from fastapi_lite.websockets import WebSocket

Entered: TypeAlias = tuple[Any, Callable[[Any, BaseException | None], Awaitable[None]] | None]
"""A generator dependency that has yielded, and what lets it clean up: one of the `leave_…` below.

It is nothing for an asynchronous generator that never waits, and so needs no shield.
"""


class Call:
    """One request on its way: what was read of it, and what the answer will carry.

    `made_connection` and `filled_response` are what `connection` and `response` have made, `None`
    as long as nobody has asked for them.
    """

    __slots__ = (
        "background",
        "body",
        "filled_response",
        "form",
        "function_exits",
        "made_connection",
        "receive",
        "request_exits",
        "scope",
        "send",
        "started",
    )

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope: Scope = scope
        self.receive: Receive = receive
        self.send: Send = send
        self.made_connection: HTTPConnection | None = None
        self.filled_response: Response | None = None
        self.background: BackgroundTasks | None = None
        self.body: bytes | None = None
        self.form: Any = None
        self.function_exits: list[Entered] = []
        self.request_exits: list[Entered] = []
        self.started: bool = False

    @property
    def connection(self) -> Any:
        """The `Request` or `WebSocket`: one for all who ask, knowing the body already read."""
        if self.made_connection is None:
            if self.scope["type"] == "websocket":
                self.made_connection = WebSocket(self.scope, self.receive, self.send)
            else:
                request = Request(self.scope, self.receive, self.send)
                if self.body is not None:
                    request._body = self.body  # noqa: SLF001 - as its docstring says
                self.made_connection = request
        return self.made_connection

    @connection.setter
    def connection(self, connection: HTTPConnection) -> None:
        self.made_connection = connection

    def connection_if(self, kind: str) -> Any:
        """The connection where it is of this kind, `None` for what takes the other one."""
        return self.connection if self.scope["type"] == kind else None

    @property
    def response(self) -> Response:
        """The response to fill in: its headers and status go into the one that is sent."""
        if self.filled_response is None:
            self.filled_response = Response()
            del self.filled_response.headers["content-length"]
            self.filled_response.status_code = None  # type: ignore[assignment]  # not chosen yet
        return self.filled_response

    @property
    def tasks(self) -> BackgroundTasks:
        """The tasks to run after the response is sent."""
        if self.background is None:
            self.background = BackgroundTasks()
        return self.background


ENDED = object()
"""What a generator gives that does not yield again; an exception costs 0.1 µs."""


async def unwind(entered: list[Entered], error: BaseException | None) -> BaseException | None:
    """Run the clean-up of generators, the last entered first; what is wrong then, if anything.

    `error` is thrown into each until one does not raise; an exception of a clean-up takes its
    place. No cancellation keeps a clean-up from running to its end.
    """
    while entered:
        generator, leave = entered.pop()
        try:
            if leave is not None:
                await leave(generator, error)
            else:  # here, because a coroutine more costs 0.1 µs
                try:
                    left = anext(generator, ENDED) if error is None else generator.athrow(error)
                    has_ended = await left is ENDED
                except StopAsyncIteration as stop:
                    if stop is error:
                        raise
                else:
                    if not has_ended:
                        await generator.aclose()
                        raise RuntimeError(YIELDED_TWICE)
        except BaseException as raised:
            error = raised
        else:
            error = None
    return error


async def leave_shielded(generator: AsyncGenerator[Any, None], error: BaseException | None) -> None:
    """Let `generator` clean up after `error` or none; raise what leaves it.

    It may wait meanwhile, shielded from cancellation.
    """
    with anyio.CancelScope(shield=True):
        left = await unwind([(generator, None)], error)
    if left is not None:
        raise left


async def leave_in_thread(
    generator: Generator[Any, None, None], error: BaseException | None
) -> None:
    """As `leave_shielded`, for a synchronous generator, in a thread."""
    await run_exit(finish, generator, error)


def finish(generator: Generator[Any, None, None], error: BaseException | None) -> None:
    """Let `generator` clean up after `error` or none; raise what leaves it."""
    try:
        if error is None:
            next(generator)
        else:
            generator.throw(error)
    except StopIteration as stop:
        if stop is error:
            raise
        return
    generator.close()
    raise RuntimeError(YIELDED_TWICE)


YIELDED_TWICE = "A generator dependency yielded a second time; it must yield once."
