"""Bodies of forms, parsed while they arrive: urlencoded and multipart (RFC 7578)."""

from __future__ import annotations

import codecs
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from typing_extensions import deprecated

from fastapi_lite.concurrency import run_file_work
from fastapi_lite.datastructures.forms import FormData, UploadFile
from fastapi_lite.datastructures.headers import Headers
from fastapi_lite.datastructures.multidict import parse_query
from fastapi_lite.exceptions import StarletteDeprecationWarning

MEBIBYTE = 1024 * 1024
SMALL = 64 * 1024
"""Bytes of a form that are read at once, when it is whole."""

WRITE_SIZE = 256 * 1024
"""Bytes gathered before they are written to disk: a hop to a thread costs as much as that."""

CALLBACKS = (
    "on_part_begin",
    "on_header_field",
    "on_header_value",
    "on_header_end",
    "on_headers_finished",
    "on_part_data",
    "on_part_end",
    "on_end",
)

PLAIN_DISPOSITION = re.compile(rb'form-data; name="([^"\\]*)"(?:; filename="([^"\\/]*)")?')
"""As browsers and clients write it; a tenth of the time of a full parse."""

REFUSED_CODECS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape"}
"""Two take quadratic time, which a client could make hours; two read Python source."""


@deprecated(
    "`FormMessage` is deprecated and will be removed in a future version.",
    category=StarletteDeprecationWarning,
)
class FormMessage(Enum):
    """What a parser of forms once reported."""

    FIELD_START = 1
    FIELD_NAME = 2
    FIELD_DATA = 3
    FIELD_END = 4
    END = 5


class MultiPartException(Exception):
    """A form that is malformed or above a limit; `message` may be shown to the client."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def check_urlencoded(
    text: bytes,
    *,
    max_fields: int | float = 1000,
    max_part_size: int = MEBIBYTE,
    **_: Any,
) -> None:
    """Raise `MultiPartException` where the form in `text` is above a limit."""
    if len(text) > max_part_size or text.count(b"&") >= max_fields:
        split_fields(text, max_fields, max_part_size)


def split_fields(
    text: bytes, max_fields: int | float, max_part_size: int, before: int = 0
) -> list[tuple[str, str]]:
    """The fields of `text`, which come after those `before`."""
    if len(text) > max_part_size:
        for piece in text.split(b"&"):
            check_size(piece, max_part_size)
    fields = parse_query(text)
    if len(fields) + before > max_fields:
        raise too_many("fields", max_fields)
    return fields


def check_size(field: bytes | bytearray, most: int) -> None:
    """Raise where what has come of a field is too large already."""
    if len(field) - (b"=" in field) > most:
        raise MultiPartException(f"Field exceeded maximum size of {most // 1024}KB.")


class FormParser:
    """Reads a form of `application/x-www-form-urlencoded`.

    `max_part_size`: bytes of a name and its value as they are sent.
    """

    def __init__(
        self,
        headers: Headers,
        stream: AsyncGenerator[bytes, None],
        *,
        max_fields: int | float = 1000,
        max_part_size: int = MEBIBYTE,
    ) -> None:
        self.headers = headers
        self.stream = stream
        self.max_fields = max_fields
        self.max_part_size = max_part_size
        self._fields: list[tuple[str, str]] = []

    async def parse(self) -> FormData:
        """The form. Raises `MultiPartException` where it is above a limit."""
        unfinished = bytearray()
        async for chunk in self.stream:
            unfinished += chunk
            if len(unfinished) <= SMALL:
                continue
            if b"&" in chunk:
                finished, _, unfinished = unfinished.rpartition(b"&")
                self._take(bytes(finished))
            check_size(unfinished, self.max_part_size)
        self._take(bytes(unfinished))
        return FormData(self._fields)

    def _take(self, text: bytes) -> None:
        """Add the fields that `text` holds whole."""
        before = len(self._fields)
        self._fields += split_fields(text, self.max_fields, self.max_part_size, before)


@dataclass
class MultipartPart:
    """One part of a multipart form: a field with its data, or a file."""

    content_disposition: bytes | None = None
    field_name: str = ""
    data: bytearray = field(default_factory=bytearray)
    file: UploadFile | None = None
    item_headers: list[tuple[bytes, bytes]] = field(default_factory=list)


class MultiPartParser:
    """Reads a form of `multipart/form-data`; its files go to disk once they are large.

    `max_part_size`: bytes of a part that is no file. `spool_max_size`: bytes of a file that are kept in
    memory. The methods named `on_…` are what the parser of python-multipart calls.
    """

    spool_max_size = MEBIBYTE
    max_part_size: int = MEBIBYTE

    def __init__(
        self,
        headers: Headers,
        stream: AsyncGenerator[bytes, None],
        *,
        max_files: int | float = 1000,
        max_fields: int | float = 1000,
        max_part_size: int = MEBIBYTE,
    ) -> None:
        self.headers = headers
        self.stream = stream
        self.max_files = max_files
        self.max_fields = max_fields
        self.max_part_size = max_part_size
        self.items: list[tuple[str, str | UploadFile]] = []
        self.files: list[UploadFile] = []
        self._fields = 0
        self._part: MultipartPart | None = None
        self._header_name = b""
        self._header_value = b""
        self._unwritten: list[tuple[UploadFile, memoryview]] = []
        self._unwritten_size = 0

    async def parse(self) -> FormData:
        """The form. Raises `MultiPartException` where it is malformed or above a limit.

        On any failure, be it the client's leaving, the files are closed.
        """
        python_multipart = import_python_multipart()
        self._parse_options = python_multipart.multipart.parse_options_header
        _, options = self._parse_options(self.headers["content-type"])
        if b"boundary" not in options:
            raise MultiPartException("Missing boundary in multipart.")
        self._decode = compile_decoder(options.get(b"charset", b"utf-8"))
        callbacks = {name: getattr(self, name) for name in CALLBACKS}
        try:
            parser = python_multipart.multipart.MultipartParser(options[b"boundary"], callbacks)
            async for chunk in self.stream:
                parser.write(chunk)
                if self._unwritten_size >= WRITE_SIZE:
                    await self._write()
            parser.finalize()
            if self._part is not None:
                raise MultiPartException("Invalid multipart data.")
            await self._finish()
        except BaseException as exc:
            for file in self.files:
                file.file.close()
            if isinstance(exc, python_multipart.exceptions.FormParserError):
                raise MultiPartException("Invalid multipart data.") from exc
            raise
        return FormData(self.items)

    def on_part_begin(self) -> None:
        """A part begins."""
        self._part = MultipartPart()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        """A piece of the name of a header."""
        self._header_name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        """A piece of the value of a header."""
        self._header_value += data[start:end]

    def on_header_end(self) -> None:
        """A header is complete."""
        name, value = self._header_name.lower(), self._header_value
        self._header_name = self._header_value = b""
        if name == b"content-disposition":
            self._open_part.content_disposition = value
        self._open_part.item_headers.append((name, value))

    def on_headers_finished(self) -> None:
        """The headers are complete: they tell whether the part is a field or a file."""
        part = self._open_part
        name, filename = self._read_disposition(part.content_disposition or b"")
        part.field_name = self._decode(name)
        if filename is None:
            self._fields += 1
            if self._fields > self.max_fields:
                raise too_many("fields", self.max_fields)
            return
        if len(self.files) >= self.max_files:
            raise too_many("files", self.max_files)
        part.file = UploadFile(
            cast(BinaryIO, SpooledTemporaryFile(max_size=self.spool_max_size)),  # noqa: SIM115 - kept
            size=0,
            filename=self._decode(filename),
            headers=Headers(raw=part.item_headers),
        )
        self.files.append(part.file)

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """A piece of the part's content."""
        part = self._open_part
        size = end - start
        if part.file is not None:
            part.file.size = (part.file.size or 0) + size
            if not self._unwritten and part.file.fits_in_memory(size):
                part.file.file.write(memoryview(data)[start:end])
            else:
                self._unwritten.append((part.file, memoryview(data)[start:end]))
                # The whole of `data` stays in memory until this is written.
                self._unwritten_size += len(data)
        elif len(part.data) + size > self.max_part_size:
            raise MultiPartException(
                f"Part exceeded maximum size of {self.max_part_size // 1024}KB."
            )
        else:
            part.data += data[start:end]

    def on_part_end(self) -> None:
        """The part is complete."""
        part = self._open_part
        value = self._decode(part.data) if part.file is None else part.file
        self.items.append((part.field_name, value))
        self._part = None

    def on_end(self) -> None:
        """The form is complete; whatever follows is ignored."""

    @property
    def _open_part(self) -> MultipartPart:
        assert self._part is not None  # the parser reports nothing outside of a part
        return self._part

    def _read_disposition(self, disposition: bytes) -> tuple[bytes, bytes | None]:
        """The name of a part, and that of its file if it is one."""
        if plain := PLAIN_DISPOSITION.fullmatch(disposition):
            return plain[1], plain[2]
        _, options = self._parse_options(disposition)
        if b"name" not in options:
            raise MultiPartException(
                'The Content-Disposition header field "name" must be provided.'
            )
        return options[b"name"], options.get(b"filename")

    async def _write(self) -> None:
        """Write in a thread what is not to stay in memory."""
        await run_file_work(write_files, self._unwritten)
        self._unwritten, self._unwritten_size = [], 0

    async def _finish(self) -> None:
        """Write what is left, and go to the start of every file."""
        if self._unwritten or not all(file.fits_in_memory() for file in self.files):
            await run_file_work(write_files, self._unwritten, self.files)
        else:
            write_files([], self.files)


