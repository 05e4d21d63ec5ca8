"""The figures that the documentation shows: numbers, tables and pictures, made of rounds.

`python -m benchmarks.publish` makes the tables and pictures again from the published numbers.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any

from benchmarks import cold, http
from benchmarks.plot import draw, panel_of
from benchmarks.report import TITLES, medians, number, ratio

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = Path("docs/performance.json")
TABLES = Path("benchmarks/tables")
"""Not beside the page that includes them: each would become a page."""

OURS, OURS_UNTYPED, LIMIT = "fastapi_lite", "fastapi_lite, untyped", "by hand"
KINDS = {OURS: "ours", OURS_UNTYPED: "ours", LIMIT: "limit"}
LEGEND = {
    "ours": "fastapi_lite",
    "others": "other frameworks",
    "limit": "by hand, without a framework: the limit",
}
SECTIONS = ("measured", "cold", "throughput", "p99")
"""Of the figures: microseconds, what is cold, requests per second, milliseconds."""

PLOTTED = (
    "text", "json", "parameters", "body", "dependencies", "sync-dependencies", "models", "invalid",
    "deep-last-route", "events",
)  # fmt: skip
PLOTTED_CONNECTIONS = 32
TYPED = ("parameters", "body", "dependencies", "models", "invalid", "form")
BESIDE_FASTAPI = ("text", "json", "parameters", "body", "dependencies", "invalid")

Figures = Mapping[str, Any]
Row = Mapping[str, float]


def join(results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rounds of several runs as if of one. Exits where they were not of one Python."""
    pythons = {result["python"] for result in results}
    if len(pythons) > 1:
        raise SystemExit(f"These are of different Pythons: {', '.join(sorted(pythons))}")
    joined: dict[str, Any] = {**results[0]}
    for part in ("versions", "problems", "packages"):
        joined[part] = {name: one for r in results for name, one in r.get(part, {}).items()}
    for section in SECTIONS:
        rounds: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        for result in results:
            for name, measured in result.get(section, {}).items():
                for who, values in measured.items():
                    rounds[name][who] += values
        if rounds:
            joined[section] = rounds
    return joined


def publish(result: Mapping[str, Any], root: Path = ROOT) -> None:
    """Write what the documentation shows."""
    figures = summarise(result)
    write({NUMBERS: json.dumps(figures, indent=1) + "\n"} | rendered(figures), root)


def publish_again(root: Path = ROOT) -> None:
    """Write the tables and pictures of the published figures, after a change of their form."""
    write(rendered(json.loads((root / NUMBERS).read_text(encoding="utf-8"))), root)


def write(files: Mapping[Path, str], root: Path) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, encoding="utf-8")


def summarise(result: Mapping[str, Any]) -> dict[str, Any]:
    """The medians, to four digits, and what they were measured with."""
    kept = ("python", "machine", "system", "processors", "versions", "packages")
    return {
        **{name: result[name] for name in kept},
        "rounds": {section: fewest(result.get(section, {})) for section in SECTIONS},
        **{section: rounded(medians(result.get(section, {}))) for section in SECTIONS},
    }


def fewest(section: Mapping[str, Mapping[str, Sequence[float]]]) -> int:
    """How many rounds each of the figures is a median of, at least."""
    counts = [len(values) for measured in section.values() for values in measured.values()]
    return min(counts, default=0)


def rounded(section: Mapping[str, Row]) -> dict[str, dict[str, float]]:
    return {
        name: {who: float(f"{value:.4g}") for who, value in measured.items()}
        for name, measured in section.items()
    }


def rendered(figures: Figures) -> dict[Path, str]:
    """The tables and pictures of these figures."""
    tables: dict[str, Callable[[Figures], Iterator[str]]] = {
        "about": about,
        "summary": summary,
        "typed": typed,
        "untyped": untyped,
        "frameworks": frameworks,
        "cold": cold_table,
        "http": http_table,
        "p99": p99_table,
    }
    files = {
        TABLES / f"{name}.md": "\n".join(make(figures)) + "\n" for name, make in tables.items()
    }
    pictures = {"performance": plot_requests, "performance-http": plot_http}
    return files | {Path("docs") / f"{name}.svg": make(figures) for name, make in pictures.items()}


