"""Servers that are asked over HTTP; a program that only says what it counted stands for wrk."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks import http
from benchmarks.exchanges import Answer, Request
from benchmarks.workloads import WORKLOADS

CORES = {0, 1}


class Affinity:
    """The cores this process is kept on, without keeping it there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, allowed: set[int]) -> None:
        self.allowed = allowed
        self.asked: list[set[int]] = []
        monkeypatch.setattr(http.os, "sched_getaffinity", lambda _: self.allowed, raising=False)
        monkeypatch.setattr(
            http.os, "sched_setaffinity", lambda _, to: self.asked.append(to), raising=False
        )


@pytest.fixture
def wrk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of what wrk counts; beside it, `calls` has the arguments of each call."""
    counted, calls = tmp_path / "counted", tmp_path / "calls"
    counted.write_text('{"requests": 10, "microseconds": 2000000, "p99": 1500, "errors": 0}')
    program = tmp_path / "wrk"
    program.write_text(
        f"#!{sys.executable}\nimport sys\n"
        f"open({str(calls)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        f"print('Running')\nprint(open({str(counted)!r}).read())\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return counted


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Servers that are none, and answer rightly; the list says who is asked for, in turn."""
    started: list[str] = []

    class Pretended(http.Server):
        def __init__(self, name: str, workload: str, core: int) -> None:
            self.name, self.workload, self.version = name, workload, f"{name} 1"
            self.port = len(started) + 1
            started.append(name)

        def __enter__(self) -> Pretended:
            return self

        def __exit__(self, *raised: object) -> None:
            started.append(f"{self.name} ended")

        def ask(self, request: Request) -> Answer:
            return Answer(200, {"content-type": "text/plain; charset=utf-8"}, b"Hello, world!")

    monkeypatch.setattr(http, "Server", Pretended)
    return started


def ports(wrk: Path) -> list[str]:
    """The ports that were asked, call by call."""
    calls = (wrk.parent / "calls").read_text().splitlines()
    return [call.rpartition("127.0.0.1:")[2].partition("/")[0] for call in calls]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="Linux alone has it")
@pytest.mark.parametrize("name", http.OVER_HTTP)
@pytest.mark.parametrize("who", ["fastapi_lite", "by hand"])
def test_server_answers_as_it_has_to(who: str, name: str) -> None:
    with http.Server(who, name, min(os.sched_getaffinity(0))) as server:
        answer = server.ask(WORKLOADS[name].request)

    assert WORKLOADS[name].problem(answer, typed=True) is None
    assert server.process.returncode is not None


def test_server_that_ends_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http.sys, "executable", "true")

    with pytest.raises(SystemExit, match="by hand ended"), http.Server("by hand", "text", 0):
        raise AssertionError("it has not started")  # pragma: no cover - what must not run


def test_server_that_does_not_end_is_killed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stubborn = tmp_path / "python"
    stubborn.write_text(f"#!/bin/sh\ntrap '' TERM\nexec {sys.executable} -c '{STUBBORN}'\n")
    stubborn.chmod(0o755)
    monkeypatch.setattr(http.sys, "executable", str(stubborn))
    monkeypatch.setattr(http, "PATIENCE", 0.01)

    with http.Server("by hand", "text", 0) as server:
        pass

    assert server.process.returncode == -9


STUBBORN = """
print("{\\"port\\": 1, \\"version\\": \\"1\\"}", flush=True)
import threading
threading.Event().wait()
"""


def test_wrk_is_told_the_request() -> None:
    told = http.script(Request("/", "POST", headers=((b"x-a", b'"1"'),), body=b'{"a": 1}'))

    method, header, body, *_ = told.splitlines()

    assert method == 'wrk.method = "POST"'
    assert header == r'wrk.headers["x-a"] = "\"1\""'
    assert body == r'wrk.body = "{\"a\": 1}"'


