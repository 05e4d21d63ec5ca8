"""The whole document, put together from the operations of an application."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from pydantic_core import PydanticSerializationError, from_json, to_json

from fastapi_lite._deprecated import deprecated
from fastapi_lite.dependencies.models import Parameter
from fastapi_lite.encoders import jsonable_encoder
from fastapi_lite.exceptions import FastAPIDeprecationWarning
from fastapi_lite.openapi.models import OpenAPI, PathItem
from fastapi_lite.openapi.operation import (
    Described,
    describe,
    operations_of,
    refuses_input,
    summary_of,
    write_combined_bodies,
    write_metadata,
    write_path_item,
    write_security_schemes,
)
from fastapi_lite.openapi.request_body import DescribedBody, write_body
from fastapi_lite.openapi.responses import HTTP_VALIDATION_ERROR, RANGES, VALIDATION_ERROR
from fastapi_lite.openapi.schemas import JsonSchema, Schemas
from fastapi_lite.routing.api import APIRoute
from fastapi_lite.routing.routes import BaseRoute
from fastapi_lite.routing.tree import Operation

validation_error_definition = VALIDATION_ERROR
validation_error_response_definition = HTTP_VALIDATION_ERROR
status_code_ranges = RANGES


DEFAULT_VERSION = "3.1.0"
FIRST_WITH_STREAMS = "3.2.0"
"""The first version that has `itemSchema` and the method `query` (OpenAPI 3.2, 4.14 and 4.9)."""


def get_openapi(
    *,
    title: str,
    version: str,
    openapi_version: str = DEFAULT_VERSION,
    summary: str | None = None,
    description: str | None = None,
    routes: Sequence[BaseRoute | Operation],
    webhooks: Sequence[BaseRoute | Operation] | None = None,
    tags: list[dict[str, Any]] | None = None,
    servers: list[dict[str, Any]] | None = None,
    terms_of_service: str | None = None,
    contact: dict[str, Any] | None = None,
    license_info: dict[str, Any] | None = None,
    separate_input_output_schemas: bool = True,
    external_docs: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The OpenAPI document of `routes`, ready to be written as JSON.

    It is of version 3.2.0 where it uses what 3.1.0 has not, and no other version is given.
    Warns where two operations have one id. Raises pydantic's `ValidationError` where something
    that was given, such as `contact`, is not what OpenAPI allows.
    """
    described = describe_all(routes)
    hooks = describe_all(webhooks or ())
    everything = with_callbacks([*described, *hooks])
    schemas = compile_schemas(everything, separate=separate_input_output_schemas)
    operation_ids: set[str] = set()
    info = {
        "summary": summary,
        "description": description,
        "termsOfService": terms_of_service,
        "contact": contact,
        "license": license_info,
    }
    paths = write_paths(described, schemas, operation_ids)
    webhook_paths = write_paths(hooks, schemas, operation_ids)
    if openapi_version == DEFAULT_VERSION and (is_newer(paths) or is_newer(webhook_paths)):
        openapi_version = FIRST_WITH_STREAMS
    document = {
        "openapi": openapi_version,
        "info": {"title": title, "version": version, **given(info)},
        "servers": servers,
        "webhooks": webhook_paths,
        "components": write_components(everything, schemas),
        "tags": tags,
        "externalDocs": external_docs,
    }
    plain = copied({path: item for path, item in paths.items() if is_left_as_it_is(item)})
    checked = {path: item for path, item in paths.items() if path not in plain}
    written: dict[str, Any] = jsonable_encoder(
        OpenAPI.model_validate({"paths": checked, **given(document)}),
        by_alias=True,
        exclude_none=True,
    )
    items = plain | written["paths"]
    return written | {"paths": {path: items[path] for path in paths}}


def is_left_as_it_is(item: JsonSchema) -> bool:
    """Whether the models have nothing to say of `item`, so that they need not be asked.

    To them a path is a `PathItem` or anything, and pydantic takes it as it is rather than convert
    a part of it. Where a parameter is would be converted: a text to a `ParameterInType`.
    """
    return any(
        type(parameter.get("in")) is str and "$ref" not in parameter
        for method in PathItem.model_fields.keys() & item.keys()
        for parameter in listed(item[method])
    )


def listed(operation: JsonSchema) -> list[JsonSchema]:
    """The parameters of `operation`, which is what users may have made of it."""
    parameters = operation.get("parameters")
    return [one for one in parameters if type(one) is dict] if type(parameters) is list else []


def copied(paths: JsonSchema) -> JsonSchema:
    """`paths` as JSON has them, without what is `None`; nothing in it is part of anything else.

    It is empty where one holds what JSON has no word for: the models say what that is.
    """
    try:
        content = to_json(paths, inf_nan_mode="null")
    except PydanticSerializationError:
        return {}
    copy: JsonSchema = from_json(content)
    left_out = b":null" in content or b'"_sa' in content
    return jsonable_encoder(copy, exclude_none=True) if left_out else copy


def is_newer(paths: JsonSchema) -> bool:
    """Whether something in `paths` came with OpenAPI 3.2."""
    return any(
        method == "query" or streams(operation) or any(map(is_newer, parts(operation, "callbacks")))
        for item in parts_of(paths)
        for method, operation in item.items()
        if isinstance(operation, dict)
    )


