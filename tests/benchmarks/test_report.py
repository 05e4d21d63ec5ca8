"""Rounds, medians and the table."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks.report import medians, table
from benchmarks.worker import Participant


def test_table_shows_medians_and_how_they_compare() -> None:
    rounds = {
        "text": {"fastapi_lite": [5.0, 4.0, 90.0], "FastAPI": [1.0, 60.0, 70.0]},
        "json": {"fastapi_lite": [100.0], "FastAPI": [1234.0]},
    }

    heading, text, json = table(rounds, ["fastapi_lite", "FastAPI", "by hand"])

    assert heading.split()[:3] == ["fastapi_lite", "FastAPI", "FastAPI/ours"]
    assert text.split() == ["plain", "text", "5.00", "60.0", "12.0", "-", "-"]
    assert json.split()[-5:] == ["100", "1,234", "12.3", "-", "-"]


def test_table_names_the_fastest_of_the_other_frameworks() -> None:
    rounds = {
        "text": {"fastapi_lite": [2.0], "Falcon": [5.0], "BlackSheep": [3.0]},
        "json": {"fastapi_lite": [2.0]},
    }

    heading, text, json_line = table(rounds, ["fastapi_lite", "Falcon", "BlackSheep"])

    assert heading.endswith("fastest other/ours")
    assert text.endswith(" 1.50 BlackSheep")
    assert json_line.split()[-1] == "-"


def test_framework_that_is_not_installed_is_left_out_with_a_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = Participant("peers.absent", "framework_that_is_absent")
    monkeypatch.setitem(program.PARTICIPANTS, "Absent", absent)

    result = program.measure(["Absent"], ["text"], rounds=1, seconds=0.001)

    assert result["versions"] == {}
    assert "Absent: framework_that_is_absent is not installed" in capsys.readouterr().err


def test_median_is_of_the_rounds() -> None:
    assert medians({"text": {"by hand": [3.0, 1.0, 2.0]}}) == {"text": {"by hand": 2.0}}


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    return program.main()


def test_program_measures_what_was_chosen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rounds.json"

    status = run(
        monkeypatch,
        *("--rounds", "2", "--seconds", "0.001", "--only", "text"),
        *("--who", "fastapi_lite", "by hand", "--json", str(file)),
    )

    measured = json.loads(file.read_text())["measured"]
    assert status == 0
    assert {name: [*rounds] for name, rounds in measured.items()} == {
        "text": ["fastapi_lite", "by hand"],
    }
    assert all(len(values) == 2 for rounds in measured.values() for values in rounds.values())
    assert "\nplain text " in capsys.readouterr().out


def test_turns_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Recorded(program.Process):
        def order(self, **what: object) -> object:
            asked.extend([self.name] * ("measure" in what))
            return super().order(**what)

    monkeypatch.setattr(program, "Process", Recorded)

    program.measure(["fastapi_lite", "by hand"], ["text"], rounds=2, seconds=0.001)

    assert asked == ["fastapi_lite", "by hand", "by hand", "fastapi_lite"]


def test_wrong_answer_is_not_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Wrong(program.Process):
        def order(self, **what: object) -> object:
            super().order(**what)
            return {"version": "1", "problems": {"text": "status 500"}}

    monkeypatch.setattr(program, "Process", Wrong)

    status = run(monkeypatch, "--rounds", "1", "--only", "text", "--who", "by hand")

    assert status == 1
    assert "by hand: text: status 500" in capsys.readouterr().out


def test_process_that_ends_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program.sys, "executable", "true")

    with program.Process("by hand") as process, pytest.raises(SystemExit, match="by hand ended"):
        process.order(prepare=[])
