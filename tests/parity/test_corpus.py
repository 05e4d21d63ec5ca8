"""The applications that scripts/parity compares, here alone: each says what ASGI allows."""

from __future__ import annotations

import warnings
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import pytest

from fastapi_lite import FastAPI
from tests.hostile.protocol import check_http_message, check_websocket_message
from tests.parity.corpus import application_names, derived, examples, requests_of, short, undeclared
from tests.parity.differences import DIFFERENCES, Difference
from tests.parity.examples import EXAMPLES, NOT_COMPARED, staged
from tests.parity.play import Exchange, Lifespan, WebSocketExchange

NAMES = application_names()


def test_applications_have_names_of_their_own() -> None:
    assert len({short(name) for name in NAMES}) == len(NAMES)


def test_what_is_said_of_examples_is_of_some_that_there_are() -> None:
    assert {*EXAMPLES, *NOT_COMPARED} <= {*examples()}


def test_operations_that_no_request_asks_for_are_asked_for() -> None:
    app = FastAPI()

    @app.get("/a/{b}")
    @app.put("/a/{b}")
    def read(b: int) -> None: ...

    assert undeclared([{"url": "/a/x?y"}], app) == [{"method": "PUT", "url": "/a/1"}]


def test_each_method_of_a_path_is_also_asked_for_in_ways_that_nobody_intends() -> None:
    declared = [{"url": "/a"}, {"url": "/a?b=1"}, {"method": "POST", "url": "/a", "json": 1}]
    assert [one.get("method") for one in derived(declared)].count("BREW") == 2


@pytest.mark.anyio
@pytest.mark.parametrize("name", NAMES, ids=short)
async def test_application_answers_in_valid_messages(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some use what is deprecated
        with staged(name) as module:
            assert await faults_of(module.app, requests_of(name, module)) == []


async def faults_of(app: Any, requests: list[dict[str, Any]]) -> list[str]:
    """What the messages that `app` sends in answer to `requests` have wrong with them."""
    faults: list[str] = []
    jar: dict[str, str] = {}
    async with Lifespan(app, {}):
        for request in requests:
            exchange = CheckedSocket(request) if "websocket" in request else Checked(request, jar)
            with suppress(Exception):  # of the endpoint; a server logs it
                await app({**exchange.scope, "state": {}}, exchange.receive, exchange.send)
            faults += [f"{request}: {fault}" for fault in exchange.faults]
    return faults


class Checked(Exchange):
    """An exchange that looks at each message that the application sends."""

    def __init__(self, request: dict[str, Any], jar: dict[str, str]) -> None:
        super().__init__(request, jar)
        self.faults: list[str] = []

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Note and check a message."""
        await super().send(message)
        fault = check_http_message(self.sent, self.scope)
        self.faults += [f"{fault}: {message}"] if fault else []


class CheckedSocket(WebSocketExchange):
    """A WebSocket that does."""

    def __init__(self, request: dict[str, Any]) -> None:
        super().__init__(request)
        self.faults: list[str] = []
        self.sent: list[MutableMapping[str, Any]] = []

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Note and check a message."""
        self.sent.append(message)
        fault = check_websocket_message(self.sent, self.scope)
        self.faults += [f"{fault}: {message}"] if fault else []


def test_a_difference_explains_nothing_in_an_application_it_does_not_name() -> None:
    known = Difference("some bullet", apps=("errors/a",))
    assert [known.explains(app, {}, {}, {}) for app in ("errors/a", "errors/b")] == [True, False]


def test_a_difference_is_missed_in_each_application_it_names() -> None:
    known = Difference("some bullet", apps=("errors/a", "errors/b"))
    assert known.missing({"errors/a"}) == ["errors/b"]


def test_a_difference_of_all_applications_is_missed_where_it_occurs_in_none() -> None:
    known = Difference("some bullet", when=lambda *_: True)
    assert [known.missing(seen) for seen in ({"errors/a"}, set())] == [[], ["anywhere"]]


def test_a_difference_names_its_applications_or_its_requests() -> None:
    assert [one.entry for one in DIFFERENCES if not one.apps and one.when is None] == []


def test_applications_that_differences_name_are_there() -> None:
    known = {short(name) for name in NAMES}
    assert {app for one in DIFFERENCES for app in one.apps} <= known
