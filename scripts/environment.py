"""The environments the scripts run in: `.venv` in the checkout, and some beside it, made once."""

# Runs on whatever `python3` is, so that an old one is told what is missing.
from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
NOT_SET_UP = 75
"""The status of a script whose environment could not be made: `EX_TEMPFAIL`."""

LEVELS = {
    "demo": ["--editable", ".[standard]"],
    "tests": ["--editable", ".[all]", "--group", "dev"],
}
"""What pip installs; a later level holds the ones before it."""


def prepare(level: str) -> Path:
    """The Python of an environment in which everything of `level` is installed."""
    if sys.version_info < OLDEST:
        start_again_with_a_newer_python()
    levels = list(LEVELS)
    sufficient = levels[levels.index(level) :]
    wanted = fingerprint()
    python = python_of(VENV)
    if python.exists() and any(stamp(name) == wanted for name in sufficient):
        return python
    fill(VENV, LEVELS[level])
    (VENV / f".{level}-installed").write_text(wanted)
    return python


def prepare_beside(name: str, requirements: list[str]) -> Path:
    """The Python of `.venv-NAME`, in which `requirements` are installed, and nothing else."""
    if sys.version_info < OLDEST:
        start_again_with_a_newer_python()
    venv = ROOT / f".venv-{name}"
    installed = venv / ".installed"
    wanted = fingerprint(*requirements)
    if not installed.exists() or installed.read_text() != wanted:
        fill(venv, requirements)
        installed.write_text(wanted)
    return python_of(venv)


def fill(venv: Path, requirements: list[str]) -> None:
    """Install `requirements` into `venv`, which is made if need be."""
    # Standard output may be a program's to read.
    print(f"Installing into {venv} (once; a minute or two) ...", file=sys.stderr, flush=True)
    python = str(python_of(venv))
    if not quiet([python, "-m", "pip", "--version"]):
        shutil.rmtree(venv, ignore_errors=True)
        install([sys.executable, "-m", "venv", str(venv)])
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    install([*pip, "--upgrade", "pip>=25.1"])  # the first that knows dependency groups
    install([*pip, *requirements])


def python_of(venv: Path) -> Path:
    """The Python of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(*requirements: str) -> str:
    """Changes when what is to be installed, or the Python, changes."""
    state = hashlib.sha256("".join([sys.version, str(ROOT), *requirements]).encode())
    for name in ("pyproject.toml", "hatch_build.py"):
        state.update((ROOT / name).read_bytes())
    return state.hexdigest()


def stamp(level: str) -> str | None:
    """The fingerprint of what was installed last for `level`."""
    file = VENV / f".{level}-installed"
    return file.read_text() if file.exists() else None


def quiet(command: list[str]) -> bool:
    """Whether there is such a command, and it succeeds."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except FileNotFoundError:
        return False
    return done.returncode == 0


def install(command: list[str]) -> None:
    """Run a step of the set-up; where it fails, show what it printed, and exit."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print(done.stdout)
        print(f"The set-up stopped at: {' '.join(command)}", file=sys.stderr)
        sys.exit(NOT_SET_UP)


def start_again_with_a_newer_python() -> None:
    """Replace this process by a newer Python on the path, or say that there is none."""
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    sys.exit(f"This needs Python {OLDEST[0]}.{OLDEST[1]} or newer; python3 is {sys.version}.")
