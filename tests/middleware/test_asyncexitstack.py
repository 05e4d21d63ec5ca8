"""A place for what must be closed when the request is over."""

from __future__ import annotations

import pytest

from fastapi_lite.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi_lite.types import Receive, Scope, Send
from tests.middleware.asgi import answering, exchange

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("name", ["fastapi_middleware_astack", "another"])
async def test_stack_is_closed_after_the_response(name: str) -> None:
    log: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope[name].callback(log.append, "closed")
        await answering(b"ok")(scope, receive, send)
        log.append("answered")

    options = {} if name == "fastapi_middleware_astack" else {"context_name": name}
    await exchange(AsyncExitStackMiddleware(app, **options))
    assert log == ["answered", "closed"]
