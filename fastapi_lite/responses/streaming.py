"""Responses whose body is made while it is sent."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import anyio
from anyio.lowlevel import checkpoint

from fastapi_lite.concurrency import iterate_in_threadpool
from fastapi_lite.datastructures.headers import RawHeaders, encode_header
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.requests import ClientDisconnect
from fastapi_lite.responses.base import (
    BODILESS,
    Response,
    deny_websocket,
    offers,
    without_content,
)
from fastapi_lite.sending import unwatched

if TYPE_CHECKING:
    from fastapi_lite.background import BackgroundTask
    from fastapi_lite.types import Message, Receive, Scope, Send

Content = str | bytes | memoryview
SyncContentStream = Iterable[Content]
AsyncContentStream = AsyncIterable[Content]
ContentStream = AsyncContentStream | SyncContentStream
Trailers = Mapping[str, str] | Callable[[], Mapping[str, str]]

CHUNKS_IN_A_ROW = 256
"""After so many chunks other tasks get their turn, also if neither chunks nor sends wait."""


class StreamingResponse(Response):
    """Answers with the chunks of an iterable as they come.

    A synchronous iterable runs in threads. When the client leaves or a chunk fails, the
    iterable is closed, so that its `finally` runs. `trailers` are sent after the body where the
    server can; a function is called when the body is complete.
    """

    body_iterator: AsyncContentStream
    """What is sent; may be replaced, by one that changes the chunks, until it is."""

    def __init__(
        self,
        content: ContentStream,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: BackgroundTask | None = None,
        *,
        trailers: Trailers | None = None,
    ) -> None:
        self.body_iterator = self._content = as_async(content)
        self.status_code = status_code
        if media_type is not None:
            self.media_type: str | None = media_type
        self.background = background
        if isinstance(trailers, Mapping):
            encode_trailers(trailers)  # raises here, not behind a body that is sent
        self.trailers: Trailers | None = trailers
        self.init_headers(headers)

    async def listen_for_disconnect(self, receive: Receive) -> None:
        """Return once the client has left."""
        await wait_for_disconnect(receive)

    async def stream_response(self, send: Send) -> None:
        """Send the start, every chunk and the end.

        Raises `ClientDisconnect` where the server's `send` tells that the client has left.
        """
        status = self.status_code
        headers = [*self.raw_headers]
        chunks = self.body_iterator
        if status in BODILESS:
            headers, chunks = without_content(status, headers), iterate(())
        await send_to_client(
            send, {"type": "http.response.start", "status": status, "headers": headers}
        )
        await self.send_chunks(chunks, unwatched(send))

    async def send_chunks(self, chunks: AsyncContentStream, send: Send) -> None:
        """Send every chunk and the end."""
        left_in_a_row = CHUNKS_IN_A_ROW
        async for chunk in chunks:
            if type(chunk) is not bytes:
                chunk = self.encode_chunk(chunk)
            try:  # what `send_to_client` does; without that call a chunk costs 0.1 µs less
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            except OSError as error:
                raise ClientDisconnect from error
            left_in_a_row -= 1
            if not left_in_a_row:
                left_in_a_row = CHUNKS_IN_A_ROW
                await checkpoint()
        await send_to_client(send, {"type": "http.response.body", "body": b"", "more_body": False})

    def encode_chunk(self, chunk: Content) -> bytes:
        """What is sent of a chunk. Raises `TypeError` for what is neither text nor bytes."""
        if isinstance(chunk, str):
            return chunk.encode(self.charset)
        if isinstance(chunk, (bytes, bytearray, memoryview)):
            return bytes(chunk)  # ASGI knows `bytes` alone
        raise TypeError(
            f"{type(self).__name__} streams text or bytes, not {type(chunk).__qualname__}. "
            "Convert it, or leave out the class to stream JSON."
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream, close the stream, then run the background task; that also if the client left."""
        if scope["type"] == "websocket":
            send = deny_websocket(scope, send)
        elif self.trailers is not None and offers(scope, "http.response.trailers"):
            send = add_trailers(self.trailers, send)
        try:
            await stream_until_disconnect(
                self.stream_response, scope, receive, send, listen=self.listen_for_disconnect
            )
        finally:
            await close(self.body_iterator)
            if self._content is not self.body_iterator:
                await close(self._content)
        if self.background is not None:
            await self.background()


