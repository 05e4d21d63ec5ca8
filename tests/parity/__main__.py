"""Compares what applications say under this package with what they say under the peers.

    python -m tests.parity [APPLICATION ...]     such as errors/ or errors/handlers

Prints each difference that is not intended; the last line counts. Exits with 1 if there is one.
"""

from __future__ import annotations

import difflib
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from tests.parity.corpus import application_names, requests_of, short
from tests.parity.differences import DIFFERENCES, Difference
from tests.parity.examples import NOT_COMPARED, staged

ROOT = Path(__file__).parents[2]
PATIENCE = 180
"""Seconds for all applications under one framework."""

Report = dict[str, dict[str, Any]]


def main() -> int:
    """Compare; the exit status."""
    warnings.simplefilter("ignore")  # some applications use what is deprecated
    wanted = sys.argv[1:]
    names = [
        name
        for name in application_names()
        if not wanted or any(short(name).startswith(start) for start in wanted)
    ]
    with ThreadPoolExecutor() as pool:
        ours, theirs = pool.map(lambda framework: play(framework, names), ("ours", "theirs"))
    used: dict[Difference, set[str]] = {}
    failures = 0
    count = 0
    for name in names:
        for line in compare(name, ours[name], theirs[name], used):
            failures += 1
            print(f"{short(name)}: {line}")
        count += len(ours[name].get("requests", ()))
    for problem in stale(used, everything=not wanted):
        failures += 1
        print(problem)
    print(
        f"{len(names)} applications, {count} requests: {failures} unexplained differences, "
        f"{len(used)} intended ones"
    )
    return 1 if failures else 0


def play(framework: str, names: list[str]) -> Report:
    """What the applications say under a framework."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.parity.play", framework, *names],
        capture_output=True,
        cwd=ROOT,
        # FastAPI's document depends on the order of sets.
        env={**os.environ, "PYTHONHASHSEED": "0"},
        timeout=PATIENCE,
    )
    if done.returncode:
        sys.exit(done.stderr.decode())
    report: Report = json.loads(done.stdout)
    return report


def compare(
    name: str, ours: dict[str, Any], theirs: dict[str, Any], used: dict[Difference, set[str]]
) -> Iterator[str]:
    """What differs, and is not meant to; `used` gets what explains the rest."""
    if "failed" in ours or "failed" in theirs:
        for who, record in (("here", ours), ("there", theirs)):
            yield f"does not run {who}: {record['failed']}" if "failed" in record else f"runs {who}"
        return
    if ours["openapi"] != with_version_of(ours["openapi"], theirs["openapi"]):
        reason = next(
            (one for one in DIFFERENCES if one.document and one.explains_document(short(name))),
            None,
        )
        if reason:
            used.setdefault(reason, set()).add(short(name))
        else:
            yield f"document\n{diff(theirs['openapi'], ours['openapi'])}"
    with redirect_stdout(StringIO()), staged(name) as module:
        requests = [*requests_of(name, module), {"lifespan": True}]
    for request, here, there in zip(requests, ours["requests"], theirs["requests"], strict=True):
        if here == there:
            continue
        reason = next(
            (one for one in DIFFERENCES if one.explains(short(name), request, here, there)), None
        )
        if reason:
            used.setdefault(reason, set()).add(short(name))
        else:
            yield f"{cut_text(request)}\n  here:  {cut(here, there)}\n  there: {cut(there, here)}"


def with_version_of(ours: str | None, theirs: str | None) -> str | None:
    """The document of FastAPI, in a version that has what is in it."""
    if theirs is None or ours is None or '"openapi": "3.2.0"' not in ours:
        return theirs
    return theirs.replace('"openapi": "3.1.0"', '"openapi": "3.2.0"', 1)


def cut(record: dict[str, Any], other: dict[str, Any]) -> str:
    """What of `record` is not so in the other one, shortened."""
    parts = []
    for key, value in record.items():
        if value == other.get(key):
            continue
        if key == "headers":
            value = [one for one in value if one not in other.get(key, [])]
        parts.append(f"{key}={str(value)[:600]}")
    return ", ".join(parts) or "nothing more"


def cut_text(value: object) -> str:
    """A value as text, shortened."""
    written = repr(value)
    return written if len(written) < 300 else f"{written[:150]} ... {written[-140:]}"


def diff(there: str | None, here: str | None) -> str:
    """How a document differs."""
    lines = difflib.unified_diff(
        str(there).splitlines(), str(here).splitlines(), "there", "here", lineterm="", n=2
    )
    return "\n".join(list(lines)[:60])


def stale(used: dict[Difference, set[str]], *, everything: bool) -> Iterator[str]:
    """Intended differences that are not explained, or do not occur any more."""
    page = " ".join((ROOT / "docs/differences.md").read_text().split())
    for entry in NOT_COMPARED.values():
        if entry not in page:
            yield f"docs/differences.md does not have: {entry}"
    for one in DIFFERENCES:
        if " ".join(one.entry.split()) not in page:
            yield f"docs/differences.md does not have: {one.entry}"
        for app in one.missing(used.get(one, set())) if everything else ():
            yield f"is listed and does not occur in {app}: {one.entry}"


if __name__ == "__main__":
    sys.exit(main())
