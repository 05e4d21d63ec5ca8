"""Measure microseconds per request, side by side: `python -m benchmarks`.

Each participant has a process; one works at a time, in turn, so that what happens to the machine
happens to all of them. The figures are medians of the rounds. With `--http` there is a server for
each, and wrk asks them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import cold, http
from benchmarks.publish import join, publish
from benchmarks.report import table
from benchmarks.worker import PARTICIPANTS
from benchmarks.workloads import WORKLOADS

COLD = "cold"
PACKAGES = ("pydantic", "pydantic_core", "anyio", "uvicorn", "httptools", "uvloop")
"""Which are part of what is measured."""


class Process:
    """A participant's process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, **what: Any) -> Any:
        """What comes of an order."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(BrokenPipeError):  # where it has ended there is nothing to read either
            self.process.stdin.write(json.dumps(what) + "\n")
            self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"The process of {self.name} ended.")
        return json.loads(line)

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *raised: object) -> None:
        self.process.communicate()  # closes its input, which ends it


def measure(
    participants: Sequence[str], names: Sequence[str], rounds: int, seconds: float
) -> dict[str, Any]:
    """All that was measured, round by round."""
    versions: dict[str, str] = {}
    problems: dict[str, str] = {}
    measured: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with ExitStack() as stack:
        turns: dict[str, list[Process]] = {name: [] for name in names if name in WORKLOADS}
        for who in participants:
            if reason := PARTICIPANTS[who].missing:
                print(f"Left out: {who}: {reason}", file=sys.stderr)
                continue
            process = stack.enter_context(Process(who))
            offered = [name for name in turns if name in PARTICIPANTS[who].workloads]
            prepared = process.order(prepare=offered)
            versions[who] = prepared["version"]
            for name, problem in prepared["problems"].items():
                if problem is None:
                    turns[name].append(process)
                else:
                    problems[f"{who}: {name}"] = problem
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
            for name, processes in turns.items():
                first = number % (len(processes) or 1)
                for process in [*processes[first:], *processes[:first]]:
                    micros = process.order(measure=name, seconds=seconds)
                    measured[name][process.name].append(micros)
    return {"versions": versions, "problems": problems, "measured": measured}


def arguments() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument(
        "--only", nargs="+", metavar="WORKLOAD", choices=[*WORKLOADS, COLD],
        help=f"of {', '.join([*WORKLOADS, COLD])}",
    )  # fmt: skip
    options.add_argument(
        "--who", nargs="+", metavar="PARTICIPANT", choices=[*PARTICIPANTS],
        help=f"of {', '.join(PARTICIPANTS)}",
    )  # fmt: skip
    options.add_argument(
        "--seconds", type=float,
        help="for each measurement (default: 0.2; over HTTP 3, and whole seconds)",
    )  # fmt: skip
    options.add_argument(
        "--http", action="store_true", help="requests per second of servers, asked by wrk"
    )
    options.add_argument("--json", type=Path, metavar="FILE", help="write every round to it")
    options.add_argument(
        "--publish", nargs="*", type=Path, metavar="FILE",
        help="write the figures of the documentation: from these files, which --json has written, "
        "or else from all there is to measure",
    )  # fmt: skip
    chosen = options.parse_args()
    if chosen.publish == [] and (chosen.only or chosen.who or chosen.http):
        options.error("--publish alone measures all; for some, name files that --json has written")
    if chosen.http and (no_request := {COLD, "websocket"} & {*(chosen.only or ())}):
        options.error(f"{', '.join(no_request)} is no request that wrk can make")
    return chosen


def main() -> int:
    """Measure and print; the exit status is 1 where an answer was wrong."""
    chosen = arguments()
    if chosen.publish:
        result = join([json.loads(file.read_text()) for file in chosen.publish])
    else:
        measuring = [print_http if chosen.http else print_in_process]
        if chosen.publish is not None:
            measuring = [print_http, print_in_process]  # what may be missing is missed at once
        result = join([surroundings() | measured(chosen) for measured in measuring])
    for where, problem in result["problems"].items():
        print(f"\nNot as it should be: {where}: {problem}")
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=1) + "\n")
    if chosen.publish is not None:
        publish(result)
    return int(bool(result["problems"]))


def surroundings() -> dict[str, Any]:
    """What the figures depend on, besides what is measured."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "system": platform.system(),
        "processors": os.cpu_count(),
        "packages": {
            name: version(name) for name in PACKAGES if importlib.util.find_spec(name) is not None
        },
    }


def print_in_process(chosen: argparse.Namespace) -> dict[str, Any]:
    """Print, and return, what was measured without a server."""
    participants = chosen.who or [who for who in PARTICIPANTS if not PARTICIPANTS[who].has_server]
    names = chosen.only or [*WORKLOADS, COLD]
    result = measure(participants, names, chosen.rounds, chosen.seconds or 0.2)
    if COLD in names:
        started = cold.measure(participants, chosen.rounds)
        result["versions"] |= started["versions"]
        result["cold"] = started["measured"]
    print(f"Python {platform.python_version()}, {', '.join(result['versions'].values())}")
    if result["measured"]:
        print(f"Microseconds per request, median of {chosen.rounds} rounds.\n")
        for line in table(result["measured"], participants):
            print(line)
    if COLD in names:
        print(f"\nIn new processes, median of {chosen.rounds} rounds.\n")
        for line in table(result["cold"], participants, cold.titles(result["cold"])):
            print(line)
    return result


def print_http(chosen: argparse.Namespace) -> dict[str, Any]:
    """Print, and return, what wrk measured."""
    participants = chosen.who or http.SERVED
    for who in participants:
        if reason := PARTICIPANTS[who].missing:
            print(f"Left out: {who}: {reason}", file=sys.stderr)
    names = chosen.only or http.OVER_HTTP
    seconds = max(1, round(chosen.seconds or 3))
    result = http.measure(participants, names, chosen.rounds, seconds)
    print(f"Python {platform.python_version()}, {', '.join(result['versions'].values())}")
    print(f"Requests per second, and milliseconds, median of {chosen.rounds} rounds.\n")
    for line in http.table(result, participants):
        print(line)
    return result


if __name__ == "__main__":
    sys.exit(main())
