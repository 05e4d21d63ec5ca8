"""Whatever a client sends: valid messages, no status 500 but for endpoints that raise, no hang.

`HYPOTHESIS_PROFILE=long` tries new exchanges for minutes; otherwise the same few hundred are tried.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, Phase, given, settings

from fastapi_lite import formparsers
from fastapi_lite.types import ASGIApp
from tests.conftest import Backend
from tests.hostile.application import Deliberate, Open, compile_application
from tests.hostile.protocol import Exchange, Gone, is_strict_json
from tests.hostile.strategies import http_exchanges, websocket_exchanges

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


def test_every_request_is_answered_as_the_protocol_wants(server: Server) -> None:
    check(server, http_exchanges())


def test_every_websocket_is_served_as_the_protocol_wants(server: Server) -> None:
    check(server, websocket_exchanges())