def write_files(
    writes: list[tuple[UploadFile, memoryview]], rewound: Sequence[UploadFile] = ()
) -> None:
    """Make the writes, then go to the start of the `rewound` files."""
    for upload, data in writes:
        upload.file.write(data)
    for upload in rewound:
        upload.file.seek(0)


def compile_decoder(charset: bytes) -> Callable[[bytes | bytearray], str]:
    """What decodes names and values: by `charset`, else as Latin-1, which takes any bytes."""
    name = "latin-1"
    with suppress(LookupError, ValueError):
        known = codecs.lookup(charset.decode("latin-1")).name
        name = name if known in REFUSED_CODECS else known

    def decode(data: bytes | bytearray) -> str:
        try:
            return data.decode(name)
        except (LookupError, ValueError):  # a codec such as `zlib` gives no text: LookupError
            return data.decode("latin-1")

    return decode


def _user_safe_decode(src: bytes | bytearray, codec: str) -> str:
    """`src` as `compile_decoder` has it, under the name by which parsers built on this one ask."""
    return compile_decoder(codec.encode("latin-1", "replace"))(src)


def too_many(what: str, limit: int | float) -> MultiPartException:
    """The refusal of one field or file more than `limit`."""
    return MultiPartException(f"Too many {what}. Maximum number of {what} is {limit}.")


def import_python_multipart() -> Any:
    """The library that splits multipart bodies; imported when the first one comes."""
    try:
        # Needed by those alone who take such forms.
        import python_multipart.exceptions  # noqa: PLC0415
        import python_multipart.multipart  # noqa: PLC0415
    except ModuleNotFoundError as exc:
        raise RuntimeError(
            "Reading a multipart form needs python-multipart. Install it: "
            "`pip install python-multipart`."
        ) from exc
    return python_multipart
