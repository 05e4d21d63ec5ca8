"""Servers that serve `tests/servers/app.py`, and what can be asked of them from outside."""

from __future__ import annotations

import os
import re
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from tests.serving import free_port, serving

SERVERS: Mapping[str, str] = {
    "uvicorn-h11": "uvicorn --port {port} --loop asyncio --http h11 --ws wsproto",
    "uvicorn-httptools": "uvicorn --port {port} --loop uvloop --http httptools",
    "uvicorn-zttp": "uvicorn --port {port} --http zttp --http2",
    "hypercorn-asyncio": "hypercorn --bind 127.0.0.1:{port} --worker-class asyncio",
    "hypercorn-trio": "hypercorn --bind 127.0.0.1:{port} --worker-class trio",
    "granian": "granian --port {port} --interface asgi",
}
"""How each is started, as `python -m …`."""

CHOSEN = os.environ.get("SERVERS", "").replace("all", " ".join(SERVERS)).split()
"""Those of this run, which `scripts/servers` says."""

WHY_LEFT_OUT = "needs the servers that scripts/servers installs, and is run by it"

PATIENCE = 20
"""Seconds that a client waits for an answer."""

MEBIBYTE = 1024 * 1024
SMALL, LARGE = bytes(range(256)) * 4096, 100 * MEBIBYTE
"""The small file, and the size of the large one, which is all zeros."""

COMPLAINT = re.compile(r"\b(ERROR|CRITICAL|WARNING|WARN|Traceback)\b|Warning|panicked")
"""What a log must not have where nothing went wrong."""

RESET_AT_CLOSE = struct.pack("ii", 1, 0)
"""`SO_LINGER` of zero seconds: the connection ends by RST instead of FIN."""


def skip_without_servers() -> None:
    """Leave out the module that calls this where the servers are not installed."""
    if not CHOSEN:
        pytest.skip(WHY_LEFT_OUT, allow_module_level=True)


class Server:
    """A server that runs, seen by its clients."""

    def __init__(self, name: str, port: int, folder: Path) -> None:
        self.name = name
        self.port = port
        self.folder = folder
        self.log = folder / "log"
        self.url = f"http://127.0.0.1:{port}"
        self.read_until = 0

    def client(self, **options: Any) -> httpx.Client:
        """A client of `httpx`; `options` are its own."""
        return httpx.Client(base_url=self.url, timeout=PATIENCE, trust_env=False, **options)

    def websocket(self, path: str, **options: Any) -> ClientConnection:
        """A client of `websockets`; `options` are its own."""
        url = f"ws://127.0.0.1:{self.port}{path}"
        return connect(url, open_timeout=PATIENCE, close_timeout=PATIENCE, proxy=None, **options)

    def socket(self) -> socket.socket:
        """A connection on which any bytes may be sent."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def new_log(self) -> str:
        """What the server has printed since this was last asked."""
        log = self.log.read_text()
        self.read_until, start = len(log), self.read_until
        return log[start:]

    def complaints(self) -> list[str]:
        """The lines among them that tell of something wrong."""
        return complaints_in(self.new_log())

    def await_beginning(self, name: str) -> None:
        """Return once the application has taken the first message of the exchange called `name`."""
        with self.client() as client:
            client.get(f"/exchanges/{name}/begun").raise_for_status()

    def exchange(self, name: str) -> dict[str, Any]:
        """How the exchange called `name` ended, once it has."""
        with self.client() as client:
            found: dict[str, Any] = client.get(f"/exchanges/{name}").json()
            return found


def complaints_in(log: str) -> list[str]:
    """The lines of a log that tell of something wrong."""
    return [line for line in log.splitlines() if COMPLAINT.search(line)]


@contextmanager
def running(
    name: str, folder: Path, app: str = "tests.servers.app:app", options: str = ""
) -> Iterator[Server]:
    """The server called `name`, from when it listens until the end of the block."""
    (folder / "small.bin").write_bytes(SMALL)
    with (folder / "large.bin").open("wb") as large:
        large.truncate(LARGE)
    server = Server(name, free_port(), folder)
    module, *arguments = f"{SERVERS[name]} {options} {app}".format(port=server.port).split()
    database = str(folder / "bookshop.sqlite3")
    with serving(
        server.port,
        *("-m", module, *arguments),
        log=server.log,
        SERVED_FOLDER=str(folder),
        BOOKSHOP_DATABASE=database,
    ):
        yield server


def new_name() -> str:
    """A name for an exchange."""
    return uuid4().hex


def leave(connection: socket.socket, *, reset: bool) -> None:
    """Close the connection, as a client does that ends, or as the network does that fails."""
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
    connection.close()
