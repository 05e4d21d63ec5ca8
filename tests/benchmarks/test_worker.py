"""The applications that are compared, as far as they need no other framework."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from benchmarks import worker as module
from benchmarks.domain import ITEM
from benchmarks.exchanges import Answer
from benchmarks.report import OTHERS
from benchmarks.worker import PARTICIPANTS, Participant, Worker, main, obey, start
from benchmarks.workloads import WORKLOADS

OURS = [name for name, one in PARTICIPANTS.items() if one.package in ("fastapi_lite", "")]


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(autouse=True)
def _leave_the_garbage_collector_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.gc, "freeze", lambda: None)


@pytest.mark.parametrize("name", OURS)
def test_every_answer_is_right(name: str, runner: asyncio.Runner) -> None:
    participant = PARTICIPANTS[name]

    problems = Worker(participant, runner).prepare(participant.workloads)

    assert problems == dict.fromkeys(participant.workloads)


def test_what_is_typed_is_written_by_hand_too() -> None:
    assert PARTICIPANTS["fastapi_lite"].workloads == PARTICIPANTS["by hand"].workloads


def test_every_workload_is_answered() -> None:
    typed, untyped = PARTICIPANTS["fastapi_lite"], PARTICIPANTS["fastapi_lite, untyped"]

    assert {*typed.workloads, *untyped.workloads} == {*WORKLOADS}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer(500, {}, b"oh"), "status 500, not 200: b'oh'"),
        (Answer(200, {}, b""), "content-type None, not application/json"),
        (Answer(200, {"content-type": "application/json"}, b"{}"), "{}, not {'message'"),
    ],
)
def test_wrong_answer_is_described(answer: Answer, problem: str) -> None:
    described = WORKLOADS["json"].problem(answer, typed=True)

    assert described is not None
    assert described.startswith(problem)


def test_application_that_cannot_be_made_is_a_problem(
    runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Participant, "applications", {"text": lambda: 1 / 0})

    problems = Worker(PARTICIPANTS["by hand"], runner).prepare(["text"])

    assert problems == {"text": "ZeroDivisionError: division by zero"}


def test_orders_are_obeyed_one_after_the_other(runner: asyncio.Runner) -> None:
    orders = [{"prepare": ["text"]}, {"measure": "text", "seconds": 0}]
    worker = Worker(PARTICIPANTS["fastapi_lite"], runner)

    prepared, microseconds = obey(worker, map(json.dumps, orders))

    assert prepared["problems"] == {"text": None}
    assert prepared["version"].startswith("fastapi_lite ")
    assert microseconds > 0


def test_process_answers_each_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"prepare": ["json"]}\n'))

    main("by hand")

    assert json.loads(capsys.readouterr().out)["problems"] == {"json": None}


JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("workload", "answer"),
    [
        ("invalid", Answer(400, {"content-type": "text/plain"}, b"no")),
        ("no-route", Answer(404, {}, b"")),
        ("text", Answer(200, {"content-type": "text/plain"}, b"Hello, world!")),
        ("body", Answer(201, JSON, json.dumps(ITEM).replace("00Z", "00+00:00").encode())),
    ],
)
def test_other_frameworks_word_their_refusals_as_they_like(workload: str, answer: Answer) -> None:
    assert WORKLOADS[workload].problem(answer, typed=True, peer=True) is None
    assert WORKLOADS[workload].problem(answer, typed=True) is not None


@pytest.mark.parametrize("name", OTHERS)
def test_other_frameworks_have_a_module(name: str) -> None:
    module_name = PARTICIPANTS[name].module

    assert PARTICIPANTS[name].peer
    assert find_spec(f"benchmarks.{module_name}") is not None


async def starting(scope: Any, receive: Any, send: Any) -> None:
    assert (await receive())["type"] == "lifespan.startup"
    await send({"type": "lifespan.startup.complete"})
    try:
        await receive()
    finally:
        await send({"type": "lifespan.shutdown.complete"})


async def failing(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "lifespan.startup.failed"})


def test_application_starts_as_with_a_server(runner: asyncio.Runner) -> None:
    assert not runner.run(start(starting)).done()


def test_application_that_does_not_start_is_a_problem(runner: asyncio.Runner) -> None:
    with pytest.raises(RuntimeError, match="does not start"):
        runner.run(start(failing))


def test_other_framework_is_started_before_it_is_asked(
    runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Participant, "applications", {"text": lambda: failing})

    problems = Worker(PARTICIPANTS["Falcon"], runner).prepare(["text"])

    assert problems == {"text": "RuntimeError: it does not start"}
