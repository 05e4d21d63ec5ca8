"""Responses that are files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from fastapi_lite.background import BackgroundTask
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.requests import ClientDisconnect
from fastapi_lite.responses import FileResponse, files
from fastapi_lite.types import Message, Scope
from tests.conftest import ClientFactory
from tests.driving import body_of, exchange, failing_send, headers_of, http_scope, stay

anyio_test = pytest.mark.anyio
CONTENT = b"0123456789" * 10
MODIFIED = "Sun, 09 Sep 2001 01:46:40 GMT"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file.txt"
    path.write_bytes(CONTENT)
    os.utime(path, (1e9, 1e9))
    return path


@pytest.fixture
def etag(file: Path) -> str:
    return FileResponse(file, stat_result=file.stat()).headers["etag"]


class SmallChunks(FileResponse):
    """Reads so little at once that several reads are needed."""

    chunk_size = 30


def test_file_is_sent_with_what_is_known_of_it(file: Path, client_for: ClientFactory) -> None:
    answer = client_for(FileResponse(file)).get("/")
    assert re.fullmatch(r'"[0-9a-f]+-64"', answer.headers.pop("etag"))
    assert (answer.content, dict(answer.headers)) == (
        CONTENT,
        {
            "content-type": "text/plain; charset=utf-8",
            "accept-ranges": "bytes",
            "content-length": "100",
            "last-modified": MODIFIED,
        },
    )


@pytest.mark.parametrize("name", ["etag", "last-modified", "accept-ranges"])
def test_given_header_stays(name: str, file: Path, client_for: ClientFactory) -> None:
    answer = client_for(FileResponse(file, headers={name: "mine"})).get("/")
    assert answer.headers[name] == "mine"


@anyio_test
async def test_length_that_was_given_wrong_is_put_right(file: Path) -> None:
    sent = await exchange(FileResponse(file, headers={"Content-Length": "3"}))
    assert headers_of(sent)["content-length"] == "100"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.json", "application/json"), ("a.unknown", "application/octet-stream")],
)
def test_media_type_is_guessed_by_the_name(name: str, media_type: str) -> None:
    assert FileResponse(name).media_type == media_type


def test_file_name_of_the_download_decides_the_media_type() -> None:
    assert FileResponse("a.bin", filename="a.html").media_type == "text/html"


def test_media_type_may_be_given() -> None:
    assert FileResponse("a.json", media_type="a/b").headers["content-type"] == "a/b"


@pytest.mark.parametrize(
    ("filename", "disposition"),
    [
        ("a.txt", 'attachment; filename="a.txt"'),
        ("grüße.txt", "attachment; filename*=utf-8''gr%C3%BC%C3%9Fe.txt"),
        ('a".txt', "attachment; filename*=utf-8''a%22.txt"),
        ("a\r\nb", "attachment; filename*=utf-8''a%0D%0Ab"),
    ],
)
def test_file_name_is_told_whatever_it_contains(filename: str, disposition: str) -> None:
    response = FileResponse("a", filename=filename)
    assert response.headers["content-disposition"] == disposition


def test_file_may_be_shown_instead_of_saved() -> None:
    response = FileResponse("a", filename="a.txt", content_disposition_type="inline")
    assert response.headers["content-disposition"] == 'inline; filename="a.txt"'


def test_method_is_accepted_with_a_warning() -> None:
    with pytest.warns(StarletteDeprecationWarning, match="no effect"):
        FileResponse("a", method="GET")


@anyio_test
@pytest.mark.parametrize("known", [True, False])
async def test_head_has_the_headers_without_the_body(file: Path, known: bool) -> None:
    response = FileResponse(file, stat_result=file.stat() if known else None)
    sent = await exchange(response, http_scope("HEAD"))
    assert (body_of(sent), headers_of(sent)["content-length"]) == (b"", "100")


@anyio_test
async def test_status_without_content_has_no_file(file: Path) -> None:
    sent = await exchange(FileResponse(file, status_code=204))
    assert (body_of(sent), "content-length" in headers_of(sent)) == (b"", False)


@anyio_test
async def test_empty_file_is_one_empty_message(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.touch()
    sent = await exchange(FileResponse(path))
    assert sent[1:] == [{"type": "http.response.body", "body": b"", "more_body": False}]


@anyio_test
async def test_large_file_is_sent_in_chunks(file: Path) -> None:
    sent = await exchange(SmallChunks(file))
    assert [(len(message["body"]), message["more_body"]) for message in sent[1:]] == [
        (30, True),
        (30, True),
        (30, True),
        (10, False),
    ]


@anyio_test
async def test_response_may_be_sent_again(file: Path) -> None:
    response = FileResponse(file)
    await exchange(response)
    assert body_of(await exchange(response)) == CONTENT


@anyio_test
async def test_handshake_is_refused_by_a_file(file: Path) -> None:
    scope = {"type": "websocket", "extensions": {"websocket.http.response": {}}}
    sent = await exchange(SmallChunks(file, status_code=403), scope)
    assert (sent[0]["type"], body_of(sent)) == ("websocket.http.response.start", CONTENT)


@anyio_test
async def test_background_task_runs_after_the_file(file: Path) -> None:
    await exchange(FileResponse(file, background=BackgroundTask(os.remove, file)))
    assert not file.exists()


@anyio_test
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_missing_file_raises(tmp_path: Path, method: str) -> None:
    with pytest.raises(RuntimeError, match="nope does not exist"):
        await exchange(FileResponse(tmp_path / "nope"), http_scope(method))


@anyio_test
async def test_directory_raises(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="is not a file"):
        await exchange(FileResponse(tmp_path))


@anyio_test
async def test_pipe_raises_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RuntimeError, match="is not a file"):
        await exchange(FileResponse(tmp_path / "pipe"))


@anyio_test
async def test_file_that_cannot_be_read_is_closed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []

    def fail(file: Any, *_: Any) -> Any:
        opened.append(file)
        raise OSError("disk is broken")

    monkeypatch.setattr(files, "OpenFile", fail)
    with pytest.raises(OSError, match="disk is broken"):
        await exchange(FileResponse(file))
    assert opened[0].closed


# Ranges


@anyio_test
async def test_one_range_is_that_part_of_the_file(file: Path, etag: str) -> None:
    sent = await exchange(FileResponse(file), http_scope(headers={"range": "bytes=5-14"}))
    assert (sent[0]["status"], body_of(sent), headers_of(sent)) == (
        206,
        CONTENT[5:15],
        {
            "content-type": "text/plain; charset=utf-8",
            "accept-ranges": "bytes",
            "content-length": "10",
            "content-range": "bytes 5-14/100",
            "last-modified": MODIFIED,
            "etag": etag,
        },
    )


@anyio_test
@pytest.mark.parametrize("response", [FileResponse, SmallChunks])
async def test_several_ranges_are_parts_of_one_message(file: Path, response: Any) -> None:
    scope = http_scope(headers={"range": "bytes=50-99,0-4"})
    sent = await exchange(response(file, media_type="a/b"), scope)
    content_type = headers_of(sent)["content-type"]
    boundary = content_type.removeprefix("multipart/byteranges; boundary=")
    expected = (
        f"--{boundary}\r\nContent-Type: a/b\r\nContent-Range: bytes 0-4/100\r\n\r\n01234"
        f"\r\n--{boundary}\r\nContent-Type: a/b\r\nContent-Range: bytes 50-99/100\r\n\r\n"
        f"{'0123456789' * 5}\r\n--{boundary}--"
    )
    assert body_of(sent) == expected.encode()
    assert headers_of(sent)["content-length"] == str(len(expected))
    assert [message["more_body"] for message in sent[1:]] == [*[True] * (len(sent) - 2), False]


@anyio_test
async def test_head_tells_of_the_range_without_it(file: Path) -> None:
    sent = await exchange(FileResponse(file), http_scope("HEAD", headers={"range": "bytes=0-4"}))
    assert (sent[0]["status"], headers_of(sent)["content-length"], body_of(sent)) == (206, "5", b"")


@anyio_test
@pytest.mark.parametrize(("method", "status"), [("POST", 200), ("GET", 404), ("GET", 201)])
async def test_only_get_with_200_has_ranges(file: Path, method: str, status: int) -> None:
    scope = http_scope(method, headers={"range": "bytes=0-4"})
    sent = await exchange(FileResponse(file, status_code=status), scope)
    assert (sent[0]["status"], body_of(sent)) == (status, CONTENT)


@anyio_test
async def test_malformed_range_is_a_bad_request(file: Path) -> None:
    sent = await exchange(FileResponse(file), http_scope(headers={"range": "bytes=5-2"}))
    assert (sent[0]["status"], body_of(sent)) == (400, b"Range header: start must be less than end")


@anyio_test
async def test_range_beyond_the_file_is_answered_with_its_size(file: Path) -> None:
    sent = await exchange(FileResponse(file), http_scope(headers={"range": "bytes=100-"}))
    assert (sent[0]["status"], headers_of(sent)["content-range"]) == (416, "bytes */100")


@anyio_test
async def test_too_many_ranges_are_answered_with_the_file(file: Path) -> None:
    ranges = "bytes=" + ",".join(["0-"] * 101)
    sent = await exchange(FileResponse(file), http_scope(headers={"range": ranges}))
    assert (sent[0]["status"], body_of(sent)) == (200, CONTENT)


async def status_for(file: Path, if_range: str) -> int:
    """206 if the client has this version of the file."""
    scope = http_scope(headers={"range": "bytes=0-4", "if-range": if_range})
    status: int = (await exchange(FileResponse(file), scope))[0]["status"]
    return status


@anyio_test
async def test_if_range_with_the_tag_of_the_file_is_honoured(file: Path, etag: str) -> None:
    assert await status_for(file, etag) == 206


@anyio_test
async def test_if_range_with_the_date_of_the_file_is_honoured(file: Path) -> None:
    assert await status_for(file, MODIFIED) == 206


@anyio_test
async def test_if_range_with_a_weak_tag_is_not_enough(file: Path, etag: str) -> None:
    assert await status_for(file, f"W/{etag}") == 200


@anyio_test
@pytest.mark.parametrize("other", ['"other"', "Sun, 09 Sep 2001 01:46:41 GMT", "garbage", ""])
async def test_if_range_of_another_version_gets_the_whole_file(file: Path, other: str) -> None:
    assert await status_for(file, other) == 200


@anyio_test
async def test_weak_tag_of_the_file_itself_matches_nothing(file: Path) -> None:
    scope = http_scope(headers={"range": "bytes=0-4", "if-range": 'W/"a"'})
    sent = await exchange(FileResponse(file, headers={"ETag": 'W/"a"'}), scope)
    assert sent[0]["status"] == 200


# Servers that send the file themselves


OFFERS_PATHSEND: Any = {"extensions": {"http.response.pathsend": {}}}


@anyio_test
@pytest.mark.parametrize("known", [True, False])
async def test_server_is_told_the_path_if_it_can_send_files(
    file: Path, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    response = FileResponse(file.name, stat_result=file.stat() if known else None)
    sent = await exchange(response, http_scope(**OFFERS_PATHSEND))
    assert (headers_of(sent)["content-length"], sent[1:]) == (
        "100",
        [{"type": "http.response.pathsend", "path": str(file)}],
    )


@anyio_test
async def test_ranges_are_not_left_to_the_server(file: Path) -> None:
    scope = http_scope(headers={"range": "bytes=0-4"}, **OFFERS_PATHSEND)
    assert body_of(await exchange(FileResponse(file), scope)) == b"01234"


# Files that change


@anyio_test
@pytest.mark.parametrize("size", [50, 200])
async def test_file_that_changed_since_it_was_looked_at_is_described_anew(
    file: Path, size: int
) -> None:
    response = FileResponse(file, stat_result=file.stat(), headers={"x-name": "a"})
    outdated = response.headers["etag"]
    file.write_bytes(b"x" * size)
    sent = await exchange(response)
    assert (headers_of(sent)["content-length"], len(body_of(sent))) == (str(size), size)
    assert headers_of(sent)["etag"] != outdated


@anyio_test
async def test_given_tag_stays_when_the_file_changed(file: Path) -> None:
    response = FileResponse(file, stat_result=file.stat(), headers={"ETag": '"mine"'})
    file.write_bytes(b"other")
    assert headers_of(await exchange(response))["etag"] == '"mine"'


async def exchange_and_change(file: Path, content: bytes) -> list[Message]:
    """Send `file`, which becomes `content` when the first chunk is sent."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) == 2:
            file.write_bytes(content)

    await SmallChunks(file)(http_scope(), stay, send)
    return sent


@anyio_test
async def test_file_that_grows_while_it_is_sent_is_sent_as_announced(file: Path) -> None:
    sent = await exchange_and_change(file, CONTENT * 2)
    assert len(body_of(sent)) == 100


@anyio_test
async def test_file_that_shrinks_while_it_is_sent_breaks_the_connection(file: Path) -> None:
    with pytest.raises(RuntimeError, match="ends 60 bytes early"):
        await exchange_and_change(file, CONTENT[:40])


# Clients that leave


@anyio_test
async def test_file_is_not_read_on_when_the_client_leaves(file: Path) -> None:
    file.write_bytes(b"x" * 300_000)
    sent: list[Message] = []
    left = anyio.Event()

    async def send(message: Message) -> None:
        sent.append(message)
        left.set()
        await anyio.lowlevel.checkpoint()

    async def receive() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    await SmallChunks(file)(http_scope(), receive, send)
    assert len(sent) < 100


@anyio_test
async def test_send_that_fails_is_a_disconnect(file: Path) -> None:
    scope: Scope = http_scope(asgi={"spec_version": "2.4"})
    _, send = failing_send(2)
    with pytest.raises(ClientDisconnect):
        await SmallChunks(file)(scope, stay, send)
