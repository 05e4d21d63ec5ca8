"""Every public name of FastAPI and Starlette is there, in the module of the same name.

`public_names.json` is the promise: a name that leaves it is a change that users must hear of.
"""

from __future__ import annotations

import importlib
import json
import warnings
from pathlib import Path

import pytest

PROMISED: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("public_names.json").read_text()
)


@pytest.mark.parametrize("module", PROMISED)
def test_module_has_the_promised_names(module: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecated names are promised as well
        there = importlib.import_module(module)
        missing = [name for name in PROMISED[module] if not hasattr(there, name)]
    assert missing == []


@pytest.mark.parametrize("module", PROMISED)
def test_promised_names_are_stored_in_order(module: str) -> None:
    assert PROMISED[module] == sorted(set(PROMISED[module]))
