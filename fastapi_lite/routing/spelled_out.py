"""An operation step by step, through functions that can be replaced one by one.

The compiled way of `handlers` has no such steps; this one is taken where one of them is replaced.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Any

from fastapi_lite.concurrency import run_as_part_of_task
from fastapi_lite.datastructures import Default, DefaultPlaceholder
from fastapi_lite.dependencies.calls import Call, leave_shielded
from fastapi_lite.dependencies.models import Dependant, Parameter
from fastapi_lite.dependencies.utils import SolvedDependency, solve_dependencies
from fastapi_lite.encoders import jsonable_encoder
from fastapi_lite.exceptions import (
    EndpointContext,
    RequestValidationError,
    ResponseValidationError,
    WebSocketRequestValidationError,
)
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, Response
from fastapi_lite.routing.handlers import (
    CURRENT,
    RouteHandler,
    as_response,
    compile_route_handler,
    unsendable,
)
from fastapi_lite.routing.replaceable import current, is_replaced, replaceable
from fastapi_lite.routing.tree import Operation, PlacedRoute
from fastapi_lite.routing.writers import compile_content, compile_json, compile_writer
from fastapi_lite.types import ASGIApp, IncEx
from fastapi_lite.websockets import WebSocket

WEBSOCKET_STEPS = ("get_websocket_app", "solve_dependencies", "websocket_session")
STEPS = ("solve_dependencies", "run_endpoint_function")

replaceable(solve_dependencies)


@replaceable
async def run_endpoint_function(
    *, dependant: Dependant, values: dict[str, Any], is_coroutine: bool
) -> Any:
    """What the endpoint returns for `values`; one that is no coroutine function runs in a thread."""
    assert dependant.call is not None
    if is_coroutine:
        return await dependant.call(**values)
    return await run_as_part_of_task(lambda: dependant.call(**values))  # type: ignore[misc]


@replaceable
def get_request_handler(
    dependant: Dependant,
    body_field: Parameter | None = None,
    status_code: int | None = None,
    response_class: type[Response] | DefaultPlaceholder = Default(JSONResponse),
    response_field: Parameter | None = None,
    response_model_include: IncEx | None = None,
    response_model_exclude: IncEx | None = None,
    response_model_by_alias: bool = True,
    response_model_exclude_unset: bool = False,
    response_model_exclude_defaults: bool = False,
    response_model_exclude_none: bool = False,
    dependency_overrides_provider: Any = None,
    embed_body_fields: bool = False,
    strict_content_type: bool | DefaultPlaceholder = Default(True),
    stream_item_field: Parameter | None = None,
    is_json_stream: bool = False,
    form_limits: Mapping[str, int] | None = None,
    **options: Any,
) -> RouteHandler:
    """The function that makes the response from a request, for what `dependant` calls.

    `body_field` and `embed_body_fields` are what the signature says, and not asked again.
    """
    told = {
        "is_sse_stream": False,
        "is_raw_stream": False,
        **options,
        "status_code": status_code,
        "response_class": None
        if isinstance(response_class, DefaultPlaceholder)
        else response_class,
        "response_model_include": response_model_include,
        "response_model_exclude": response_model_exclude,
        "response_model_by_alias": response_model_by_alias,
        "response_model_exclude_unset": response_model_exclude_unset,
        "response_model_exclude_defaults": response_model_exclude_defaults,
        "response_model_exclude_none": response_model_exclude_none,
        "is_json_stream": is_json_stream,
    }
    if not isinstance(strict_content_type, DefaultPlaceholder):
        told["strict_content_type"] = strict_content_type
    if form_limits:
        told["form_limits"] = form_limits
    route: Any = SimpleNamespace(
        path=dependant.path or "",
        endpoint=dependant.call,
        options=told,
        response_field=response_field,
        stream_item_field=stream_item_field,
        dependency_overrides_provider=dependency_overrides_provider,
    )
    operation = Operation(route)
    operation.dependant = dependant
    if is_replaced(*STEPS):
        return spell_out_handler(operation)
    return compile_route_handler(operation)


@replaceable
def get_websocket_app(
    dependant: Dependant,
    dependency_overrides_provider: Any = None,
    embed_body_fields: bool = False,
) -> Callable[[WebSocket], Coroutine[Any, Any, None]]:
    """The function that serves a WebSocket by what `dependant` calls.

    Raises `WebSocketRequestValidationError` with all that does not fit. `embed_body_fields` is not
    asked: a WebSocket has no body.
    """

    async def serve(websocket: WebSocket) -> None:
        async with AsyncExitStack() as stack:
            solved: SolvedDependency = await current("solve_dependencies")(
                request=websocket,
                dependant=dependant,
                dependency_overrides_provider=dependency_overrides_provider,
                async_exit_stack=stack,
                embed_body_fields=embed_body_fields,
            )
            if solved.errors:
                raise WebSocketRequestValidationError(solved.errors)
            assert dependant.call is not None
            await dependant.call(**solved.values)

    return serve


def websocket_by_replacements(placed: PlacedRoute) -> ASGIApp:
    """The application of a WebSocket route by what stands under its functions' names now."""
    serve = current("get_websocket_app")(
        dependant=placed.dependant, dependency_overrides_provider=placed.provider
    )

    async def serve_located(websocket: WebSocket) -> None:
        try:
            await serve(websocket)
        except WebSocketRequestValidationError as error:
            error.endpoint_ctx = placed.context(websocket.scope)
            raise

    app: ASGIApp = current("websocket_session")(serve_located)
    return app


