"""For the same application the document is the one that FastAPI makes.

`apps` holds the applications, `golden` what the released FastAPI documents for them;
`scripts/record-openapi` records them again.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
APPS = sorted(file.stem for file in (HERE / "apps").glob("*.py"))


@pytest.fixture
def document(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The document of the application named by the test's parameter."""
    name = f"apps.{request.param}"
    spec = importlib.util.spec_from_file_location(name, HERE / "apps" / f"{request.param}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module.app.openapi()
    del sys.modules[name]


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID", "ignore:`example` has been deprecated")
@pytest.mark.filterwarnings("ignore:Default value")
@pytest.mark.parametrize(
    ("document", "recorded"),
    [pytest.param(name, name, id=name) for name in APPS],
    indirect=["document"],
)
def test_document_is_the_one_that_fastapi_makes(document: Any, recorded: str) -> None:
    expected = as_this_python_says((HERE / "golden" / f"{recorded}.json").read_text())

    # FastAPI says 3.1.0 whatever the document uses.
    shown = with_schemes_one_by_one(document | {"openapi": "3.1.0"})
    assert json.dumps(shown, indent=1, ensure_ascii=False) + "\n" == expected


def as_this_python_says(recorded: str) -> str:
    """What was recorded on Python 3.11, with the texts of its library as they are here."""
    texts = {
        "Unprocessable Entity": HTTPStatus(422).phrase,
        "partial(func, *args, **keywords) - new function with partial application\n"
        "of the given arguments and keywords.": inspect.cleandoc(partial.__doc__ or ""),
    }
    for before, today in texts.items():
        recorded = recorded.replace(json.dumps(before)[1:-1], json.dumps(today)[1:-1])
    return recorded


def with_schemes_one_by_one(part: Any) -> Any:
    """`part` of a document with each security scheme as an alternative, as FastAPI lists them."""
    if isinstance(part, list):
        return [with_schemes_one_by_one(item) for item in part]
    if not isinstance(part, dict):
        return part
    shown = {key: with_schemes_one_by_one(value) for key, value in part.items()}
    if isinstance(shown.get("security"), list):
        schemes = {name: scopes for one in shown["security"] for name, scopes in one.items()}
        shown["security"] = [{name: scopes} for name, scopes in schemes.items()]
    return shown
