"""Reading the body of a request as its declaration says: JSON, a form, or bytes as they are."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeGuard, TypeVar

from pydantic import ValidationError
from pydantic_core import from_json

from fastapi_lite.body import ClientDisconnect, read_body
from fastapi_lite.datastructures import FormData
from fastapi_lite.datastructures.multidict import parse_query
from fastapi_lite.dependencies.annotations import is_same_in_json
from fastapi_lite.dependencies.body import BodyShape
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.extraction import (
    compile_form_reader,
    compile_urlencoded_reader,
    take_all,
)
from fastapi_lite.dependencies.slots import Raw, Slot
from fastapi_lite.dependencies.source import Source
from fastapi_lite.dependencies.taking import compile_takers, only_one
from fastapi_lite.dependencies.validation import Refused
from fastapi_lite.exceptions import HTTPException, RequestValidationError
from fastapi_lite.formparsers import MultiPartException, check_urlencoded
from fastapi_lite.requests import HTTPConnection, Request
from fastapi_lite.types import Message

T = TypeVar("T")

ReadBody: TypeAlias = Callable[[Call, Raw], Awaitable[Any]]
"""Puts the parts of the body under their slots; gives the body, for error messages."""

TakeBody: TypeAlias = Callable[[Call, Raw], None]
"""As `ReadBody`, of a body whose bytes are known to the call."""

NO_BODY = "There was an error parsing the body"


def compile_body_reader(
    shape: BodyShape,
    slots: Sequence[Slot],
    *,
    strict_content_type: bool = True,
    form_limits: Mapping[str, Any] | None = None,
) -> ReadBody:
    """The function that reads a body of this shape."""
    if shape.is_form:
        return compile_form_body(slots, form_limits or {})
    return compile_json_body(shape, slots, strict_content_type)


def compile_json_body(shape: BodyShape, slots: Sequence[Slot], strict: bool) -> ReadBody:
    """Read JSON; what is not called JSON stays bytes, which a model refuses."""
    takers = compile_takers(slots, only_one)
    embed = shape.embed

    async def read_json_body(call: Call, raw: Raw) -> Any:
        content = await read_content(call)
        if not content:
            return None
        if not is_json_request(call, strict=strict):
            if not embed:
                put_all(slots, content, raw)
            return content
        body = await read_json(call, content)
        if not embed:
            put_all(slots, body, raw)
        elif isinstance(body, dict):
            take_all(takers, body, raw)
        else:
            raise Refused(body, without_names=True)
        return body

    return read_json_body


def put_all(slots: Sequence[Slot], body: Any, raw: Raw) -> None:
    """Let each slot have the whole body."""
    for slot in slots:
        raw[slot.key] = body


def compile_direct_body(
    shape: BodyShape | None,
    slots: Sequence[Slot],
    *,
    strict_content_type: bool = True,
    **_: Any,
) -> TakeBody | None:
    """Validate the bytes of a JSON body as they are, which saves a third of the time.

    `None` where the body must be parsed first. What is returned raises pydantic's `ValidationError` for what is wrong
    with the JSON, `Refused` for all else.
    """
    if shape is None or shape.is_form or shape.embed or len(slots) != 1:
        return None
    slot, strict = slots[0], strict_content_type
    parameter = slot.parameter
    if not is_same_in_json(parameter.annotation, parameter.metadata):
        return None
    key, is_needed = slot.key, slot.is_needed
    validate_json = parameter.adapter.validator.validate_json
    validate_python = parameter.adapter.validator.validate_python

    def take_body(call: Call, raw: Raw) -> None:
        content = call.body
        if content:
            if call.made_connection is not None and parses_json_itself(call.made_connection):
                raise Refused  # what reads the body step by step asks the request
            if is_json_request(call, strict=strict):
                raw[key] = validate_json(content)
            else:
                try:
                    raw[key] = validate_python(content, from_attributes=True)
                except ValidationError as error:
                    raise Refused from error
        elif is_needed:
            raise Refused

    return take_body


async def read_content(call: Call) -> bytes:
    """The bytes of the body, once for all who ask."""
    if call.body is None:
        if call.made_connection is not None:
            body: bytes = await or_refuse(call.connection.body())
            call.body = body
        elif not keep_whole(call, message := await call.receive()):
            call.body = await read_body(call.receive, message)
    assert call.body is not None
    return call.body


def keep_whole(call: Call, message: Message) -> bool:
    """Keep the body if it is all in its first message, as is the rule."""
    if message["type"] == "http.request" and not message.get("more_body"):
        call.body = message.get("body") or b""
        return True
    return False


def write_taking(source: Source, take_body: TakeBody) -> None:
    """Write, in a block, the reading of a body whose bytes are all that `take_body` needs.

    As `read_content` does it, without a coroutine of its own where nobody else asks for the body.
    """
    source.names |= {
        "read_content": read_content,
        "keep_whole": keep_whole,
        "read_body": read_body,
    }
    source.add(
        "    if call.body is not None or call.made_connection is not None:",
        "        await read_content(call)",
        "    elif not keep_whole(call, message := await call.receive()):",
        "        call.body = await read_body(call.receive, message)",
        f"    {source.name('take', take_body)}(call, values)",
    )


def compile_form_body(slots: Sequence[Slot], limits: Mapping[str, Any]) -> ReadBody:
    """Read a form, urlencoded or multipart; it is closed when the request is done."""
    read_form, read_urlencoded = compile_form_reader(slots), compile_urlencoded_reader(slots)
    # What is one of several models runs validators of the user, which may raise anything.
    may_fail = any(len(slot.models) > 1 for slot in slots)

    async def read_form_body(call: Call, raw: Raw) -> Any:
        is_small = call.made_connection is None and is_small_urlencoded(call.scope["headers"])
        if is_small and not may_fail:
            content = await read_content(call)
            check_limits(content, limits)
            call.form = UNPARSED
            read_urlencoded(content, raw)
        else:
            call.form = await or_refuse(call.connection.form(**limits))
            await or_refuse(read_form(call.form, raw))
        return call.form

    return read_form_body


UNPARSED = FormData()
"""Stands for the form of a call whose fields were taken without it."""


def form_of(call: Call) -> FormData:
    """The form that was read, which is made where nobody has needed it."""
    if call.form is UNPARSED:
        call.form = FormData(parse_query(call.body or b""))
    form: FormData = call.form
    return form


def is_small_urlencoded(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the client says that it sends an urlencoded form of less than 100 KB.

    Such a one is read without a request object and a stream, which saves a third of the time.
    """
    content_type = length = b""
    for name, value in headers:
        if name == b"content-type":
            content_type = content_type or value
        elif name == b"content-length":
            length = value
    is_urlencoded = (
        content_type == URLENCODED or content_type.partition(b";")[0].strip().lower() == URLENCODED
    )
    return is_urlencoded and length.isdigit() and len(length) < 6


