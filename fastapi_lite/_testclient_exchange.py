"""An ASGI application seen from its other side: what a server does, done for a test client.

Each exchange runs the application in a task of its own and offers the client's half as coroutines.
These never raise what the application raised: it is kept in `failure`, for the client to raise
where the test stands, which may be another thread. Exchanges are made inside the event loop.
"""

from __future__ import annotations

import asyncio
import contextvars
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, TypeAlias

import anyio
import anyio.lowlevel

from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

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
        self._running = Running(app, scope, self._receive, self._send)
        self._upload = upload
        self._uploading = True
        self._upload_failure: BaseException | None = None
        self._started = False
        self._trailers_follow = False
        self._body_is_complete = False
        self._over = anyio.Event()

    @property
    def failure(self) -> BaseException | None:
        """What went wrong: reading the request's body, or in the application."""
        return self._upload_failure or self._running.failure

    async def open(self) -> Message | None:
        """Send the request; the start of the response, or `None` when there is none."""
        try:
            self._running.start()
            start = await self._running.take()
        except BaseException:
            await self.close()
            raise
        if start is None:
            await self.close()
        return start

    async def read(self) -> bytes | None:
        """The next part of the body, or `None` when the application has ended."""
        message = await self._running.take()
        return None if message is None else message["body"]

    async def close(self) -> None:
        """Leave; an application that has not sent its whole response is cancelled."""
        if self._over.is_set():
            await self._running.end()
        else:
            self._over.set()
            await self._running.stop()
        await self._upload.aclose()

    async def _receive(self) -> Message:
        if not self._uploading:
            await self._over.wait()
            return {"type": "http.disconnect"}
        try:
            part = await anext(self._upload, None)
        except Exception as failure:
            # A client whose body breaks off breaks the connection.
            self._upload_failure = failure
            self._uploading = False
            self._over.set()
            return {"type": "http.disconnect"}
        body, self._uploading = (b"", False) if part is None else part
        return {"type": "http.request", "body": body, "more_body": self._uploading}

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
        await self._running.put(message)

    async def _send_body(self, message: Message) -> None:
        if not self._started:
            raise AssertionError('Received "http.response.body" without "http.response.start".')
        if self._body_is_complete:
            raise AssertionError('Received "http.response.body" after response completed.')
        if not message.get("more_body", False):
            self._body_is_complete = True
            if not self._trailers_follow:
                self._over.set()
        body = message.get("body", b"")
        if body and self._running.scope["method"] != "HEAD":
            await self._running.put({"body": bytes(body)})

    def _keep_trailers(self, message: Message) -> None:
        if not self._body_is_complete or not self._trailers_follow:
            raise AssertionError(
                'Received "http.response.trailers" without a complete body that announces them.'
            )
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
        self._running = Running(app, scope, self._receive, self._send)
        self._inbox = Inbox()
        self._is_closed = False
        self.close_code = 1006

    @property
    def failure(self) -> BaseException | None:
        """What the application raised."""
        return self._running.failure

    async def open(self) -> Message | None:
        """Ask for the connection; the answer, or `None` when the application ends without.

        An answer other than acceptance is the end; that of a response has its `body` too.
        """
        self._inbox.put({"type": "websocket.connect"})
        try:
            self._running.start()
            answer = await self._running.take()
            if answer is not None and answer["type"] == "websocket.http.response.start":
                answer["body"] = await self._denial_body()
        except BaseException:
            await self._running.stop()
            raise
        if answer is None or answer["type"] != "websocket.accept":
            await self.close()
        return answer

    async def send(self, message: Message) -> None:
        """Hand `message` to the application; nothing happens once the connection is closed."""
        if message["type"] == "websocket.disconnect":
            self._disconnect(message.get("code", 1005), message.get("reason"))
        elif not self._is_closed:
            self._inbox.put(message)
        await anyio.lowlevel.checkpoint()

    async def receive(self) -> Message | None:
        """The application's next message, or `None` when it has ended."""
        return await self._running.take()

    async def close(self) -> None:
        """Leave, and see the application end."""
        self._disconnect(1000, None)
        await self._running.stop(GRACE)

    async def _denial_body(self) -> bytes:
        body = b""
        while (part := await self._running.take()) is not None:
            body += part.get("body", b"")
        return body

    def _disconnect(self, code: int, reason: str | None) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._inbox.put({"type": "websocket.disconnect", "code": code, "reason": reason})

    async def _receive(self) -> Message:
        return await self._inbox.take()

    async def _send(self, message: Message) -> None:
        if message["type"] == "websocket.close":
            self.close_code = message.get("code", 1000)
            # RFC 6455, section 5.5.1: a close frame is answered with the same code.
            self._disconnect(self.close_code, message.get("reason"))
        await self._running.put(message)


