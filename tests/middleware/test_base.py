"""`BaseHTTPMiddleware`: nothing between the application and the server is held up or lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path

import anyio
import pytest
from anyio.lowlevel import checkpoint

from fastapi_lite.background import BackgroundTask
from fastapi_lite.middleware.base import (
    BaseHTTPMiddleware,
    RequestResponseEndpoint,
    _StreamingResponse,
)
from fastapi_lite.requests import ClientDisconnect, Request
from fastapi_lite.responses import PlainTextResponse, Response, StreamingResponse
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send
from tests.conftest import ClientFactory
from tests.middleware.asgi import answering, exchange, raising, scope_of, silent

pytestmark = pytest.mark.anyio

VALUE: ContextVar[str] = ContextVar("value", default="unset")


async def pass_on(request: Request, call_next: RequestResponseEndpoint) -> Response:
    return await call_next(request)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the body that it has read."""
    await Response(await Request(scope, receive).body())(scope, receive, send)


async def test_dispatch_as_a_method_changes_the_response() -> None:
    class Stamp(BaseHTTPMiddleware):
        async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
            response = await call_next(request)
            response.headers["x-path"] = request.url.path
            response.status_code = 202
            return response

    result = await exchange(Stamp(answering(b"ok")), path="/here")
    assert (result.status, result.headers, result.body) == (202, {"x-path": "/here"}, b"ok")


async def test_dispatch_may_answer_itself() -> None:
    async def refuse(request: Request, call_next: RequestResponseEndpoint) -> Response:
        return PlainTextResponse("no", status_code=403)

    result = await exchange(BaseHTTPMiddleware(answering(b"ok"), dispatch=refuse))
    assert (result.status, result.body) == (403, b"no")


async def test_missing_dispatch_names_the_remedy() -> None:
    result = await exchange(BaseHTTPMiddleware(answering(b"ok")))
    assert isinstance(result.error, NotImplementedError)
    assert "override" in str(result.error)


async def test_dispatch_that_returns_nothing_is_an_error() -> None:
    async def forget(request: Request, call_next: RequestResponseEndpoint) -> Response:
        return None  # type: ignore[return-value]  # the mistake

    result = await exchange(BaseHTTPMiddleware(answering(b"ok"), dispatch=forget))
    assert isinstance(result.error, RuntimeError)


async def test_other_connections_pass() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": f"{scope['type']}.seen"})

    result = await exchange(BaseHTTPMiddleware(app, dispatch=pass_on), "lifespan")
    assert result.kinds == ["lifespan.seen"]


async def test_messages_pass_unchanged() -> None:
    app = answering(b"a", b"", b"b", headers={"x": "y"})
    wrapped = BaseHTTPMiddleware(BaseHTTPMiddleware(app, dispatch=pass_on), dispatch=pass_on)
    assert (await exchange(wrapped)).messages == (await exchange(app)).messages


async def test_each_chunk_is_sent_before_the_next_is_made() -> None:
    log: list[str] = []

    async def chunks() -> AsyncIterator[str]:
        for name in "ab":
            log.append(f"make {name}")
            yield name

    async def send(message: Message) -> None:
        if message.get("body"):
            log.append(f"sent {message['body'].decode()}")

    app = BaseHTTPMiddleware(StreamingResponse(chunks()), dispatch=pass_on)
    await app(scope_of(), silent, send)
    assert log == ["make a", "sent a", "make b", "sent b"]


async def test_endless_stream_ends_when_the_client_leaves() -> None:
    gone = anyio.Event()
    closed = anyio.Event()

    async def chunks() -> AsyncIterator[str]:
        try:
            while True:
                yield "tick"
                gone.set()
                await checkpoint()
        finally:
            closed.set()

    app = BaseHTTPMiddleware(StreamingResponse(chunks()), dispatch=pass_on)
    with anyio.fail_after(5):
        await exchange(app, gone=gone)
    assert closed.is_set()


@pytest.mark.parametrize("spec_version", ["2.3", "2.4"])
async def test_lost_client_reaches_the_application_as_without_the_middleware(
    spec_version: str,
) -> None:
    seen: list[type[BaseException]] = []

    async def chunks() -> AsyncIterator[str]:
        yield "a"

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await StreamingResponse(chunks())(scope, receive, send)
        except BaseException as exc:
            seen.append(type(exc))
            raise

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    scope = scope_of(asgi={"spec_version": spec_version})
    with pytest.raises(ClientDisconnect):
        await BaseHTTPMiddleware(app, dispatch=pass_on)(scope, silent, send)
    assert seen == [ClientDisconnect]