def test_turns_are_taken_for_each_number_of_connections(
    monkeypatch: pytest.MonkeyPatch, wrk: Path, pretended: list[str]
) -> None:
    affinity = Affinity(monkeypatch, CORES)

    result = http.measure(["fastapi_lite", "by hand"], ["text"], 2, 1, [8, 9])

    assert ports(wrk) == [*"12", *"1212", *"2121"]  # unmeasured, and the rounds
    assert affinity.asked == [{1}, CORES]
    assert pretended == ["fastapi_lite", "by hand", "by hand ended", "fastapi_lite ended"]
    five = {"fastapi_lite": [5.0, 5.0], "by hand": [5.0, 5.0]}
    assert result["throughput"] == {"text, 8": five, "text, 9": five}
    assert result["p99"]["text, 8"]["by hand"] == [1.5, 1.5]


def test_who_has_no_such_application_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, wrk: Path, pretended: list[str]
) -> None:
    Affinity(monkeypatch, CORES)

    result = http.measure(["fastapi_lite, untyped", "by hand"], ["parameters"], 1, 1)

    assert pretended == ["by hand", "by hand ended"]
    assert result["problems"]["by hand: parameters"].startswith("content-type text/plain")
    assert result["throughput"] == {}


def test_requests_that_fail_are_not_counted(
    monkeypatch: pytest.MonkeyPatch, wrk: Path, pretended: list[str]
) -> None:
    Affinity(monkeypatch, CORES)
    wrk.write_text('{"requests": 10, "microseconds": 1000000, "p99": 1, "errors": 3}')

    result = http.measure(["by hand"], ["text"], 1, 1, [8])

    assert result["problems"] == {"by hand: text, 8 connections": "3 requests failed"}
    assert result["throughput"] == {}


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http.shutil, "which", lambda _: None)

    with pytest.raises(SystemExit, match="apt-get install wrk"):
        http.measure(["by hand"], ["text"], 1, 1)


def test_one_core_is_too_few(monkeypatch: pytest.MonkeyPatch, wrk: Path) -> None:
    Affinity(monkeypatch, {0})

    with pytest.raises(SystemExit, match="needs two cores"):
        http.measure(["by hand"], ["text"], 1, 1)


def test_system_without_affinity_is_refused(monkeypatch: pytest.MonkeyPatch, wrk: Path) -> None:
    monkeypatch.delattr(http.os, "sched_setaffinity", raising=False)

    with pytest.raises(SystemExit, match="needs Linux"):
        http.measure(["by hand"], ["text"], 1, 1)


def test_table_shows_requests_ratios_and_milliseconds() -> None:
    result = {
        "throughput": {"text, 32": {"fastapi_lite": [30000.0], "FastAPI": [10000.0]}},
        "p99": {"text, 32": {"fastapi_lite": [2.0], "FastAPI": [7.0]}},
    }

    heading, text = http.table(result, ["fastapi_lite", "FastAPI"])

    assert heading.split()[-4:] == ["p99", "fastapi_lite", "p99", "FastAPI"]
    assert text.startswith("plain text, 32 connections ")
    assert text.split()[4:] == ["30,000", "10,000", "3.00", "-", "2.00", "7.00"]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["bench", "--http", *arguments])
    return program.main()


def test_program_asks_over_http(
    monkeypatch: pytest.MonkeyPatch,
    wrk: Path,
    pretended: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    Affinity(monkeypatch, CORES)
    file = wrk.parent / "rounds.json"

    status = run(
        monkeypatch,
        *("--rounds", "1", "--only", "text", "--who", "by hand", "--json", str(file)),
    )

    assert status == 0
    assert "\nplain text, 256 connections " in capsys.readouterr().out
    assert json.loads(file.read_text())["throughput"]["text, 32"] == {"by hand": [5.0]}


def test_what_is_no_request_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, "--only", "cold")

    assert "cold is no request that wrk can make" in capsys.readouterr().err
