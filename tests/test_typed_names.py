"""Every public name has a type that is written, so that no type checker has to infer it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def unknown_names(report: dict[str, Any]) -> list[str]:
    """What pyright says of the names whose type it does not know, or only guesses."""
    return [
        f"{symbol['name']}: {one['message']}"
        for symbol in report["typeCompleteness"]["symbols"]
        if symbol["isExported"] and not (symbol["isTypeKnown"] and not symbol["isTypeAmbiguous"])
        for one in symbol["diagnostics"]
    ]


def test_every_public_name_has_a_known_type() -> None:
    pytest.importorskip("pyright")
    # pyright looks for packages where the first Python of the path does.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    checked = subprocess.run(
        [
            *(sys.executable, "-m", "pyright", "--ignoreexternal", "--outputjson"),
            *("--verifytypes", "fastapi_lite"),
        ],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=False,
    )
    report = json.loads(checked.stdout)

    assert unknown_names(report) == []
    assert report["typeCompleteness"]["completenessScore"] == 1


def test_names_of_unknown_type_are_told() -> None:
    symbol = {
        "name": "shop.price",
        "isExported": True,
        "isTypeKnown": False,
        "isTypeAmbiguous": False,
        "diagnostics": [{"message": "Type is missing"}],
    }
    report = {"typeCompleteness": {"symbols": [symbol]}}

    assert unknown_names(report) == ["shop.price: Type is missing"]