async def test_application_may_handle_a_lost_client() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(2):
            with pytest.raises(OSError, match="gone"):
                await send({"type": "http.response.body", "body": b"a", "more_body": True})

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    await BaseHTTPMiddleware(app, dispatch=pass_on)(scope_of(), silent, send)


async def test_client_lost_before_the_start_ends_the_application() -> None:
    async def send(message: Message) -> None:
        raise OSError("gone")

    app = BaseHTTPMiddleware(answering(b"a"), dispatch=pass_on)
    with pytest.raises(OSError, match="gone"):
        await app(scope_of(), silent, send)


async def test_context_variable_of_dispatch_is_seen_by_the_application() -> None:
    async def set_before(request: Request, call_next: RequestResponseEndpoint) -> Response:
        VALUE.set("dispatch")
        return await call_next(request)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(VALUE.get())(scope, receive, send)

    assert (await exchange(BaseHTTPMiddleware(app, dispatch=set_before))).body == b"dispatch"


async def test_context_variable_of_the_application_is_seen_by_dispatch() -> None:
    async def look_after(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.headers["x-value"] = VALUE.get()
        return response

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        VALUE.set("application")
        await PlainTextResponse("ok")(scope, receive, send)

    result = await exchange(BaseHTTPMiddleware(app, dispatch=look_after))
    assert result.headers["x-value"] == "application"


async def test_context_variable_set_late_is_seen_outside() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await answering(b"ok")(scope, receive, send)
        VALUE.set("late")

    await exchange(BaseHTTPMiddleware(app, dispatch=pass_on))
    assert VALUE.get() == "late"


async def test_exception_arrives_in_dispatch_as_it_was_raised() -> None:
    error = ValueError("boom")
    seen: list[Exception] = []

    async def catch(request: Request, call_next: RequestResponseEndpoint) -> Response:
        try:
            return await call_next(request)
        except ValueError as exc:
            seen.append(exc)
            return PlainTextResponse("caught", status_code=500)

    result = await exchange(BaseHTTPMiddleware(raising(error), dispatch=catch))
    assert seen == [error]
    assert (result.body, result.error) == (b"caught", None)


async def test_uncaught_exception_arrives_outside_as_it_was_raised() -> None:
    error = ValueError("boom")
    result = await exchange(BaseHTTPMiddleware(raising(error), dispatch=pass_on))
    assert result.error is error
    assert (error.__cause__, error.__context__) == (None, None)


async def test_exception_within_the_body_arrives_outside() -> None:
    error = ValueError("boom")
    start = {"type": "http.response.start", "status": 200, "headers": []}
    chunk = {"type": "http.response.body", "body": b"a", "more_body": True}
    result = await exchange(BaseHTTPMiddleware(raising(error, start, chunk), dispatch=pass_on))
    assert result.error is error
    assert result.body == b"a"


async def test_exception_of_a_background_task_arrives_outside() -> None:
    async def fail() -> None:
        raise ValueError("task")

    app = PlainTextResponse("ok", background=BackgroundTask(fail))
    result = await exchange(BaseHTTPMiddleware(app, dispatch=pass_on))
    assert isinstance(result.error, ValueError)
    assert result.body == b"ok"


async def test_exception_of_dispatch_stops_the_application() -> None:
    stopped = anyio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await answering(b"a", b"b")(scope, receive, send)
        finally:
            stopped.set()

    async def fail_after(request: Request, call_next: RequestResponseEndpoint) -> Response:
        await call_next(request)
        raise ValueError("dispatch")

    result = await exchange(BaseHTTPMiddleware(app, dispatch=fail_after))
    assert isinstance(result.error, ValueError)
    assert stopped.is_set()


async def test_application_that_sends_nothing_is_an_error() -> None:
    async def silent(scope: Scope, receive: Receive, send: Send) -> None:
        """Sends nothing."""

    result = await exchange(BaseHTTPMiddleware(silent, dispatch=pass_on))
    assert str(result.error) == "No response returned."


async def test_unfinished_response_stays_unfinished() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    result = await exchange(BaseHTTPMiddleware(app, dispatch=pass_on))
    assert result.kinds == ["http.response.start"]


async def test_response_is_complete_before_its_background_task_runs() -> None:
    sent: list[Message] = []
    seen: list[int] = []

    async def task() -> None:
        seen.append(len(sent))

    async def send(message: Message) -> None:
        sent.append(message)

    app = PlainTextResponse("ok", background=BackgroundTask(task))
    wrapped = BaseHTTPMiddleware(BaseHTTPMiddleware(app, dispatch=pass_on), dispatch=pass_on)
    await wrapped(scope_of(), silent, send)
    assert seen == [2]
    assert not sent[-1].get("more_body")


async def test_background_task_survives_the_client_leaving() -> None:
    gone = anyio.Event()
    done = anyio.Event()

    async def task() -> None:
        gone.set()
        await checkpoint()
        done.set()

    async def chunks() -> AsyncIterator[str]:
        yield "a"

    app = StreamingResponse(chunks(), background=BackgroundTask(task))
    await exchange(BaseHTTPMiddleware(app, dispatch=pass_on), gone=gone)
    assert done.is_set()


async def test_background_task_can_be_added_by_dispatch() -> None:
    log: list[str] = []

    async def add_task(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.background = BackgroundTask(log.append, "done")
        return response

    await exchange(BaseHTTPMiddleware(answering(b"ok"), dispatch=add_task))
    assert log == ["done"]


async def test_failing_task_of_dispatch_does_not_stop_that_of_the_application() -> None:
    failing = anyio.Event()
    log: list[str] = []

    async def task() -> None:
        await failing.wait()
        log.append("done")

    async def fail() -> None:
        failing.set()
        raise ValueError("task")

    async def add_task(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.background = BackgroundTask(fail)
        return response

    app = PlainTextResponse("ok", background=BackgroundTask(task))
    result = await exchange(BaseHTTPMiddleware(app, dispatch=add_task))
    assert isinstance(result.error, ValueError)
    assert log == ["done"]


async def test_background_task_of_a_replaced_response_runs() -> None:
    log: list[str] = []

    async def replace(request: Request, call_next: RequestResponseEndpoint) -> Response:
        await call_next(request)
        return PlainTextResponse("other")

    app = PlainTextResponse("ok", background=BackgroundTask(log.append, "done"))
    result = await exchange(BaseHTTPMiddleware(app, dispatch=replace))
    assert (result.body, log) == (b"other", ["done"])


@pytest.mark.parametrize("spec_version", ["2.3", "2.4"])
async def test_endless_stream_that_is_replaced_ends(spec_version: str) -> None:
    async def chunks() -> AsyncIterator[str]:
        while True:
            yield "tick"

    async def replace(request: Request, call_next: RequestResponseEndpoint) -> Response:
        await call_next(request)
        return PlainTextResponse("other")

    app = BaseHTTPMiddleware(StreamingResponse(chunks()), dispatch=replace)
    with anyio.fail_after(5):
        result = await exchange(app, asgi={"spec_version": spec_version})
    assert (result.body, result.error) == (b"other", None)


async def test_replaced_application_sees_the_client_leave() -> None:
    seen: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        seen.append(await receive())

    async def replace(request: Request, call_next: RequestResponseEndpoint) -> Response:
        await call_next(request)
        return PlainTextResponse("other")

    await exchange(BaseHTTPMiddleware(app, dispatch=replace))
    assert seen == [{"type": "http.disconnect"}]


async def test_own_failure_of_a_replaced_application_arrives_outside() -> None:
    error = ValueError("late")

    async def replace(request: Request, call_next: RequestResponseEndpoint) -> Response:
        await call_next(request)
        return PlainTextResponse("other")

    start = {"type": "http.response.start", "status": 200, "headers": []}
    result = await exchange(BaseHTTPMiddleware(raising(error, start), dispatch=replace))
    assert result.error is error


async def test_timeout_around_call_next_stops_the_application() -> None:
    stopped = anyio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await anyio.sleep_forever()
        finally:
            stopped.set()

    async def limit(request: Request, call_next: RequestResponseEndpoint) -> Response:
        with anyio.move_on_after(0):
            return await call_next(request)
        return PlainTextResponse("too slow", status_code=504)

    result = await exchange(BaseHTTPMiddleware(slow, dispatch=limit))
    assert result.status == 504
    assert stopped.is_set()


async def test_cancelling_the_request_cancels_the_application() -> None:
    stopped = anyio.Event()
    started = anyio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        started.set()
        try:
            await anyio.sleep_forever()
        finally:
            stopped.set()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(exchange, BaseHTTPMiddleware(slow, dispatch=pass_on))
        await started.wait()
        tasks.cancel_scope.cancel()
    assert stopped.is_set()


async def test_several_tasks_of_the_application_may_send() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        async with anyio.create_task_group() as tasks:
            for chunk in (b"a", b"a", b"a"):
                message = {"type": "http.response.body", "body": chunk, "more_body": True}
                tasks.start_soon(send, message)
        await send({"type": "http.response.body", "body": b""})

    assert (await exchange(BaseHTTPMiddleware(app, dispatch=pass_on))).body == b"aaa"


async def test_messages_before_the_response_pass_at_once() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.early_hint", "links": []})
        await answering(b"ok")(scope, receive, send)

    result = await exchange(BaseHTTPMiddleware(app, dispatch=pass_on))
    assert result.kinds[0] == "http.response.early_hint"


# The body of the request


@pytest.mark.parametrize("read", ["body", "json", "form"])
async def test_body_that_dispatch_has_read_is_read_again(read: str) -> None:
    async def peek(request: Request, call_next: RequestResponseEndpoint) -> Response:
        await getattr(request, read)()
        return await call_next(request)

    form = ("content-type", "application/x-www-form-urlencoded")
    app = BaseHTTPMiddleware(echo, dispatch=peek)
    result = await exchange(app, method="POST", body=[b"1", b"2"], headers=[form])
    assert result.body == b"12"


async def test_form_entered_by_dispatch_is_read_again() -> None:
    async def peek(request: Request, call_next: RequestResponseEndpoint) -> Response:
        async with request.form(max_fields=1) as form:
            assert form["a"] == "1"
        return await call_next(request)

    form = ("content-type", "application/x-www-form-urlencoded")
    app = BaseHTTPMiddleware(echo, dispatch=peek)
    result = await exchange(app, method="POST", body=[b"a=", b"1"], headers=[form])
    assert result.body == b"a=1"


async def test_body_nobody_has_read_arrives_in_chunks() -> None:
    chunks: list[bytes] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        chunks.extend([chunk async for chunk in Request(scope, receive).stream()])
        await answering(b"ok")(scope, receive, send)

    await exchange(BaseHTTPMiddleware(app, dispatch=pass_on), body=[b"a", b"b"])
    assert chunks == [b"a", b"b", b""]


async def test_streamed_body_is_gone() -> None:
    async def drain(request: Request, call_next: RequestResponseEndpoint) -> Response:
        async for _ in request.stream():
            pass
        return await call_next(request)

    result = await exchange(BaseHTTPMiddleware(echo, dispatch=drain), body=[b"a", b"b"])
    assert result.body == b""


async def test_body_read_by_the_application_cannot_be_read_afterwards() -> None:
    async def peek_late(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        with pytest.raises(RuntimeError, match="Stream consumed"):
            await request.body()
        return response

    assert (await exchange(BaseHTTPMiddleware(echo, dispatch=peek_late))).error is None


async def test_application_can_be_called_again_with_the_same_body() -> None:
    async def twice(request: Request, call_next: RequestResponseEndpoint) -> Response:
        await request.body()
        await call_next(request)
        return await call_next(request)

    result = await exchange(BaseHTTPMiddleware(echo, dispatch=twice), body=[b"a", b"b"])
    assert result.body == b"ab"


async def test_receive_that_was_put_in_place_does_not_loop() -> None:
    gone = anyio.Event()
    gone.set()

    async def replace_receive(request: Request, call_next: RequestResponseEndpoint) -> Response:
        async def receive() -> Message:
            return {"type": "http.request", "body": b"new"}

        request._receive = receive  # noqa: SLF001 - as older programs do
        return await call_next(request)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        while (await receive())["type"] != "http.disconnect":
            pass
        await Response(body)(scope, receive, send)

    result = await exchange(BaseHTTPMiddleware(app, dispatch=replace_receive), gone=gone)
    assert result.body == b"new"


async def test_call_next_takes_the_scope_of_its_request() -> None:
    async def rewrite(request: Request, call_next: RequestResponseEndpoint) -> Response:
        return await call_next(Request({**request.scope, "path": "/new"}))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(scope["path"])(scope, receive, send)

    assert (await exchange(BaseHTTPMiddleware(app, dispatch=rewrite))).body == b"/new"


# The body of the response


def collecting(app: ASGIApp) -> BaseHTTPMiddleware:
    """`app`, whose response is collected and made anew in capitals."""

    async def collect(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        assert isinstance(response, _StreamingResponse)
        body = b"".join([chunk async for chunk in response.body_iterator])
        return Response(body.upper(), status_code=response.status_code)

    return BaseHTTPMiddleware(app, dispatch=collect)


async def test_body_can_be_collected() -> None:
    assert (await exchange(collecting(answering(b"a", b"", b"b")))).body == b"AB"


async def test_file_that_the_server_would_send_can_be_collected(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"content")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.pathsend", "path": str(path)})

    assert (await exchange(collecting(app))).body == b"CONTENT"


async def test_file_that_the_server_sends_passes() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.pathsend", "path": "/file"})

    result = await exchange(BaseHTTPMiddleware(app, dispatch=pass_on))
    assert result.messages[-1] == {"type": "http.response.pathsend", "path": "/file"}


@pytest.mark.parametrize("end", ["exception", "return"])
async def test_stream_abandoned_midway_ends(end: str) -> None:
    async def first_only(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        assert isinstance(response, _StreamingResponse)
        chunk = await anext(aiter(response.body_iterator))
        if end == "exception":
            raise ValueError("enough")
        return Response(chunk)

    async def chunks() -> AsyncIterator[str]:
        while True:
            yield "tick"

    with anyio.fail_after(5):
        result = await exchange(
            BaseHTTPMiddleware(StreamingResponse(chunks()), dispatch=first_only)
        )
    assert (result.messages != []) == (end == "return")


@pytest.mark.parametrize("text", [True, False])
async def test_body_iterator_can_be_wrapped(text: bool) -> None:
    async def shout(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        assert isinstance(response, _StreamingResponse)
        original = response.body_iterator

        async def louder() -> AsyncIterator[str | bytes]:
            async for chunk in original:
                yield chunk.upper().decode() if text else chunk.upper()

        response.body_iterator = louder()
        return response

    result = await exchange(BaseHTTPMiddleware(answering(b"a", b"b"), dispatch=shout))
    assert result.body == b"AB"
    assert result.messages[-1]["more_body"] is False


async def trailing(scope: Scope, receive: Receive, send: Send) -> None:
    """Sends a body and two messages of trailers."""
    await answering(b"a", trailers=True)(scope, receive, send)
    for name, more in ((b"x", True), (b"y", False)):
        trailers = {"headers": [(name, b"1")], "more_trailers": more}
        await send({"type": "http.response.trailers", **trailers})


async def test_trailers_pass() -> None:
    direct = await exchange(trailing)
    assert (await exchange(BaseHTTPMiddleware(trailing, dispatch=pass_on))).messages == (
        direct.messages
    )


async def test_trailers_follow_a_wrapped_body() -> None:
    async def wrap(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        assert isinstance(response, _StreamingResponse)
        original = response.body_iterator
        response.body_iterator = (chunk async for chunk in original)
        return response

    result = await exchange(BaseHTTPMiddleware(trailing, dispatch=wrap))
    assert result.kinds[-2:] == ["http.response.trailers"] * 2


def test_middleware_works_with_a_client(client_for: ClientFactory) -> None:
    client = client_for(BaseHTTPMiddleware(echo, dispatch=pass_on))
    assert client.post("/", content=b"hello").text == "hello"


async def test_client_that_left_before_an_answer_is_a_disconnect_and_no_missing_response() -> None:
    async def swallow(scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(ClientDisconnect):
            await Request(scope, receive).body()

    async def left() -> Message:
        return {"type": "http.disconnect"}

    sent: list[Message] = []
    with pytest.raises(ClientDisconnect):
        await BaseHTTPMiddleware(swallow, dispatch=pass_on)(scope_of(), left, sent.append)
    assert sent == []
