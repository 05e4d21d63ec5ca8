"""From what an endpoint returns to what is sent: chosen when the operation is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from fastapi_lite.datastructures.headers import RawHeaders
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.validation import relocate
from fastapi_lite.encoders import dump_jsonable, jsonable_encoder
from fastapi_lite.exceptions import ResponseValidationError
from fastapi_lite.responses import HTMLResponse, PlainTextResponse, Response
from fastapi_lite.responses.base import BODILESS, JSON_TYPE, Reply
from fastapi_lite.routing.streams import (
    Stream,
    compile_chunks,
    compile_events,
    compile_lines,
    dump_untyped,
)
from fastapi_lite.sending import WatchedSend, begin

if TYPE_CHECKING:
    from fastapi_lite.routing.tree import Operation

Write: TypeAlias = Callable[[Call, Any], Reply]
"""Makes the reply from what an endpoint has returned."""

TEXT_CLASSES = frozenset((PlainTextResponse, HTMLResponse))
"""Classes whose responses are known by their text and status."""

RENDER = PlainTextResponse()


def compile_writer(operation: Operation) -> Write:
    """The writer for what the endpoint of `operation` returns."""
    status, response_class = operation.status_code, operation.response_class
    if operation.is_json_stream:
        write = with_headers(compile_lines(compile_item(operation), status))
    elif operation.is_sse_stream:
        write = with_headers(compile_events(compile_item(operation), response_class, status))
    elif operation.is_raw_stream:
        write = with_headers(compile_chunks(response_class, status))
    elif response_class is None:
        write = compile_bytes_writer(compile_json(operation), JSON_TYPE, status or 200)
    elif response_class in TEXT_CLASSES:
        content_type = response_class("").raw_headers[-1]
        write = compile_bytes_writer(compile_text(operation), content_type, status or 200)
    else:
        write = compile_class_writer(compile_content(operation), response_class, status)
    observer = operation.observer
    return write if observer is None else observer.compile_writer(operation, write)


def as_returned(call: Call, response: Response) -> Response:
    """A response that an endpoint made itself: it is sent as it is, with the tasks for after it."""
    if response.background is None:
        response.background = call.background
    return response


def with_headers(stream: Stream) -> Write:
    """`stream`, with what the endpoint has set on its response."""

    def write_stream(call: Call, result: Any) -> Reply:
        response, filled = stream(call, result), call.filled_response
        if filled is not None:
            response.status_code = filled.status_code or response.status_code
            response.raw_headers = merge_headers(response.raw_headers, filled)
        return response

    return write_stream


def compile_item(operation: Operation) -> Callable[[Any], bytes]:
    """The function that makes JSON of an item of a stream: by its type, or by what it is."""
    field = operation.stream_item_field
    if field is None:
        return dump_untyped
    return compile_dump(field.adapter, dump_options(operation))


def compile_bytes_writer(
    dump: Callable[[Any], bytes], content_type: tuple[bytes, bytes], status: int
) -> Write:
    """Write what `dump` makes, without a response object in between."""

    has_body = status not in BODILESS

    def write_bytes(call: Call, result: Any) -> Reply:
        if isinstance(result, Response):
            return as_returned(call, result)
        body = dump(result)
        code, headers = status, [(b"content-length", b"%d" % len(body)), content_type]
        filled = call.filled_response
        if filled is not None or not has_body:
            code, headers, body = completed(code, headers, body, filled)
        return (
            {"type": "http.response.start", "status": code, "headers": headers},
            {"type": "http.response.body", "body": body},
        )

    return write_bytes


def completed(
    status: int, headers: RawHeaders, body: bytes, filled: Response | None
) -> tuple[int, RawHeaders, bytes]:
    """A response with what an endpoint has set; without a body where its status has none."""
    if filled is not None:
        status = filled.status_code or status
        headers = merge_headers(headers, filled)
    return (status, headers[1:], b"") if status in BODILESS else (status, headers, body)


def compile_class_writer(
    prepare: Callable[[Any], Any], response_class: type[Response], status: int | None
) -> Write:
    """Write by the response class that was declared."""

    def write_response(call: Call, result: Any) -> Reply:
        if isinstance(result, Response):
            return as_returned(call, result)
        filled = call.filled_response
        code = (filled.status_code if filled is not None else None) or status
        options: dict[str, Any] = {} if code is None else {"status_code": code}
        response = response_class(prepare(result), background=call.background, **options)
        if response.status_code in BODILESS:
            response.body = b""
            del response.headers["content-length"]
        if filled is not None:
            response.raw_headers = merge_headers(response.raw_headers, filled)
        return response

    return write_response


def merge_headers(
    headers: list[tuple[bytes, bytes]], filled: Response
) -> list[tuple[bytes, bytes]]:
    """`headers` with those an endpoint has set; its `content-type` wins, the length is ours."""
    added = [one for one in filled.raw_headers if one[0] != b"content-length"]
    if any(name == b"content-type" for name, _ in added):
        headers = [one for one in headers if one[0] != b"content-type"]
    return [*headers, *added]


def compile_json(operation: Operation) -> Callable[[Any], bytes]:
    """The function that makes JSON bytes of a result: by its model, or by what it is."""
    adapter = operation.response_adapter
    return dump_jsonable if adapter is None else compile_dump(adapter, dump_options(operation))


def compile_dump(adapter: TypeAdapter[Any], options: dict[str, Any]) -> Callable[[Any], bytes]:
    """The function that validates a value and makes JSON bytes of it."""
    validate, trusted = adapter.validator.validate_python, trusted_model(adapter)
    serializer = adapter.serializer
    to_json = serializer.to_json
    # Passed by name, `by_alias` costs 0.1 µs less than in a dictionary.
    as_usual = options == {"by_alias": True}

    def dump(result: Any) -> bytes:
        if type(result) is not trusted:
            try:
                result = validate(result, from_attributes=True)
            except ValidationError as error:
                raise invalid_response(error, result) from error
        try:
            return to_json(result, by_alias=True) if as_usual else to_json(result, **options)
        except PydanticSerializationError:
            # Half a surrogate pair, which has no form in UTF-8 but an escape; or it fails again.
            return dump_untyped(serializer.to_python(result, mode="json", **options))

    return dump


def compile_text(operation: Operation) -> Callable[[Any], bytes]:
    """The function that makes text of a result, as the classes of text do."""
    prepare = compile_content(operation)
    has_model = operation.response_adapter is not None

    def dump_text(result: Any) -> bytes:
        content = result if type(result) is str and not has_model else prepare(result)
        return content.encode() if type(content) is str else bytes(RENDER.render(content))

    return dump_text


def compile_content(operation: Operation) -> Callable[[Any], Any]:
    """The function that makes what a response class renders."""
    adapter = operation.response_adapter
    if adapter is None:
        return jsonable_encoder
    validate, trusted = compile_validate(adapter), trusted_model(adapter)
    to_python, options = adapter.serializer.to_python, dump_options(operation)

    def prepare(result: Any) -> Any:
        value = result if type(result) is trusted else validate(result)
        return to_python(value, mode="json", **options)

    return prepare


def compile_validate(adapter: TypeAdapter[Any]) -> Callable[[Any], Any]:
    """The function that checks a result against the response's type."""
    validate_python = adapter.validator.validate_python

    def validate(result: Any) -> Any:
        try:
            return validate_python(result, from_attributes=True)
        except ValidationError as error:
            raise invalid_response(error, result) from error

    return validate