class LifespanExchange:
    """The life of an application, from its start-up to its shutdown; `state` is filled by it."""

    def __init__(self, app: ASGIApp, state: dict[str, Any]) -> None:
        self._running = Running(
            app,
            {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": state},
            self._receive,
            self._send,
        )
        self._inbox = Inbox()

    @property
    def failure(self) -> BaseException | None:
        """What the application raised."""
        return self._running.failure

    async def start(self) -> str | None:
        """Start the application up; what went wrong, if something did.

        An application that returns without a word takes no part in the protocol, which is no error.
        """
        try:
            self._running.start()
            return await self._phase("startup")
        except BaseException:
            await self._running.stop()
            raise

    async def stop(self) -> str | None:
        """Shut the application down, and see it end; what went wrong, if something did."""
        try:
            return await self._phase("shutdown")
        finally:
            await self._running.stop(GRACE)

    async def _phase(self, name: str) -> str | None:
        self._inbox.put({"type": f"lifespan.{name}"})
        answer = await self._running.take()
        if answer is not None and answer["type"] == f"lifespan.{name}.complete":
            return None
        await self._running.stop(GRACE)
        if answer is None:
            return None if self.failure is None else repr(self.failure)
        return str(answer.get("message") or f'Received "{answer["type"]}" in its {name}.')

    async def _receive(self) -> Message:
        return await self._inbox.take()

    async def _send(self, message: Message) -> None:
        await self._running.put(message)


class Inbox:
    """Messages waiting for the application to receive them, as many as there are."""

    def __init__(self) -> None:
        self._messages: list[Message] = []
        self._filled = anyio.Event()

    def put(self, message: Message) -> None:
        self._messages.append(message)
        self._filled.set()

    async def take(self) -> Message:
        while not self._messages:
            self._filled = anyio.Event()
            await self._filled.wait()
        await anyio.lowlevel.checkpoint()
        return self._messages.pop(0)


class Running:
    """An application in a task of its own, and the messages it has sent.

    `failure` is what it raised.
    """

    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.failure: BaseException | None = None
        self._app = app
        self._receive = receive
        self._send = send
        self._inlet, self._outlet = anyio.create_memory_object_stream[Message](BUFFER)
        self._cancellation = anyio.CancelScope()
        self._ended = anyio.Event()
        self._task: Any = None

    def start(self) -> None:
        """Let the application run, beside and independent of the task that calls this."""
        self._task = spawn(self._run)

    async def put(self, message: Message) -> None:
        """Keep what the application sends; once the client has gone, it is dropped."""
        try:
            await self._inlet.send(message)
        except (anyio.BrokenResourceError, anyio.ClosedResourceError):
            await anyio.lowlevel.checkpoint()

    async def take(self) -> Message | None:
        """The next message of the application, or `None` when it ended and all are taken."""
        try:
            return await self._outlet.receive()
        except (anyio.EndOfStream, anyio.ClosedResourceError):
            return None

    async def end(self) -> None:
        """Wait for the application to end, however long it takes; cancelled with the caller."""
        self._outlet.close()
        try:
            await self._ended.wait()
        finally:
            await self.stop()

    async def stop(self, grace: float = 0) -> None:
        """Wait `grace` seconds for the application to end, then cancel it, and see it end."""
        self._outlet.close()
        with anyio.CancelScope(shield=True):
            with anyio.move_on_after(grace):
                await self._ended.wait()
            self._cancellation.cancel()
            await self._ended.wait()

    async def _run(self) -> None:
        try:
            with self._cancellation:
                await self._app(self.scope, self._receive, self._send)
        except anyio.get_cancelled_exc_class():
            # The event loop is closing, or the application cancelled itself.
            raise
        except BaseException as failure:
            self.failure = failure
        finally:
            self._inlet.close()
            self._ended.set()


def spawn(run: Callable[[], Awaitable[None]]) -> Any:
    """Run `run` in a task that no task group holds, so that exchanges may end in any order.

    Its context variables are those of the caller. The result is to be kept while the task runs.
    """
    trio = sys.modules.get("trio")
    if trio is not None and trio.lowlevel.in_trio_task():
        return trio.lowlevel.spawn_system_task(run, context=contextvars.copy_context())
    return asyncio.ensure_future(run())
