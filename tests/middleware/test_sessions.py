"""Sessions in a signed cookie."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import itsdangerous
import pytest

from fastapi_lite.datastructures import Secret
from fastapi_lite.middleware.sessions import Session, SessionMiddleware
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from tests.conftest import ClientFactory
from tests.middleware.asgi import Exchange, answering, exchange

pytestmark = pytest.mark.anyio

KEY = "a key for tests"
Use = Callable[[Any], object]


def using(use: Use, **options: Any) -> SessionMiddleware:
    """An application that does something with the session."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        result = use(HTTPConnection(scope).session)
        await PlainTextResponse(str(result))(scope, receive, send)

    return SessionMiddleware(app, **{"secret_key": KEY, **options})


def signed(value: Any, key: str = KEY) -> str:
    """The cookie that holds `value`."""
    data = value if isinstance(value, bytes) else b64encode(json.dumps(value).encode())
    return itsdangerous.TimestampSigner(key).sign(data).decode()


async def ask(use: Use, cookie: str | None = None, **options: Any) -> Exchange:
    headers = [] if cookie is None else [("cookie", f"session={cookie}")]
    return await exchange(using(use, **options), headers=headers)


def set_one(session: Session) -> None:
    session["a"] = 1


def test_session_is_kept_from_request_to_request(client_for: ClientFactory) -> None:
    client = client_for(using(lambda session: session.setdefault("n", []).append(1) or session))
    assert [client.get("/").text for _ in range(2)] == ["{'n': [1]}", "{'n': [1, 1]}"]


async def test_cookie_has_the_default_attributes() -> None:
    cookie = (await ask(set_one)).headers["set-cookie"]
    assert re.fullmatch(
        r"session=[\w=+/.-]+; path=/; Max-Age=1209600; httponly; samesite=lax", cookie
    )


async def test_cookie_has_the_attributes_that_were_given() -> None:
    result = await ask(
        set_one,
        session_cookie="sid",
        max_age=None,
        path="/shop",
        same_site="none",
        https_only=True,
        domain="a.test",
        partitioned=True,
    )
    name, *attributes = result.headers["set-cookie"].split("; ")
    assert name.startswith("sid=")
    assert attributes == [
        "path=/shop", "httponly", "samesite=none", "secure", "domain=a.test", "partitioned"
    ]  # fmt: skip


async def test_cookie_of_another_framework_with_the_same_key_is_read() -> None:
    cookie = signed({"a": 1})
    assert (await ask(lambda session: session["a"], cookie, secret_key=Secret(KEY))).body == b"1"


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "nonsense",
        signed({"a": 1}, "another key"),
        signed({"a": 1})[:-1],
        "x" + signed({"a": 1}),
        signed(b"not base64!"),
        signed(b64encode(b"not json")),
        signed(b64encode(b"\xff")),
        signed(["no", "object"]),
        signed(None),
        '"\\377"',
        "a" * 60_000,
    ],
)
async def test_forged_cookie_is_an_empty_session(cookie: str) -> None:
    assert (await ask(len, cookie)).body == b"0"


async def test_old_cookie_is_an_empty_session() -> None:
    assert (await ask(len, signed({"a": 1}), max_age=-1)).body == b"0"


async def test_cookie_without_a_limit_does_not_age() -> None:
    assert (await ask(len, signed({"a": 1}), max_age=None)).body == b"1"


async def test_emptied_session_takes_the_cookie_back() -> None:
    result = await ask(lambda session: session.clear(), signed({"a": 1}))
    assert result.headers["set-cookie"] == (
        "session=null; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly; samesite=lax"
    )


async def test_session_that_stays_empty_sets_no_cookie() -> None:
    assert "set-cookie" not in (await ask(lambda session: session.clear())).headers


async def test_session_that_stays_the_same_sets_no_cookie() -> None:
    result = await ask(lambda session: session["a"], signed({"a": 1}))
    assert "set-cookie" not in result.headers
    assert result.headers["vary"] == "Cookie"


async def test_session_nobody_looks_at_leaves_the_response_alone() -> None:
    app = SessionMiddleware(answering(b"ok"), KEY)
    result = await exchange(app, headers=[("cookie", f"session={signed({'a': 1})}")])
    assert result.headers == {}


async def test_change_deep_inside_is_kept() -> None:
    result = await ask(lambda session: session["a"].append(1), signed({"a": []}))
    assert "set-cookie" in result.headers


async def test_session_holds_json_only() -> None:
    result = await ask(lambda session: session.update(a=object()))
    assert isinstance(result.error, TypeError)


async def test_websocket_has_a_session() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.close", "reason": scope["session"]["a"]})

    headers = [("cookie", f"session={signed({'a': 'b'})}")]
    result = await exchange(SessionMiddleware(app, KEY), "websocket", headers=headers)
    assert result.messages == [{"type": "websocket.close", "reason": "b"}]


async def test_other_connections_pass() -> None:
    app: ASGIApp = answering(b"ok")
    assert (await exchange(SessionMiddleware(app, KEY), "lifespan")).body == b"ok"


@pytest.mark.parametrize(
    "options",
    [
        {"session_cookie": "a b"},
        {"path": "/; secure"},
        {"domain": "a\nb"},
        {"same_site": "never"},
    ],
)
def test_attribute_that_breaks_out_is_a_mistake(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        SessionMiddleware(answering(), KEY, **options)


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "itsdangerous", None)
    with pytest.raises(ImportError, match="pip install"):
        SessionMiddleware(answering(), KEY)


# The dictionary

READING: list[Use] = [
    lambda s: "a" in s,
    lambda s: s == {},
    lambda s: s["a"],
    lambda s: s.get("b"),
    bool,
    list,
    repr,
    len,
    lambda s: s.items(),
    lambda s: s.keys(),
    lambda s: s.values(),
    lambda s: s.copy(),
    lambda s: s | {},
    lambda s: list(reversed(s)),
    lambda s: s.pop("b", None),
    lambda s: s.setdefault("a", 2),
    json.dumps,
]
CHANGING: list[Use] = [
    set_one,
    lambda s: s.__delitem__("a"),
    lambda s: s.pop("a"),
    lambda s: s.popitem(),
    lambda s: s.clear(),
    lambda s: s.update(b=1),
    lambda s: s.setdefault("b"),
    lambda s: s.__ior__({"b": 1}),
    lambda s: s.mark_modified(),
]


@pytest.mark.parametrize("use", READING)
def test_reading_is_noticed(use: Use) -> None:
    session = Session(a=1)
    use(session)
    assert (session.accessed, session.modified) == (True, False)


@pytest.mark.parametrize("use", CHANGING)
def test_changing_is_noticed(use: Use) -> None:
    session = Session(a=1)
    use(session)
    assert (session.accessed, session.modified) == (True, True)


def test_new_session_is_untouched() -> None:
    session = Session(a=1)
    assert (session.accessed, session.modified) == (False, False)
