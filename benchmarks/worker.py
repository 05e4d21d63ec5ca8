"""One of those compared, in a process of its own: `python -m benchmarks.worker NAME`.

It reads a line of JSON for each thing to do, and writes a line of JSON when it is done.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from benchmarks.exchanges import Answer, Application, Message, ask, drive
from benchmarks.workloads import WORKLOADS, Workload

WARM_UP = 30


@dataclass(frozen=True, slots=True)
class Participant:
    """Applications to measure: the module that makes them, and the package it makes them with."""

    module: str
    package: str = ""
    has_server: bool = False
    """Whether it is served by a server of its own, and so not measured in a process."""

    @property
    def typed(self) -> bool:
        """Whether it answers errors as FastAPI does."""
        return self.module != "untyped"

    @property
    def peer(self) -> bool:
        """Whether it is another framework, which starts and refuses in its own way."""
        return self.module.startswith("peers.")

    def problem(self, workload: Workload, answer: Answer) -> str | None:
        """What is wrong with its answer, if something is."""
        return workload.problem(answer, typed=self.typed, peer=self.peer)

    @property
    def missing(self) -> str | None:
        """What keeps it from being measured here, if something does."""
        if self.peer and find_spec(self.package) is None:
            return f"{self.package} is not installed"
        return None

    @property
    def workloads(self) -> list[str]:
        """Those it has an application for."""
        return [name for name in WORKLOADS if name in self.applications]

    @property
    def applications(self) -> dict[str, Any]:
        """What makes the application of each workload."""
        made: dict[str, Any] = import_module(f"benchmarks.{self.module}").applications(self.package)
        return made


PARTICIPANTS = {
    "fastapi_lite": Participant("typed", "fastapi_lite"),
    "FastAPI": Participant("typed", "fastapi"),
    "fastapi_lite, untyped": Participant("untyped", "fastapi_lite"),
    "Starlette": Participant("untyped", "starlette"),
    "by hand": Participant("limit"),
    "Litestar": Participant("peers.litestar", "litestar"),
    "BlackSheep": Participant("peers.blacksheep", "blacksheep"),
    "Falcon": Participant("peers.falcon", "falcon"),
    "Sanic": Participant("peers.sanic", "sanic"),
    "Quart": Participant("peers.quart", "quart"),
    "Django Ninja": Participant("peers.ninja", "ninja"),
    "aiohttp": Participant("peers.aiohttp", "aiohttp", has_server=True),
    "Robyn": Participant("peers.robyn", "robyn", has_server=True),
}

DISTRIBUTIONS = {"ninja": "django-ninja"}
"""Packages that are installed under another name."""


async def start(app: Application) -> asyncio.Task[None]:
    """Have an application start as a server does (ASGI 2.0, lifespan); it ends with the loop.

    Raises `RuntimeError` where it cannot; one that knows no lifespan needs no start.
    """
    started: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    messages = iter([{"type": "lifespan.startup"}])

    async def receive() -> Message:
        for message in messages:
            return message
        await asyncio.Event().wait()
        raise AssertionError("the event is never set")

    async def send(message: Message) -> None:
        if not started.done():  # not what it says of its end
            started.set_result(message)

    scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": {}}
    living = asyncio.ensure_future(app(scope, receive, send))
    await asyncio.wait([started, living], return_when=asyncio.FIRST_COMPLETED)
    if living.done():
        living.exception()  # seen: it knows no lifespan
    if started.done() and started.result()["type"] != "lifespan.startup.complete":
        raise RuntimeError("it does not start")
    return living


class Worker:
    """The applications of a participant, on one event loop."""

    def __init__(self, participant: Participant, runner: asyncio.Runner) -> None:
        self.participant = participant
        self.run = runner.run
        self.ready: dict[str, Application] = {}
        self.stays = participant.peer  # some of these listen to the client
        self.living: list[asyncio.Task[None]] = []

    def prepare(self, names: Iterable[str]) -> dict[str, str | None]:
        """Make the applications of these workloads; what is wrong with the answer of each."""
        makers = self.participant.applications
        problems: dict[str, str | None] = {}
        for name in names:
            try:
                self.ready[name] = makers[name]()
                if self.participant.peer:
                    self.living.append(self.run(start(self.ready[name])))
                asking = ask(self.ready[name], WORKLOADS[name].request, stays=self.stays)
                answer = self.run(asking)
                problems[name] = self.participant.problem(WORKLOADS[name], answer)
            except Exception as error:
                problems[name] = f"{type(error).__name__}: {error}"
        gc.collect()
        gc.freeze()  # so that the many objects of one application do not burden another
        return problems

    def measure(self, name: str, seconds: float) -> float:
        """Microseconds per request, over so many requests as take about `seconds`."""
        app, request = self.ready[name], WORKLOADS[name].request
        once = self.run(drive(app, request, WARM_UP, stays=self.stays)) / WARM_UP
        times = max(WARM_UP, round(seconds / once))
        gc.collect()
        return self.run(drive(app, request, times, stays=self.stays)) / times * 1e6


def version_of(participant: Participant) -> str:
    """What is measured."""
    if participant.package == "fastapi_lite":  # which may run from a checkout
        return f"fastapi_lite {import_module('fastapi_lite').__version__}"
    package = participant.package or "pydantic_core"
    package = DISTRIBUTIONS.get(package, package)
    return f"{package} {version(package)}"


def obey(worker: Worker, orders: Iterable[str]) -> Iterator[Any]:
    """What comes of each line of `orders`."""
    for line in orders:
        match json.loads(line):
            case {"prepare": names}:
                problems = worker.prepare(names)
                yield {"version": version_of(worker.participant), "problems": problems}
            case {"measure": name, "seconds": seconds}:
                yield worker.measure(name, seconds)


def main(name: str) -> None:
    participant = PARTICIPANTS[name]
    with asyncio.Runner() as runner:
        for result in obey(Worker(participant, runner), sys.stdin):
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
