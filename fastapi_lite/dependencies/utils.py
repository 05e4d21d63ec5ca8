"""What packages built on FastAPI import from here: how callables become dependants, and are solved."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Literal

from pydantic.fields import FieldInfo

from fastapi_lite.background import BackgroundTasks
from fastapi_lite.dependencies.annotations import issubclass_safe as lenient_issubclass
from fastapi_lite.dependencies.body import body_as_parameter as _get_body_field
from fastapi_lite.dependencies.body import flat_body_params as _get_flat_body_params
from fastapi_lite.dependencies.calls import Call, unwind
from fastapi_lite.dependencies.graph import (
    check_type,
    get_dependant,
    get_parameterless_sub_dependant,
)
from fastapi_lite.dependencies.models import Dependant, Parameter, Source
from fastapi_lite.dependencies.plan import compile_plan
from fastapi_lite.dependencies.signature import typed_return as get_typed_return_annotation
from fastapi_lite.dependencies.signature import typed_signature as get_typed_signature
from fastapi_lite.dependencies.slots import models_in
from fastapi_lite.exceptions import (
    RequestValidationError,
    WebSocketRequestValidationError,
)
from fastapi_lite.params import Body, Undefined
from fastapi_lite.requests import Request
from fastapi_lite.responses import Response
from fastapi_lite.types import DependencyCacheKey
from fastapi_lite.websockets import WebSocket

__all__ = [
    "SolvedDependency",
    "_get_body_field",
    "_get_flat_body_params",
    "create_model_field",
    "get_dependant",
    "get_flat_params",
    "get_parameterless_sub_dependant",
    "get_typed_return_annotation",
    "get_typed_signature",
    "lenient_issubclass",
    "solve_dependencies",
]


def create_model_field(
    name: str,
    type_: Any,
    default: Any = Undefined,
    field_info: FieldInfo | None = None,
    alias: str | None = None,
    mode: Literal["validation", "serialization"] = "validation",
) -> Parameter:
    """A value of type `type_` as a parameter is one: what validates and serialises it.

    A `field_info` says the default and the alias, where it is given. `mode` is not asked: one
    serves both ways. Raises `FastAPIError` where pydantic cannot validate the type.
    """
    declared = Body(default, alias=alias) if field_info is None else field_info
    declared.annotation = type_
    field = Parameter(name, declared, tuple(declared.metadata))
    check_type(field, name)
    return field


def get_flat_params(dependant: Dependant) -> list[Parameter]:
    """What `dependant` and all it needs take from outside the body; fields of models one by one."""
    found: dict[tuple[str, str], Parameter] = {}
    for source in SOURCES:
        for parameter in dependant.flat(source):
            models = models_in(parameter.annotation)
            fields = [
                Parameter(name, info) for one in models for name, info in one.model_fields.items()
            ]
            for field in fields or [parameter]:
                found.setdefault((source, field.alias), field)
    return list(found.values())


SOURCES: tuple[Source, ...] = ("path", "query", "header", "cookie")


@dataclass
class SolvedDependency:
    """The arguments that a request gives a callable, or what is wrong with the request."""

    values: dict[str, Any]
    errors: list[Any]
    background_tasks: BackgroundTasks | None
    response: Response
    dependency_cache: dict[DependencyCacheKey, Any]
    body: Any = None
    """The body as far as it was read, where there are errors."""


async def solve_dependencies(
    *,
    request: Request | WebSocket,
    dependant: Dependant,
    body: Any = None,
    background_tasks: BackgroundTasks | None = None,
    response: Response | None = None,
    dependency_overrides_provider: Any = None,
    dependency_cache: dict[DependencyCacheKey, Any] | None = None,
    async_exit_stack: AsyncExitStack,
    embed_body_fields: bool = False,
    **body_options: Any,
) -> SolvedDependency:
    """Run what `dependant` depends on; the arguments to call it with.

    Generators stay open until `async_exit_stack` is left. The body is read from `request`, whatever
    `body` is. For a callable that serves many requests an `APIRoute` is faster: it is compiled once.
    """
    overrides = getattr(dependency_overrides_provider, "dependency_overrides", None)
    plan = compile_plan(dependant, overrides=overrides, **body_options)
    call = Call(request.scope, request.receive, request._send)  # noqa: SLF001 - passed on as it is
    call.connection = request
    call.background, call.filled_response = background_tasks, response

    async def leave(kind: Any, error: BaseException | None, trace: Any) -> None:
        left = await unwind([*call.request_exits, *call.function_exits], error)
        if call.form is not None:
            await call.form.close()
        if left is not None and left is not error:
            raise left

    async_exit_stack.push_async_exit(leave)
    values: dict[str, Any] = {}
    errors: list[Any] = []
    refused = None
    try:
        values = await plan.solve(call)
    except (RequestValidationError, WebSocketRequestValidationError) as error:
        errors, refused = list(error.errors()), getattr(error, "body", None)
    return SolvedDependency(
        values, errors, call.background, call.response, dependency_cache or {}, refused
    )
