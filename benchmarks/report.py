"""What was measured, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median

from benchmarks.worker import PARTICIPANTS
from benchmarks.workloads import WORKLOADS

Rounds = Mapping[str, Mapping[str, Sequence[float]]]
"""What each round measured: by what was asked, then by who answered."""

COMPARED = {
    "FastAPI/ours": ("FastAPI", "fastapi_lite"),
    "ours/by hand": ("fastapi_lite", "by hand"),
    "Starlette/ours": ("Starlette", "fastapi_lite, untyped"),
}
"""How many times longer the one takes than the other."""

OTHERS = [who for who, participant in PARTICIPANTS.items() if participant.peer]
"""Frameworks that are no model of ours."""
FASTEST = "fastest other/ours"

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
    heads = [*columns, *COMPARED, *([FASTEST] if {*columns} & {*OTHERS} else [])]
    widest = max(map(len, titles.values()))
    yield "  ".join([" " * widest, *heads])
    for name, measured in medians(rounds).items():
        cells = [number(measured.get(who)) for who in columns]
        cells += [number(ratio(measured, *pair)) for pair in COMPARED.values()]
        if FASTEST in heads:
            cells.append(fastest_other(measured))
        padded = (cell.rjust(len(head)) for cell, head in zip(cells, heads, strict=True))
        yield "  ".join([titles[name].ljust(widest), *padded])


def fastest_other(measured: Mapping[str, float]) -> str:
    """How many times longer the fastest of the other frameworks takes than ours, and its name."""
    ours = [measured[who] for who in ("fastapi_lite", "fastapi_lite, untyped") if who in measured]
    others = [who for who in OTHERS if who in measured]
    if not ours or not others:
        return number(None)
    fastest = min(others, key=measured.__getitem__)
    return f"{number(measured[fastest] / ours[0])} {fastest}"


def number(value: float | None) -> str:
    """Three digits, or more before the point."""
    if value is None:
        return "-"
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}"
