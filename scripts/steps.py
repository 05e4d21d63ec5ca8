"""The checks of this project by name, and how they are run: all of them, whatever fails."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence

from environment import ROOT, prepare

CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "typing tests": ["pyright", "--warnings", "--project", "pyproject.toml"],
    "layers": ["pytest", "--quiet", "--no-header", "tests/test_layers.py"],
}
DOCS = {"docs": ["mkdocs", "build", "--strict", "--quiet"]}
TESTS = {"tests": ["pytest", "--quiet", "--cov", "--cov-report=term"]}
STEPS = CHECKS | DOCS | TESTS


def run(names: Sequence[str]) -> int:
    """Run the steps called `names`; the exit status: 0 if each of them passed."""
    python = str(prepare("tests"))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    results: dict[str, str] = {}
    for name in names:
        print(f"\n=== {name}: {' '.join(STEPS[name])}", flush=True)
        started = time.monotonic()
        done = subprocess.run(
            [python, "-m", *STEPS[name]], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL
        )
        verdict = "ok" if done.returncode == 0 else "FAILED"
        results[name] = f"{verdict:6}  {time.monotonic() - started:6.1f} s"
    print("\n=== summary", flush=True)
    for name, result in results.items():
        print(f"{name:14}{result}")
    if "tests" in names:
        say_what_was_left_out(python)
    return int(any("FAILED" in result for result in results.values()))


def say_what_was_left_out(python: str) -> None:
    """Name the tests that this machine could not run."""
    found = subprocess.run(
        [python, "-m", "tests.browser.chromium"], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    if found.returncode:
        print("The browser tests were left out: Chromium is not installed.")
