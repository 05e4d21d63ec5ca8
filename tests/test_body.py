"""Bodies of requests, whole and limited."""

from __future__ import annotations

from typing import Any

import pytest

from fastapi_lite.body import (
    ClientDisconnect,
    LimitedReceive,
    body_too_large,
    declared_size,
    read_body,
)
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.types import Message, Receive

LEFT = {"type": "http.disconnect"}


def chunk(body: bytes | None, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def receiving(*messages: Message) -> Receive:
    remaining = iter(messages)

    async def receive() -> Message:
        return next(remaining)

    return receive


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("messages", "body"),
    [
        ([chunk(b"abc")], b"abc"),
        ([chunk(b"ab", more=True), chunk(b"c")], b"abc"),
        ([chunk(b"abc", more=True), chunk(None)], b"abc"),
        ([{"type": "http.request"}], b""),
        ([{"type": "something.else"}, chunk(b"abc")], b"abc"),
    ],
)
async def test_whole_body(messages: list[Message], body: bytes) -> None:
    assert await read_body(receiving(*messages)) == body


@pytest.mark.anyio
async def test_client_that_leaves_is_a_disconnect() -> None:
    with pytest.raises(ClientDisconnect):
        await read_body(receiving(chunk(b"ab", more=True), LEFT))


@pytest.mark.parametrize(
    ("headers", "size"),
    [
        ([], None),
        ([(b"host", b"a"), (b"content-length", b"12")], 12),
        ([(b"content-length", b"-1")], None),
        ([(b"content-length", b"1_1")], None),
    ],
)
def test_declared_size(headers: Any, size: int | None) -> None:
    assert declared_size({"type": "http", "headers": headers}) == size


@pytest.mark.anyio
async def test_limited_receive_passes_on_what_is_allowed() -> None:
    receive = LimitedReceive(receiving(chunk(b"abc", more=True), LEFT), 3)
    assert [await receive(), await receive()] == [chunk(b"abc", more=True), LEFT]


@pytest.mark.anyio
async def test_limited_receive_raises_above_its_limit() -> None:
    receive = LimitedReceive(receiving(chunk(b"ab", more=True), chunk(b"cd")), 3)
    await receive()
    with pytest.raises(HTTPException) as caught:
        await receive()
    assert str(caught.value) == str(body_too_large())


@pytest.mark.anyio
async def test_limit_may_be_raised_and_the_count_goes_on() -> None:
    receive = LimitedReceive(receiving(chunk(b"abc", more=True), chunk(b"def")), 3)
    await receive()
    receive.limit = 6
    await receive()
    assert receive.size == 6


def test_size_of_more_digits_than_python_reads_is_above_any_limit() -> None:
    scope = {"headers": [(b"content-length", b"9" * 5000)]}

    assert declared_size(scope) == int("9" * 19)
