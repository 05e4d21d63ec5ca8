"""Requests to names that are ours."""

from __future__ import annotations

import pytest

from fastapi_lite.middleware.trustedhost import ENFORCE_DOMAIN_WILDCARD, TrustedHostMiddleware
from tests.middleware.asgi import Exchange, answering, exchange

pytestmark = pytest.mark.anyio

DENIALS = {"websocket.http.response": {}}


async def ask(*hosts: str, allowed: list[str] | str | None, www_redirect: bool = True) -> Exchange:
    """A request with the `Host` headers."""
    app = TrustedHostMiddleware(answering(b"ok"), allowed, www_redirect)  # type: ignore[arg-type]
    return await exchange(app, path="/p", headers=[("host", host) for host in hosts])


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        (None, "any.test"),
        (["*"], "any thing"),
        (["a.test"], "a.test"),
        ("a.test", "a.test"),
        (["A.test"], "a.TEST"),
        (["a.test"], "a.test:8000"),
        (["a.test:8000"], "a.test:8000"),
        (["*.a.test"], "b.a.test"),
        (["*.A.test"], "c.b.a.test:80"),
        (["[::1]"], "[::1]"),
        (["::1"], "[::1]:8000"),
        (["192.0.2.1"], "192.0.2.1:80"),
    ],
)
async def test_our_hosts_are_answered(allowed: list[str] | None, host: str) -> None:
    assert (await ask(host, allowed=allowed)).body == b"ok"


@pytest.mark.parametrize(
    ("allowed", "host"),
    [
        (["a.test"], "b.test"),
        (["a.test"], "xa.test"),
        (["a.test"], "a.test.evil"),
        (["a.test"], "a.test@evil"),
        (["a.test"], "evil@a.test"),
        (["a.test"], "a.test:80@evil"),
        (["a.test"], "a.test:x"),
        (["a.test"], "a.test\n"),
        (["a.test"], ""),
        (["a.test:8000"], "a.test"),
        (["*.a.test"], "a.test"),
        (["*.a.test"], ".a.test"),
        (["*.a.test"], "evil/.a.test"),
        (["*.a.test"], "evil#.a.test"),
        (["*.a.test"], "evil\\.a.test"),
        (["[::1]"], "[::1"),
        (["[::1]"], "[::1]evil"),
        (["::1"], "::1"),
        ([], "a.test"),
    ],
)
async def test_other_hosts_are_refused(allowed: list[str], host: str) -> None:
    result = await ask(host, allowed=allowed)
    assert (result.status, result.body) == (400, b"Invalid host header")


@pytest.mark.parametrize("hosts", [(), ("a.test", "evil.test"), ("a.test", "a.test")])
async def test_request_has_one_host(hosts: tuple[str, ...]) -> None:
    assert (await ask(*hosts, allowed=["a.test"])).status == 400


async def test_host_is_redirected_to_its_www_name() -> None:
    result = await ask("a.test:8000", allowed=["www.a.test"])
    assert (result.status, result.headers["location"]) == (307, "http://www.a.test:8000/p")


async def test_redirect_can_be_switched_off() -> None:
    assert (await ask("a.test", allowed=["www.a.test"], www_redirect=False)).status == 400


async def test_name_below_a_wildcard_is_no_reason_to_redirect() -> None:
    assert (await ask("a.test", allowed=["*.a.test"])).status == 400


async def test_websocket_is_refused_too() -> None:
    app = TrustedHostMiddleware(answering(b"ok"), ["a.test"])
    assert (await exchange(app, "websocket", extensions=DENIALS)).status == 400


async def test_other_connections_pass() -> None:
    app = TrustedHostMiddleware(answering(b"ok"), ["a.test"])
    assert (await exchange(app, "lifespan")).body == b"ok"


@pytest.mark.parametrize("pattern", ["a*", "*.*.test", "a.*", "*test", "**", "*.", "*.a.*"])
def test_wildcard_elsewhere_is_a_mistake(pattern: str) -> None:
    with pytest.raises(ValueError, match=ENFORCE_DOMAIN_WILDCARD.replace("*", r"\*")):
        TrustedHostMiddleware(answering(), [pattern])
