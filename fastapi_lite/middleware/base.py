"""Middleware as a function of a request and of the rest of the application.

The application runs in a task of its own, and hands over its messages one by one: it goes on when a
message has been sent, as it would without the middleware. Nothing is collected, what goes wrong on
either side arrives on the other, and context variables that the application sets are set for the
middleware as well.
"""

from __future__ import annotations

from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Awaitable,
    Callable,
    Iterator,
)
from contextvars import Context, copy_context
from typing import Any, TypeAlias

import anyio

from fastapi_lite.background import BackgroundTask
from fastapi_lite.datastructures.headers import RawHeaders
from fastapi_lite.requests import ClientDisconnect, PendingForm, Request
from fastapi_lite.responses.base import Response
from fastapi_lite.responses.streaming import close
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

RequestResponseEndpoint: TypeAlias = Callable[[Request], Awaitable[Response]]
DispatchFunction: TypeAlias = Callable[[Request, RequestResponseEndpoint], Awaitable[Response]]

FILE_CHUNK = 64 * 1024
"""Bytes read at once of a file that the server would have sent."""


class BaseHTTPMiddleware:
    """Calls `dispatch(request, call_next)` for every request; `call_next(request)` is the response of `app`.

    Either the function is given, or a subclass has it as a method.
    """

    def __init__(self, app: ASGIApp, dispatch: DispatchFunction | None = None) -> None:
        self.app = app
        self.dispatch_func: DispatchFunction = dispatch or self.dispatch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = DispatchedRequest(scope, receive, send)
        runs: list[Run] = []
        failure: Exception | None = None
        async with anyio.create_task_group() as tasks:

            async def call_next(request_: Request) -> Response:
                run = Run(self.app, request_.scope, request, send)
                runs.append(run)
                tasks.start_soon(run.run)
                await run.begin()
                return PassedResponse(run)

            try:
                response = await self.dispatch_func(request, call_next)
                if response is None:
                    raise RuntimeError(f"{self.dispatch_func}: no response. Return one.")
                await response(scope, receive, send)
            except Exception as exc:  # raised below, where no exception group is put around it
                failure = exc
            for run in runs:
                await run.end(cancel=failure is not None)
        for run in runs:
            adopt(run.context)
            failure = failure or run.failure
        if failure is not None:
            raise failure

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """The response to `request`; what a subclass overrides."""
        raise NotImplementedError(
            f"{type(self).__name__}: give a `dispatch` function, or override the method."
        )


