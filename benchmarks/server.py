"""One application behind uvicorn, on a core of its own: `python -m benchmarks.server NAME WORKLOAD`.

It writes a line of JSON with its port and its version, and serves until it is terminated.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from importlib import import_module
from typing import Literal

import uvicorn

from benchmarks.exchanges import Application
from benchmarks.worker import PARTICIPANTS, version_of


def main(name: str, workload: str, core: str) -> None:
    """Serve the application of a participant on a free port."""
    os.sched_setaffinity(0, {int(core)})
    participant = PARTICIPANTS[name]
    app = participant.applications[workload]()
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listening:
        port = listening.getsockname()[1]
        print(json.dumps({"port": port, "version": version_of(participant)}), flush=True)
        if participant.has_server:
            import_module(f"benchmarks.{participant.module}").serve(app, listening)
        else:
            serve(app, listening, lifespan="auto" if participant.peer else "off")


def serve(app: Application, listening: socket.socket, lifespan: Literal["auto", "off"]) -> None:
    """Serve by uvicorn; what is written by hand has no lifespan."""
    config = uvicorn.Config(
        app,
        http="httptools",
        loop="uvloop",
        ws="none",
        lifespan=lifespan,
        access_log=False,
        log_level="warning",
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