def invalid_response(error: ValidationError, result: Any) -> ResponseValidationError:
    """The error of a result that does not fit the response's type."""
    return ResponseValidationError(relocate(error, ("response",)), body=result)


def trusted_model(adapter: TypeAdapter[Any]) -> type[Any] | None:
    """The model whose instances pydantic would take as they are, so that it need not be asked.

    It does so of a model, unless told to validate instances again, or the model has validators
    of its own, which are around its schema.
    """
    schema: Any = adapter.core_schema
    if schema["type"] != "model" or schema["cls"].model_config.get("revalidate_instances"):
        return None
    model: type[Any] = schema["cls"]
    return model


def dump_options(operation: Operation) -> dict[str, Any]:
    """How pydantic shall serialise: those of its options that were told."""
    options: dict[str, Any] = {"by_alias": operation.response_model_by_alias}
    for name in ("include", "exclude"):
        chosen = getattr(operation, f"response_model_{name}")
        if chosen is not None:
            options[name] = set(chosen) if isinstance(chosen, list | tuple) else chosen
    for name in ("exclude_unset", "exclude_defaults", "exclude_none"):
        if getattr(operation, f"response_model_{name}"):
            options[name] = True
    return options


async def deliver(call: Call, reply: Reply) -> None:
    """Send the reply, then run the tasks that were left for after it."""
    if isinstance(reply, tuple):
        call.started = True
        send_all = begin(call.send)
        await send_all(reply[0])
        await send_all(reply[1])
        await call.tasks()
    elif type(reply).__call__ is Response.__call__:
        call.started = True
        await reply(call.scope, call.receive, call.send)
    else:
        watched = WatchedSend(call.send)
        try:
            await reply(call.scope, call.receive, watched)
        finally:
            call.started = watched.started