def handler_by_replacements(operation: Operation) -> RouteHandler:
    """The handler of `operation` by what stands under `get_request_handler` now."""
    handler: RouteHandler = current("get_request_handler")(
        dependant=operation.dependant,
        body_field=operation.body_field,
        status_code=operation.status_code,
        response_class=operation.response_class or Default(JSONResponse),
        response_field=operation.response_field,
        response_model_include=operation.response_model_include,
        response_model_exclude=operation.response_model_exclude,
        response_model_by_alias=operation.response_model_by_alias,
        response_model_exclude_unset=operation.response_model_exclude_unset,
        response_model_exclude_defaults=operation.response_model_exclude_defaults,
        response_model_exclude_none=operation.response_model_exclude_none,
        dependency_overrides_provider=operation.provider,
        embed_body_fields=operation.body is not None and operation.body.embed,
        strict_content_type=operation.strict_content_type,
        stream_item_field=operation.stream_item_field,
        is_json_stream=operation.is_json_stream,
        form_limits=operation.form_limits,
        is_sse_stream=operation.is_sse_stream,
        is_raw_stream=operation.is_raw_stream,
    )
    return handler


def spell_out_handler(operation: Operation) -> RouteHandler:
    """The handler of `operation` that takes every step by its name."""
    write, dependant = compile_writer(operation), operation.dependant

    async def handle(request: Request) -> Response:
        call = CURRENT.get()
        if call is None or call.scope is not request.scope:
            async with AsyncExitStack() as stack:
                alone = Call(request.scope, request.receive, unsendable)
                return await respond(request, alone, stack)
        stack = AsyncExitStack()
        left_open = hold(stack)
        await anext(left_open)
        call.request_exits.append((left_open, leave_shielded))
        return await respond(request, call, stack)

    async def respond(request: Request, call: Call, stack: AsyncExitStack) -> Response:
        call.connection = request
        solved: SolvedDependency = await current("solve_dependencies")(
            request=request,
            dependant=dependant,
            dependency_overrides_provider=operation.provider,
            async_exit_stack=stack,
            embed_body_fields=operation.body is not None and operation.body.embed,
            **operation.plan_options,
        )
        if solved.errors:
            error = RequestValidationError(solved.errors, body=solved.body)
            error.endpoint_ctx = operation.context(request.scope)
            raise error
        call.background, call.filled_response = solved.background_tasks, solved.response
        result = await current("run_endpoint_function")(
            dependant=dependant,
            values=solved.values,
            is_coroutine=dependant.is_coroutine_callable,
        )
        return as_response(call, write(call, result))

    return handle


async def hold(stack: AsyncExitStack) -> AsyncGenerator[None, None]:
    """Keep `stack` open until the request ends."""
    async with stack:
        yield


@replaceable
async def serialize_response(
    *,
    field: Parameter | None = None,
    response_content: Any,
    include: IncEx | None = None,
    exclude: IncEx | None = None,
    by_alias: bool = True,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
    is_coroutine: bool = True,
    endpoint_ctx: EndpointContext | None = None,
    dump_json: bool = False,
) -> Any:
    """`response_content` as what JSON can say, or as JSON bytes: by the type of `field`, or its own.

    Raises `ResponseValidationError` for what does not fit. `is_coroutine` is not asked: what is
    serialised holds the event loop for less time than a thread takes to begin.
    """
    if field is None:
        return jsonable_encoder(response_content)
    told: Any = SimpleNamespace(
        response_adapter=field.adapter,
        response_model_include=include,
        response_model_exclude=exclude,
        response_model_by_alias=by_alias,
        response_model_exclude_unset=exclude_unset,
        response_model_exclude_defaults=exclude_defaults,
        response_model_exclude_none=exclude_none,
    )
    write = compile_json(told) if dump_json else compile_content(told)
    try:
        return write(response_content)
    except ResponseValidationError as error:
        error.endpoint_ctx = endpoint_ctx
        raise
