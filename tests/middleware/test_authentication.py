"""Each connection knows who is asking."""

from __future__ import annotations

import pytest

from fastapi_lite.authentication import (
    AuthCredentials,
    AuthenticationBackend,
    AuthenticationError,
    BaseUser,
    SimpleUser,
)
from fastapi_lite.middleware.authentication import AuthenticationMiddleware
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.responses import JSONResponse, PlainTextResponse, Response
from fastapi_lite.types import Receive, Scope, Send
from tests.middleware.asgi import answering, exchange

pytestmark = pytest.mark.anyio


class Names(AuthenticationBackend):
    """Believes every name but `mallory`."""

    async def authenticate(self, conn: HTTPConnection) -> tuple[AuthCredentials, BaseUser] | None:
        name = conn.headers.get("authorization")
        if name is None:
            return None
        if name == "mallory":
            raise AuthenticationError("I know you")
        return AuthCredentials(["read"]), SimpleUser(name)


async def tell(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the user and the scopes."""
    connection = HTTPConnection(scope)
    text = f"{connection.user.display_name!r} {connection.auth.scopes}"
    await PlainTextResponse(text)(scope, receive, send)


def explain(connection: HTTPConnection, exc: AuthenticationError) -> Response:
    return JSONResponse({"error": str(exc)}, status_code=401)


async def test_user_is_known() -> None:
    app = AuthenticationMiddleware(tell, Names())
    assert (await exchange(app, headers=[("authorization", "eve")])).body == b"'eve' ['read']"


async def test_who_claims_nothing_is_nobody() -> None:
    assert (await exchange(AuthenticationMiddleware(tell, Names()))).body == b"'' []"


async def test_wrong_claim_is_answered_with_its_error() -> None:
    app = AuthenticationMiddleware(tell, backend=Names())
    result = await exchange(app, headers=[("authorization", "mallory")])
    assert (result.status, result.body) == (400, b"I know you")


async def test_answer_to_a_wrong_claim_can_be_given() -> None:
    app = AuthenticationMiddleware(tell, Names(), on_error=explain)
    result = await exchange(app, headers=[("authorization", "mallory")])
    assert (result.status, result.body) == (401, b'{"error":"I know you"}')


async def test_wrong_claim_closes_a_websocket() -> None:
    app = AuthenticationMiddleware(tell, Names(), on_error=explain)
    result = await exchange(app, "websocket", headers=[("authorization", "mallory")])
    assert result.kinds == ["websocket.close"]


async def test_other_connections_pass() -> None:
    app = AuthenticationMiddleware(answering(b"ok"), Names())
    assert (await exchange(app, "lifespan")).body == b"ok"
