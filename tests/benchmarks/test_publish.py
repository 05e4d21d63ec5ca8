"""The published figures: joined, as JSON, as tables and as pictures."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import __main__ as program
from benchmarks import publish as module
from benchmarks.plot import Panel, draw, panel_of
from benchmarks.publish import (
    NUMBERS,
    ROOT,
    join,
    plot_requests,
    publish,
    publish_again,
    rendered,
    summarise,
    summary,
    table,
)

RESULT: dict[str, Any] = {
    "python": "3.11.7",
    "machine": "x86_64",
    "system": "Linux",
    "processors": 2,
    "packages": {"pydantic": "2.14.3"},
    "versions": {"FastAPI": "fastapi 0.165.0"},
    "problems": {},
    "measured": {
        "text": {"fastapi_lite": [2.0, 3.0, 4.0], "FastAPI": [30.0] * 3, "by hand": [1.0] * 3},
        "parameters": {"fastapi_lite": [8.0], "FastAPI": [80.0], "Other": [16.0], "by hand": [4.0]},
        "body": {"fastapi_lite": [9.0], "by hand": [1.0]},
        "form": {"fastapi_lite, untyped": [15.0], "Starlette": [28.0]},
        "many-last-route": {"fastapi_lite": [6.0]},
        "few-first-route": {"fastapi_lite": [5.0]},
    },
    "cold": {"declare, 1000": {"fastapi_lite": [10.0], "FastAPI": [500.0]}},
    "throughput": {
        "text, 32": {"fastapi_lite": [30_000.0], "FastAPI": [10_000.0]},
        "body, 32": {"fastapi_lite": [20_000.0], "FastAPI": [5_000.0]},
    },
    "p99": {"text, 32": {"fastapi_lite": [1.5], "FastAPI": [9.0]}},
}


def tables() -> dict[str, str]:
    return {path.stem: content for path, content in rendered(summarise(RESULT)).items()}


def cells(name: str, title: str) -> list[str]:
    """The figures of a line of a table."""
    (line,) = (line for line in tables()[name].splitlines() if line.startswith(f"| {title} |"))
    return [cell.strip() for cell in line.split("|")[2:-1]]


def test_typed_workloads_stand_beside_fastapi_and_the_limit() -> None:
    assert cells("typed", "plain text") == ["3.00", "30.0", "1.00", "10.0", "3.00"]


def test_what_was_not_measured_is_an_empty_cell() -> None:
    assert cells("typed", "ten-field body") == ["9.00", "", "1.00", "", "9.00"]


def test_untyped_workloads_stand_beside_starlette() -> None:
    assert cells("untyped", "urlencoded form") == ["15.0", "28.0", "1.87"]


def test_all_frameworks_have_a_column_and_the_fastest_a_ratio() -> None:
    heading = tables()["frameworks"].splitlines()[0]

    assert heading == "| | fastapi_lite | FastAPI | Other | Starlette | fastest other / ours |"
    assert cells("frameworks", "six parameters") == ["8.00", "80.0", "16.0", "", "2.00"]
    assert cells("frameworks", "urlencoded form") == ["15.0", "", "", "28.0", "1.87"]


def test_cold_figures_have_a_ratio_for_each_framework() -> None:
    assert cells("cold", "declaring 1,000 routes (ms)") == ["10.0", "500", "50.0"]


def test_requests_per_second_are_compared_the_other_way_round() -> None:
    assert cells("http", "plain text, 32 connections") == ["30,000", "10,000", "3.00"]
    assert cells("p99", "plain text, 32 connections") == ["1.50", "9.00"]


@pytest.mark.parametrize(
    ("measure", "figure"),
    [
        ("typed workloads, geometric mean: ours / by hand", "4.24"),
        ("plain text: FastAPI / ours", "10.0"),
        ("urlencoded form, least of all: fastest other / ours", "1.87"),
        ("ours: the last of 5,000 routes 4 deep / the first of 10", "1.20"),
        ("requests per second over HTTP, least of the typed workloads: ours / FastAPI", "4.00"),
        ("declaring 1,000 routes (ms): FastAPI / ours", "50.0"),
    ],
)
def test_ratios_sum_it_up(measure: str, figure: str) -> None:
    assert cells("summary", measure) == [figure]


def test_what_it_was_measured_with_is_said() -> None:
    assert tables()["about"] == (
        "Medians of 1 interleaved rounds, CPython 3.11.7 on Linux, x86_64, 2 shared cores, "
        "with fastapi 0.165.0, pydantic 2.14.3.\n"
    )


def test_column_and_line_in_which_there_is_nothing_are_left_out() -> None:
    lines = {"x": [None, 1.0], "y": [None, None]}

    assert [*table(["a", "b"], lines)] == ["| | b |", "|---|---:|", "| x | 1.00 |"]


def test_nothing_measured_is_nothing_shown() -> None:
    nothing = summarise({**RESULT, **{section: {} for section in module.SECTIONS}})

    assert [*summary(nothing)] == ["Not measured."]
    assert len(texts(plot_requests(nothing))) == 5


def test_rounds_of_several_runs_are_joined() -> None:
    first = {**RESULT, "measured": {"text": {"FastAPI": [1.0]}}}
    second = {**RESULT, "measured": {"text": {"FastAPI": [3.0], "Other": [5.0]}}}

    joined = join([first, second])

    assert joined["measured"]["text"] == {"FastAPI": [1.0, 3.0], "Other": [5.0]}


def test_runs_of_different_pythons_are_not_joined() -> None:
    with pytest.raises(SystemExit, match=r"different Pythons: 3\.11\.7, 3\.14\.0"):
        join([RESULT, {**RESULT, "python": "3.14.0"}])


def texts(picture: str) -> list[str]:
    """The words of a picture, in order."""
    elements = ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    return [element.text or "" for element in elements]


def test_picture_has_a_panel_for_each_workload_with_the_best_first() -> None:
    assert texts(tables()["performance"])[5:] == [
        *("plain text", "by hand", "1.00", "fastapi_lite", "3.00", "FastAPI", "30.0"),
        *("six parameters", "by hand", "4.00", "fastapi_lite", "8.00"),
        *("Other", "16.0", "FastAPI", "80.0"),
        *("ten-field body", "by hand", "1.00", "fastapi_lite", "9.00"),
    ]


def test_longest_bar_of_requests_per_second_is_the_best() -> None:
    words = texts(tables()["performance-http"])

    assert words[5:] == [
        "plain text, 32 connections", "fastapi_lite", "30,000", "FastAPI", "10,000",
        "ten-field body, 32 connections", "fastapi_lite", "20,000", "FastAPI", "5,000",
    ]  # fmt: skip


def test_bars_are_as_long_as_their_figures() -> None:
    panel = panel_of("a", {"x": 10.0, "y": 20.0}, {"x": "ours"})

    picture = ElementTree.fromstring(draw("b", "c", {}, [panel]))

    bars = [*picture.iter("{http://www.w3.org/2000/svg}rect")]
    assert [bar.get("class") for bar in bars] == ["ours", "others"]
    assert float(bars[1].get("width", 0)) == 2 * float(bars[0].get("width", 0))


def test_words_of_a_picture_are_escaped() -> None:
    picture = draw("a < b & c", "", {}, [Panel("", [*panel_of("", {"x": 1.0}, {}).bars])])

    assert texts(picture)[0] == "a < b & c"


def test_published_files_are_those_of_the_published_figures() -> None:
    files = rendered(json.loads((ROOT / NUMBERS).read_text("utf-8")))

    published = {path: (ROOT / path).read_text("utf-8") for path in files}
    assert published == files, "`python -m benchmarks.publish` makes them again"


def test_files_are_written_below_the_checkout(tmp_path: Path) -> None:
    publish(RESULT, tmp_path)

    figures = json.loads((tmp_path / "docs/performance.json").read_text())
    assert figures["measured"]["text"] == {"fastapi_lite": 3.0, "FastAPI": 30.0, "by hand": 1.0}
    assert {path.suffix for path in tmp_path.rglob("*.*")} == {".json", ".md", ".svg"}


def test_tables_are_made_again_from_the_published_figures(tmp_path: Path) -> None:
    publish(RESULT, tmp_path)
    table = tmp_path / "benchmarks/tables/typed.md"
    written = table.read_text()
    table.write_text("")

    publish_again(tmp_path)

    assert table.read_text() == written


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would be published."""
    results: list[Any] = []
    monkeypatch.setattr(program, "publish", results.append)
    return results


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    return program.main()


def test_program_publishes_what_was_measured_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, published: list[Any]
) -> None:
    file = tmp_path / "rounds.json"
    file.write_text(json.dumps(RESULT))

    assert run(monkeypatch, "--publish", str(file), str(file)) == 0
    assert published[0]["measured"]["body"] == {"fastapi_lite": [9.0, 9.0], "by hand": [1.0, 1.0]}


def test_program_measures_all_and_publishes_it(
    monkeypatch: pytest.MonkeyPatch, published: list[Any]
) -> None:
    measured = {"versions": {}, "problems": {}}
    monkeypatch.setattr(program, "print_http", lambda _: measured | {"p99": RESULT["p99"]})
    monkeypatch.setattr(program, "print_in_process", lambda _: measured | {"cold": RESULT["cold"]})

    assert run(monkeypatch, "--publish") == 0
    assert published[0]["packages"].keys() >= {"pydantic", "anyio"}
    assert published[0].keys() & {*module.SECTIONS} == {"p99", "cold"}


def test_all_is_not_some(monkeypatch: pytest.MonkeyPatch, published: list[Any]) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, "--only", "text", "--publish")

    assert published == []
