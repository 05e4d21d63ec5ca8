"""The bookshop, served for clients that others have written."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.serving import free_port, serving

KEY = "a key of these tests"


def skip_without_clients() -> None:
    """Leave out the module that calls this where the clients are not installed."""
    if not os.environ.get("CLIENTS"):
        pytest.skip(
            "needs the clients that scripts/clients installs, and is run by it",
            allow_module_level=True,
        )


@pytest.fixture(scope="session")
def bookshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the bookshop."""
    directory, port = tmp_path_factory.mktemp("bookshop"), free_port()
    with serving(
        port,
        *("-m", "uvicorn", "docs_src.bookshop.main:app", "--port", str(port)),
        log=directory / "log.txt",
        BOOKSHOP_DATABASE=str(directory / "bookshop.sqlite3"),
        BOOKSHOP_KEY=KEY,
    ):
        yield f"http://127.0.0.1:{port}"
