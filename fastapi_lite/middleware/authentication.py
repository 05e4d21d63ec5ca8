"""Each connection knows who is asking."""

from __future__ import annotations

from collections.abc import Callable

from fastapi_lite.authentication import (
    AuthCredentials,
    AuthenticationBackend,
    AuthenticationError,
    UnauthenticatedUser,
)
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.responses.base import PlainTextResponse, Response
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from fastapi_lite.websockets import WebSocketClose


class AuthenticationMiddleware:
    """Sets `request.user` and `request.auth` to what `backend` finds, nobody without scopes if nothing.

    An `AuthenticationError` is answered by `on_error`, with 400 and its text unless given; a WebSocket
    is closed.
    """

    def __init__(
        self,
        app: ASGIApp,
        backend: AuthenticationBackend,
        on_error: Callable[[HTTPConnection, AuthenticationError], Response] | None = None,
    ) -> None:
        self.app = app
        self.backend = backend
        self.on_error: Callable[[HTTPConnection, AuthenticationError], Response] = (
            on_error or self.default_on_error
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            found = await self.backend.authenticate(connection)
        except AuthenticationError as exc:
            is_websocket = scope["type"] == "websocket"
            refusal = WebSocketClose() if is_websocket else self.on_error(connection, exc)
            await refusal(scope, receive, send)
            return
        scope["auth"], scope["user"] = found or (AuthCredentials(), UnauthenticatedUser())
        await self.app(scope, receive, send)

    @staticmethod
    def default_on_error(conn: HTTPConnection, exc: Exception) -> Response:
        """A 400 with the text of `exc`."""
        return PlainTextResponse(str(exc), status_code=400)
