"""Compressed responses."""

from __future__ import annotations

import gzip
import threading
import zlib
from typing import Any

import pytest

from fastapi_lite.middleware.errors import ServerErrorMiddleware
from fastapi_lite.middleware.gzip import GZipMiddleware, GZipResponder, IdentityResponder
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from tests.conftest import ClientFactory
from tests.middleware.asgi import Exchange, answering, exchange, raising

pytestmark = pytest.mark.anyio

TEXT = b"x" * 4000
GZIP = [("accept-encoding", "gzip")]


async def get(app: ASGIApp, accept: str | None = "gzip", **options: Any) -> Exchange:
    """The response of `app` for a client that accepts an encoding."""
    headers = [] if accept is None else [("accept-encoding", accept)]
    return await exchange(GZipMiddleware(app, **options), headers=headers)


def is_compressed(result: Exchange) -> bool:
    return result.headers.get("content-encoding") == "gzip"


async def test_response_is_compressed() -> None:
    result = await get(answering(TEXT, headers={"content-length": "4000"}))
    assert gzip.decompress(result.body) == TEXT
    assert result.headers == {
        "content-length": str(len(result.body)),
        "vary": "Accept-Encoding",
        "content-encoding": "gzip",
    }


@pytest.mark.parametrize(
    ("accept", "compressed"),
    [
        (None, False),
        ("", False),
        ("br, GZIP;q=0.5", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("gzip;q=0.5, identity;q=0.8", False),
        ("gzipped", False),
    ],
)
async def test_client_decides(accept: str | None, compressed: bool) -> None:
    result = await get(answering(TEXT), accept)
    assert is_compressed(result) == compressed
    assert result.headers["vary"] == "Accept-Encoding"


async def test_header_may_come_in_several_lines() -> None:
    headers = [("accept-encoding", "br"), ("accept-encoding", "gzip")]
    assert is_compressed(await exchange(GZipMiddleware(answering(TEXT)), headers=headers))


@pytest.mark.parametrize(("size", "compressed"), [(0, False), (499, False), (500, True)])
async def test_small_response_stays_as_it_is(size: int, compressed: bool) -> None:
    result = await get(answering(b"x" * size))
    assert is_compressed(result) == compressed
    assert ("vary" in result.headers) == compressed


async def test_small_response_in_chunks_stays_as_it_is_if_it_says_its_size() -> None:
    small = await get(answering(b"a", b"b", headers={"content-length": "2"}))
    assert (small.body, is_compressed(small)) == (b"ab", False)


@pytest.mark.parametrize(
    ("content_type", "compressed"),
    [
        ("text/event-stream", False),
        ("IMAGE/PNG", False),
        ("image/svg+xml", True),
        ("application/grpc+proto", False),
        ("video/mp4; codecs=x", False),
        ("application/json", True),
        ("", True),
    ],
)
async def test_compressed_types_stay_as_they_are(content_type: str, compressed: bool) -> None:
    result = await get(answering(TEXT, headers={"content-type": content_type}))
    assert is_compressed(result) == compressed


async def test_types_can_be_chosen() -> None:
    app = answering(TEXT, headers={"content-type": "text/html; charset=utf-8"})
    assert not is_compressed(await get(app, exclude_content_types=("Text/*",)))
    assert is_compressed(await get(app, exclude_content_types=["image/png"]))


@pytest.mark.parametrize(
    "app",
    [
        answering(TEXT, headers={"content-encoding": "br"}),
        answering(TEXT, status=206),
        answering(b"", b"", status=204),
        answering(b"", b"", status=304),
    ],
)
async def test_encoded_partial_and_empty_responses_stay_as_they_are(app: ASGIApp) -> None:
    assert (await get(app)).messages == (await exchange(app)).messages


async def test_each_chunk_can_be_read_at_once() -> None:
    result = await get(answering(b"a" * 9, b"", b"b" * 9, headers={"content-length": "4000"}))
    reader = zlib.decompressobj(wbits=31)
    chunks = [reader.decompress(message["body"]) for message in result.messages[1:]]
    assert chunks == [b"a" * 9, b"", b"b" * 9]
    assert reader.eof
    assert "content-length" not in result.headers


async def test_stream_for_others_stays_as_it_is() -> None:
    app = answering(b"a", b"b")
    result = await get(app, None)
    assert result.messages[1:] == (await exchange(app)).messages[1:]
    assert result.headers["vary"] == "Accept-Encoding"


async def test_long_chunks_are_compressed_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []
    compressobj = zlib.compressobj

    class Watching:
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self.stream = compressobj(*args, **kwargs)
            self.flush = self.stream.flush

        def compress(self, data: bytes) -> bytes:
            threads.append(threading.current_thread())
            return self.stream.compress(data)

    monkeypatch.setattr(zlib, "compressobj", Watching)
    result = await get(answering(b"a" * 99, b"b" * 100, b"b" * 100), thread_minimum_size=100)
    assert [thread is threading.main_thread() for thread in threads] == [True, False, False]
    assert gzip.decompress(result.body) == b"a" * 99 + b"b" * 200


async def test_level_decides_on_the_size() -> None:
    text = b"".join(b"%d" % number for number in range(5000))
    fast = await get(answering(text), compresslevel=0)
    assert len(fast.body) > len((await get(answering(text))).body)


async def test_response_that_is_sent_twice_is_not_corrupted() -> None:
    response = PlainTextResponse(TEXT)
    first = await get(response)
    assert (await get(response)).messages == first.messages
    assert (await get(response, None)).body == TEXT


async def test_strong_tag_becomes_weak() -> None:
    assert (await get(answering(TEXT, headers={"etag": '"a"'}))).headers["etag"] == 'W/"a"'
    assert (await get(answering(TEXT, headers={"etag": 'W/"a"'}))).headers["etag"] == 'W/"a"'


async def test_vary_is_added_to() -> None:
    assert (await get(answering(TEXT, headers={"vary": "Cookie"}))).headers["vary"] == (
        "Cookie, Accept-Encoding"
    )


async def test_trailers_follow() -> None:
    trailers = {"type": "http.response.trailers", "headers": [(b"x", b"1")]}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await answering(TEXT, trailers=True)(scope, receive, send)
        await send(trailers)

    result = await get(app)
    assert result.messages[-1] == trailers
    assert "content-length" not in result.headers


@pytest.mark.parametrize("kind", ["pathsend", "zerocopysend"])
async def test_file_that_the_server_sends_stays_as_it_is(kind: str) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"4000")]
        await send({"type": "http.response.debug", "info": {}})
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": f"http.response.{kind}", "path": "/file"})

    assert (await get(app)).messages == (await exchange(app)).messages


