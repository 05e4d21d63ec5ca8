"""The steps of a request, measured one by one."""

from __future__ import annotations

import math
import re
from pathlib import Path

from benchmarks.steps import REST, WHOLE, measure

PAGE = Path(__file__).parents[2] / "docs/explanation/performance.md"


def test_the_steps_and_the_rest_make_the_whole() -> None:
    figures = measure(times=5)
    whole = figures.pop(WHOLE)

    assert math.isclose(sum(figures.values()), whole)
    assert REST in figures


def test_the_page_on_performance_names_the_steps() -> None:
    named = re.findall(r"^\| ([^|*]+?) \| [0-9.]+ \|", PAGE.read_text("utf-8"), re.MULTILINE)
    measured = [name for name in measure(times=5) if not name.startswith(("copying", WHOLE))]
    assert len(named) == len(measured)