class EventSourceResponse(StreamingResponse):
    """Answers with a stream of events, as the browser's `EventSource` reads them."""

    media_type: str | None = "text/event-stream"


async def wait_for_disconnect(receive: Receive) -> None:
    """Return once the client has left.

    Where it sends more than it may, of a body that nobody reads, it is not listened to any more.
    """
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    except HTTPException:
        await anyio.sleep_forever()


async def stream_until_disconnect(
    stream: Callable[[Send], Awaitable[None]],
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    listen: Callable[[Receive], Awaitable[None]] = wait_for_disconnect,
) -> None:
    """Run `stream`, and stop it when the client leaves, which `listen` notices.

    Where the server's `send` tells of that, `stream` ends by itself.
    """
    spec_version = scope.get("asgi", {}).get("spec_version", "2.0")
    if scope["type"] == "websocket" or tells_of_disconnect(spec_version):
        await stream(send)
    else:
        await race(lambda: stream(send), lambda: listen(receive))


@lru_cache(maxsize=16)
def tells_of_disconnect(spec_version: str) -> bool:
    """Whether `send` raises `OSError` once the client has left, which came with ASGI 2.4."""
    return tuple(map(int, spec_version.split("."))) >= (2, 4)


async def send_to_client(send: Send, message: Message) -> None:
    """Send a message; raises `ClientDisconnect` for the server's `OSError`."""
    try:
        await send(message)
    except OSError as error:
        raise ClientDisconnect from error


async def race(run: Callable[[], Awaitable[None]], end: Callable[[], Awaitable[None]]) -> None:
    """Run `run`, and cancel it as soon as `end` returns."""
    failures: list[Exception] = []
    waiting = anyio.CancelScope()  # to cancel the one that waits alone takes half as long as both

    async def stop_at_end() -> None:
        if waiting.cancel_called:  # `run` is done, and has left no turn to this
            return
        with waiting:
            try:
                await end()
            except Exception as error:
                failures.append(error)
            tasks.cancel_scope.cancel()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(stop_at_end)
        try:
            await run()
        except Exception as error:
            failures.append(error)
        waiting.cancel()
    if failures:  # raised here, where no exception group is put around it
        raise failures[0]


def add_trailers(trailers: Trailers, send: Send) -> Send:
    """`send`, which has `trailers` follow the body (ASGI, "HTTP Trailers")."""

    async def send_with_trailers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "trailers": True}
        await send(message)
        if message["type"] == "http.response.body" and not message["more_body"]:
            fields = trailers() if callable(trailers) else trailers
            headers = encode_trailers(fields)
            await send(
                {"type": "http.response.trailers", "headers": headers, "more_trailers": False}
            )

    return send_with_trailers


def encode_trailers(fields: Mapping[str, str]) -> RawHeaders:
    """`fields` as they are sent; raises `ValueError` for CR, LF and NUL."""
    return [encode_header(*field) for field in fields.items()]


def as_async(content: ContentStream) -> AsyncContentStream:
    """`content` as an asynchronous iterable; what may wait for something runs in threads."""
    if isinstance(content, AsyncIterable):
        return content
    if isinstance(content, list | tuple):
        return iterate(content)
    return iterate_in_threadpool(content)


async def iterate(chunks: Iterable[Content]) -> AsyncIterator[Content]:
    """Chunks that are there already, which need no thread."""
    for chunk in chunks:
        yield chunk


async def close(stream: Any) -> None:
    """Run what a stream does in its `finally`, if it can be closed."""
    if (aclose := getattr(stream, "aclose", None)) is not None:
        await aclose()
