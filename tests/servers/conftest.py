"""Each server once, with all the tests of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.running import CHOSEN, Server, running


@pytest.fixture(scope="session", params=CHOSEN)
def running_server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with running(request.param, tmp_path_factory.mktemp(request.param)) as server:
        yield server


@pytest.fixture
def server(running_server: Server) -> Iterator[Server]:
    """A server that has nothing to complain about in its log after the test."""
    yield running_server
    assert running_server.complaints() == []
