"""The documents of all examples, as openapi-spec-validator reads them."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator

import pytest

from fastapi_lite import FastAPI
from tests.clients.conftest import skip_without_clients
from tests.serving import ROOT

skip_without_clients()

from openapi_spec_validator import validate  # noqa: E402 - there only where nothing is skipped

ELSEWHERE = "docs_src/servers"
"""What is in it imports the servers, which scripts/servers installs."""


def documented() -> Iterator[tuple[str, FastAPI]]:
    """The applications of the examples that have a document, by where they are."""
    for file in sorted(ROOT.glob("docs_src/**/*.py")):
        name = file.relative_to(ROOT).with_suffix("").as_posix()
        if name.startswith(ELSEWHERE):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some show what is deprecated
            module = importlib.import_module(name.replace("/", "."))
        for attribute, value in vars(module).items():
            if isinstance(value, FastAPI) and value.openapi_url:
                yield f"{name}:{attribute}", value


APPLICATIONS = dict(documented())


@pytest.mark.parametrize("name", APPLICATIONS)
def test_document_is_valid(name: str) -> None:
    validate(APPLICATIONS[name].openapi())


def test_there_are_many_documents() -> None:
    assert len(APPLICATIONS) > 20