URLENCODED = b"application/x-www-form-urlencoded"


def check_limits(content: bytes, limits: Mapping[str, Any]) -> None:
    """Raise `HTTPException` 400 where an urlencoded form is above a limit."""
    try:
        check_urlencoded(content, **limits)
    except MultiPartException as error:
        raise HTTPException(400, error.message) from error


async def or_refuse(reading: Awaitable[T]) -> T:
    """What `reading` gives. Raises `HTTPException` 400 where it fails, as a class of the user may."""
    try:
        return await reading
    except (HTTPException, ClientDisconnect, json.JSONDecodeError):
        raise
    except Exception as error:
        raise HTTPException(400, NO_BODY) from error


async def read_json(call: Call, content: bytes) -> Any:
    """The value of a JSON body; a request of a class that replaces `json` is asked for it."""
    request = call.made_connection
    if not parses_json_itself(request):
        return parse_json(content)
    try:
        return await or_refuse(request.json())
    except json.JSONDecodeError as error:
        raise not_json(error) from error


def parses_json_itself(connection: HTTPConnection | None) -> TypeGuard[Request]:
    """Whether `connection` is a request of a class that replaces `json`."""
    return isinstance(connection, Request) and type(connection).json is not Request.json


def is_json_request(call: Call, *, strict: bool) -> bool:
    """Whether the client says that it sends JSON: `application/json` or `application/*+json`."""
    for name, value in call.scope["headers"]:
        if name == b"content-type" and value:
            return value == b"application/json" or is_json_media_type(value.decode("latin-1"))
    return not strict


def is_json_media_type(content_type: str) -> bool:
    """Whether a `Content-Type` is a kind of JSON (RFC 9110, section 8.3; RFC 6839, 3.1)."""
    media_type = content_type.partition(";")[0].strip().lower()
    kind, _, subtype = media_type.partition("/")
    return kind == "application" and (subtype == "json" or subtype.endswith("+json"))


def parse_json(content: bytes) -> Any:
    """The value that JSON text stands for.

    Raises `RequestValidationError` where the text is not JSON, `HTTPException` 400 where it
    cannot be read at all.
    """
    try:
        return from_json(content)
    except ValueError:
        pass  # what the faster parser refuses, the standard library's decides
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise not_json(error) from error
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, NO_BODY) from error


def not_json(error: json.JSONDecodeError) -> RequestValidationError:
    """What a client is told of text that is not JSON."""
    details = {
        "type": "json_invalid",
        "loc": ("body", error.pos),
        "msg": "JSON decode error",
        "input": {},
        "ctx": {"error": error.msg},
    }
    return RequestValidationError([details], body=error.doc)
