"""Forms, urlencoded and multipart, parsed as they arrive."""

from __future__ import annotations

import sys
import threading
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from functools import partial
from typing import Any

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastapi_lite import formparsers
from fastapi_lite.datastructures import FormData, Headers, UploadFile
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.formparsers import (
    FormMessage,
    FormParser,
    MultiPartException,
    MultiPartParser,
    MultipartPart,
)

CONTENT_TYPE = "multipart/form-data; boundary=B"


async def stream_of(
    chunks: Iterable[bytes], error: BaseException | None = None
) -> AsyncGenerator[bytes, None]:
    for chunk in chunks:
        yield chunk
    if error is not None:
        raise error


async def urlencoded(*chunks: bytes, **limits: Any) -> list[tuple[str, Any]]:
    async with aclosing(stream_of(chunks)) as stream:
        return (await FormParser(Headers(), stream, **limits).parse()).multi_items()


def multipart(
    *chunks: bytes,
    content_type: str = CONTENT_TYPE,
    error: BaseException | None = None,
    **limits: Any,
) -> MultiPartParser:
    headers = Headers({"content-type": content_type})
    return MultiPartParser(headers, stream_of(chunks, error), **limits)


async def parse(parser: MultiPartParser) -> FormData:
    """The form, with the stream closed whatever happens."""
    async with aclosing(parser.stream):
        return await parser.parse()


def part(disposition: str, content: bytes, *headers: str, charset: str = "utf-8") -> bytes:
    lines = ["--B", f"Content-Disposition: {disposition}", *headers, "", ""]
    return "\r\n".join(lines).encode(charset) + content + b"\r\n"


END = b"--B--\r\n"
FIELD = part('form-data; name="a"', b"hello")
FILE = part('form-data; name="f"; filename="f.txt"', b"hello", "Content-Type: text/plain")


async def contents(form: FormData) -> list[tuple[str, Any]]:
    """The fields of `form`, files as their names and contents; closes it."""
    found: list[tuple[str, Any]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            found.append((name, (value.filename, await value.read())))
        else:
            found.append((name, value))
    await form.close()
    return found


# Urlencoded


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("chunks", "fields"),
    [
        ([], []),
        ([b""], []),
        ([b"a=1&b=2&a=3"], [("a", "1"), ("b", "2"), ("a", "3")]),
        ([b"a", b"=", b"1&", b"b=", b"2"], [("a", "1"), ("b", "2")]),
        ([b"a%2", b"0b=c+d"], [("a b", "c d")]),
        ([b"%C3%A9=%FF&x&&=y&e==f"], [("é", "\ufffd"), ("x", ""), ("", "y"), ("e", "=f")]),
        ([b"a=\xff"], [("a", "\xff")]),
    ],
)
async def test_urlencoded_fields(chunks: list[bytes], fields: object) -> None:
    assert await urlencoded(*chunks) == fields


@pytest.mark.anyio
async def test_as_many_urlencoded_fields_as_allowed() -> None:
    assert len(await urlencoded(b"a=1&", b"&b=2", max_fields=2)) == 2


@pytest.mark.anyio
@pytest.mark.parametrize("chunks", [[b"a=1&b=2&c=3"], [b"a=1&b=2&", b"c=3"]])
async def test_one_urlencoded_field_too_many(chunks: list[bytes]) -> None:
    with pytest.raises(
        MultiPartException, match=r"^Too many fields\. Maximum number of fields is 2\.$"
    ):
        await urlencoded(*chunks, max_fields=2)


@pytest.mark.anyio
@pytest.mark.parametrize("field", [b"abc=de", b"abcde"])
async def test_urlencoded_field_of_the_largest_size(field: bytes) -> None:
    assert len(await urlencoded(field, max_part_size=5)) == 1


