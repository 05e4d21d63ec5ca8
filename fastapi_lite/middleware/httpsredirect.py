"""Only encrypted connections."""

from __future__ import annotations

from fastapi_lite.datastructures.url import SECURE, URL
from fastapi_lite.responses.base import RedirectResponse
from fastapi_lite.types import ASGIApp, Receive, Scope, Send

STANDARD_PORTS = (80, 443)


class HTTPSRedirectMiddleware:
    """Redirects `http` and `ws` to the same address on `https` and `wss`, with 307."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scheme = scope.get("scheme", "http") if scope["type"] in ("http", "websocket") else "https"
        if scheme in SECURE:
            url = URL(scope=scope).replace(scheme=SECURE[scheme])
            if url.port in STANDARD_PORTS:
                url = url.replace(netloc=url.netloc.rpartition(":")[0])
            await RedirectResponse(url, status_code=307)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