class DispatchedRequest(Request):
    """The request that middleware gets: what it has read of the body, the application reads again.

    That holds for `body`, `json` and `form`. Chunks that were taken from `stream` are gone.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        super().__init__(scope, receive, send)
        self.from_client = receive

    def form(self, **limits: Any) -> PendingForm:
        """The form in the body, which is kept."""
        pending = super().form(**limits)

        async def read() -> Any:
            await self.body()
            return await pending

        return PendingForm(read)

    def replay(self) -> Receive:
        """A `receive` that begins with the body once more."""
        complete = False

        async def receive() -> Message:
            nonlocal complete
            if not complete and (hasattr(self, "_body") or self._stream_consumed):
                complete = True
                return {"type": "http.request", "body": getattr(self, "_body", b"")}
            message = await self._receive()
            if message["type"] == "http.request":
                if (
                    complete
                ):  # from a `receive` that was put in place of the client's, and never ends
                    return await self.from_client()
                complete = self._stream_consumed = not message.get("more_body", False)
            return message

        return receive


class Unread(OSError):
    """Tells the application, as a server tells of a lost client, that nobody reads its response."""


class Run:
    """The application answering one request in its own task, one message at a time."""

    def __init__(self, app: ASGIApp, scope: Scope, request: DispatchedRequest, send: Send) -> None:
        self.app = app
        self.scope = scope
        self.send = send
        self.replay: Receive = request.replay()
        self.start: Message = {}
        self.message: Message | None = None
        self.arrived: anyio.Event = anyio.Event()
        self.taken: anyio.Event = anyio.Event()
        self.taken.set()
        self.cancel_scope: anyio.CancelScope = anyio.CancelScope()
        self.context: Context = copy_context()
        self.body: AsyncGenerator[bytes, None] = self.read_body()
        self.rest: list[Message] = []
        self.complete: bool = False
        self.client_left: Any = False
        self.refusal: Exception | None = None
        self.failure: Exception | None = None

    async def run(self) -> None:
        """Run the application; its exception becomes the `failure`."""
        try:
            with self.cancel_scope:
                await self.app(self.scope, self.receive, self.put)
        except Exception as exc:
            if not (self.abandoned and any(cause is self.refusal for cause in causes(exc))):
                self.failure = exc
        finally:
            self.context = copy_context()
            self.message = None
            self.arrived.set()

    @property
    def abandoned(self) -> bool:
        """Whether nobody will read the response any more."""
        return isinstance(self.refusal, Unread)

    async def receive(self) -> Message:
        """For the application: the next message of the client, who leaves when it is abandoned."""
        if self.abandoned:
            return {"type": "http.disconnect"}
        message = await self.replay()
        self.client_left = message["type"] == "http.disconnect"
        return message

    async def put(self, message: Message) -> None:
        """For the application: hand `message` over, and wait until it has been sent."""
        if not self.start:
            if message["type"] != "http.response.start":
                await self.send(message)  # what comes before the response is not changed
                return
            self.start = message
        while not self.taken.is_set():  # by another task of the application
            await self.taken.wait()
        if self.refusal is None:
            self.message = message
            self.context = copy_context()
            self.taken = anyio.Event()
            self.arrived.set()
            await self.taken.wait()
        # Who is abandoned may end the response, so that its background tasks run, but not stream.
        if self.refusal is not None and (message.get("more_body") or not self.abandoned):
            raise self.refusal

    async def begin(self) -> None:
        """Wait for the response to start; cancel the application if this is cancelled.

        Raises `ClientDisconnect` where there is none since the client has left.
        """
        try:
            start = await self.take()
        except anyio.get_cancelled_exc_class():
            self.cancel_scope.cancel()
            raise
        if start is None and self.client_left:
            raise ClientDisconnect
        if start is None:
            raise RuntimeError("No response returned.")
        adopt(self.context)

    async def take(self) -> Message | None:
        """The message that the application waits with, `None` at its end; raises its failure."""
        await self.arrived.wait()
        if self.message is None:
            failure, self.failure = self.failure, None
            if failure is not None:
                raise failure
            return None
        self.arrived = anyio.Event()
        self.complete = is_last(self.message, self.start)
        return self.message

    async def next(self) -> Message | None:
        """Let the application go on, to its next message; `None` after the last."""
        self.taken.set()
        return None if self.complete else await self.take()

    async def pass_on(self, send: Send) -> None:
        """Send the messages after the first as they come; tell the application of a lost client."""
        while (message := await self.next()) is not None:
            try:
                await send(message)
            except Exception as exc:
                self.refusal = exc
                self.taken.set()
                await self.take()
                return

    async def read_body(self) -> AsyncGenerator[bytes, None]:
        """The body in pieces; messages of other kinds are kept in `rest`."""
        while (message := await self.next()) is not None:
            if message["type"] == "http.response.body":
                if body := message.get("body", b""):
                    yield body
            elif message["type"] == "http.response.pathsend":
                async with await anyio.open_file(message["path"], "rb") as file:
                    while body := await file.read(FILE_CHUNK):
                        yield body
            else:
                self.rest.append(message)

    async def end(self, *, cancel: bool) -> None:
        """Nobody reads the response any more: let the application end, or `cancel` it before that."""
        await self.body.aclose()
        if cancel and not self.complete:
            self.cancel_scope.cancel()
        if self.refusal is None:
            self.refusal = Unread("The middleware has answered with another response.")
        self.taken.set()


class PassedResponse(Response):
    """The response of the application, whose status and headers may be changed before it is sent.

    `body_iterator` is its body, and may be replaced by one that changes the chunks.
    """

    body_iterator: AsyncIterable[Any]

    def __init__(self, run: Run) -> None:
        self.run = run
        self.status_code: int = run.start["status"]
        self.raw_headers: RawHeaders = [*run.start["headers"]]
        self.background: BackgroundTask | None = None
        self.body_iterator = run.body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changed = {"status": self.status_code, "headers": [*self.raw_headers]}
        await send({**self.run.start, **changed})
        if self.body_iterator is self.run.body:
            await self.run.pass_on(send)
        else:
            await self.send_replaced_body(send)
        if self.background is not None:
            await self.background()

    async def send_replaced_body(self, send: Send) -> None:
        """Send what `body_iterator` gives, which is closed in any case."""
        try:
            async for chunk in self.body_iterator:
                body = chunk.encode(self.charset) if isinstance(chunk, str) else chunk
                await send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            await close(self.body_iterator)
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        for message in self.run.rest:
            await send(message)


_StreamingResponse = PassedResponse
"""The name that packages look for."""


def is_last(message: Message, start: Message) -> bool:
    """Whether `message` ends the response begun by `start`, trailers included."""
    kind = message["type"]
    if kind == "http.response.trailers":
        return not message.get("more_trailers", False)
    is_body = kind in ("http.response.body", "http.response.pathsend")
    return is_body and not message.get("more_body", False) and not start.get("trailers", False)


def causes(exc: BaseException) -> Iterator[BaseException]:
    """`exc` and what led to it."""
    cause: BaseException | None = exc
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def adopt(context: Context) -> None:
    """Set the context variables that have another value in `context`."""
    for variable, value in context.items():
        if variable.get(UNSET) is not value:
            variable.set(value)


UNSET = object()
