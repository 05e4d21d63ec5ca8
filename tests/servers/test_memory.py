"""What 100 MiB of upload or download cost the process that serves them, at its peak."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.servers.running import CHOSEN, LARGE, MEBIBYTE, Server, running, skip_without_servers

skip_without_servers()

MOST = 32
"""MiB above the start."""

SMALL_WINDOW = [(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)]
"""Has a server wait for its client, who reads more slowly than a file is read."""

RecordProperty = Callable[[str, object], None]


class Process:
    """The process that runs the application, by what Linux tells of its memory."""

    def __init__(self, server: Server) -> None:
        self.server = server
        with server.client() as client:
            self.folder = Path(f"/proc/{client.get('/scope').json()['process']}")
        self.start = self.mebibytes("VmRSS")

    def mebibytes(self, name: str) -> float:
        """The value called `name` in the process's status."""
        lines = (self.folder / "status").read_text().splitlines()
        status = dict(line.split(":", 1) for line in lines)
        return int(status[name].removesuffix(" kB")) / 1024

    @contextmanager
    def staying_small(self, record_property: RecordProperty) -> Iterator[httpx.Client]:
        """A client; what is done with it within the block takes less than `MOST`."""
        (self.folder / "clear_refs").write_text("5")  # proc(5): the peak begins anew
        transport = httpx.HTTPTransport(socket_options=SMALL_WINDOW)
        with self.server.client(transport=transport) as client:
            yield client
        peak = self.mebibytes("VmHWM") - self.start
        record_property("MiB", peak)
        assert peak < MOST


@pytest.fixture(scope="module", params=CHOSEN)
def process(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Process]:
    with running(request.param, tmp_path_factory.mktemp("memory")) as server:
        yield Process(server)


at_both = pytest.mark.parametrize("place", ["", "/wrapped"], ids=["plain", "wrapped"])


@at_both
def test_upload_of_a_stream(process: Process, record_property: RecordProperty, place: str) -> None:
    with process.staying_small(record_property) as client:
        pieces = (bytes(MEBIBYTE) for _ in range(LARGE // MEBIBYTE))
        assert client.post(f"{place}/count", content=pieces).json() == {"bytes": LARGE}


@at_both
def test_upload_of_a_file(process: Process, record_property: RecordProperty, place: str) -> None:
    with (
        process.staying_small(record_property) as client,
        (process.server.folder / "large.bin").open("rb") as file,
    ):
        assert client.post(f"{place}/files", files={"file": file}).json()["bytes"] == LARGE


@at_both
def test_download_of_a_file(process: Process, record_property: RecordProperty, place: str) -> None:
    with process.staying_small(record_property) as client:
        assert size_of(client, f"{place}/large-file") == LARGE


@at_both
def test_download_of_a_stream(
    process: Process, record_property: RecordProperty, place: str
) -> None:
    with process.staying_small(record_property) as client:
        assert size_of(client, f"{place}/large-stream") == LARGE


def size_of(client: httpx.Client, path: str) -> int:
    """The bytes of a download."""
    with client.stream("GET", path, headers={"accept-encoding": "identity"}) as answer:
        return sum(map(len, answer.iter_raw()))
