"""Limits of a request's body."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from fastapi_lite.exceptions import HTTPException
from fastapi_lite.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from fastapi_lite.middleware.body_limit import RequestBodyLimitMiddleware
from fastapi_lite.middleware.exceptions import ExceptionMiddleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.requests import ClientDisconnect, Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from tests.middleware.asgi import Exchange, answering, exchange, raising

pytestmark = pytest.mark.anyio

LIMIT = 10


async def count(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body and answers with its size."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


async def post(
    app: ASGIApp, /, *body: bytes, announced: int | str | None = None, **scope: Any
) -> Exchange:
    """A request with `body` in chunks to `app` within the limit."""
    headers = [] if announced is None else [("content-length", str(announced))]
    limited = RequestBodyLimitMiddleware(app, LIMIT)
    return await exchange(limited, body=body or (b"",), headers=headers, **scope)


async def pass_on(request: Request, call_next: RequestResponseEndpoint) -> Response:
    return await call_next(request)


@pytest.mark.parametrize("body", [[b""], [b"x" * 10], [b"x" * 5, b"x" * 5]])
async def test_body_within_the_limit_is_read(body: list[bytes]) -> None:
    assert (await post(count, *body)).body == b"%d" % len(b"".join(body))


@pytest.mark.parametrize("body", [[b"x" * 11], [b"x" * 5, b"x" * 6]])
async def test_body_above_the_limit_is_refused(body: list[bytes]) -> None:
    result = await post(count, *body)
    assert (result.status, result.body) == (413, b"Content Too Large")


async def test_announced_body_is_refused_unread() -> None:
    assert (await post(count, b"", announced=11)).status == 413


async def test_announced_body_is_refused_where_nobody_reads_it() -> None:
    assert (await post(answering(b"ok"), announced=11)).status == 413
    assert (await post(answering(b"ok"), announced=10)).body == b"ok"


@pytest.mark.parametrize("announced", ["", "abc", "-11", "1e9", "9 9"])
async def test_announcement_that_is_no_size_is_not_believed(announced: str) -> None:
    assert (await post(count, b"x", announced=announced)).body == b"1"


async def test_handlers_of_the_application_answer() -> None:
    async def explain(request: Request, exc: HTTPException) -> Response:
        return JSONResponse({"detail": exc.detail}, status_code=exc.status_code)

    handled = ExceptionMiddleware(count, {HTTPException: explain})
    for announced in (None, 11):
        result = await post(handled, b"x" * 11, announced=announced)
        assert (result.status, result.body) == (413, b'{"detail":"Content Too Large"}')


async def test_handlers_in_scope_answer_where_nothing_else_does() -> None:
    async def explain(request: Request, exc: HTTPException) -> Response:
        return PlainTextResponse("too much", status_code=413)

    app = SimpleNamespace(exception_handlers={413: explain})
    assert (await post(count, b"x" * 11, app=app)).body == b"too much"


async def test_application_may_catch_the_refusal() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        with pytest.raises(HTTPException):
            await receive()
        await answering(b"caught")(scope, receive, send)

    assert (await post(app, announced=11)).body == b"caught"


async def test_refusal_after_the_start_is_raised() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await receive()

    result = await post(app, b"x" * 11)
    assert isinstance(result.error, HTTPException)
    assert result.kinds == ["http.response.start"]


async def test_other_exceptions_pass() -> None:
    error = HTTPException(400)
    assert (await post(raising(error))).error is error


@pytest.mark.parametrize(("limit", "status"), [(100, 200), (3, 413)])
@pytest.mark.parametrize("body", [[b"x" * 20], [b"x" * 10, b"x" * 10]])
async def test_inner_limit_replaces_the_outer_one(
    limit: int, status: int, body: list[bytes]
) -> None:
    inner = RequestBodyLimitMiddleware(count, limit)
    for announced in (None, 20):
        assert (await post(inner, *body, announced=announced)).status == status


async def test_inner_limit_replaces_the_outer_one_through_other_middleware() -> None:
    inner = BaseHTTPMiddleware(RequestBodyLimitMiddleware(count, 100), dispatch=pass_on)
    assert (await post(inner, b"x" * 20, announced=20)).body == b"20"


async def test_inner_limit_counts_what_was_read_before() -> None:
    async def read_first(request: Request, call_next: RequestResponseEndpoint) -> Response:
        await request.body()
        return await call_next(request)

    inner = BaseHTTPMiddleware(RequestBodyLimitMiddleware(count, 3), dispatch=read_first)
    assert (await post(inner, b"x" * 5)).status == 413


async def test_announced_body_is_refused_through_other_middleware() -> None:
    inner = BaseHTTPMiddleware(answering(b"ok"), dispatch=pass_on)
    assert (await post(inner, announced=11)).status == 413


async def test_announced_body_is_refused_through_middleware_that_holds_the_start_back() -> None:
    inner = GZipMiddleware(ExceptionMiddleware(answering(b"x" * 1000)))
    result = await post(inner, announced=11)
    assert (result.status, result.body) == (413, b"Content Too Large")


@pytest.mark.parametrize("spec_version", ["2.3", "2.4"])
async def test_stream_ends_that_a_refusal_has_replaced(spec_version: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x"

    asgi = {"version": "3.0", "spec_version": spec_version}
    result = await post(StreamingResponse(endless()), announced=11, asgi=asgi)
    assert (result.status, result.body) == (413, b"Content Too Large")


async def test_application_that_streams_itself_ends_when_a_refusal_has_replaced_it() -> None:
    result = await post(answering(b"a", b"b"), announced=11)
    assert (result.status, result.error) == (413, None)


async def test_client_that_leaves_within_the_limit_is_told_of() -> None:
    assert isinstance((await post(raising(ClientDisconnect()))).error, ClientDisconnect)


async def test_limit_of_one_request_is_not_that_of_another_within() -> None:
    inner = RequestBodyLimitMiddleware(answering(b"ok"), 100)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await exchange(inner)
        await count(scope, receive, send)

    assert (await post(app, b"x" * 20)).status == 413


async def test_other_connections_pass() -> None:
    app = RequestBodyLimitMiddleware(answering(b"ok"), 0)
    assert (await exchange(app, "websocket")).body == b"ok"


@pytest.mark.parametrize("size", [-1, True, 1.5, "1", None])
def test_limit_is_a_whole_number_of_bytes(size: Any) -> None:
    with pytest.raises(ValueError, match="whole number of bytes"):
        RequestBodyLimitMiddleware(answering(), size)