# What is measured, beside each other ------------------------------------------------------------


def about(figures: Figures) -> Iterator[str]:
    """With what, and how often."""
    rounds = sorted({count for count in figures["rounds"].values() if count})
    versions = {f"{name} {version}" for name, version in figures["packages"].items()}
    versions |= {*figures["versions"].values()}
    yield (
        f"Medians of {' or '.join(map(str, rounds))} interleaved rounds, "
        f"CPython {figures['python']} on {figures['system']}, {figures['machine']}, "
        f"{figures['processors']} shared cores, with {', '.join(sorted(versions, key=str.lower))}."
    )


def typed(figures: Figures) -> Iterator[str]:
    """Beside FastAPI and the limit."""
    pairs = {"FastAPI / ours": ("FastAPI", OURS), "ours / by hand": (OURS, LIMIT)}
    return compared(requests(figures), [OURS, "FastAPI", LIMIT], pairs)


def untyped(figures: Figures) -> Iterator[str]:
    """Beside Starlette."""
    pairs = {"Starlette / ours": ("Starlette", OURS_UNTYPED)}
    return compared(requests(figures), [OURS_UNTYPED, "Starlette"], pairs)


def frameworks(figures: Figures) -> Iterator[str]:
    """Beside all others, however many; ours is the typed application where there is one."""
    rows = requests(figures)
    others = others_of(rows.values())
    heads = [OURS, *others, "fastest other / ours"]
    lines = {
        title: [ours(row), *(row.get(who) for who in others), lead(row)]
        for title, row in rows.items()
        if ours(row) is not None
    }
    return table(heads, lines)


def cold_table(figures: Figures) -> Iterator[str]:
    """What happens once."""
    titles = cold.titles(figures["cold"])
    rows = {titles[name]: row for name, row in figures["cold"].items()}
    columns = [OURS, *others_of(rows.values())]
    pairs = {f"{who} / ours": (who, OURS) for who in columns[1:]}
    return compared(rows, columns, pairs)


def http_table(figures: Figures) -> Iterator[str]:
    """Requests per second."""
    rows = {http.title(kept): row for kept, row in figures["throughput"].items()}
    columns = [OURS, *others_of(rows.values()), LIMIT]
    pairs = {"ours / FastAPI": (OURS, "FastAPI"), "ours / by hand": (OURS, LIMIT)}
    return compared(rows, columns, pairs)


def p99_table(figures: Figures) -> Iterator[str]:
    """Milliseconds."""
    rows = {http.title(kept): row for kept, row in figures["p99"].items()}
    return compared(rows, [OURS, *others_of(rows.values()), LIMIT], {})


def summary(figures: Figures) -> Iterator[str]:
    """The ratios that sum it up, where they were measured."""
    rows = figures["measured"]
    ours_to_limit = known(ratio(rows.get(name, {}), OURS, LIMIT) for name in TYPED)
    to_fastapi = {name: ratio(rows.get(name, {}), "FastAPI", OURS) for name in BESIDE_FASTAPI}
    http_rows = figures["throughput"]
    typed_rows = [row for kept, row in http_rows.items() if kept.partition(", ")[0] in TYPED]
    lines = {
        "typed workloads, geometric mean: ours / by hand": geometric_mean(ours_to_limit),
        **{f"{TITLES[name]}: FastAPI / ours": value for name, value in to_fastapi.items()},
        "three sync dependencies: FastAPI / ours": ratio(
            rows.get("sync-dependencies", {}), "FastAPI", OURS
        ),
        "100 models: ours / by hand": ratio(rows.get("models", {}), OURS, LIMIT),
        "1,000 models: ours / by hand": ratio(rows.get("models-1000", {}), OURS, LIMIT),
        **dict(nearest(rows)),
        "ours: the last of 5,000 routes 4 deep / the first of 10": ratio(
            {
                name: rows[name][OURS]
                for name in ("many-last-route", "few-first-route")
                if OURS in rows.get(name, {})
            },
            "many-last-route",
            "few-first-route",
        ),
        "requests per second over HTTP, least of the typed workloads: ours / FastAPI": least(
            ratio(row, OURS, "FastAPI") for row in typed_rows
        ),
        "requests per second over HTTP, least of all: ours / by hand": least(
            ratio(row, OURS, LIMIT) for row in http_rows.values()
        ),
        **{
            f"{cold.titles([name])[name]}: FastAPI / ours": ratio(
                figures["cold"].get(name, {}), "FastAPI", OURS
            )
            for name in ("import", "declare, 1000", "first, 1000", "document, 1000", "memory, 1000")
        },
    }
    return table(["ratio"], {title: [value] for title, value in lines.items()})