def streams(operation: JsonSchema) -> bool:
    """Whether a response of `operation` says what each item of a stream is."""
    return any(
        "itemSchema" in media
        for response in parts(operation, "responses")
        for media in parts(response, "content")
    )


def parts(of: JsonSchema, name: str) -> list[JsonSchema]:
    """The objects below `name`; what users have written there may be anything."""
    return parts_of(of.get(name))


def parts_of(objects: Any) -> list[JsonSchema]:
    """The objects among the values of a mapping."""
    values = objects.values() if isinstance(objects, dict) else ()
    return [one for one in values if isinstance(one, dict)]


def get_openapi_path(
    *,
    route: APIRoute | Operation,
    operation_ids: set[str],
    model_name_map: object = None,
    field_mapping: Schemas | None = None,
    separate_input_output_schemas: bool = True,
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The path item of one route, the security schemes it needs, and the schemas beside models.

    `operation_ids` are those already taken; the route's is added. `field_mapping` are the schemas
    of all operations of a document, so that names agree; the route's own are made without it.
    Names are part of it, so that `model_name_map` is not looked at.
    """
    described = describe_all([as_operation(route)])
    every = with_callbacks(described)
    schemas = field_mapping or compile_schemas(every, separate=separate_input_output_schemas)
    item: JsonSchema = {}
    for one in described:
        item |= write_path_item(one, schemas, operation_ids)
    return item, write_security_schemes(every), write_definitions(every, schemas)


def get_openapi_operation_metadata(
    *, route: APIRoute | Operation, method: str, operation_ids: set[str]
) -> dict[str, Any]:
    """Tags, summary, description, id and deprecation of an operation.

    Warns where the id is among `operation_ids`, which it is added to.
    """
    return write_metadata(as_operation(route), operation_ids)


def get_openapi_operation_request_body(
    *,
    body_field: Parameter | None,
    model_name_map: object = None,
    field_mapping: Schemas | None = None,
    separate_input_output_schemas: bool = True,
) -> dict[str, Any] | None:
    """The request body's object, `None` without a body; arguments as of `get_openapi_path`."""
    if body_field is None:
        return None
    schemas = field_mapping or Schemas(
        [(body_field, "validation")], separate=separate_input_output_schemas
    )
    alone = DescribedBody((body_field,), title="", combined=False, is_form=False)
    return write_body(alone, schemas)


def get_fields_from_routes(routes: Sequence[BaseRoute | Operation]) -> list[Parameter]:
    """Everything whose schema the document of `routes` needs: parameters, bodies, responses."""
    return [
        parameter
        for one in with_callbacks(describe_all(routes))
        for parameter, _ in one.parameters_and_modes()
    ]


def generate_operation_summary(*, route: APIRoute | Operation, method: str) -> str:
    """The operation's title: as told, or made of its name."""
    return summary_of(as_operation(route))


@deprecated(
    "fastapi_lite.openapi.utils.generate_operation_id() was deprecated, it is not used "
    "internally, and will be removed soon",
    category=FastAPIDeprecationWarning,
)
def generate_operation_id(*, route: APIRoute | Operation, method: str) -> str:
    """The operation's id: as told, or made of its name, path and method."""
    given_id: str | None = route.operation_id
    made = re.sub(r"\W", "_", f"{route.name}{route.path_format}") + f"_{method.lower()}"
    return given_id or made


def describe_all(routes: Iterable[BaseRoute | Operation]) -> list[Described]:
    """What the document says of the operations among `routes`."""
    return [describe(operation) for operation in operations_of(routes)]


def with_callbacks(described: Iterable[Described]) -> list[Described]:
    """Operations, and those that they call back."""
    return [one for top in described for one in top.with_callbacks()]


def compile_schemas(described: Iterable[Described], *, separate: bool) -> Schemas:
    """The schemas that operations need."""
    needed = (one.parameters_and_modes() for one in described)
    return Schemas(chain.from_iterable(needed), separate=separate)


def as_operation(route: APIRoute | Operation) -> Operation:
    """The operation that a route is outside of any router."""
    return route if isinstance(route, Operation) else route.operation


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that say something."""
    return {name: value for name, value in options.items() if value}


def write_paths(
    described: Iterable[Described], schemas: Schemas, operation_ids: set[str]
) -> JsonSchema:
    """The operations by path."""
    paths: JsonSchema = {}
    for one in described:
        item = write_path_item(one, schemas, operation_ids)
        paths.setdefault(one.operation.path_format, {}).update(item)
    return paths


def write_components(described: Sequence[Described], schemas: Schemas) -> JsonSchema:
    """What the operations refer to."""
    definitions = schemas.definitions | write_definitions(described, schemas)
    components = {
        "schemas": dict(sorted(definitions.items())),
        "securitySchemes": write_security_schemes(described),
    }
    return given(components)


def write_definitions(described: Sequence[Described], schemas: Schemas) -> JsonSchema:
    """The schemas that are no types of the application: combined bodies, and refused input."""
    definitions = write_combined_bodies(described, schemas)
    if any(refuses_input(one) for one in described):
        definitions["ValidationError"] = VALIDATION_ERROR
        definitions["HTTPValidationError"] = HTTP_VALIDATION_ERROR
    return definitions
