"""Compressed responses (RFC 1952), for the clients that ask for them (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import lru_cache

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar

from fastapi_lite.datastructures.headers import Headers, MutableHeaders
from fastapi_lite.middleware.negotiation import read_qualities
from fastapi_lite.middleware.vary import add_vary
from fastapi_lite.responses.base import BODILESS
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

DEFAULT_EXCLUDED_CONTENT_TYPES = (
    "application/grpc",
    "application/gzip",
    "application/x-gzip",
    "application/zip",
    "audio/*",
    "font/woff",
    "font/woff2",
    "image/avif",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/event-stream",
    "video/*",
)
"""Compressed already, or read event by event."""

GZIP_FORMAT = 31
"""The `wbits` with which zlib writes a gzip header and trailer around the data."""
THREADS = 4
"""Compressions at once in threads; more would only take the processor from each other."""

_limiter: RunVar[anyio.CapacityLimiter] = RunVar("fastapi_lite_gzip_limiter")


class GZipMiddleware:
    """Compresses the responses of `app` where the client accepts it.

    A response that is smaller than `minimum_size` bytes, has another encoding or is only a part stays
    as it is, and so do the media types in `exclude_content_types` (`"audio/*"` for all of a kind). A
    chunk of at least `thread_minimum_size` bytes is compressed in a thread. `compresslevel`: 1 to 9.
    """

    def __init__(
        self,
        app: ASGIApp,
        minimum_size: int = 500,
        compresslevel: int = 9,
        thread_minimum_size: int = 131072,
        *,
        exclude_content_types: tuple[str, ...] = DEFAULT_EXCLUDED_CONTENT_TYPES,
    ) -> None:
        self.app = app
        self.minimum_size = minimum_size
        self.compresslevel = compresslevel
        self.thread_minimum_size = thread_minimum_size
        self.exclude_content_types: tuple[str, ...] = tuple(exclude_content_types)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.app
        if scope["type"] == "http":
            accepted = ",".join(Headers(scope=scope).getlist("accept-encoding"))
            app = self.compress() if accepts_gzip(accepted) else self.keep()
        await app(scope, receive, send)

    def compress(self) -> GZipResponder:
        """What answers one request with compression."""
        return GZipResponder(
            self.app,
            self.minimum_size,
            self.compresslevel,
            thread_minimum_size=self.thread_minimum_size,
            exclude_content_types=self.exclude_content_types,
        )

    def keep(self) -> IdentityResponder:
        """What answers one request without."""
        excluded = self.exclude_content_types
        return IdentityResponder(self.app, self.minimum_size, exclude_content_types=excluded)


class IdentityResponder:
    """One response as it is, but for saying that it depends on `Accept-Encoding`.

    A subclass names its `content_encoding` and overrides `apply_compression`.
    """

    content_encoding: str | None = None

    def __init__(
        self,
        app: ASGIApp,
        minimum_size: int,
        *,
        exclude_content_types: tuple[str, ...] = DEFAULT_EXCLUDED_CONTENT_TYPES,
    ) -> None:
        self.app = app
        self.minimum_size = minimum_size
        self.is_excluded: Callable[[str], bool] = compile_exclusion(exclude_content_types)
        self.start: Message | None = None
        self.compressing: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def respond(message: Message) -> None:
            kind = message["type"]
            if kind == "http.response.start":
                self.start = message
            elif kind == "http.response.body":
                await self.send_body(message, send)
            else:
                # Extensions: a file that the server sends by itself has no body to compress.
                if self.start is not None and kind in FILES:
                    await send(self.take_start(self.start))
                await send(message)

        await self.app(scope, receive, respond)
        if self.start is not None:
            await send(self.take_start(self.start))

    async def send_body(self, message: Message, send: Send) -> None:
        """Send a chunk, compressed or not, which is decided at the first one."""
        body = message.get("body", b"")
        more_body = message.get("more_body", False)
        start = self.start
        if start is None:
            if self.compressing:
                body = await self.apply_compression(body, more_body=more_body)
                message = {**message, "body": body}
            await send(message)
            return
        start = self.take_start(start)
        if self.is_eligible(start, body, more_body):
            headers = MutableHeaders(scope=start)
            add_vary(headers.raw, "Accept-Encoding")
            if self.content_encoding is not None:
                self.compressing = True
                body = await self.apply_compression(body, more_body=more_body)
                message = {**message, "body": body}
                is_framed = not more_body and not start.get("trailers", False)
                self.describe(headers, len(body) if is_framed else None)
        await send(start)
        await send(message)

    def take_start(self, start: Message) -> Message:
        """The message that starts the response, to be sent now."""
        self.start = None
        return {**start}

    def is_eligible(self, start: Message, body: bytes, more_body: bool) -> bool:
        """Whether the response may be compressed for clients that accept it."""
        headers = Headers(raw=list(start["headers"]))
        length = headers.get("content-length", "") if more_body else str(len(body))
        return not (
            start["status"] == 206
            or start["status"] in BODILESS
            or "content-encoding" in headers
            or (length.isdecimal() and int(length) < self.minimum_size)
            or self.is_excluded(headers.get("content-type", ""))
        )

    def describe(self, headers: MutableHeaders, length: int | None) -> None:
        """Say in `headers` that the body is encoded, and `length` bytes long."""
        assert self.content_encoding is not None
        headers["content-encoding"] = self.content_encoding
        if length is None:
            del headers["content-length"]
        else:
            headers["content-length"] = str(length)
        # The tag of the same bytes cannot be that of others (RFC 9110, section 8.8.3.3).
        etag = headers.get("etag", "")
        if etag.startswith('"'):
            headers["etag"] = f"W/{etag}"

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        """`body`, compressed; with the end of the stream unless there is `more_body`."""
        return body


class GZipResponder(IdentityResponder):
    """One response, compressed; each chunk can be read as soon as it arrives."""

    content_encoding: str = "gzip"

    def __init__(
        self,
        app: ASGIApp,
        minimum_size: int,
        compresslevel: int = 9,
        *,
        thread_minimum_size: int = 131072,
        exclude_content_types: tuple[str, ...] = DEFAULT_EXCLUDED_CONTENT_TYPES,
    ) -> None:
        super().__init__(app, minimum_size, exclude_content_types=exclude_content_types)
        self.compresslevel = compresslevel
        self.thread_minimum_size = thread_minimum_size
        self.compress: Callable[[bytes, bool], bytes] | None = None

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        """`body` in gzip, by a thread where it is long."""
        if self.compress is None:
            self.compress = compile_compressor(self.compresslevel)
        if len(body) < self.thread_minimum_size:
            return self.compress(body, more_body)
        return await anyio.to_thread.run_sync(self.compress, body, more_body, limiter=limiter())


FILES = frozenset({"http.response.pathsend", "http.response.zerocopysend"})


@lru_cache(maxsize=128)
def accepts_gzip(header: str) -> bool:
    """Whether `Accept-Encoding` has gzip, at least as gladly as no encoding."""
    qualities = read_qualities(header)
    others = qualities.get("*", 0.0)
    quality = qualities.get("gzip", qualities.get("x-gzip", others))
    return quality > 0 and quality >= qualities.get("identity", 0.0)


def compile_compressor(level: int) -> Callable[[bytes, bool], bytes]:
    """The function that compresses one stream, chunk by chunk, each flushed."""
    stream = zlib.compressobj(level, wbits=GZIP_FORMAT)

    def compress(body: bytes, more_body: bool) -> bytes:
        if not body and more_body:
            return b""
        flush = zlib.Z_SYNC_FLUSH if more_body else zlib.Z_FINISH
        return stream.compress(body) + stream.flush(flush)

    return compress


@lru_cache(maxsize=32)
def compile_exclusion(content_types: tuple[str, ...]) -> Callable[[str], bool]:
    """The function that says whether a `Content-Type` is among `content_types`."""
    types = [media_type(content_type) for content_type in content_types]
    kinds = tuple(name.removesuffix("*") for name in types if name.endswith("/*"))
    with_suffix = tuple(f"{name}+" for name in types)

    def is_excluded(content_type: str) -> bool:
        name = media_type(content_type)
        return name in types or name.startswith(kinds) or name.startswith(with_suffix)

    return is_excluded


def media_type(content_type: str) -> str:
    """`content_type` without parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def limiter() -> anyio.CapacityLimiter:
    """The limiter of this event loop's compressing threads."""
    try:
        return _limiter.get()
    except LookupError:
        threads = anyio.CapacityLimiter(THREADS)
        _limiter.set(threads)
        return threads
