"""Reading the body of a request as its declaration says: JSON, a form, or bytes as they are."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic_core import from_json

from fastapi_lite.dependencies.body import BodyShape
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.extraction import Raw, Slot, compile_form_reader
from fastapi_lite.exceptions import HTTPException, RequestValidationError
from fastapi_lite.body import ClientDisconnect, read_body

ReadBody: TypeAlias = Callable[[Call, Raw], Awaitable[Any]]
"""Puts the parts of the body under their slots; gives the body, for error messages."""

NO_BODY = "There was an error parsing the body"


def compile_body_reader(
    shape: BodyShape,
    slots: Sequence[Slot],
    *,
    strict_content_type: bool = True,
    form_limits: Mapping[str, Any] | None = None,
    max_body_size: int | None = None,
) -> ReadBody:
    """The function that reads a body of this shape."""
    if shape.is_form:
        return compile_form_body(shape, slots, form_limits or {})
    return compile_json_body(shape, slots, strict_content_type, max_body_size)


def compile_json_body(
    shape: BodyShape, slots: Sequence[Slot], strict: bool, limit: int | None
) -> ReadBody:
    """Read JSON; what is not called JSON stays bytes, which a model refuses."""
    names = [(slot.key, slot.parameter.validation_alias) for slot in slots]
    embed = shape.embed

    async def read_json_body(call: Call, raw: Raw) -> Any:
        if call.has_connection:
            content = await call.connection.body()
        else:
            content = await read_body(call.receive, limit)
        call.body = content
        if not content:
            return None
        body = parse_json(content) if is_json_request(call, strict=strict) else content
        if not embed:
            for key, _ in names:
                raw[key] = body
        elif isinstance(body, dict):
            for key, name in names:
                if name in body:
                    raw[key] = body[name]
        else:
            raw[REFUSED] = body
        return body

    return read_json_body


REFUSED = "refused"
"""Under this key a body stands that should have had the parameters by name, and has no names."""


def compile_form_body(
    shape: BodyShape, slots: Sequence[Slot], limits: Mapping[str, Any]
) -> ReadBody:
    """Read a form, urlencoded or multipart; it is closed when the request is done."""
    read_form = compile_form_reader(slots, embed=shape.embed)

    async def read_form_body(call: Call, raw: Raw) -> Any:
        try:
            call.form = await call.connection.form(**limits)
            await read_form(call.form, raw)
        except (HTTPException, ClientDisconnect):
            raise
        except Exception as error:
            raise HTTPException(400, NO_BODY) from error
        return call.form

    return read_form_body


def is_json_request(call: Call, *, strict: bool) -> bool:
    """Whether the client says that it sends JSON: `application/json` or `application/*+json`."""
    for name, value in call.scope["headers"]:
        if name == b"content-type":
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
        details = {
            "type": "json_invalid",
            "loc": ("body", error.pos),
            "msg": "JSON decode error",
            "input": {},
            "ctx": {"error": error.msg},
        }
        raise RequestValidationError([details], body=error.doc) from error
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, NO_BODY) from error
