"""Bodies that are too large are refused, by their `Content-Length` or while they are read."""

from __future__ import annotations

from collections.abc import Awaitable
from contextvars import ContextVar

from fastapi_lite.body import ClientDisconnect, LimitedReceive, body_too_large, declared_size
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.middleware.exceptions import answer_exception, find_handler
from fastapi_lite.requests import Request
from fastapi_lite.sending import watch
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send


class RequestBodyLimitMiddleware:
    """Answers 413 to requests with more than `max_body_size` bytes of body.

    Inside another limit it replaces that one, and counts on. Raises `ValueError` for a size that is no
    whole number of bytes.
    """

    def __init__(self, app: ASGIApp, max_body_size: int) -> None:
        if type(max_body_size) is not int or max_body_size < 0:
            raise ValueError(f"max_body_size is {max_body_size!r}. Give a whole number of bytes.")
        self.app = app
        self.max_body_size = max_body_size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        outer = _guard.get()
        if outer is not None and outer.guards(scope):
            outer.replace_limit(self.max_body_size)
            await self.app(scope, receive, send)
            return
        guard = BodyGuard(scope, receive, send, self.max_body_size)
        token = _guard.set(guard)
        try:
            await self.run(guard)
        finally:
            _guard.reset(token)

    async def run(self, guard: BodyGuard) -> None:
        """Run the application with its messages guarded; answer a 413 that it does not."""
        watched = watch(guard.guarded_send)
        try:
            await self.app(guard.scope, guard, watched)
        except HTTPException as exc:
            if exc.status_code != 413 or watched.started:
                raise
            await guard.answer(exc)
        except (Unread, ClientDisconnect):
            if not guard.replaced:
                raise


class Unread(OSError):
    """Tells the application, as a server tells of a lost client, that nobody reads its response."""


class BodyGuard(LimitedReceive):
    """The limit of one request, which believes its `Content-Length` as well.

    What the client announces is looked at when the body is first read or the response starts, as an
    inner limit may be larger by then. A response that starts is replaced, and the rest of it dropped:
    by then it would be too late to raise for the middleware in between.
    """

    __slots__ = ("announced", "replaced", "scope", "send")

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        super().__init__(receive, limit)
        self.scope: Scope = scope
        self.send: Send = send
        self.announced: int = declared_size(scope) or 0
        self.replaced: bool = False

    async def __call__(self) -> Message:
        if self.announces_too_much():
            raise body_too_large()
        return await super().__call__()

    def guarded_send(self, message: Message) -> Awaitable[None]:
        """Send `message`, unless it is of the response to a body that will be too large."""
        if self.replaced:
            return self.drop(message)
        if message["type"] == "http.response.start" and self.announces_too_much():
            self.replaced = True
            return self.answer(body_too_large())
        return self.send(message)

    def announces_too_much(self) -> bool:
        """Whether a body is announced above the limit; true once."""
        announced, self.announced = self.announced, 0
        return announced > self.limit

    async def answer(self, exc: HTTPException) -> None:
        """Send the 413, as the application's handler makes it."""
        handlers = getattr(self.scope.get("app"), "exception_handlers", {})
        handler = find_handler(handlers, exc)
        assert handler is not None  # there is a default for every HTTPException
        request = Request(self.scope, self, self.send)
        await answer_exception(exc, handler, request, self, self.send)

    async def drop(self, message: Message) -> None:
        """Leave out a message of a response that was replaced; raises `Unread` to end a stream."""
        if message.get("more_body"):
            raise Unread

    def guards(self, scope: Scope) -> bool:
        """Whether `scope` is that of the same request; it may be a copy."""
        return self.scope["headers"] is scope["headers"]

    def replace_limit(self, limit: int) -> None:
        """Count up to `limit` from now on; raises the 413 if more has come already."""
        self.limit = limit
        if self.size > limit:
            raise body_too_large()


_guard: ContextVar[BodyGuard | None] = ContextVar("fastapi_lite_body_guard", default=None)
"""The limit of the request being answered: middleware in between may have put another `receive` around."""
