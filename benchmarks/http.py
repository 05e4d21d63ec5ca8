"""Requests per second over HTTP: uvicorn on one core, wrk on another.

Per workload each participant has a server; wrk asks one of them at a time, in turn.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import Any

from benchmarks.exchanges import Answer, Request
from benchmarks.report import medians as medians_of
from benchmarks.report import number, ratio
from benchmarks.worker import PARTICIPANTS
from benchmarks.workloads import WORKLOADS

OVER_HTTP = ["text", "parameters", "body", "dependencies"]
SERVED = [who for who in PARTICIPANTS if PARTICIPANTS[who].module != "untyped"]
CONNECTIONS = [32, 256]
PATIENCE = 10.0
"""Seconds that a server has to end."""

COMPARED = {
    "ours/FastAPI": ("fastapi_lite", "FastAPI"),
    "ours/by hand": ("fastapi_lite", "by hand"),
}
"""How many times as many requests the one answers as the other."""

SUMMARY = """
done = function(summary, latency, requests)
  local failed = summary.errors
  io.write(string.format(
    '\\n{"requests": %d, "microseconds": %d, "p99": %d, "errors": %d}\\n',
    summary.requests, summary.duration, latency:percentile(99),
    failed.connect + failed.read + failed.write + failed.status + failed.timeout
  ))
end
"""
"""What wrk runs at its end, so that its last line is JSON; durations are in microseconds."""


class Server:
    """The server of one application."""

    def __init__(self, name: str, workload: str, core: int) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.server", name, workload, str(core)],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = 0
        self.version = ""

    def __enter__(self) -> Server:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.__exit__()
            sys.exit(f"The server of {self.name} ended.")
        started = json.loads(line)
        self.port, self.version = started["port"], started["version"]
        self.wait()
        return self

    def wait(self) -> None:
        """Wait until it answers; one that opens the port itself says it too early."""
        for _ in range(100):
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            sleep(PATIENCE / 100)

    def __exit__(self, *raised: object) -> None:
        self.process.terminate()
        try:
            self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()

    def ask(self, request: Request) -> Answer:
        """Its answer to one request."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = dict(decoded(request))
            connection.request(request.method, target(request), request.body or None, headers)
            answered = connection.getresponse()
            names = {name.lower(): value for name, value in answered.getheaders()}
            return Answer(answered.status, names, answered.read())
        finally:
            connection.close()


def target(request: Request) -> str:
    """What stands in the first line of a request."""
    query = request.query.decode("latin-1")
    return f"{request.path}?{query}" if query else request.path


def decoded(request: Request) -> list[tuple[str, str]]:
    """The headers of a request, as text."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers]


def script(request: Request) -> str:
    """What tells wrk the request."""
    lines = [f"wrk.method = {json.dumps(request.method)}"]
    lines += [f"wrk.headers[{json.dumps(k)}] = {json.dumps(v)}" for k, v in decoded(request)]
    if request.body:
        lines.append(f"wrk.body = {json.dumps(request.body.decode('ascii'))}")
    return "\n".join(lines) + "\n" + SUMMARY


def load(url: str, lua: Path, connections: int, seconds: int) -> dict[str, Any]:
    """What wrk counted."""
    command = ["wrk", "--threads=1", f"--connections={connections}", f"--duration={seconds}s"]
    done = subprocess.run(
        [*command, f"--script={lua}", url], stdout=subprocess.PIPE, text=True, check=True
    )
    counted: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return counted


@contextmanager
def cores() -> Iterator[int]:
    """The core for the servers; this process, and so wrk, is kept on another meanwhile."""
    if shutil.which("wrk") is None:
        sys.exit("This needs wrk: `apt-get install wrk`, `brew install wrk`, or its sources.")
    if not hasattr(os, "sched_setaffinity"):
        sys.exit("This needs Linux, which keeps a process on one core.")
    allowed = os.sched_getaffinity(0)
    if len(allowed) < 2:
        sys.exit("This needs two cores: one for the server, one for wrk.")
    serving, asking, *_ = sorted(allowed)
    os.sched_setaffinity(0, {asking})
    try:
        yield serving
    finally:
        os.sched_setaffinity(0, allowed)


def measure(
    participants: Sequence[str],
    names: Sequence[str],
    rounds: int,
    seconds: int,
    connections: Sequence[int] = tuple(CONNECTIONS),
) -> dict[str, Any]:
    """All that was measured: requests per second and milliseconds, round by round."""
    versions: dict[str, str] = {}
    problems: dict[str, str] = {}
    throughput: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    p99: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with cores() as core, TemporaryDirectory(prefix="bench-") as directory:
        lua = Path(directory, "request.lua")
        for name in names:
            print(f"{name} over HTTP", file=sys.stderr, flush=True)
            request = WORKLOADS[name].request
            lua.write_text(script(request))
            with ExitStack() as stack:
                ready: list[Server] = []
                for who in participants:
                    if PARTICIPANTS[who].missing or name not in PARTICIPANTS[who].workloads:
                        continue
                    server = stack.enter_context(Server(who, name, core))
                    versions[who] = server.version
                    answer = server.ask(request)
                    if problem := PARTICIPANTS[who].problem(WORKLOADS[name], answer):
                        problems[f"{who}: {name}"] = problem
                        continue
                    load(url_of(server, request), lua, 32, 1)  # until its speed is steady
                    ready.append(server)
                for turn in range(rounds):
                    first = turn % (len(ready) or 1)
                    for count in connections:
                        for server in [*ready[first:], *ready[:first]]:
                            counted = load(url_of(server, request), lua, count, seconds)
                            if counted["errors"]:
                                where = f"{server.name}: {name}, {count} connections"
                                problems[where] = f"{counted['errors']} requests failed"
                                continue
                            kept = f"{name}, {count}"
                            per_second = counted["requests"] / counted["microseconds"] * 1e6
                            throughput[kept][server.name].append(per_second)
                            p99[kept][server.name].append(counted["p99"] / 1e3)
    return {"versions": versions, "problems": problems, "throughput": throughput, "p99": p99}


def url_of(server: Server, request: Request) -> str:
    """Where wrk asks."""
    return f"http://127.0.0.1:{server.port}{target(request)}"


def table(result: Mapping[str, Any], participants: Sequence[str]) -> Iterator[str]:
    """A line for each workload and number of connections."""
    throughput, p99 = medians_of(result["throughput"]), medians_of(result["p99"])
    heads = [*participants, *COMPARED, *(f"p99 {who}" for who in participants)]
    titles = {kept: title(kept) for kept in throughput}
    widest = max(map(len, titles.values()), default=0)
    yield "  ".join([" " * widest, *heads])
    for kept, measured in throughput.items():
        cells = [number(measured.get(who)) for who in participants]
        cells += [number(ratio(measured, *pair)) for pair in COMPARED.values()]
        cells += [number(p99[kept].get(who)) for who in participants]
        padded = (cell.rjust(len(head)) for cell, head in zip(cells, heads, strict=True))
        yield "  ".join([titles[kept].ljust(widest), *padded])


def title(kept: str) -> str:
    """What is measured, in words."""
    name, _, count = kept.partition(", ")
    return f"{WORKLOADS[name].title}, {count} connections"
