"""Uploaded files, and the forms they come with."""

from __future__ import annotations

import threading
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from fastapi_lite.datastructures import FormData, Headers, UploadFile


class WatchedFile(BytesIO):
    """Notes whether it was used in the thread of the event loop."""

    def __init__(self, content: bytes = b"") -> None:
        super().__init__(content)
        self.threads: set[int] = set()

    def read(self, size: int | None = -1, /) -> bytes:
        self.threads.add(threading.get_ident())
        return super().read(size)

    def write(self, data: Any, /) -> int:
        self.threads.add(threading.get_ident())
        return super().write(data)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.threads.add(threading.get_ident())
        return super().seek(offset, whence)


def spooled(max_size: int) -> BinaryIO:
    return cast(BinaryIO, SpooledTemporaryFile(max_size=max_size))


def test_upload_has_its_metadata() -> None:
    upload = UploadFile(
        BytesIO(), size=3, filename="a.txt", headers=Headers({"content-type": "text/plain"})
    )
    assert repr(upload) == (
        "UploadFile(filename='a.txt', size=3, headers=Headers({'content-type': 'text/plain'}))"
    )


def test_content_type_is_the_one_of_the_headers() -> None:
    upload = UploadFile(BytesIO(), headers=Headers({"content-type": "text/plain"}))
    assert upload.content_type == "text/plain"


def test_upload_of_a_bare_file_knows_nothing_else() -> None:
    upload = UploadFile(BytesIO())
    assert (upload.size, upload.filename, upload.content_type) == (None, None, None)


@pytest.mark.anyio
@pytest.mark.parametrize("file", [lambda: spooled(0), lambda: spooled(1), BytesIO])
async def test_what_is_written_can_be_read(file: Any) -> None:
    upload = UploadFile(file(), size=0)
    await upload.write(b"hello ")
    await upload.write(b"world")
    await upload.seek(3)
    read = await upload.read(2), await upload.read(), upload.size
    await upload.close()
    assert (read, upload.file.closed) == ((b"lo", b" world", 11), True)


@pytest.mark.anyio
async def test_unknown_size_stays_unknown() -> None:
    upload = UploadFile(BytesIO())
    await upload.write(b"hello")
    assert upload.size is None


@pytest.mark.anyio
async def test_upload_can_be_closed_twice() -> None:
    upload = UploadFile(spooled(0))
    await upload.close()
    await upload.close()
    assert upload.file.closed


@pytest.mark.anyio
async def test_file_on_disk_is_used_in_another_thread() -> None:
    file = WatchedFile()
    upload = UploadFile(file)
    await upload.write(b"hello")
    await upload.seek(0)
    await upload.read()
    assert threading.get_ident() not in file.threads


@pytest.mark.parametrize(
    ("written", "more", "fits"), [(0, 0, True), (3, 2, True), (3, 3, False), (6, 0, False)]
)
def test_spooled_file_fits_in_memory_up_to_its_limit(written: int, more: int, fits: bool) -> None:
    with SpooledTemporaryFile(max_size=5) as file:
        file.write(b"x" * written)
        assert UploadFile(cast(BinaryIO, file)).fits_in_memory(more) is fits


def test_model_takes_an_upload_as_it_is() -> None:
    class Model(BaseModel):
        file: UploadFile

    upload = UploadFile(BytesIO())
    assert Model(file=upload).file is upload


def test_model_refuses_what_is_no_upload() -> None:
    with pytest.raises(ValidationError, match="Expected UploadFile, received: <class 'str'>"):
        TypeAdapter(UploadFile).validate_python("text")


def test_schema_of_an_upload_is_binary_content() -> None:
    assert TypeAdapter(UploadFile).json_schema() == {
        "type": "string",
        "contentMediaType": "application/octet-stream",
    }


@pytest.mark.anyio
async def test_closing_a_form_closes_its_files() -> None:
    upload = UploadFile(BytesIO())
    await FormData([("text", "a"), ("file", upload)]).close()
    assert upload.file.closed


UPLOAD = UploadFile(BytesIO())


@pytest.mark.parametrize(
    ("made", "pairs"),
    [
        (FormData([("a", "b"), ("a", "c")]), [("a", "b"), ("a", "c")]),
        (FormData({"a": "b"}, c="d"), [("a", "b"), ("c", "d")]),
        (FormData(items=[("a", "b")]), [("a", "b")]),
        (FormData(items="text"), [("items", "text")]),
        (FormData(items=UPLOAD), [("items", UPLOAD)]),
    ],
)
def test_form_is_made_of_fields(made: FormData, pairs: object) -> None:
    assert made.multi_items() == pairs
