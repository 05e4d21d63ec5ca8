"""The applications that are compared, as far as they need no other framework."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator

import pytest

from benchmarks import worker as module
from benchmarks.exchanges import Answer
from benchmarks.worker import PARTICIPANTS, Participant, Worker, main, obey
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
