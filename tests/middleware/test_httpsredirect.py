"""Redirects to encrypted connections."""

from __future__ import annotations

import pytest

from fastapi_lite.middleware.httpsredirect import HTTPSRedirectMiddleware
from tests.middleware.asgi import answering, exchange

pytestmark = pytest.mark.anyio

APP = HTTPSRedirectMiddleware(answering(b"ok"))
DENIALS = {"websocket.http.response": {}}


@pytest.mark.parametrize(
    ("host", "location"),
    [
        ("a.test", "https://a.test/p?q=1"),
        ("a.test:80", "https://a.test/p?q=1"),
        ("a.test:443", "https://a.test/p?q=1"),
        ("a.test:8000", "https://a.test:8000/p?q=1"),
        ("[::1]:80", "https://[::1]/p?q=1"),
        ("[::1]", "https://[::1]/p?q=1"),
        ("a.test/x", "https://server.test/p?q=1"),
        ("a.test@b.test", "https://server.test/p?q=1"),
    ],
)
async def test_request_is_redirected_to_the_same_address(host: str, location: str) -> None:
    result = await exchange(APP, path="/p", query_string=b"q=1", headers=[("host", host)])
    assert (result.status, result.headers["location"]) == (307, location)


async def test_websocket_is_redirected_too() -> None:
    result = await exchange(
        APP, "websocket", scheme="ws", headers=[("host", "a.test")], extensions=DENIALS
    )
    assert result.headers["location"] == "wss://a.test/"


@pytest.mark.parametrize("kind", ["http", "websocket", "lifespan"])
async def test_encrypted_and_other_connections_pass(kind: str) -> None:
    scheme = {"http": "https", "websocket": "wss", "lifespan": ""}[kind]
    assert (await exchange(APP, kind, scheme=scheme)).body == b"ok"
