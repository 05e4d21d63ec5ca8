"""The operations of an application, followed: dependencies, endpoint, serialisation, tasks."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi_lite.background import BackgroundTasks
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.models import Dependant
from fastapi_lite.dependencies.plan import Overrides, Plan, compile_plan
from fastapi_lite.exceptions import ValidationException
from fastapi_lite.responses import Response
from fastapi_lite.routing.tree import CompiledRoute, Operation, PlacedRoute
from fastapi_lite.telemetry.recording import CURRENT, Phase, Record

Endpoint = Callable[..., Any]


class Follower:
    """Compiles operations so that what they do is recorded, where a record is under way."""

    def compile_plan(self, placed: PlacedRoute, overrides: Overrides | None) -> Plan:
        """The plan of an operation, followed."""
        declared = placed.dependant
        name = function_name(placed.endpoint)
        is_operation = isinstance(placed.route, CompiledRoute)  # not the files of a front end
        followed = follow_endpoint(declared, name) if is_operation else declared
        plan = compile_plan(followed, overrides=overrides, **placed.plan_options)
        takes_tasks = bool(overrides) or any(
            one.background_tasks_param_name is not None for one in declared.walk()
        )

        async def run(call: Call) -> Any:
            record = CURRENT.get()
            if record is None:
                return await plan.run(call)
            record.entered(call, placed.path_format)
            if takes_tasks and call.background is None:
                call.background = FollowedTasks()
            if not is_operation:
                return await plan.run(call)
            phase = record.dependencies = Phase(record, "fastapi.dependencies", name)
            try:
                with phase:
                    return await plan.run(call)
            except ValidationException as error:
                if record.data.values is None:
                    record.refused(error)
                raise

        return replace(plan, run=run, bare=None)

    def compile_writer(
        self, operation: Operation, write: Callable[[Call, Any], Any]
    ) -> Callable[[Call, Any], Any]:
        """The writer of an operation, followed; a stream is written while it is sent."""
        name = function_name(operation.endpoint)
        if is_stream(operation.dependant):
            return write

        def follow(call: Call, result: Any) -> Any:
            record = CURRENT.get()
            if record is None or isinstance(result, Response):
                return write(call, result)
            with Phase(record, "fastapi.serialization", name):
                return write(call, result)

        return follow


FOLLOWER = Follower()


def is_stream(dependant: Dependant) -> bool:
    """Whether the endpoint yields: calling it runs nothing yet."""
    return dependant.is_gen_callable or dependant.is_async_gen_callable


def follow_endpoint(declared: Dependant, name: str) -> Dependant:
    """`declared` with an endpoint that says when it is called, of the same kind as before."""
    _ = is_stream(declared), declared.is_coroutine_callable  # known before the endpoint is replaced
    followed = copy(declared)
    call: Any = declared.call
    if is_stream(declared):
        followed.call = partial(call_stream, call)
    elif declared.is_coroutine_callable:
        followed.call = partial(call_async, call, name)
    else:
        followed.call = partial(call_sync, call, name)
    return followed


def call_stream(endpoint: Endpoint, /, **values: Any) -> Any:
    """The iterator of an endpoint that yields."""
    solved(values)
    return endpoint(**values)


async def call_async(endpoint: Endpoint, name: str, /, **values: Any) -> Any:
    """What an asynchronous endpoint returns."""
    record = solved(values)
    if record is None:
        return await endpoint(**values)
    with Phase(record, "fastapi.endpoint", name):
        return await endpoint(**values)


def call_sync(endpoint: Endpoint, name: str, /, **values: Any) -> Any:
    """What an ordinary endpoint returns, in its thread."""
    record = solved(values)
    if record is None:
        return endpoint(**values)
    with Phase(record, "fastapi.endpoint", name):
        return endpoint(**values)


def solved(values: dict[str, Any]) -> Record | None:
    """Take in the arguments of the endpoint, with which the dependencies are done."""
    record = CURRENT.get()
    if record is not None:
        record.data.values, record.data.errors = values, []
        record.dependencies.end()
    return record


class FollowedTasks(BackgroundTasks):
    """Background tasks, each with a span."""

    async def __call__(self) -> None:
        """Make the calls in order."""
        record = CURRENT.get()
        for task in self.tasks:
            if record is None:
                await task()
            else:
                with Phase(record, "fastapi.background_task", function_name(task.func)):
                    await task()


def function_name(function: Any) -> str:
    """The name of a function, or of the class of an object that is called, with its module."""
    while isinstance(function, partial):
        function = function.func
    named = function if hasattr(function, "__qualname__") else type(function)
    return f"{named.__module__}.{named.__qualname__}"
