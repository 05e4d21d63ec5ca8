"""The responses of an operation as the document describes them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from fastapi_lite.dependencies.models import Parameter
from fastapi_lite.dependencies.signature import response_parameter
from fastapi_lite.exceptions import PHRASES
from fastapi_lite.openapi.constants import REF_PREFIX
from fastapi_lite.openapi.schemas import JsonSchema, Schemas
from fastapi_lite.responses import JSONResponse, Response
from fastapi_lite.responses.base import is_body_allowed_for_status_code
from fastapi_lite.routing.tree import Operation

RANGES: Mapping[str, str] = {
    "1XX": "Information",
    "2XX": "Success",
    "3XX": "Redirection",
    "4XX": "Client Error",
    "5XX": "Server Error",
    "DEFAULT": "Default Response",
}

EVENT_FIELDS: JsonSchema = {
    "data": {"type": "string"},
    "event": {"type": "string"},
    "id": {"type": "string"},
    "retry": {"type": "integer", "minimum": 0},
}
"""One event of a stream (HTML, section 9.2.6)."""

VALIDATION_ERROR: JsonSchema = {
    "title": "ValidationError",
    "type": "object",
    "properties": {
        "loc": {
            "title": "Location",
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        },
        "msg": {"title": "Message", "type": "string"},
        "type": {"title": "Error Type", "type": "string"},
        "input": {"title": "Input"},
        "ctx": {"title": "Context", "type": "object"},
    },
    "required": ["loc", "msg", "type"],
}

HTTP_VALIDATION_ERROR: JsonSchema = {
    "title": "HTTPValidationError",
    "type": "object",
    "properties": {
        "detail": {
            "title": "Detail",
            "type": "array",
            "items": {"$ref": REF_PREFIX + "ValidationError"},
        }
    },
}

REFUSED: JsonSchema = {
    "description": "Validation Error",
    "content": {
        "application/json": {"schema": {"$ref": REF_PREFIX + "HTTPValidationError"}},
    },
}
"""What is answered to input that does not fit its declaration, unless the operation says."""


def write_responses(
    operation: Operation, further: Mapping[int | str, Parameter], schemas: Schemas
) -> JsonSchema:
    """The responses by status, range or `default` (OpenAPI 4.8.16).

    `further` are the models among the responses that the operation declares beyond its own.
    """
    response_class = operation.response_class or JSONResponse
    status = status_of(operation, response_class)
    written: JsonSchema = {
        str(status): {
            "description": operation.response_description,
            **write_content(operation, response_class, status, schemas),
        }
    }
    for code, response in operation.responses.items():
        key = status_key(code)
        model = further.get(code)
        if model is not None:
            name = f"Response_{code}_{operation.unique_id}"
            schema = schemas.of(model, "serialization", name=name)
            media_type = response_class.media_type or "application/json"
            response = merged(response, {"content": {media_type: {"schema": schema}}})
        before = written.get(key, {})
        text = response.get("description") or before.get("description") or phrase(key)
        given = {name: value for name, value in response.items() if name != "model"}
        written[key] = merged(before, given) | {"description": text}
    return written


def response_models(operation: Operation) -> Iterator[tuple[int | str, Parameter]]:
    """The models of further responses, those of the routers around included."""
    for code, response in operation.responses.items():
        if response.get("model") is not None:
            yield code, response_parameter(response["model"])


def status_of(operation: Operation, response_class: type[Response]) -> int:
    """The status of a successful response: as told, else the default of the class."""
    if operation.status_code is not None:
        return int(operation.status_code)
    return default_status(response_class.__init__)


@cache
def default_status(constructor: Callable[..., None]) -> int:
    """The status that a response has unless its constructor is told."""
    declared = inspect.signature(constructor).parameters.get("status_code")
    return declared.default if declared and isinstance(declared.default, int) else 200


def write_content(
    operation: Operation, response_class: type[Response], status: int, schemas: Schemas
) -> JsonSchema:
    """What a successful response holds, by media type."""
    if not is_body_allowed_for_status_code(status):
        return {}
    if operation.is_sse_stream:
        item = write_item(operation, schemas)
        return {"content": {"text/event-stream": {"itemSchema": write_event(item)}}}
    if operation.is_json_stream:
        item = write_item(operation, schemas)
        return {"content": {"application/jsonl": {"itemSchema": item or {}}}}
    if response_class.media_type is None:
        return {}
    if not issubclass(response_class, JSONResponse):
        schema: JsonSchema = {"type": "string"}
    elif operation.response_field is None:
        schema = {}
    else:
        name = f"Response_{operation.unique_id}"
        schema = schemas.of(operation.response_field, "serialization", name=name)
    return {"content": {response_class.media_type: {"schema": schema}}}


def write_item(operation: Operation, schemas: Schemas) -> JsonSchema | None:
    """The schema of one item of a stream, where its type is known."""
    if operation.stream_item_field is None:
        return None
    name = f"StreamItem_{operation.unique_id}"
    return schemas.of(operation.stream_item_field, "serialization", name=name)


def write_event(item: JsonSchema | None) -> JsonSchema:
    """The schema of one server-sent event, whose data is `item` as JSON."""
    if item is None:
        return {"type": "object", "properties": EVENT_FIELDS}
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": item,
    }
    return {
        "type": "object",
        "properties": {**EVENT_FIELDS, "data": data},
        "required": ["data"],
    }


def status_key(code: int | str) -> str:
    """The key of a status in the document: ranges in capitals, `default` in small letters."""
    key = str(int(code) if isinstance(code, int) else code).upper()
    return "default" if key == "DEFAULT" else key


def phrase(key: str) -> str:
    """What is said of a status that nobody has described."""
    standard = PHRASES.get(int(key)) if key.isdecimal() else RANGES.get(key.upper())
    return standard or "Additional Response"


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> JsonSchema:
    """`below` changed by `above`: mappings are merged, lists joined, other values replaced."""
    result = dict(below)
    for key, value in above.items():
        known = result.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            result[key] = merged(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            result[key] = [*known, *value]
        else:
            result[key] = value
    return result
