"""An ASGI application seen from its other side: what a server does, done for a test client.

Each exchange runs the application in a task of its own and offers the client's half as coroutines.
These never raise what the application raised: it is kept in `failure`, for the client to raise
where the test stands, which may be another thread. Exchanges are made inside the event loop.
"""

from __future__ import annotations

import asyncio
import contextvars
import math
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar

import anyio
import anyio.lowlevel

from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

T = TypeVar("T")
GRACE = 1.0
"""Seconds an application has to end by itself once its client has gone; then it is cancelled."""
BUFFER = 256
"""Messages kept for a client that does not read; then the application's `send` waits for it."""


Upload: TypeAlias = AsyncGenerator[tuple[bytes, bool], None]
"""The parts of a request's body, each with whether more follow."""


class HTTPExchange:
    """One request and its response.

    `extensions` fills with what the application tells besides: trailers, debug information.
    """

    def __init__(self, app: ASGIApp, scope: Scope, upload: Upload) -> None:
        self.extensions: dict[str, Any] = {}
        self._application = Application(app, scope, self._receive, self._send)
        self._upload = Channel[tuple[bytes, bool]](0)
        self._uploader = Work(partial(self._send_all, upload), then=self._upload.close)
        self._uploading = True
        self._started = False
        self._trailers_follow = False
        self._body_is_complete = False
        self._over = anyio.Event()

    @property
    def failure(self) -> BaseException | None:
        """What went wrong: reading the request's body, or in the application."""
        return self._uploader.failure or self._application.failure

    async def open(self) -> Message | None:
        """Send the request; the start of the response, or `None` when there is none."""
        self._uploader.start()
        try:
            start = await self._application.open()
        except BaseException:
            await self.close()
            raise
        if start is None:
            await self.close()
        return start

    async def read(self) -> bytes | None:
        """The next part of the body, or `None` when the application has ended."""
        message = await self._application.sent.take()
        return None if message is None else message["body"]

    async def close(self) -> None:
        """Leave; an application that has not sent its whole response is cancelled."""
        self._over.set()
        try:
            if self._body_is_complete and not self._trailers_follow:
                await self._application.end()
            else:
                await self._application.stop()
        finally:
            await self._uploader.stop()
            self._upload.shut()

    async def _send_all(self, upload: Upload) -> None:
        async with aclosing(upload):
            async for part in upload:
                await self._upload.put(part)

    async def _receive(self) -> Message:
        if self._uploading:
            part = await self._upload.take()
            if part is None and self._uploader.failure is not None:
                # A client whose body breaks off breaks the connection.
                self._over.set()
            else:
                body, self._uploading = part or (b"", False)
                return {"type": "http.request", "body": body, "more_body": self._uploading}
        await self._over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        match message["type"]:
            case "http.response.start":
                await self._send_start(message)
            case "http.response.body":
                await self._send_body(message)
            case "http.response.trailers":
                self._keep_trailers(message)
            case "http.response.debug" as extension:
                self.extensions[extension] = message["info"]

    async def _send_start(self, message: Message) -> None:
        if self._started:
            raise AssertionError('Received multiple "http.response.start" messages.')
        self._started = True
        self._trailers_follow = message.get("trailers", False)
        if self._trailers_follow:
            self.extensions["http.response.trailers"] = []
        await self._application.sent.put(message)

    async def _send_body(self, message: Message) -> None:
        if not self._started:
            raise AssertionError('Received "http.response.body" without "http.response.start".')
        if self._body_is_complete:
            raise AssertionError('Received "http.response.body" after response completed.')
        self._body_is_complete = not message.get("more_body", False)
        body = message.get("body", b"")
        if body and self._application.scope["method"] != "HEAD":
            await self._application.sent.put({"body": bytes(body)})
        if self._body_is_complete and not self._trailers_follow:
            # Last: who waits for the client to go may cancel what sends.
            self._over.set()

    def _keep_trailers(self, message: Message) -> None:
        if not self._trailers_follow:
            raise AssertionError('Received "http.response.trailers" without declaring trailers.')
        if not self._body_is_complete:
            raise AssertionError('Received "http.response.trailers" before body completed.')
        self.extensions["http.response.trailers"] += message.get("headers", ())
        if not message.get("more_trailers", False):
            self._trailers_follow = False
            self._over.set()