async def test_second_file_follows() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.zerocopysend", "file": 3, "more_body": True})
        await send({"type": "http.response.zerocopysend", "file": 4})

    assert (await get(app)).messages == (await exchange(app)).messages


async def test_debug_information_does_not_start_the_response() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.debug", "info": {}})
        await send({"type": "http.response.body", "body": TEXT})

    result = await get(app)
    assert result.kinds == ["http.response.debug", "http.response.start", "http.response.body"]


async def test_response_without_a_body_is_started() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    assert (await get(app)).kinds == ["http.response.start"]


async def test_exception_before_the_body_becomes_a_500() -> None:
    start = {"type": "http.response.start", "status": 200, "headers": []}
    app = ServerErrorMiddleware(GZipMiddleware(raising(ValueError("x"), start)))
    assert (await exchange(app, headers=GZIP)).status == 500


async def test_other_connections_pass() -> None:
    app = answering(TEXT)
    result = await exchange(GZipMiddleware(app), "websocket", headers=GZIP)
    assert result.messages == (await exchange(app)).messages


async def test_identity_changes_nothing() -> None:
    identity = IdentityResponder(answering(), minimum_size=0)
    assert await identity.apply_compression(TEXT, more_body=False) == TEXT


async def test_responder_can_be_used_alone() -> None:
    result = await exchange(GZipResponder(answering(TEXT), minimum_size=10))
    assert gzip.decompress(result.body) == TEXT


async def test_another_encoding_can_be_given() -> None:
    class Deflate(IdentityResponder):
        content_encoding = "deflate"

        async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
            return zlib.compress(body)

    result = await exchange(Deflate(answering(TEXT), minimum_size=10))
    assert zlib.decompress(result.body) == TEXT
    assert result.headers["content-encoding"] == "deflate"


def test_client_decompresses(client_for: ClientFactory) -> None:
    assert client_for(GZipMiddleware(PlainTextResponse(TEXT))).get("/").content == TEXT