@pytest.mark.anyio
@pytest.mark.parametrize(
    "chunks", [[b"abc=def"], [b"abcdef"], [b"a=1&abc=def&b=2"], [b"abc", b"=def", b"more&"]]
)
async def test_urlencoded_field_that_is_too_large(chunks: list[bytes]) -> None:
    with pytest.raises(MultiPartException, match="Field exceeded maximum size of 0KB"):
        await urlencoded(*chunks, max_part_size=5)


@pytest.mark.anyio
async def test_large_urlencoded_form_is_read_piece_by_piece() -> None:
    pieces = [b"a%d=%b&" % (number, b"x" * 50_000) for number in range(4)]
    fields = await urlencoded(*pieces)
    assert fields == [(f"a{number}", "x" * 50_000) for number in range(4)]


@pytest.mark.anyio
async def test_urlencoded_field_that_grows_beyond_the_limit_is_not_cut() -> None:
    whole = b"a=" + b"x" * (1024 * 1024 - 1)
    with pytest.raises(MultiPartException):
        await urlencoded(whole, b"y", b"&b=1")


@pytest.mark.anyio
async def test_large_urlencoded_field_is_refused_before_its_end() -> None:
    async def endless() -> AsyncGenerator[bytes, None]:
        while True:
            yield b"x" * 1024

    async with aclosing(endless()) as stream:
        with pytest.raises(MultiPartException, match="Field exceeded maximum size of 1024KB"):
            await FormParser(Headers(), stream).parse()


# Multipart


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"", []),
        (b"--B--", []),
        (FIELD + END, [("a", "hello")]),
        (FIELD + END + b"epilogue", [("a", "hello")]),
        (FIELD + FIELD + b"--B--", [("a", "hello"), ("a", "hello")]),
        (FILE + END, [("f", ("f.txt", b"hello"))]),
        (part('form-data; name=""', b"x") + END, [("", "x")]),
        (part('form-data; name="é"', "ö".encode()) + END, [("é", "ö")]),
        (part('form-data; name="é"', b"\xf6", charset="latin-1") + END, [("é", "ö")]),
        (part('form-data; name="a"; filename=""', b"") + END, [("a", ("", b""))]),
        (part('form-data; name="a"; filename="ü"', b"x") + END, [("a", ("ü", b"x"))]),
        (part('form-data; name="a"; filename="C:\\x\\y"', b"x") + END, [("a", ("y", b"x"))]),
        (part('form-data; name="a\\"b"; filename="c\\"d"', b"x") + END, [('a"b', ('c"d', b"x"))]),
        (part("form-data; name=a; filename=b", b"x") + END, [("a", ("b", b"x"))]),
        (part('attachment; name="a"', b"x") + END, [("a", "x")]),
    ],
)
async def test_multipart_fields_and_files(body: bytes, fields: object) -> None:
    assert await contents(await parse(multipart(body))) == fields


@pytest.mark.anyio
@pytest.mark.parametrize("size", [1, 2, 7, 64])
async def test_multipart_form_may_be_cut_anywhere(size: int) -> None:
    body = FIELD + FILE + END
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    form = await parse(multipart(*chunks))
    assert await contents(form) == [("a", "hello"), ("f", ("f.txt", b"hello"))]


@pytest.mark.anyio
async def test_file_has_size_and_headers_of_its_part() -> None:
    form = await parse(multipart(FILE + END))
    file = form["f"]
    await form.close()
    assert isinstance(file, UploadFile)
    assert (file.size, file.content_type, file.headers["content-disposition"]) == (
        5,
        "text/plain",
        'form-data; name="f"; filename="f.txt"',
    )


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("latin-1", "ö"),
        ("nonsense", "ö"),
        ("zlib", "ö"),
        ("undefined", "ö"),
        ("punycode", "ö"),
        ("cp437", "÷"),
        ("a\0b", "ö"),
    ],
)
async def test_charset_of_a_form_cannot_break_it(charset: str, text: str) -> None:
    headers = Headers(raw=[(b"content-type", f"{CONTENT_TYPE}; charset={charset}".encode())])
    body = part('form-data; name="a"', b"\xf6") + END
    assert (await parse(MultiPartParser(headers, stream_of([body]))))["a"] == text


