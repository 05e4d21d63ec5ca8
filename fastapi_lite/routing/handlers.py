"""Operations as ASGI applications: read, validate, call, write, and clean up behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from functools import partial
from typing import Any, NoReturn, TypeAlias

from fastapi_lite._inspect import is_async_callable
from fastapi_lite.concurrency import run_in_threadpool
from fastapi_lite.dependencies.calls import Call, unwind
from fastapi_lite.dependencies.plan import Run
from fastapi_lite.exception_handlers import writer_of
from fastapi_lite.exceptions import FastAPIError, ValidationException
from fastapi_lite.middleware.exceptions import answer_exception, find_handler, send_reply
from fastapi_lite.requests import Request
from fastapi_lite.responses import Response
from fastapi_lite.responses.base import Reply
from fastapi_lite.routing.replaceable import replaceable
from fastapi_lite.routing.tree import Operation, PlacedRoute
from fastapi_lite.routing.writers import Write, compile_writer, deliver
from fastapi_lite.sending import begin
from fastapi_lite.types import ASGIApp, Receive, Scope, Send

RouteHandler: TypeAlias = Callable[[Request], Coroutine[Any, Any, Response]]


def compile_operation(operation: Operation) -> ASGIApp:
    """The ASGI application that serves `operation`."""
    write, plan = compile_writer(operation), operation.plan
    if plan.bare is not None:
        return compile_bare_operation(operation, plan.bare, write)
    if not (plan.has_dependencies or plan.needs_cleanup):
        return compile_plain_operation(operation, plan.run, write)
    plan_of, provider, run = operation.current_plan, operation.provider, plan.run

    def serve(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        overridden = getattr(provider, "dependency_overrides", None)
        current = plan_of().run if overridden else run
        return serve_and_clean_up(operation, Call(scope, receive, send), current, write)

    return serve


def compile_plain_operation(operation: Operation, run: Run, write: Write) -> ASGIApp:
    """As `compile_operation`, for an endpoint without dependencies: nothing to override or close."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        call = Call(scope, receive, send)
        try:
            reply = write(call, await run(call))
            if type(reply) is tuple and call.background is None:
                call.started = True
                send_all = begin(send)
                await send_all(reply[0])
                await send_all(reply[1])
            else:
                await deliver(call, reply)
        except Exception as error:
            await answer(operation, call, error)

    return serve


def compile_bare_operation(
    operation: Operation, endpoint: Callable[[], Awaitable[Any]], write: Write
) -> ASGIApp:
    """As `compile_operation`, for an endpoint that takes nothing: it needs no state of a request."""
    nothing = Call({}, unsendable, unsendable)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        call: Call | None = None
        started = False
        try:
            reply = write(nothing, await endpoint())
            if isinstance(reply, tuple):
                started = True
                send_all = begin(send)
                await send_all(reply[0])
                await send_all(reply[1])
            else:
                call = Call(scope, receive, send)
                await deliver(call, reply)
        except Exception as error:
            if call is None:
                call = Call(scope, receive, send)
                call.started = started
            await answer(operation, call, error)

    return serve


