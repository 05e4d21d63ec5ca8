"""Whatever a client sends: valid messages, no status 500 but for endpoints that raise, no hang.

`HYPOTHESIS_PROFILE=long` tries new exchanges for minutes; otherwise the same few hundred are tried.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import pytest
import trio.lowlevel
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, Phase, given, settings

from fastapi_lite import formparsers
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from tests.conftest import Backend
from tests.driving import http_scope
from tests.hostile.application import Deliberate, Open, compile_application
from tests.hostile.protocol import Exchange, Gone, is_strict_json
from tests.hostile.strategies import as_messages, http_exchanges, websocket_exchanges

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "20000" if IS_LONG else "150"))
EXHAUSTIVE = settings(
    max_examples=EXAMPLES,
    derandomize=not IS_LONG,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)
GONE = {"type": "http.disconnect"}
JSON, FORM = b"application/json", b"application/x-www-form-urlencoded"
MULTIPART = b"multipart/form-data; boundary=x"
FILE = b'--x\r\nContent-Disposition: form-data; name="one"; filename="f"\r\n\r\nfile\r\n--x--\r\n'
OUTSIDE = b"what lies outside of the site"


class Server(NamedTuple):
    """Both applications, in an event loop of their own."""

    portal: BlockingPortal
    plain: ASGIApp
    wrapped: ASGIApp
    opened: Open
    spooled: list[Any]

    def exchange(self, wrapped: bool, *script: Any) -> Exchange:
        """One connection, and what was left of it."""
        return self.portal.call(self.serve, self.wrapped if wrapped else self.plain, *script)

    async def serve(self, app: ASGIApp, *script: Any) -> Exchange:
        """Serve one connection, and note what is still there after it."""
        self.opened.clear()
        self.spooled.clear()
        tasks = len(anyio.get_running_tasks())
        exchange = await Exchange(*script).run(app)
        if left := {kind: count for kind, count in self.opened.items() if count}:
            exchange.faults.append(f"left open: {left}")
        if not all(file.closed for file in self.spooled):
            exchange.faults.append("left open: uploaded files")
        if len(anyio.get_running_tasks()) > tasks:
            exchange.faults.append("left running: tasks")
        return exchange


@contextmanager
def recorded_spools() -> Iterator[list[Any]]:
    """The temporary files that forms make from now on."""
    spooled: list[Any] = []
    make = formparsers.SpooledTemporaryFile

    def record(*args: Any, **kwargs: Any) -> Any:
        spooled.append(make(*args, **kwargs))
        return spooled[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formparsers, "SpooledTemporaryFile", record)
        yield spooled


@pytest.fixture
def server(backend: Backend, tmp_path: Path) -> Iterator[Server]:
    """The applications, and a site with files of each kind."""
    site = tmp_path / "site"
    (site / "deep").mkdir(parents=True)
    (site / "page.txt").write_bytes(b"0123456789" * 30)
    (site / "index.html").write_bytes(b"<p>index")
    (site / "404.html").write_bytes(b"<p>missing")
    (site / "deep" / "index.html").write_bytes(b"<p>deep")
    (tmp_path / "secret").write_bytes(OUTSIDE)
    (site / "link").symlink_to(tmp_path / "secret")
    opened = Open()
    plain, wrapped = (compile_application(opened, site, wrapped=wrap) for wrap in (False, True))
    with start_blocking_portal(backend) as portal, recorded_spools() as spooled:
        yield Server(portal, plain, wrapped, opened, spooled)


def faults_of(exchange: Exchange) -> list[str]:
    """What was wrong with an exchange."""
    faults = list(exchange.faults)
    error = exchange.error
    if error is not None and not isinstance(error, Deliberate | Gone):
        faults.append(f"raised {error!r}")
    if exchange.status is not None and exchange.status >= 500 and error is None:
        faults.append(f"answered {exchange.status} without a reason")
    headers, body = exchange.headers, exchange.body
    is_json = headers.get("content-type") == "application/json" and body
    is_whole = "content-encoding" not in headers and not exchange.excused
    if is_json and is_whole and not is_strict_json(body):
        faults.append(f"JSON that is none: {body[:200]!r}")
    if OUTSIDE in exchange.body:
        faults.append("a file outside of the site")
    return faults


def check(server: Server, exchanges: Any) -> None:
    """Try exchanges until one is at fault."""

    @EXHAUSTIVE
    @given(exchanges)
    def is_faultless(exchange: tuple[Any, ...]) -> None:
        for wrapped in (False, True):
            scope, *script = exchange
            answered = server.exchange(wrapped, dict(scope), *script)
            assert faults_of(answered) == [], (wrapped, answered.sent, scope, script)

    is_faultless()


USUAL = [
    ("GET", "/typed/1?si-ze=2&q=a", b"", b"", 200),
    ("GET", "/models?limit=5", b"", b"", 200),
    ("PUT", "/item", JSON, b'{"name": "n", "price": 1, "pet": {"kind": "cat", "lives": 9}}', 200),
    ("POST", "/v2/3/item", JSON, b'{"name": "n", "price": 1}', 200),
    ("POST", "/items", JSON, b'[{"name": "n", "price": 1}]', 200),
    ("POST", "/two", JSON, b'{"item": {"name": "n", "price": 1}, "number": 1}', 200),
    ("POST", "/anything", JSON, b"[]", 200),
    ("POST", "/echo", JSON, b'{"a": "b"}', 200),
    ("POST", "/bytes", b"application/octet-stream", b"abc", 200),
    ("POST", "/bytes", JSON, b'"abc"', 200),
    (
        "POST",
        "/login",
        JSON,
        b'{"user": "me", "password": "%s", "remember": 1}' % (b"x" * 200),
        200,
    ),
    ("POST", "/form", FORM, b"name=n&age=1&tags=a&tags=b", 200),
    ("POST", "/form-model", FORM, b"limit=5&tag=a", 200),
    ("POST", "/token", FORM, b"username=me&password=x&scope=a+b", 200),
    ("POST", "/files", MULTIPART, FILE, 200),
    ("POST", "/raw-form", FORM, b"a=1&b=2", 200),
    ("GET", "/secure", b"", b"", 200),
    ("GET", "/lines?count=4", b"", b"", 200),
    ("GET", "/events", b"", b"", 200),
    ("GET", "/empty", b"", b"", 204),
    ("GET", "/error/451", b"", b"", 451),
    ("GET", "/raise", b"", b"", 500),
    ("POST", "/hello", b"", b"body", 200),
    ("GET", "/everything/a-b/c?q=1", b"", b"", 200),
    ("POST", "/parse", JSON, b"[]", 200),
    ("POST", "/parse", JSON, b"[", 400),
    ("POST", "/pieces", b"", b"body", 200),
    ("GET", "/stream", b"", b"", 200),
    ("GET", "/blocking-stream", b"", b"", 200),
    ("GET", "/file", b"", b"", 200),
    ("GET", "/cookies?/=a", b"", b"", 200),
    ("GET", "/cookies?;=a", b"", b"", 400),
    ("GET", "/redirect?to=/here", b"", b"", 307),
    ("GET", "/session", b"", b"", 200),
    ("GET", "/hints", b"", b"", 200),
    ("GET", "/verbs/", b"", b"", 200),
    ("POST", "/verbs/", b"", b"", 200),
    ("POST", "/wsgi/x", b"", b"body", 200),
    ("GET", "/https/x", b"", b"", 307),
    ("GET", "/t/sub/request", b"", b"", 200),
    ("GET", "/t/sub/nowhere", b"", b"", 404),
    ("GET", "/site/", b"", b"", 200),
    ("GET", "/docs", b"", b"", 200),
]


@pytest.mark.parametrize("wrapped", [False, True])
def test_usual_requests_are_answered(wrapped: bool, server: Server) -> None:
    known = [(b"authorization", b"Bearer x"), (b"cookie", b"sid=abc; page=1; user=me")]
    known += [(b"x-token", b"t"), (b"host", b"testserver")]
    answers: list[Any] = []
    for method, target, content_type, body, _ in USUAL:
        path, _, query = target.partition("?")
        scope = http_scope(method, path, query_string=query.encode(), http_version="1.1")
        scope["headers"] = [*known, (b"content-type", content_type)]
        exchange = server.exchange(wrapped, scope, as_messages([body]))
        answers.append((method, target, exchange.status, faults_of(exchange)))
    assert answers == [(method, target, status, []) for method, target, _, _, status in USUAL]


USUAL_WEBSOCKETS = [
    ("/ws/echo", "text", ["websocket.accept", "websocket.send"]),
    ("/ws/json-echo", '{"a": 1}', ["websocket.accept", "websocket.send"]),
    ("/ws/text", "text", ["websocket.accept", "websocket.send"]),
    ("/ws/bytes", b"data", ["websocket.accept", "websocket.send"]),
    ("/ws/json", "[1]", ["websocket.accept", "websocket.send"]),
    ("/ws/deny", "", ["websocket.http.response.start", "websocket.http.response.body"]),
    ("/ws/forbid", "", ["websocket.http.response.start", "websocket.http.response.body"]),
    ("/ws/close", "bye", ["websocket.accept", "websocket.close"]),
    ("/ws/leave", "", ["websocket.close"]),
    ("/ws/raise", "", ["websocket.accept"]),
    ("/typed-ws/1", "text", ["websocket.accept", "websocket.send"]),
]


def test_usual_websockets_are_served(server: Server) -> None:
    answers: list[Any] = []
    for path, data, _ in USUAL_WEBSOCKETS:
        scope = http_scope(path=path, type="websocket", scheme="ws", query_string=b"q=a")
        scope |= {"subprotocols": ["chat"], "extensions": {"websocket.http.response": {}}}
        script = [
            {"type": "websocket.connect"},
            {"type": "websocket.receive", "text" if isinstance(data, str) else "bytes": data},
            {"type": "websocket.disconnect", "code": 1000},
        ]
        exchange = server.exchange(False, scope, script)
        kinds = [message["type"] for message in exchange.sent]
        answers.append((path, kinds, faults_of(exchange)))
    assert answers == [(path, kinds, []) for path, _, kinds in USUAL_WEBSOCKETS]


def test_websocket_is_refused_where_a_response_cannot_be_sent(server: Server) -> None:
    scope = http_scope(path="/ws/deny", type="websocket", scheme="ws")
    exchange = server.exchange(False, scope, [{"type": "websocket.connect"}])
    assert [message["type"] for message in exchange.sent] == ["websocket.close"]


def test_what_an_application_leaves_open_is_noted(server: Server, backend: Backend) -> None:
    async def forgetful(scope: Scope, receive: Receive, send: Send) -> None:
        server.opened.opened("resource")
        formparsers.SpooledTemporaryFile()
        spawn: dict[Backend, Callable[[], Any]] = {
            "asyncio": lambda: tasks.append(asyncio.create_task(end.wait())),
            "trio": lambda: trio.lowlevel.spawn_system_task(end.wait),
        }
        spawn[backend]()
        await receive()

    tasks: list[Any] = []
    end = server.portal.call(anyio.Event)
    exchange = server._replace(plain=forgetful).exchange(False, http_scope(), [GONE])
    server.portal.call(end.set)
    server.spooled.pop().close()
    assert exchange.faults == [
        "left open: {'resource': 1}",
        "left open: uploaded files",
        "left running: tasks",
    ]


@pytest.mark.parametrize(
    ("status", "body", "error", "fault"),
    [
        (200, b"{}", ValueError("mistake"), "raised ValueError('mistake')"),
        (500, b"{}", None, "answered 500 without a reason"),
        (200, b"NaN", None, "JSON that is none: b'NaN'"),
        (200, b'"%s"' % OUTSIDE, None, "a file outside of the site"),
    ],
)
def test_faults_of_an_answer_are_found(
    status: int, body: bytes, error: Exception | None, fault: str
) -> None:
    start = {"type": "http.response.start", "status": status}
    start["headers"] = [(b"content-type", b"application/json")]
    exchange = Exchange(http_scope(), [])
    exchange.sent += [start, {"type": "http.response.body", "body": body}]
    exchange.error = error
    assert faults_of(exchange) == [fault]


def test_every_request_is_answered_as_the_protocol_wants(server: Server) -> None:
    check(server, http_exchanges())


def test_every_websocket_is_served_as_the_protocol_wants(server: Server) -> None:
    check(server, websocket_exchanges())
