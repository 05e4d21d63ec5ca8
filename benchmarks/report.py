"""What was measured, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

from benchmarks.workloads import WORKLOADS

Rounds = Mapping[str, Mapping[str, Sequence[float]]]
"""What each round measured: by what was asked, then by who answered."""

COMPARED = {
    "FastAPI/ours": ("FastAPI", "fastapi_lite"),
    "ours/by hand": ("fastapi_lite", "by hand"),
    "Starlette/ours": ("Starlette", "fastapi_lite, untyped"),
}
"""How many times longer the one takes than the other."""

TITLES = {name: workload.title for name, workload in WORKLOADS.items()}


def medians(rounds: Rounds) -> dict[str, dict[str, float]]:
    """The median of the rounds."""
    return {
        name: {who: median(values) for who, values in measured.items()}
        for name, measured in rounds.items()
    }


def ratio(measured: Mapping[str, float], slower: str, faster: str) -> float | None:
    """How many times longer one takes than the other, if both were measured."""
    if slower in measured and faster in measured:
        return measured[slower] / measured[faster]
    return None


def table(
    rounds: Rounds, participants: Iterable[str], titles: Mapping[str, str] = TITLES
) -> Iterator[str]:
    """A line for each thing measured, with the medians and how they compare."""
    columns = [who for who in participants if any(who in one for one in rounds.values())]
    heads = [*columns, *COMPARED]
    widest = max(map(len, titles.values()))
    yield "  ".join([" " * widest, *heads])
    for name, measured in medians(rounds).items():
        cells = [number(measured.get(who)) for who in columns]
        cells += [number(ratio(measured, *pair)) for pair in COMPARED.values()]
        padded = (cell.rjust(len(head)) for cell, head in zip(cells, heads, strict=True))
        yield "  ".join([titles[name].ljust(widest), *padded])


def number(value: float | None) -> str:
    """Three digits, or more before the point."""
    if value is None:
        return "-"
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}"
