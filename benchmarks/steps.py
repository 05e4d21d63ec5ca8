"""Where the time of one request goes: `python -m benchmarks.steps` measures each step by itself.

The workload is `parameters`: six of them, from path, query, header and cookie. Each figure is the
least of several measurements, in microseconds; loops and calls of the measuring are taken off.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Awaitable, Callable, Iterator
from time import perf_counter
from typing import Any

from benchmarks.exchanges import ask, drive
from benchmarks.typed import applications
from benchmarks.workloads import WORKLOADS
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.extraction import compile_readers
from fastapi_lite.dependencies.plan import PlanBuilder
from fastapi_lite.dependencies.validation import compile_validator
from fastapi_lite.routing.tree import Operation, iter_route_contexts
from fastapi_lite.routing.writers import compile_writer
from fastapi_lite.sending import WatchedSend

TIMES, MEASUREMENTS = 20_000, 7
WHOLE, REST = "the whole request", "what is between: calls, and the event loop's part"

Figures = dict[str, float]


def least(act: Callable[[int], float], times: int) -> float:
    """Microseconds of one of so many, at the least."""
    return min(act(times) for _ in range(MEASUREMENTS)) / times * 1e6


def of(function: Callable[..., Any], *arguments: Any) -> Callable[[int], float]:
    """What measures calls of `function`, without the loop around."""

    def measure(times: int) -> float:
        begun = perf_counter()
        for _ in range(times):
            function(*arguments)
        taken = perf_counter() - begun
        begun = perf_counter()
        for _ in range(times):
            pass
        return taken - (perf_counter() - begun)

    return measure


def awaited(
    runner: asyncio.Runner, function: Callable[..., Awaitable[Any]], *arguments: Any
) -> Any:
    """As `of`, for what is awaited."""

    async def run(times: int) -> float:
        begun = perf_counter()
        for _ in range(times):
            await function(*arguments)
        return perf_counter() - begun

    return lambda times: runner.run(run(times))


async def send(message: Any) -> None:
    """A server that does nothing."""


def measure(times: int = TIMES) -> Figures:
    """Each step, in the order of a request."""
    with asyncio.Runner() as runner:
        return dict(steps(runner, times))


def steps(runner: asyncio.Runner, times: int) -> Iterator[tuple[str, float]]:
    """The name of each step, and its microseconds."""
    app, request = applications("fastapi_lite")["parameters"](), WORKLOADS["parameters"].request
    runner.run(ask(app, request))
    gc.collect()
    scope, receive = request.scope(), next(request.receivers())
    method, path = scope["method"], scope["path"]
    whole = least(lambda count: runner.run(drive(app, request, count)), times)
    figures: Figures = {}

    def step(name: str, measured: Callable[[int], float]) -> None:
        figures[name] = least(measured, times)

    index = app.router.index("http")
    entry, found = index.find(scope, method, path)
    step("copying the scope, which the measurement does", of(scope.copy))
    step("watching `send`, for the layer that answers errors", of(WatchedSend, send))
    step("finding the route among all, and its values", of(index.find, scope, method, path))
    step("completing the scope", of(entry.enter, scope, found))
    operation = next(one for one in iter_route_contexts(app.routes) if isinstance(one, Operation))
    builder = PlanBuilder({})
    builder.place(operation.dependant, is_root=True)
    step("the state of the request", of(Call, scope, receive, send))
    raw: dict[str, Any] = {}
    for read in compile_readers(builder.slots):
        step(f"reading: `{read.__name__}`", of(read, scope, {}))
        read(scope, raw)
    validate = compile_validator(builder.slots)
    assert validate is not None
    step("validating all six in one call of pydantic's core", of(validate, raw))
    values = validate(raw, from_attributes=True)
    step("filling in a default", of(lambda: fill_in({}, builder.constants)))
    fill_in(values, builder.constants)
    arguments = {
        slot.parameter.name: values[slot.key] for slot in builder.slots if slot.key in values
    }
    step("the endpoint itself", awaited(runner, lambda: operation.endpoint(**arguments)))
    result = runner.run(operation.endpoint(**arguments))
    adapter = operation.response_adapter
    assert adapter is not None
    check = adapter.validator.validate_python
    step("validating the result", of(lambda: check(result, from_attributes=True)))
    dump = adapter.serializer.to_json
    step("making JSON of it", of(lambda: dump(result, by_alias=True)))
    write, call = compile_writer(operation), Call(scope, receive, send)
    known = figures["validating the result"] + figures["making JSON of it"]
    step("the messages: status, headers, body", of(write, call, result))
    figures["the messages: status, headers, body"] -= known
    step("sending two messages to a server that does nothing", awaited(runner, send_two))
    yield from figures.items()
    yield REST, whole - sum(figures.values())
    yield WHOLE, whole


def fill_in(values: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """`values` with the defaults of what was not sent."""
    for key, default in defaults.items():
        if key not in values:
            values[key] = default
    return values


async def send_two() -> None:
    await send(None)
    await send(None)


def main(times: int = TIMES) -> None:
    for name, micros in measure(times).items():
        print(f"{micros:6.2f}  {name}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
