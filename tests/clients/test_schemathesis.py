"""The bookshop, as schemathesis tries it by its document: with every check it has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.clients.conftest import KEY, skip_without_clients

skip_without_clients()

EXAMPLES = 20
"""Of each operation, besides those that cover its parameters one by one."""

SEED = 1
"""What is tried is the same each time, so that what passes once passes again."""


def test_bookshop_keeps_what_its_document_promises(bookshop: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{bookshop}/openapi.json"),
            *("--header", f"X-API-Key: {KEY}", "--checks", "all", "--no-color"),
            *("--max-examples", str(EXAMPLES), "--seed", str(SEED)),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout
