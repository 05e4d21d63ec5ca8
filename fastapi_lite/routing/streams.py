"""From an endpoint that yields to a stream: JSON lines, server-sent events, or raw chunks."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncGenerator, Callable
from time import monotonic
from typing import Any

import anyio
from anyio.lowlevel import checkpoint

from fastapi_lite.concurrency import iterate_in_threadpool
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.encoders import jsonable_encoder
from fastapi_lite.responses import Response, StreamingResponse
from fastapi_lite.responses.streaming import AsyncContentStream, race, send_to_client
from fastapi_lite.sse import (
    KEEPALIVE_COMMENT,
    PING_INTERVAL,
    EventSourceResponse,
    ServerSentEvent,
    format_sse_event,
)
from fastapi_lite.types import Message, Send

Dump = Callable[[Any], bytes]
Stream = Callable[[Call, Any], Response]
"""Makes the response from the iterator that an endpoint has given."""

TURN = 0.001
"""Seconds of items in a row; to leave the loop after each item would cost more than the item."""


class JSONLinesResponse(StreamingResponse):
    """Answers with one JSON value a line (https://jsonlines.org)."""

    media_type: str | None = "application/jsonl"


class PingingResponse(EventSourceResponse):
    """Answers with events, and with a comment in silence, which keeps the connection."""

    async def send_chunks(self, chunks: AsyncContentStream, send: Send) -> None:
        """Send the events, and `KEEPALIVE_COMMENT` after each `PING_INTERVAL` of silence."""
        last_sent = monotonic()
        is_sending = False
        pinging: anyio.Event | None = None

        async def send_in_turn(message: Message) -> None:  # a lock would take 1 µs per message
            nonlocal last_sent, is_sending
            if pinging is not None:
                await pinging.wait()
            is_sending = True
            await send(message)
            is_sending = False
            last_sent = monotonic()

        async def ping() -> None:
            nonlocal last_sent, pinging
            while True:
                seen = last_sent
                await anyio.sleep(max(0, PING_INTERVAL - (monotonic() - seen)))
                if is_sending:  # what waits to be sent is no silence
                    last_sent = monotonic()
                elif last_sent == seen:
                    pinging = anyio.Event()
                    await send_to_client(send, {**PING})
                    pinging.set()
                    pinging = None
                    last_sent = monotonic()

        await race(lambda: super(PingingResponse, self).send_chunks(chunks, send_in_turn), ping)


PING: Message = {"type": "http.response.body", "body": KEEPALIVE_COMMENT, "more_body": True}


def compile_lines(dump: Dump, status: int | None) -> Stream:
    """Stream each item as a line of JSON."""

    def stream(call: Call, items: Any) -> Response:
        chunks = each(items, lambda item: dump(item) + b"\n")
        return JSONLinesResponse(chunks, status or 200, background=call.background)

    return stream


def compile_events(dump: Dump, response_class: type[Response], status: int | None) -> Stream:
    """Stream each item as an event; a `ServerSentEvent` says itself what it is."""

    def write(item: Any) -> bytes:
        if not isinstance(item, ServerSentEvent):
            return b"data: %b\n\n" % dump(item)  # JSON is one line
        has_data = item.data is not None
        return format_sse_event(
            data_str=dump_event_data(item.data) if has_data else item.raw_data,
            event=item.event,
            id=item.id,
            retry=item.retry,
            comment=item.comment,
        )

    chosen = PingingResponse if response_class is EventSourceResponse else response_class

    def stream(call: Call, items: Any) -> Response:
        response = chosen(each(items, write), status or 200, background=call.background)
        response.headers.setdefault("cache-control", "no-cache")
        response.headers.setdefault("x-accel-buffering", "no")
        return response

    return stream


def compile_chunks(response_class: type[Response], status: int | None) -> Stream:
    """Stream what the endpoint yields as it is, by the class that was declared."""

    def stream(call: Call, items: Any) -> Response:
        return response_class(items, status or 200, background=call.background)

    return stream


async def each(items: Any, write: Callable[[Any], bytes]) -> AsyncGenerator[bytes]:
    """What `write` makes of each item; a synchronous iterator runs in threads.

    The iterator is closed where the stream ends early. An asynchronous one is left each `TURN`, for
    other tasks, and so that a cancellation arrives though the iterator never waits.
    """
    source: Any = items if hasattr(items, "__aiter__") else iterate_in_threadpool(items)
    turn_ends = monotonic() + TURN
    try:
        async for item in source:
            yield write(item)
            if monotonic() >= turn_ends:
                await checkpoint()
                turn_ends = monotonic() + TURN
    finally:
        with anyio.CancelScope(shield=True):
            await source.aclose()


def dump_untyped(item: Any) -> bytes:
    """JSON of an item without a type, in one line; what no JSON number can be is `null`."""
    return json.dumps(finite(jsonable_encoder(item))).encode()


def dump_event_data(data: Any) -> str:
    """JSON of an event's data: a model by its own rules."""
    to_json = getattr(data, "model_dump_json", None)
    return to_json() if to_json is not None else dump_untyped(data).decode()


def finite(value: Any) -> Any:
    """`value` with `None` for infinities and NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: finite(one) for key, one in value.items()}
    return [finite(one) for one in value] if isinstance(value, list) else value
