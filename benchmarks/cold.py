"""What an application costs before its speed is steady; each figure is of a new process.

`python -m benchmarks.cold PACKAGE WHAT [ROUTES]` measures one of them, and writes a line of JSON.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.domain import ITEM
from benchmarks.exchanges import Answer, Request, ask, drive
from benchmarks.large import PREFIXES, application, models, requests
from benchmarks.worker import PARTICIPANTS, version_of

PARTICIPANTS_OF_COLD = ("fastapi_lite", "FastAPI")
SIZES = (10, 100, 1_000, 5_000)
FEW, USUAL = 10, 1_000
"""Routes where one size is enough: for requests, and for what grows with the routes."""

TITLES = {
    "import": "import, pydantic being there (ms)",
    "declare": "declaring {} routes (ms)",
    "first": "the first request to one of {} (ms)",
    "document": "the document of {} (ms)",
    "document again": "the document of {} again (ms)",
    "peak": "peak memory with {} (MiB)",
    "warm-up": "warm_up() of {} (ms)",
    "memory": "memory per route of {} (KiB)",
    "memory asked": "the same, each asked (KiB)",
    "steady": "requests until the speed is steady",
}
"""What is measured; in braces the number of routes."""

IMPORT = """
import sys
from time import perf_counter
from pydantic import BaseModel
class Model(BaseModel):
    number: int
begun = perf_counter()
__import__(sys.argv[1])
print('{"import": %f}' % ((perf_counter() - begun) * 1e3))
"""
"""A program of its own, as what measures the rest has imported much already."""

OBSERVED, WINDOW, NEAR = 2_000, 11, 1.1
"""Requests that are timed one by one; of how many a moving median is; how near it is to the last."""


def start(package: str, routes: int) -> dict[str, float]:
    """Milliseconds from the first declaration to the document, and the peak of the memory."""
    __import__(package)
    kinds, request = models(), first_request(routes)
    figures: dict[str, float] = {}

    def timed(what: str, act: Callable[[], Any]) -> Any:
        begun = perf_counter()
        result = act()
        figures[what] = (perf_counter() - begun) * 1e3
        return result

    with asyncio.Runner() as runner:
        runner.get_loop()
        app = timed("declare", lambda: application(package, routes, kinds))
        check(timed("first", lambda: runner.run(ask(app, request))))
        for what in ("document", "document again"):
            answer = timed(what, lambda: runner.run(ask(app, Request("/openapi.json"))))
            assert answer.status == 200
    figures["peak"] = peak_memory() / 1024
    return figures


def peak_memory() -> int:
    """The most KiB that this process held."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux, where `ru_maxrss` counts what the parent held too
        return int(status.read_text().partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def memory(package: str, routes: int) -> dict[str, float]:
    """The KiB that each route takes when one, and when each of them, has been asked."""
    __import__(package)
    figures = {}
    with asyncio.Runner() as runner:
        kinds = models()
        check(
            runner.run(ask(application(package, 1, kinds), first_request(1)))
        )  # loads what is lazy
        kinds, wanted = models(), requests(routes)
        gc.collect()
        tracemalloc.start()
        app = application(package, routes, kinds)
        for what, asked in (("memory", [first_request(routes)]), ("memory asked", wanted)):
            for request in asked:
                assert runner.run(ask(app, request)).status < 300
            gc.collect()
            figures[what] = tracemalloc.get_traced_memory()[0] / 1024 / routes
        tracemalloc.stop()
    return figures


def steady(package: str, routes: int) -> dict[str, float]:
    """The number of requests that are slower than those that come after."""
    app, request = application(package, routes, models()), first_request(routes)

    async def times() -> list[float]:
        return [await drive(app, request, 1) for _ in range(OBSERVED)]

    return {"steady": steady_after(asyncio.run(times()))}


def steady_after(times: Sequence[float]) -> int:
    """After how many of them the moving median first comes near to what it ends with."""
    last = median(times[len(times) // 2 :])
    starts = range(len(times) - WINDOW + 1)
    return next(at for at in starts if median(times[at : at + WINDOW]) <= NEAR * last)


def warm_up(package: str, routes: int) -> dict[str, float]:
    """The milliseconds of compiling all that requests need."""
    app = application(package, routes, models())
    begun = perf_counter()
    app.warm_up()
    return {"warm-up": (perf_counter() - begun) * 1e3}


def first_request(routes: int) -> Request:
    """What creates an item on the last shelf that has a route."""
    return requests(min(routes, len(PREFIXES)))[-1]


def check(answer: Answer) -> None:
    """Raises `AssertionError` where that is not what was created."""
    assert (answer.status, json.loads(answer.body)) == (201, ITEM), answer


MEASURES = {"start": start, "memory": memory, "steady": steady, "warm_up": warm_up}


def plan(who: str) -> Iterator[tuple[str, int]]:
    """What is measured in a round, and with how many routes."""
    yield "import", 0
    yield from (("start", routes) for routes in SIZES)
    yield from (("memory", USUAL), ("steady", FEW))
    if who == "fastapi_lite":
        yield "warm_up", USUAL


def measure(participants: Sequence[str], rounds: int) -> dict[str, Any]:
    """All that was measured, round by round."""
    measured: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    able = [who for who in participants if who in PARTICIPANTS_OF_COLD]
    for who in able:
        in_new_process(who, "import", 0)  # unmeasured, which writes the bytecode
    for number in range(rounds):
        print(f"cold round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        turn = number % (len(able) or 1)
        for who in [*able[turn:], *able[:turn]]:
            for what, routes in plan(who):
                for name, figure in in_new_process(who, what, routes).items():
                    measured[f"{name}, {routes}" if routes else name][who].append(figure)
    return {
        "versions": {who: version_of(PARTICIPANTS[who]) for who in able},
        "measured": dict(sorted(measured.items(), key=lambda kept: place(kept[0]))),
    }


def place(kept: str) -> int:
    """Where it stands: what was measured, whatever the number of routes, stands together."""
    return [*TITLES].index(kept.partition(", ")[0])


def in_new_process(who: str, what: str, routes: int) -> Mapping[str, float]:
    """What a participant measured of itself."""
    package = PARTICIPANTS[who].package
    program = ["-c", IMPORT, package]
    if what in MEASURES:
        program = ["-m", "benchmarks.cold", package, what, str(routes)]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *program]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def titles(measured: Iterable[str]) -> dict[str, str]:
    """What was measured, in words."""
    split = {kept: kept.partition(", ") for kept in measured}
    return {
        kept: TITLES[what].format(f"{int(routes or 0):,}")
        for kept, (what, _, routes) in split.items()
    }


def main(package: str, what: str, routes: str) -> None:
    print(json.dumps(MEASURES[what](package, int(routes))))


if __name__ == "__main__":
    main(*sys.argv[1:])