@pytest.mark.anyio
@pytest.mark.parametrize("boundary", ['"B"', "B; other=1"])
async def test_boundary_may_be_quoted(boundary: str) -> None:
    parser = multipart(FIELD, END, content_type=f"Multipart/Form-Data; Boundary={boundary}")
    assert (await parse(parser))["a"] == "hello"


@pytest.mark.anyio
async def test_options_of_a_content_type_are_read_in_one_pass() -> None:
    """CVE-2024-24762: backslashes in an option took exponential time."""
    content_type = f'{CONTENT_TYPE}; !="' + "\\" * 20_000
    assert (await parse(multipart(FIELD + END, content_type=content_type)))["a"] == "hello"


@pytest.mark.anyio
async def test_what_follows_the_form_is_passed_over() -> None:
    """CVE-2024-53981: every byte after the last boundary was logged."""
    assert (await parse(multipart(FIELD + END, b"\r\n" * 100_000)))["a"] == "hello"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"junk" + FIELD + END, "Invalid multipart data."),
        (FIELD.replace(b"--B", b"--X") + END, "Invalid multipart data."),
        (b"--B\r\nno header\r\n\r\nx\r\n" + END, "Invalid multipart data."),
        (FIELD, "Invalid multipart data."),
        (FILE, "Invalid multipart data."),
        (FILE + b"--B", "Invalid multipart data."),
        (
            b"--B\r\nContent-Type: a/b\r\n\r\nx\r\n" + END,
            'The Content-Disposition header field "name" must be provided.',
        ),
        (
            part("form-data", b"x") + END,
            'The Content-Disposition header field "name" must be provided.',
        ),
        (
            part('form-data; name="a"', b"x", "X: " + "x" * 100_000) + END,
            "Invalid multipart data.",
        ),
        (part('form-data; name="a"', b"x", *["X: x"] * 1000) + END, "Invalid multipart data."),
    ],
)
async def test_malformed_multipart_form(body: bytes, message: str) -> None:
    with pytest.raises(MultiPartException) as caught:
        await parse(multipart(body))
    assert caught.value.message == message


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("content_type", "message"),
    [
        ("multipart/form-data", "Missing boundary in multipart."),
        ("multipart/form-data; boundary=", "Invalid multipart data."),
        ("multipart/form-data; boundary=" + "B" * 300, "Invalid multipart data."),
    ],
)
async def test_boundary_that_cannot_be_used(content_type: str, message: str) -> None:
    with pytest.raises(MultiPartException) as caught:
        await parse(multipart(FIELD + END, content_type=content_type))
    assert str(caught.value) == message


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("body", "limits", "message"),
    [
        (FIELD * 2, {"max_fields": 1}, "Too many fields. Maximum number of fields is 1."),
        (FILE * 2, {"max_files": 1}, "Too many files. Maximum number of files is 1."),
        (FIELD, {"max_part_size": 4}, "Part exceeded maximum size of 0KB."),
    ],
)
async def test_limits_of_a_multipart_form(
    body: bytes, limits: dict[str, int], message: str
) -> None:
    """CVE-2023-30798 (any number of parts) and CVE-2024-47874 (fields of any size)."""
    with pytest.raises(MultiPartException) as caught:
        await parse(multipart(body + END, **limits))
    assert caught.value.message == message


@pytest.mark.anyio
async def test_multipart_form_of_exactly_its_limits() -> None:
    parser = multipart(FIELD + FILE + END, max_fields=1, max_files=1, max_part_size=5)
    assert len(await contents(await parse(parser))) == 2


# Files


class SmallParser(MultiPartParser):
    """Spools after three bytes."""

    spool_max_size = 3


