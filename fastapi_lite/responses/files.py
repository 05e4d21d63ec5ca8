"""A response that is a file, or parts of one."""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Mapping, Sequence
from email.utils import formatdate
from functools import lru_cache, partial
from mimetypes import guess_type
from secrets import token_hex
from typing import IO, TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from fastapi_lite.concurrency import run_file_work
from fastapi_lite.datastructures.headers import Headers, MutableHeaders
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.responses.base import (
    BODILESS,
    PlainTextResponse,
    Response,
    deny_websocket,
    offers,
    without_content,
)
from fastapi_lite.responses.ranges import (
    MalformedRangeHeader,
    RangeNotSatisfiable,
    Span,
    read_ranges,
)
from fastapi_lite.responses.streaming import send_to_client, stream_until_disconnect

if TYPE_CHECKING:
    from fastapi_lite.background import BackgroundTask
    from fastapi_lite.types import Message, Receive, Scope, Send


class FileResponse(Response):
    """Answers with a file, which is read while it is sent, and never held whole in memory.

    `ETag`, `Last-Modified` and `Content-Length` come from the file; a GET or HEAD may ask for
    ranges (RFC 9110, section 14). `filename` is what the client should save it as.
    Raises `RuntimeError` when it is sent and there is no such file.
    """

    chunk_size = 256 * 1024
    """Most bytes read, and sent, at once. One turn of a thread reads one chunk."""
    max_ranges = 100
    """Asked for more ranges than these, the whole file is sent."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: BackgroundTask | None = None,
        filename: str | None = None,
        stat_result: os.stat_result | None = None,
        content_disposition_type: str = "attachment",
        *,
        method: str | None = None,
    ) -> None:
        if method is not None:
            warnings.warn(
                "FileResponse(method=...) has no effect and goes with 1.0: the method is read "
                "from the request. Remove the argument.",
                StarletteDeprecationWarning,
                stacklevel=2,
            )
        self.path = path
        self.filename = filename
        self.status_code = status_code
        self.background = background
        if media_type is None:
            media_type = guess_type(filename or path)[0] or "application/octet-stream"
        self.media_type: str | None = media_type
        self.init_headers(headers)
        self.headers.setdefault("accept-ranges", "bytes")
        if filename is not None:
            self.headers.setdefault(
                "content-disposition", content_disposition(content_disposition_type, filename)
            )
        self.stat_result = stat_result
        self._described = stat_result
        if stat_result is not None:
            self.set_stat_headers(stat_result)

    def set_stat_headers(self, stat_result: os.stat_result) -> None:
        """Set the headers that tell of the file's size and age, but for those given."""
        for name, value in stat_headers(stat_result).items():
            self.headers.setdefault(name, value)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file or what is asked for of it, then run the background task."""
        if scope["type"] == "websocket":
            send = deny_websocket(scope, send)
        wanted = wanted_range(scope) if self.status_code == 200 else None
        without_body = scope.get("method") == "HEAD" or self.status_code in BODILESS
        by_path = wanted is None and not without_body and offers(scope, "http.response.pathsend")
        opened: OpenFile | None = None
        if without_body or by_path:
            found = self.stat_result
            if found is None:
                found = await run_file_work(stat_file, self.path)
        else:
            ahead = self.chunk_size if wanted is None else 0
            opened = await run_file_work(open_file, self.path, ahead)
            found = opened.stat
        try:
            answer = self._answer(found, wanted)
            if opened is not None:
                send_file = partial(self._send, answer, opened)
                if answer.length <= self.chunk_size:
                    await send_file(send)
                else:
                    await stream_until_disconnect(send_file, scope, receive, send)
            else:
                await send(answer.start)
                if by_path:
                    path = absolute(self.path)
                    await send({"type": "http.response.pathsend", "path": path})
                else:
                    await send_body(send, b"", more=False)
        except MalformedRangeHeader as error:
            await PlainTextResponse(error.content, status_code=400)(scope, receive, send)
        except RangeNotSatisfiable as error:
            headers = {"Content-Range": f"bytes */{error.max_size}"}
            refusal = PlainTextResponse(status_code=416, headers=headers)
            await refusal(scope, receive, send)
        finally:
            if opened is not None:
                opened.file.close()
        if self.background is not None:
            await self.background()

    def _answer(self, found: os.stat_result, wanted: WantedRange | None) -> Answer:
        """What to send of a file that was `found` to be like this."""
        self._describe(found)
        size = found.st_size
        headers = MutableHeaders(raw=[*self.raw_headers])
        spans = []
        if wanted is not None and wanted.applies_to(headers):
            spans = read_ranges(wanted.value, size, most=self.max_ranges)
        if len(spans) > 1:
            return multipart(headers, spans, size)
        if spans:
            headers["content-range"] = spans[0].content_range(size)
            return Answer(206, headers, [(b"", spans[0])])
        return Answer(self.status_code, headers, [(b"", Span(0, size))])

    def _describe(self, found: os.stat_result) -> None:
        """Have the headers tell of the file as it is now, should it have changed."""
        described = self._described
        if described is not None:
            if (described.st_mtime, described.st_size) == (found.st_mtime, found.st_size):
                return
            for name, value in stat_headers(described).items():
                if self.headers.get(name) == value:
                    del self.headers[name]
        self.set_stat_headers(found)
        self._described = found

    async def _send(self, answer: Answer, opened: OpenFile, send: Send) -> None:
        """Send exactly as many bytes as announced, whatever becomes of the file meanwhile."""
        await send_to_client(send, answer.start)
        unsent = answer.length
        for introduction, (position, stop) in answer.parts:
            if introduction:
                unsent -= len(introduction)
                await send_body(send, introduction, more=True)
            while position < stop:
                chunk = await opened.read(position, min(self.chunk_size, stop - position))
                if not chunk:
                    raise RuntimeError(
                        f"File at path {self.path} was shortened while it was sent; the "
                        f"connection ends {unsent} bytes early."
                    )
                position += len(chunk)
                unsent -= len(chunk)
                await send_body(send, chunk, more=unsent > 0)
        if answer.closing or not answer.length:
            await send_body(send, answer.closing, more=False)


class WantedRange(NamedTuple):
    """What a request says of the part it wants."""

    value: str
    condition: str | None
    """The `If-Range`: the part is wanted of this version of the file (RFC 9110, section 13.1.5)."""

    def applies_to(self, headers: Headers) -> bool:
        """Whether the file that `headers` describe is the version that the client has."""
        condition = self.condition
        if condition is None:
            return True
        if condition.startswith("W/"):  # says only that the content means the same
            return False
        return condition in {headers.get("etag"), headers.get("last-modified")}


class Answer:
    """Pieces of a file, with text between them, and the headers that announce them."""

    def __init__(
        self,
        status: int,
        headers: MutableHeaders,
        parts: Sequence[tuple[bytes, Span]],
        closing: bytes = b"",
    ) -> None:
        self.parts = parts
        self.closing = closing
        self.length: int = len(closing) + sum(len(text) + span.length for text, span in parts)
        headers["content-length"] = str(self.length)
        raw = without_content(status, headers.raw) if status in BODILESS else headers.raw
        self.start: Message = {"type": "http.response.start", "status": status, "headers": raw}


class OpenFile(NamedTuple):
    """A file that is being sent."""

    file: IO[bytes]
    stat: os.stat_result
    beginning: bytes
    """What was read of it when it was opened, which saves small files a second turn of a thread."""

    async def read(self, position: int, size: int) -> bytes:
        """At most `size` bytes from `position`; nothing where the file ends before it."""
        if position == 0 and self.beginning:
            return self.beginning
        return await run_file_work(read_at, self.file, position, size)


def wanted_range(scope: Scope) -> WantedRange | None:
    """The range that a request asks for; only GET has ranges, and HEAD tells of them."""
    if scope.get("method") not in {"GET", "HEAD"}:
        return None
    headers = Headers(scope=scope)
    value = headers.get("range")
    return None if value is None else WantedRange(value, headers.get("if-range"))


def multipart(headers: MutableHeaders, spans: Sequence[Span], size: int) -> Answer:
    """Several spans, each introduced by its place in the file (RFC 9110, section 14.6)."""
    boundary = token_hex(13)
    content_type = headers["content-type"]
    headers["content-type"] = f"multipart/byteranges; boundary={boundary}"
    parts: list[tuple[bytes, Span]] = []
    line_end = ""
    for span in spans:
        introduction = (
            f"{line_end}--{boundary}\r\n"
            f"Content-Type: {content_type}\r\n"
            f"Content-Range: {span.content_range(size)}\r\n\r\n"
        )
        parts.append((introduction.encode("latin-1"), span))
        line_end = "\r\n"
    return Answer(206, headers, parts, f"\r\n--{boundary}--".encode("latin-1"))


def stat_headers(found: os.stat_result) -> dict[str, str]:
    """The headers that tell of a file's size and age (RFC 9110, sections 8.6 and 8.8)."""
    return {
        "content-length": str(found.st_size),
        "last-modified": write_date(found.st_mtime),
        "etag": f'"{int(found.st_mtime * 1_000_000):x}-{found.st_size:x}"',
    }


