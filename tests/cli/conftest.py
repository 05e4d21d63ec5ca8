"""A directory with a program in it, which commands are run in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Write = Callable[..., Path]

APP = """
from fastapi_lite import FastAPI

app = FastAPI()
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a file of the working directory, an application unless told what.

    What is imported from there is forgotten at the end.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    for variable in ("FASTAPI_ENV", "FASTAPI_PUBLIC_URL", "PORT"):
        monkeypatch.setenv(variable, "")  # so that what a command sets is undone
        monkeypatch.delenv(variable)
    before = {*sys.modules}

    def write(name: str, text: str = APP) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    yield write
    for name in {*sys.modules} - before:
        del sys.modules[name]
