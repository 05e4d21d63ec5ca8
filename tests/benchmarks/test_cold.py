"""What a large application costs in new processes."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks import cold
from benchmarks.exchanges import ask
from benchmarks.large import PREFIXES, application, models, requests

START = ["declare", "first", "document", "document again", "peak"]


def test_every_route_of_the_large_application_answers() -> None:
    wanted = requests(4 * len(PREFIXES))
    app = application("fastapi_lite", len(wanted), models())

    answers = [asyncio.run(ask(app, request)).status for request in wanted[::49]]

    assert answers == [201, 201, 200, 200, 204]


def test_a_route_is_what_was_asked_for() -> None:
    app = application("fastapi_lite", 120, models())

    assert sum(len(path) for path in app.openapi()["paths"].values()) == 120


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("start", START),
        ("memory", ["memory", "memory asked"]),
        ("steady", ["steady"]),
        ("warm_up", ["warm-up"]),
    ],
)
def test_process_measures_itself(
    what: str, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    cold.main("fastapi_lite", what, "10")

    figures = json.loads(capsys.readouterr().out)
    assert [*figures] == names
    assert all(figure >= 0 for figure in figures.values())


def test_peak_is_known_on_other_systems_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cold, "Path", lambda _: tmp_path / "none")

    assert cold.peak_memory() > 0


def test_speed_is_steady_when_the_median_is_near_to_the_last() -> None:
    assert cold.steady_after([50.0] * 20 + [10.0] * 100) == 15


def test_one_slow_request_is_no_unsteady_speed() -> None:
    assert cold.steady_after([50.0] + [10.0] * 100) == 0


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["bench", "--only", "cold", *arguments])
    return program.main()


def test_program_measures_in_new_processes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cold, "SIZES", (10, 20))
    monkeypatch.setattr(cold, "USUAL", 10)
    file = tmp_path / "rounds.json"

    run(monkeypatch, "--rounds", "1", "--who", "by hand", "fastapi_lite", "--json", str(file))

    result = json.loads(file.read_text())
    assert [*result["cold"]] == [
        "import",
        *(f"{name}, {routes}" for name in START for routes in (10, 20)),
        *(f"{name}, 10" for name in ("warm-up", "memory", "memory asked", "steady")),
    ]
    assert [*result["versions"]] == ["by hand", "fastapi_lite"]
    assert "\ndeclaring 20 routes (ms) " in capsys.readouterr().out


def test_turns_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def recorded(who: str, what: str, routes: int) -> dict[str, float]:
        asked.extend([who] * (what == "memory"))
        return {"memory": 1.0}

    monkeypatch.setattr(cold, "in_new_process", recorded)
    monkeypatch.setattr(cold, "version_of", lambda _: "1")

    cold.measure(["fastapi_lite", "FastAPI"], rounds=2)

    assert asked == ["fastapi_lite", "FastAPI", "FastAPI", "fastapi_lite"]