# Parts of the tables ----------------------------------------------------------------------------


def requests(figures: Figures) -> dict[str, Row]:
    """What was measured without a server, by its title."""
    return {TITLES[name]: row for name, row in figures["measured"].items()}


def others_of(rows: Iterable[Row]) -> list[str]:
    """The other frameworks, in the order in which they were measured."""
    return [who for who in dict.fromkeys(who for row in rows for who in row) if who not in KINDS]


def ours(row: Row) -> float | None:
    """The typed application, or else the untyped one."""
    return row.get(OURS, row.get(OURS_UNTYPED))


def lead(row: Row) -> float | None:
    """How many times longer the fastest of the others takes."""
    mine, others = ours(row), [row[who] for who in others_of([row])]
    return min(others) / mine if mine and others else None


def nearest(rows: Mapping[str, Row]) -> list[tuple[str, float]]:
    """The workload in which another framework comes nearest, or is ahead."""
    leads = {
        f"{TITLES[name]}, least of all: fastest other / ours": lead(rows[name]) for name in rows
    }
    ahead = [(title, value) for title, value in leads.items() if value is not None]
    return sorted(ahead, key=lambda one: one[1])[:1]


def known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def least(values: Iterable[float | None]) -> float | None:
    return min(known(values), default=None)


def geometric_mean(values: Sequence[float]) -> float | None:
    return prod(values) ** (1 / len(values)) if values else None


def compared(
    rows: Mapping[str, Row], columns: Sequence[str], pairs: Mapping[str, tuple[str, str]]
) -> Iterator[str]:
    """A table of the rows that the first of the columns is in, with these ratios."""
    lines = {
        title: [*(row.get(who) for who in columns), *(ratio(row, *pair) for pair in pairs.values())]
        for title, row in rows.items()
        if columns[0] in row
    }
    return table([*columns, *pairs], lines)


def table(heads: Sequence[str], lines: Mapping[str, Sequence[float | None]]) -> Iterator[str]:
    """Markdown; a line or a column in which there is nothing is left out."""
    shown = {title: line for title, line in lines.items() if known(line)}
    columns = [at for at in range(len(heads)) if known(line[at] for line in shown.values())]
    if not shown:
        yield "Not measured."
        return
    yield f"| | {' | '.join(heads[at] for at in columns)} |"
    yield "|---|" + "---:|" * len(columns)
    for title, line in shown.items():
        figures = ((line[at], number(line[at])) for at in columns)
        cells = ("" if value is None else written for value, written in figures)
        yield f"| {title} | {' | '.join(cells)} |"


# Pictures ---------------------------------------------------------------------------------------


def plot_requests(figures: Figures) -> str:
    """Microseconds per request, a panel for each workload."""
    rows = figures["measured"]
    panels = [panel_of(TITLES[name], rows[name], KINDS) for name in PLOTTED if name in rows]
    says = "Without a server; shorter is better. Each panel has a scale of its own."
    return draw("Microseconds per request", says, LEGEND, panels)


def plot_http(figures: Figures) -> str:
    """Requests per second, a panel for each workload."""
    panels = [
        panel_of(http.title(kept), row, KINDS, descending=True)
        for kept, row in figures["throughput"].items()
        if kept.endswith(f", {PLOTTED_CONNECTIONS}")
    ]
    says = (
        "uvicorn on one core, wrk on another; longer is better. Each panel has a scale of its own."
    )
    return draw("Requests per second over HTTP", says, LEGEND, panels)


if __name__ == "__main__":
    publish_again()