@replaceable
def request_response(func: Callable[[Request], Any], placed: PlacedRoute | None = None) -> ASGIApp:
    """The application that answers with what `func` returns; an ordinary function runs in a thread.

    `func` may be what `APIRoute.get_route_handler` gives, or wrap it: what its dependencies leave
    open is closed around the response. Exceptions go to the handlers of `scope["app"]`.
    """
    handler: Any = func
    if not is_async_callable(func):
        handler = partial(run_in_threadpool, handler)

    def serve(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return serve_and_clean_up(placed, Call(scope, receive, send), respond, as_it_is)

    async def respond(call: Call) -> Any:
        CURRENT.set(call)
        return await handler(call.connection)

    return serve


def as_it_is(call: Call, reply: Reply) -> Reply:
    """What is a response already."""
    return reply


CURRENT: ContextVar[Call | None] = ContextVar("current call", default=None)
"""The call under way in a route that replaces `get_route_handler`, which only passes a request."""


def compile_route_handler(operation: Operation) -> RouteHandler:
    """The function that makes a response from a request, around which a route class can wrap."""
    write = compile_writer(operation)

    async def handle(request: Request) -> Response:
        call = CURRENT.get()
        if call is None or call.scope is not request.scope:
            call = Call(request.scope, request.receive, unsendable)
        call.connection = request
        try:
            return as_response(call, write(call, await operation.current_plan().run(call)))
        except ValidationException as error:
            error.endpoint_ctx = operation.context(request.scope)
            raise

    return handle


def as_response(call: Call, reply: Reply) -> Response:
    """A reply as a response object."""
    if isinstance(reply, Response):
        return reply
    start, body = reply
    response = Response(body["body"], start["status"], background=call.background)
    response.raw_headers = start["headers"]
    return response


async def unsendable(message: Any = None) -> NoReturn:
    """Refuse to send or receive where there is only a request."""
    raise RuntimeError("There is no connection to send to, only a request.")


async def serve_and_clean_up(
    placed: PlacedRoute | None, call: Call, run: Run, write: Write
) -> None:
    """Send what `write` makes of what `run` gives, with the clean-up of generators before and after.

    An exception goes through the clean-ups, the innermost first, and as the last of them lets it
    to the application's handler; one that is swallowed before a response is there leaves nothing
    to send.
    """
    error: BaseException | None = None
    reply: Reply | None = None
    try:
        try:
            reply = write(call, await run(call))
        except BaseException as raised:
            error = raised
        if call.function_exits:
            error = await unwind(call.function_exits, error)
        if error is not None:
            pass
        elif type(reply) is tuple and call.background is None:
            call.started = True
            send_all = begin(call.send)
            await send_all(reply[0])
            await send_all(reply[1])
        elif reply is not None:
            await deliver(call, reply)
        else:
            error = FastAPIError(SWALLOWED)
    except BaseException as raised:
        error = raised
    answered = call.started
    if call.request_exits:
        error = await unwind(call.request_exits, error)
    if call.form is not None:
        await call.form.close()
    if error is None and not answered and reply is None:
        error = FastAPIError(SWALLOWED)
    if isinstance(error, Exception):
        await answer(placed, call, error)
    elif error is not None:
        raise error


SWALLOWED = (
    "No response object was returned. There's a high chance that the application code is raising "
    "an exception and a dependency with yield has a block with a bare except, or a block with "
    "except Exception, and is not raising the exception again. Read more about it in the docs: "
    "https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/"
    "#dependencies-with-yield-and-except"
)


def answer(placed: PlacedRoute | None, call: Call, error: Exception) -> Awaitable[None]:
    """Let the application's handler answer `error`; raise it where there is none."""
    scope = call.scope
    handler: Any = find_handler(getattr(scope.get("app"), "exception_handlers", {}), error)
    write = writer_of(handler)
    if write is not None and scope["type"] == "http" and not call.started:
        # Nobody sees the exception, and no request is made: 4 µs less than what follows.
        return send_reply(write(error), scope, call.receive, call.send)
    if isinstance(error, ValidationException) and placed is not None:
        error.endpoint_ctx = placed.context(scope)
    if handler is None:
        raise error
    if call.started:
        raise RuntimeError("Caught handled exception, but response already started.") from error
    return answer_exception(error, handler, call.connection, call.receive, call.send)


def compile_websocket(placed: PlacedRoute) -> ASGIApp:
    """The ASGI application that serves a WebSocket route."""
    _ = placed.plan  # so that it is compiled here

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        call = Call(scope, receive, send)
        try:
            error: BaseException | None = None
            try:
                await placed.current_plan().run(call)
            except BaseException as raised:
                error = raised
            error = await unwind(call.function_exits, error)
            error = await unwind(call.request_exits, error)
            if error is not None:
                raise error
        except Exception as raised:
            await answer(placed, call, raised)

    return serve
