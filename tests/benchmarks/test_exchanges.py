"""Requests in this process: what is looked at, and what is timed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from benchmarks.exchanges import Answer, Message, Request, ask, drive

START: Message = {"type": "http.response.start", "status": 200, "headers": [(b"x-a", b"1")]}
BODY: Message = {"type": "http.response.body", "body": b"ab"}


def answer_to(*messages: Message, request: Request | None = None) -> Answer:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        for message in messages:
            await send(message)

    return asyncio.run(ask(app, request or Request("/")))


def test_answer_is_what_was_sent() -> None:
    parts = ({**BODY, "more_body": True}, {**BODY, "body": b"c"})

    assert answer_to(START, *parts) == Answer(200, {"x-a": "1"}, b"abc")


def test_answer_to_head_has_no_body() -> None:
    assert answer_to(START, BODY, request=Request("/", "HEAD")).body == b""


@pytest.mark.parametrize(
    ("messages", "problem"),
    [
        ([], "nothing was sent"),
        ([BODY], "http.response.body was sent first"),
        ([START], "there is no body"),
        ([START, START], "there is no body"),
        ([START, BODY, BODY], "the body has no end, or two"),
        ([START, {**BODY, "more_body": True}], "the body has no end, or two"),
        ([{**START, "headers": [(b"content-length", b"3")]}, BODY], "the body has 2 bytes"),
    ],
)
def test_messages_that_a_server_refuses_are_refused(messages: list[Message], problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        answer_to(*messages)


def test_request_arrives_as_a_server_sends_it() -> None:
    seen: dict[str, Any] = {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.update(scope, message=await receive())
        await send(START)
        await send(BODY)

    request = Request("/a", "PUT", b"q=1", ((b"x-b", b"2"),), b"body")
    asyncio.run(ask(app, request))

    assert (seen["method"], seen["path"], seen["query_string"]) == ("PUT", "/a", b"q=1")
    assert seen["headers"][-2:] == [(b"x-b", b"2"), (b"content-length", b"4")]
    assert seen["message"] == {"type": "http.request", "body": b"body", "more_body": False}


def test_each_of_many_requests_has_a_scope_of_its_own() -> None:
    paths: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        paths.append(scope.pop("path") + (await receive())["body"].decode())
        await send(START)

    seconds = asyncio.run(drive(app, Request("/a", body=b"b"), 3))

    assert (paths, seconds > 0) == (["/ab"] * 3, True)
