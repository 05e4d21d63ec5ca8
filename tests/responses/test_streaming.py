"""Responses whose body is made while it is sent."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from fastapi_lite.background import BackgroundTask
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.requests import ClientDisconnect
from fastapi_lite.responses import EventSourceResponse, StreamingResponse
from fastapi_lite.types import Message
from tests.conftest import ClientFactory
from tests.driving import body_of, exchange, failing_send, headers_of, http_scope, numbers, stay

pytestmark = pytest.mark.anyio

TELLS_OF_DISCONNECT: Any = {"asgi": {"spec_version": "2.4"}}


def test_chunks_of_an_asynchronous_iterable_are_sent(client_for: ClientFactory) -> None:
    response = StreamingResponse(numbers(3), 201, {"x-name": "a"}, "text/plain")
    answer = client_for(response).get("/")
    assert (answer.status_code, answer.text, dict(answer.headers)) == (
        201,
        "012",
        {"x-name": "a", "content-type": "text/plain; charset=utf-8"},
    )


async def test_every_chunk_is_a_message_of_its_own() -> None:
    async def chunks() -> AsyncIterator[Any]:
        yield "text"
        yield b"bytes"
        yield memoryview(b"view")

    bodies = [
        (bytes(message["body"]), message["more_body"])
        for message in (await exchange(StreamingResponse(chunks())))[1:]
    ]
    assert bodies == [(b"text", True), (b"bytes", True), (b"view", True), (b"", False)]


async def test_chunks_that_never_wait_leave_turns_to_others() -> None:
    others = 0

    async def endless() -> AsyncIterator[bytes]:
        while not others:
            yield b"x"

    async def take_a_turn() -> None:
        nonlocal others
        others += 1

    async def send(message: Message) -> None:
        """Take a message."""

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(take_a_turn)
        await StreamingResponse(endless()).stream_response(send)

    assert others == 1


async def test_chunk_of_a_class_of_bytes_is_sent_as_it_is() -> None:
    class Signed(bytes):
        """Bytes with a name."""

    response = StreamingResponse(iter([Signed(b"signed")]))
    assert body_of(await exchange(response)) == b"signed"


async def test_generator_that_may_block_runs_in_threads() -> None:
    threads: list[int] = []

    def chunks() -> Iterator[str]:
        threads.append(threading.get_ident())
        yield "a"

    await exchange(StreamingResponse(chunks()))
    assert threading.get_ident() not in threads


async def test_list_needs_no_threads() -> None:
    assert body_of(await exchange(StreamingResponse(["a", b"b"]))) == b"ab"


async def test_body_iterator_may_be_replaced() -> None:
    async def loudly(chunks: Any) -> AsyncIterator[str]:
        async for chunk in chunks:
            yield f"{chunk}!"

    response = StreamingResponse(numbers(2))
    response.body_iterator = loudly(response.body_iterator)
    assert body_of(await exchange(response)) == b"0!1!"


def test_stream_has_no_body_before_it_is_sent() -> None:
    assert not hasattr(StreamingResponse([]), "body")


@pytest.mark.parametrize("status", [204, 304])
async def test_status_without_content_does_not_even_start_the_stream(status: int) -> None:
    started: list[bool] = []

    async def chunks() -> AsyncIterator[str]:
        started.append(True)  # pragma: no cover - what must not happen
        yield ""  # pragma: no cover - makes it a generator

    sent = await exchange(StreamingResponse(chunks(), status))
    assert (body_of(sent), started) == (b"", [])


class Watched:
    """A stream without an end that notes when it is closed."""

    def __init__(self, *, waits: bool = True) -> None:
        self.waits = waits
        self.closed = False
        self.cleaned_up = False

    async def chunks(self) -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x"
                if self.waits:
                    await anyio.lowlevel.checkpoint()
        finally:
            self.closed = True
            await anyio.lowlevel.checkpoint()
            self.cleaned_up = True

    def blocking_chunks(self) -> Iterator[bytes]:
        try:
            while True:
                yield b"x"
        finally:
            self.closed = True


async def leave_after_a_while() -> Message:
    """A client that leaves."""
    for _ in range(5):
        await anyio.lowlevel.checkpoint()
    return {"type": "http.disconnect"}


@pytest.mark.parametrize("waits", [True, False])
async def test_stream_is_closed_when_the_client_leaves(waits: bool) -> None:
    stream = Watched(waits=waits)
    await exchange(StreamingResponse(stream.chunks()), receive=leave_after_a_while)
    assert stream.closed


async def test_stream_that_waits_for_the_client_may_clean_up_asynchronously() -> None:
    stream = Watched(waits=False)
    await exchange(StreamingResponse(stream.chunks()), receive=leave_after_a_while)
    assert stream.cleaned_up


async def test_blocking_stream_is_closed_when_the_client_leaves() -> None:
    stream = Watched()
    await exchange(StreamingResponse(stream.blocking_chunks()), receive=leave_after_a_while)
    assert stream.closed


async def test_stream_behind_a_replaced_iterator_is_closed_too() -> None:
    stream = Watched()
    response = StreamingResponse(stream.chunks())
    chunks = response.body_iterator

    async def quietly() -> AsyncIterator[Any]:
        async for chunk in chunks:
            yield chunk

    response.body_iterator = quietly()
    await exchange(response, receive=leave_after_a_while)
    assert stream.closed


async def test_iterable_that_cannot_be_closed_is_left_alone() -> None:
    class Chunks:
        def __init__(self) -> None:
            self.left = 2

        def __aiter__(self) -> Chunks:
            return self

        async def __anext__(self) -> str:
            if not self.left:
                raise StopAsyncIteration
            self.left -= 1
            return "x"

    assert body_of(await exchange(StreamingResponse(Chunks()))) == b"xx"


async def test_rest_of_the_request_is_no_disconnect() -> None:
    messages = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        return next(messages, None) or await stay()

    async def chunks() -> AsyncIterator[str]:
        for number in range(3):
            await anyio.lowlevel.checkpoint()
            yield str(number)

    sent = await exchange(StreamingResponse(chunks()), receive=receive)
    assert body_of(sent) == b"012"


async def test_background_task_runs_though_the_client_left() -> None:
    ran: list[bool] = []
    response = StreamingResponse(
        Watched().chunks(), background=BackgroundTask(lambda: ran.append(True))
    )
    await exchange(response, receive=leave_after_a_while)
    assert ran == [True]


@pytest.mark.parametrize("after", [0, 1, 3])
async def test_send_that_fails_is_a_disconnect_and_closes_the_stream(after: int) -> None:
    stream = Watched()
    sent, send = failing_send(after)
    with pytest.raises(ClientDisconnect):
        await StreamingResponse(stream.chunks())(http_scope(**TELLS_OF_DISCONNECT), stay, send)
    assert (len(sent), stream.cleaned_up) == (after, after > 0)


@pytest.mark.parametrize("more", [{}, TELLS_OF_DISCONNECT])
async def test_error_of_the_stream_is_raised_as_it_is(more: Any) -> None:
    async def chunks() -> AsyncIterator[str]:
        yield "a"
        raise OSError("of the stream's own")

    with pytest.raises(OSError, match="of the stream's own"):
        await exchange(StreamingResponse(chunks()), http_scope(**more))


async def test_error_while_waiting_for_the_disconnect_is_raised_as_it_is() -> None:
    async def receive() -> Message:
        raise RuntimeError("receive failed")

    with pytest.raises(RuntimeError, match="receive failed"):
        await exchange(StreamingResponse(Watched().chunks()), receive=receive)


async def test_body_that_is_too_large_and_that_nobody_reads_does_not_break_the_stream() -> None:
    heard = anyio.Event()

    async def receive() -> Message:
        heard.set()
        raise HTTPException(413)

    async def chunks() -> AsyncIterator[str]:
        await heard.wait()
        yield "a"

    assert body_of(await exchange(StreamingResponse(chunks()), receive=receive)) == b"a"


async def test_stream_is_closed_when_the_server_shuts_down() -> None:
    stream = Watched()
    with anyio.CancelScope() as shutdown:

        async def shut_down() -> Message:
            shutdown.cancel()
            return await stay()

        await exchange(StreamingResponse(stream.chunks()), receive=shut_down)
    assert stream.closed


async def test_subclass_may_listen_in_its_own_way() -> None:
    class Impatient(StreamingResponse):
        async def listen_for_disconnect(self, receive: Any) -> None:
            await anyio.lowlevel.checkpoint()

    stream = Watched()
    await exchange(Impatient(stream.chunks()))
    assert stream.closed


async def test_handshake_is_refused_by_a_stream() -> None:
    scope = {"type": "websocket", "extensions": {"websocket.http.response": {}}}
    sent = await exchange(StreamingResponse(numbers(1), 403), scope)
    assert [(message["type"], message.get("body")) for message in sent] == [
        ("websocket.http.response.start", None),
        ("websocket.http.response.body", b"0"),
        ("websocket.http.response.body", b""),
    ]


OFFERS_TRAILERS: Any = {"extensions": {"http.response.trailers": {}}}


@pytest.mark.parametrize("trailers", [{"X-Sum": "3"}, lambda: {"X-Sum": "3"}])
async def test_trailers_follow_the_body(trailers: Any) -> None:
    response = StreamingResponse(numbers(2), trailers=trailers)
    sent = await exchange(response, http_scope(**OFFERS_TRAILERS))
    assert (sent[0]["trailers"], sent[-1]) == (
        True,
        {
            "type": "http.response.trailers",
            "headers": [(b"x-sum", b"3")],
            "more_trailers": False,
        },
    )


@pytest.mark.parametrize("end", ["\r", "\n", "\0"])
def test_trailer_that_would_begin_another_one_raises_where_it_is_set(end: str) -> None:
    with pytest.raises(ValueError, match="CR, LF or NUL"):
        StreamingResponse([], trailers={"X-Sum": f"3{end}Set-Cookie: a=b"})


async def test_trailers_are_computed_when_the_body_is_complete() -> None:
    seen: list[str] = []

    async def chunks() -> AsyncIterator[str]:
        for chunk in "ab":
            seen.append(chunk)
            yield chunk

    response = StreamingResponse(chunks(), trailers=lambda: {"x-seen": "".join(seen)})
    sent = await exchange(response, http_scope(**OFFERS_TRAILERS))
    assert sent[-1]["headers"] == [(b"x-seen", b"ab")]


async def test_server_without_trailers_gets_none() -> None:
    sent = await exchange(StreamingResponse(numbers(1), trailers={"x": "y"}))
    assert (sent[-1]["type"], "trailers" in sent[0]) == ("http.response.body", False)


def test_trailers_reach_the_client(client_for: ClientFactory) -> None:
    answer = client_for(StreamingResponse(numbers(2), trailers={"x-sum": "1"})).get("/")
    assert answer.text == "01"


async def test_event_stream_has_its_media_type() -> None:
    sent = await exchange(EventSourceResponse(["data: x\n\n"]))
    assert headers_of(sent) == {"content-type": "text/event-stream; charset=utf-8"}
