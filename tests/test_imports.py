"""What an import of the package brings along."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import json, sys
import pydantic
before = set(sys.modules)
import fastapi_lite
print(json.dumps(sorted(set(sys.modules) - before)))
"""


@pytest.fixture(scope="module")
def modules() -> list[str]:
    """The modules that `import fastapi_lite` adds to those of pydantic."""
    program = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    found: list[str] = json.loads(program.stdout)
    assert "fastapi_lite.applications" in found
    return found


@pytest.mark.parametrize(
    "unneeded",
    [
        "asyncio",
        "trio",
        "httpx",
        "uvicorn",
        "python_multipart",
        "jinja2",
        "itsdangerous",
        "http.client",
        "html",
        "logging",
        "fastapi_lite.openapi.models",
        "fastapi_lite.openapi.utils",
        "fastapi_lite.security",
        "fastapi_lite.testclient",
    ],
)
def test_what_an_application_may_never_use_is_not_imported(
    unneeded: str, modules: list[str]
) -> None:
    assert unneeded not in modules