class WebSocketExchange:
    """One WebSocket connection; messages are those of ASGI.

    `close_code` is the code with which the application closed it, 1006 as long as it did not
    (RFC 6455, section 7.1.5).
    """

    def __init__(self, app: ASGIApp, scope: Scope) -> None:
        self.close_code: Any = 1006
        self._received = Channel[Message](math.inf)
        self._application = Application(app, scope, self._received.next, self._send)
        self._is_closed = False

    @property
    def failure(self) -> BaseException | None:
        """What the application raised."""
        return self._application.failure

    async def open(self) -> Message | None:
        """Ask for the connection; the answer, or `None` when the application ends without.

        An answer other than acceptance is the end; that of a response has its `body` too.
        """
        await self._received.put({"type": "websocket.connect"})
        try:
            answer = await self._application.open()
            if answer is not None and answer["type"] == "websocket.http.response.start":
                answer["body"] = await self._denial_body()
        except BaseException:
            await self._leave()
            raise
        if answer is None or answer["type"] != "websocket.accept":
            await self.close()
        return answer

    async def send(self, message: Message) -> None:
        """Hand `message` to the application; nothing happens once the connection is closed."""
        if message["type"] == "websocket.disconnect":
            await self._disconnect(message.get("code", 1005), message.get("reason"))
        elif not self._is_closed:
            await self._received.put(message)

    async def receive(self) -> Message | None:
        """The application's next message, or `None` when it has ended."""
        return await self._application.sent.take()

    async def close(self) -> None:
        """Leave, and see the application end."""
        try:
            await self._disconnect(1000, None)
        finally:
            await self._leave(GRACE)

    async def _leave(self, grace: float = 0) -> None:
        await self._application.stop(grace)
        self._received.shut()

    async def _denial_body(self) -> bytes:
        body = b""
        while (part := await self._application.sent.take()) is not None:
            body += part.get("body", b"")
            if not part.get("more_body", False):
                break
        return body

    async def _disconnect(self, code: int, reason: str | None) -> None:
        if not self._is_closed:
            self._is_closed = True
            await self._received.put(
                {"type": "websocket.disconnect", "code": code, "reason": reason}
            )

    async def _send(self, message: Message) -> None:
        if message["type"] == "websocket.close":
            self.close_code = message.get("code", 1000)
            # RFC 6455, section 5.5.1: a close frame is answered with the same code.
            await self._disconnect(self.close_code, message.get("reason"))
        await self._application.sent.put(message)


