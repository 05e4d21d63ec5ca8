"""A client of HTTP/2 that shows what others hide: informational responses, trailers, resets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.servers.running import WHY_LEFT_OUT, Server

config = pytest.importorskip("h2.config", reason=WHY_LEFT_OUT)
connection = pytest.importorskip("h2.connection", reason=WHY_LEFT_OUT)
errors = pytest.importorskip("h2.errors", reason=WHY_LEFT_OUT)
events = pytest.importorskip("h2.events", reason=WHY_LEFT_OUT)


class Stream:
    """One GET over a connection of its own."""

    def __init__(self, server: Server, path: str, headers: dict[str, str]) -> None:
        self.socket = server.socket()
        self.connection = connection.H2Connection(
            config.H2Configuration(client_side=True, header_encoding="utf-8")
        )
        self.connection.initiate_connection()
        self.id = self.connection.get_next_available_stream_id()
        address = {":method": "GET", ":scheme": "http", ":path": path}
        authority = {":authority": f"127.0.0.1:{server.port}"}
        fields = [*(address | authority | headers).items()]
        self.connection.send_headers(self.id, fields, end_stream=True)
        self.flush()

    def flush(self) -> None:
        """Send what the protocol has to say."""
        self.socket.sendall(self.connection.data_to_send())

    def answer(self) -> Iterator[Any]:
        """The events of the answer, until it is complete."""
        while data := self.socket.recv(65536):
            for event in self.connection.receive_data(data):
                if isinstance(event, events.DataReceived):
                    size = event.flow_controlled_length
                    self.connection.acknowledge_received_data(size, self.id)
                yield event
                if isinstance(event, events.StreamEnded):
                    return
            self.flush()

    def reset(self) -> None:
        """Give the request up, and keep the connection."""
        self.connection.reset_stream(self.id, errors.ErrorCodes.CANCEL)
        self.flush()


@contextmanager
def get(server: Server, path: str, **headers: str) -> Iterator[Stream]:
    """A request whose answer is to be read within the block."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    stream = Stream(server, path, fields)
    with stream.socket:
        yield stream
