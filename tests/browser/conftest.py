"""A browser and a served application, one of each for all browser tests."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection

from tests.browser.chromium import Page, find_chromium, running_chromium, wait_for_line

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def chromium() -> Iterator[ClientConnection]:
    """A connection to Chromium; a test that asks for it is skipped where there is none."""
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium is not installed")
    with running_chromium(path) as connection:
        yield connection


@pytest.fixture
def page(chromium: ClientConnection) -> Iterator[Page]:
    """A new tab."""
    page = Page(chromium)
    yield page
    page.close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the application, served by uvicorn."""
    command = [sys.executable, "-m", "uvicorn", "tests.browser.application:app", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            yield wait_for_line(server, r"running on (\S+)")
        finally:
            server.terminate()
            server.communicate()