class LifespanExchange:
    """The life of an application, from its start-up to its shutdown; `state` is filled by it."""

    def __init__(self, app: ASGIApp, state: dict[str, Any]) -> None:
        self._received = Channel[Message](math.inf)
        self._application = Application(
            app,
            {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": state},
            self._received.next,
            self._send,
        )

    @property
    def failure(self) -> BaseException | None:
        """What the application raised."""
        return self._application.failure

    async def start(self) -> str | None:
        """Start the application up; what went wrong, if something did.

        An application that returns without a word takes no part in the protocol, which is no error.
        """
        await self._received.put({"type": "lifespan.startup"})
        started = False
        try:
            answer = await self._application.open()
            started = answer is not None and answer["type"] == "lifespan.startup.complete"
        finally:
            if not started:
                await self._leave()
        return None if started else self._trouble(answer)

    async def stop(self) -> str | None:
        """Shut the application down, and see it end; what went wrong, if something did."""
        try:
            await self._received.put({"type": "lifespan.shutdown"})
            answer = await self._application.sent.take()
        finally:
            await self._leave()
        return self._trouble(answer)

    async def _leave(self) -> None:
        await self._application.stop(GRACE)
        self._received.shut()

    def _trouble(self, answer: Message | None) -> str | None:
        if self.failure is not None:
            return repr(self.failure)
        if answer is None or answer["type"] == "lifespan.shutdown.complete":
            return None
        return str(answer.get("message") or f'Received "{answer["type"]}".')

    async def _send(self, message: Message) -> None:
        await self._application.sent.put(message)


class Work:
    """A function at work in a task of its own, `then` being called at its end.

    `failure` is what it raised.
    """

    def __init__(self, function: Callable[[], Awaitable[None]], then: Callable[[], None]) -> None:
        self.failure: BaseException | None = None
        self._function = function
        self._then = then
        self._cancellation = anyio.CancelScope()
        self._ended = anyio.Event()
        self._task: Any = None

    def start(self) -> None:
        """Begin, beside and independent of the task that calls this."""
        self._task = spawn(self._run)

    async def end(self) -> None:
        """Wait for the end, however long it takes; cancelled with the caller."""
        try:
            await self._ended.wait()
        finally:
            await self.stop()

    async def stop(self, grace: float = 0) -> None:
        """Wait `grace` seconds for the end, then cancel, and wait for it."""
        with anyio.CancelScope(shield=True):
            with anyio.move_on_after(grace):
                await self._ended.wait()
            self._cancellation.cancel()
            await self._ended.wait()

    async def _run(self) -> None:
        try:
            with self._cancellation:
                await self._function()
        except anyio.get_cancelled_exc_class():
            # The event loop is closing, or the function cancelled itself.
            raise
        except BaseException as failure:
            self.failure = failure
        finally:
            self._then()
            self._ended.set()


class Application(Work):
    """An application at work, and what it has sent."""

    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.sent = Channel[Message](BUFFER)
        super().__init__(partial(app, scope, receive, send), then=self.sent.close)

    async def open(self) -> Message | None:
        """Begin; the first message, or `None` when the application ends without."""
        self.start()
        return await self.sent.take()

    async def end(self) -> None:
        """Let the application end, dropping what it sends."""
        self.sent.shut()
        await super().end()

    async def stop(self, grace: float = 0) -> None:
        """Make the application end, dropping what it sends."""
        self.sent.shut()
        await super().stop(grace)


class Channel(Generic[T]):
    """Items that wait to be taken, up to `size` of them; then putting one waits."""

    def __init__(self, size: float) -> None:
        self._inlet, self._outlet = anyio.create_memory_object_stream[T](size)

    async def put(self, item: T) -> None:
        """Add an item; it is dropped when no one will take it."""
        try:
            await self._inlet.send(item)
        except (anyio.BrokenResourceError, anyio.ClosedResourceError):
            await anyio.lowlevel.checkpoint()

    async def take(self) -> T | None:
        """The next item, or `None` when there will be none."""
        try:
            return await self._outlet.receive()
        except (anyio.EndOfStream, anyio.ClosedResourceError):
            return None

    async def next(self) -> T:
        """The next item, waited for."""
        return await self._outlet.receive()

    def close(self) -> None:
        """Add no more items; those there are can be taken."""
        self._inlet.close()

    def shut(self) -> None:
        """Neither add nor take items any more."""
        self._inlet.close()
        self._outlet.close()


def spawn(run: Callable[[], Awaitable[None]]) -> Any:
    """Run `run` in a task that no task group holds, so that exchanges may end in any order.

    Its context variables are those of the caller. The result is to be kept while the task runs.
    """
    trio = sys.modules.get("trio")
    if trio is not None and trio.lowlevel.in_trio_task():
        return trio.lowlevel.spawn_system_task(run, context=contextvars.copy_context())
    return asyncio.ensure_future(run())