def small(*chunks: bytes) -> SmallParser:
    return SmallParser(Headers({"content-type": CONTENT_TYPE}), stream_of(chunks))


@pytest.mark.anyio
async def test_large_file_is_spooled_and_can_be_read() -> None:
    form = await parse(small(FILE[:-3], FILE[-3:], FILE + END))
    assert await contents(form) == [("f", ("f.txt", b"hello"))] * 2


@pytest.mark.anyio
async def test_file_is_written_before_all_of_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formparsers, "WRITE_SIZE", 1)
    form = await parse(small(FILE[:-4], FILE[-4:] + END))
    assert await contents(form) == [("f", ("f.txt", b"hello"))]


@pytest.mark.anyio
async def test_disk_is_written_in_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """CVE-2025-54121: moving a large upload to disk stopped the event loop."""
    threads = set()
    write_files = formparsers.write_files

    def watched(*args: Any) -> None:
        threads.add(threading.get_ident())
        write_files(*args)

    monkeypatch.setattr(formparsers, "write_files", watched)
    await (await parse(small(FILE + END))).close()
    assert threading.get_ident() not in threads


@pytest.mark.anyio
@pytest.mark.parametrize(
    "error",
    [ConnectionError("the client left"), MultiPartException("too large"), KeyboardInterrupt()],
)
@pytest.mark.parametrize("make", [multipart, small])
async def test_files_are_closed_when_the_body_fails(make: Any, error: BaseException) -> None:
    parser = make(FILE, FILE[:-3])
    parser.stream = stream_of([FILE, FILE[:-3]], error)
    with pytest.raises(type(error)):
        await parse(parser)
    assert [file.file.closed for file in parser.files] == [True, True]


@pytest.mark.anyio
async def test_files_are_closed_when_the_request_is_cancelled() -> None:
    async def endless() -> AsyncGenerator[bytes, None]:
        yield FILE
        scope.cancel()
        await anyio.sleep_forever()

    parser = multipart()
    parser.stream = endless()
    with anyio.CancelScope() as scope:
        await parse(parser)
    assert [file.file.closed for file in parser.files] == [True]


@pytest.mark.anyio
async def test_files_are_closed_when_the_form_is_malformed() -> None:
    parser = multipart(FILE, b"junk")
    with pytest.raises(MultiPartException):
        await parse(parser)
    assert [file.file.closed for file in parser.files] == [True]


# Anything at all


def outcome(body: bytes) -> str:
    """What becomes of `body`: a form, or its refusal."""

    async def attempt() -> str:
        try:
            await (await parse(multipart(body))).close()
        except MultiPartException:
            return "refused"
        return "parsed"

    return anyio.run(attempt)


PIECES = [
    b"--B",
    b"\r\n",
    b"--",
    b"Content-Disposition: form-data; name=a",
    b'; filename="f"',
    b"Content-Type: text/plain",
    b":",
    b"x",
    b"\x00",
    FIELD,
    FILE,
    END,
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join) | st.binary(max_size=60))
def test_any_body_is_a_form_or_refused(body: bytes) -> None:
    assert outcome(body) in {"parsed", "refused"}


# The rest


@pytest.mark.anyio
async def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_multipart", None)
    with pytest.raises(RuntimeError, match="pip install python-multipart"):
        await parse(multipart(FIELD + END))


def test_part_begins_empty() -> None:
    assert MultipartPart() == MultipartPart(None, "", bytearray(), None, [])


def test_form_message_is_deprecated() -> None:
    with pytest.warns(StarletteDeprecationWarning, match="`FormMessage` is deprecated"):
        partial(FormMessage, 1)()


@pytest.mark.parametrize("codec", ["utf-8", "latin-1", "unknown", "über", "zlib", "漢"])
def test_text_of_a_client_is_decoded_whatever_it_says_it_is(codec: str) -> None:
    decode = formparsers._user_safe_decode  # noqa: SLF001 - other packages call it
    assert decode(b"\xe4", codec) == "ä"
