"""A place for what must be closed when the request is over."""

from __future__ import annotations

from contextlib import AsyncExitStack

from fastapi_lite.types import ASGIApp, Receive, Scope, Send


class AsyncExitStackMiddleware:
    """Puts an `AsyncExitStack` into the scope as `context_name`, closed when `app` returns."""

    def __init__(self, app: ASGIApp, context_name: str = "fastapi_middleware_astack") -> None:
        self.app = app
        self.context_name = context_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with AsyncExitStack() as stack:
            scope[self.context_name] = stack
            await self.app(scope, receive, send)