@lru_cache(maxsize=1024)
def write_date(seconds: float) -> str:
    """A time, in seconds since 1970, as headers have it (RFC 9110, section 5.6.7)."""
    return formatdate(seconds, usegmt=True)


def content_disposition(kind: str, filename: str) -> str:
    """`kind` is `inline` or `attachment`; a name beyond ASCII is written as RFC 8187 has it."""
    quoted = quote(filename)
    if quoted == filename:
        return f'{kind}; filename="{filename}"'
    return f"{kind}; filename*=utf-8''{quoted}"


def absolute(path: str | os.PathLike[str]) -> str:
    """`path` from the root on, which a server needs that opens the file itself."""
    return os.path.abspath(path)


async def send_body(send: Send, body: bytes, *, more: bool) -> None:
    """One chunk of the body."""
    await send_to_client(send, {"type": "http.response.body", "body": body, "more_body": more})


def stat_file(path: str | os.PathLike[str]) -> os.stat_result:
    """What is known of a regular file; raises `RuntimeError` if there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        raise RuntimeError(f"File at path {path} does not exist.") from None
    if not stat.S_ISREG(found.st_mode):
        raise RuntimeError(f"File at path {path} is not a file.")
    return found


def open_file(path: str | os.PathLike[str], ahead: int) -> OpenFile:
    """A regular file, open, with its first `ahead` bytes."""
    stat_file(path)  # before it is opened: opening a pipe waits for its writer
    file = open(path, "rb", buffering=0)  # noqa: SIM115 - closed by the response
    try:
        found = os.fstat(file.fileno())
        return OpenFile(file, found, file.read(min(ahead, found.st_size)) or b"")
    except BaseException:
        file.close()
        raise


def read_at(file: IO[bytes], position: int, size: int) -> bytes:
    """At most `size` bytes of `file` from `position`."""
    file.seek(position)
    return file.read(size)
