"""What a form holds: fields, and the files uploaded with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from pydantic_core import core_schema

from fastapi_lite.concurrency import run_file_work
from fastapi_lite.datastructures.headers import Headers
from fastapi_lite.datastructures.multidict import ImmutableMultiDict

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class UploadFile:
    """A file that a client uploaded, read and written without blocking the event loop.

    It is kept in memory while it is small, else on disk. `size`: bytes, where known. `headers`: those of
    its part of the form. As a field of a pydantic model it takes an `UploadFile` and nothing else.
    """

    file: BinaryIO
    filename: str | None
    size: int | None
    headers: Headers

    def __init__(
        self,
        file: BinaryIO,
        *,
        size: int | None = None,
        filename: str | None = None,
        headers: Headers | None = None,
    ) -> None:
        self.file = file
        self.size = size
        self.filename = filename
        self.headers = Headers() if headers is None else headers

    @property
    def content_type(self) -> str | None:
        """The media type that the client named."""
        return self.headers.get("content-type")

    async def write(self, data: bytes) -> None:
        """Write `data` at the current place, and add its length to `size`."""
        if self.size is not None:
            self.size += len(data)
        if self.fits_in_memory(len(data)):
            self.file.write(data)
        else:
            await run_file_work(self.file.write, data)

    async def read(self, size: int = -1) -> bytes:
        """At most `size` bytes from the current place; all that follow if it is negative."""
        if self.fits_in_memory():
            return self.file.read(size)
        return await run_file_work(self.file.read, size)

    async def seek(self, offset: int) -> None:
        """Go to `offset`: bytes from the start."""
        if self.fits_in_memory():
            self.file.seek(offset)
        else:
            await run_file_work(self.file.seek, offset)

    async def close(self) -> None:
        """Close the file; what was spooled to disk is gone then."""
        if self.fits_in_memory():
            self.file.close()
        else:
            await run_file_work(self.file.close)

    def fits_in_memory(self, more: int = 0) -> bool:
        """Whether the file is held in memory, also once `more` bytes are written."""
        rolled = getattr(self.file, "_rolled", True)
        if rolled or not more:
            return not rolled
        limit: int = getattr(self.file, "_max_size", 0)
        return not limit or self.file.tell() + more <= limit

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(filename={self.filename!r}, size={self.size!r}, "
            f"headers={self.headers!r})"
        )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Take an upload as it is."""
        return core_schema.no_info_plain_validator_function(require_upload)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Binary content, as OpenAPI 3.1 describes it."""
        return {"type": "string", "contentMediaType": "application/octet-stream"}


class FormData(ImmutableMultiDict[str, UploadFile | str]):
    """The fields and files of a form.

    The pairs can also be given as `items`; a text or file of that name is a field.
    """

    def __init__(
        self,
        fields: Mapping[str, UploadFile | str]
        | Iterable[tuple[str, UploadFile | str]]
        | None = None,
        /,
        **more: Any,
    ) -> None:
        if fields is None and not isinstance(more.get("items"), str | UploadFile):
            fields = more.pop("items", None)
        super().__init__(fields, **more)

    async def close(self) -> None:
        """Close every file."""
        for _, value in self._list:
            if isinstance(value, UploadFile):
                await value.close()


def require_upload(value: Any) -> UploadFile:
    """`value`, which must be an upload."""
    if isinstance(value, UploadFile):
        return value
    raise ValueError(f"Expected UploadFile, received: {type(value)}")
