"""One operation as an object of the document (OpenAPI 4.8.10).

All is read from the compiled `Operation`; its attributes have the names they have on an
`APIRoute`: `path`, `path_format`, `methods`, `name`, `endpoint`, `dependant`, `body`,
`response_class`, `response_field`, `stream_item_field`, `is_sse_stream`, `is_json_stream`,
`status_code`, `response_description`, `responses`, `tags`, `summary`, `description`,
`deprecated`, `unique_id`, `include_in_schema`, `callbacks` and `openapi_extra`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from fastapi_lite.dependencies.models import Dependant, Parameter
from fastapi_lite.encoders import jsonable_encoder
from fastapi_lite.openapi.constants import METHODS_WITH_BODY
from fastapi_lite.openapi.parameters import (
    Listed,
    list_parameters,
    shown,
    write_parameter,
)
from fastapi_lite.openapi.request_body import (
    DescribedBody,
    describe_body,
    write_body,
    write_combined,
)
from fastapi_lite.openapi.responses import (
    REFUSED,
    merged,
    response_models,
    status_key,
    write_responses,
)
from fastapi_lite.openapi.schemas import JsonSchema, Mode, Schemas
from fastapi_lite.params import SecurityBase
from fastapi_lite.routing.api import APIRoute
from fastapi_lite.routing.routes import BaseRoute
from fastapi_lite.routing.tree import Operation, walk


@dataclass(frozen=True, slots=True, eq=False)
class Requirement:
    """What an operation asks for of one security scheme."""

    scheme: SecurityBase
    scopes: list[str]
    is_optional: bool
    """Whether the operation is served without these credentials too."""


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """An operation with what the document reads off its dependencies, found in one walk."""

    operation: Operation
    parameters: tuple[Listed, ...]
    """Those outside the body, hidden ones included: their types are shown all the same."""
    body: DescribedBody | None
    security: Mapping[str, Requirement]
    """What is asked for of each security scheme, by its name."""
    models: Mapping[int | str, Parameter]
    """The models of further responses."""
    callbacks: tuple[Described, ...]

    def with_callbacks(self) -> Iterator[Described]:
        """This, and the operations that it calls back, and so on."""
        yield self
        for callback in self.callbacks:
            yield from callback.with_callbacks()

    def parameters_and_modes(self) -> Iterator[tuple[Parameter, Mode]]:
        """All values whose schemas the operation needs, each with its direction."""
        for listed in self.parameters:
            yield listed.parameter, "validation"
        for parameter in self.body.shown if self.body else ():
            yield parameter, "validation"
        for field in (self.operation.response_field, self.operation.stream_item_field):
            if field is not None:
                yield field, "serialization"
        for model in self.models.values():
            yield model, "serialization"


def operations_of(routes: Iterable[BaseRoute | Operation]) -> Iterator[Operation]:
    """The operations among `routes` and in the routers they include, if they are documented."""
    for route in routes:
        if isinstance(route, Operation):
            found: Iterable[Operation] = (route,)
        else:
            found = (
                Operation(placed.route, placed.options)
                for placed in walk([route])
                if isinstance(placed.route, APIRoute)
            )
        yield from (operation for operation in found if operation.include_in_schema)


def describe(operation: Operation) -> Described:
    """Read what the document needs off the dependencies of `operation`."""
    needed = list(operation.dependant.walk())
    return Described(
        operation,
        parameters=tuple(list_parameters(needed)),
        body=describe_body(operation.body, operation.unique_id),
        security=security_of(needed),
        models=dict(response_models(operation)),
        callbacks=tuple(
            describe(callback) for callback in operations_of(operation.callbacks or ())
        ),
    )


def security_of(dependants: Iterable[Dependant]) -> dict[str, Requirement]:
    """What `dependants` ask for of security schemes, by their names."""
    found: dict[str, Requirement] = {}
    for dependant in dependants:
        if dependant.is_security_scheme:
            scheme = dependant.security_scheme
            # Schemes of users may know no `auto_error`.
            is_optional = not getattr(scheme, "auto_error", True)
            scopes = list(dependant.oauth_scopes)
            if before := found.get(scheme.scheme_name):
                scopes = list(dict.fromkeys([*before.scopes, *scopes]))
                is_optional = is_optional and before.is_optional
            found[scheme.scheme_name] = Requirement(scheme, scopes, is_optional)
    return found


def write_security(security: Mapping[str, Requirement]) -> list[dict[str, list[str]]]:
    """The alternatives a client has: of one, all schemes are needed (OpenAPI 4.8.30)."""
    needed = {name: one.scopes for name, one in security.items() if not one.is_optional}
    added = [{**needed, name: one.scopes} for name, one in security.items() if one.is_optional]
    return [needed, *added] if needed else [*added, {}]


def write_path_item(described: Described, schemas: Schemas, operation_ids: set[str]) -> JsonSchema:
    """The methods of the operation, each with its object."""
    return {
        method.lower(): write_operation(described, method, schemas, operation_ids)
        for method in sorted(described.operation.methods)
    }


def write_operation(
    described: Described, method: str, schemas: Schemas, operation_ids: set[str]
) -> JsonSchema:
    """The object of the operation for one method."""
    operation = described.operation
    written = write_metadata(operation, operation_ids)
    if described.security:
        written["security"] = write_security(described.security)
    if parameters := shown(described.parameters):
        written["parameters"] = [write_parameter(listed, schemas) for listed in parameters]
    if described.body and method in METHODS_WITH_BODY:
        written["requestBody"] = write_body(described.body, schemas)
    if described.callbacks:
        written["callbacks"] = {
            callback.operation.name: {
                callback.operation.path: write_path_item(callback, schemas, operation_ids)
            }
            for callback in described.callbacks
        }
    responses = write_responses(operation, described.models, schemas)
    if refuses_input(described):
        responses.setdefault("422", REFUSED)
    written["responses"] = responses
    return merged(written, operation.openapi_extra or {})


def refuses_input(described: Described) -> bool:
    """Whether the operation answers 422, and does not itself say how."""
    declared = {status_key(code) for code in described.operation.responses}
    takes_input = bool(described.parameters or described.body)
    return takes_input and not declared & {"422", "4XX", "default"}


def write_metadata(operation: Operation, operation_ids: set[str]) -> JsonSchema:
    """What the operation says about itself; warns where its id is among `operation_ids`."""
    written: JsonSchema = {}
    if operation.tags:
        written["tags"] = [tag.value if isinstance(tag, Enum) else tag for tag in operation.tags]
    written["summary"] = summary_of(operation)
    if description := operation.route.description or operation.route.documentation:
        written["description"] = description
    written["operationId"] = operation.unique_id
    if operation.unique_id in operation_ids:
        warn_of_duplicate(operation)
    operation_ids.add(operation.unique_id)
    if operation.deprecated:
        written["deprecated"] = True
    return written


def summary_of(operation: Operation) -> str:
    """The operation's title: as told, or made of its name."""
    summary: str = operation.summary or operation.name.replace("_", " ").title()
    return summary


def warn_of_duplicate(operation: Operation) -> None:
    """Say that the operation's id is another one's too: clients are generated by it."""
    endpoint = operation.endpoint
    name = getattr(endpoint, "__name__", "<unnamed_endpoint>")
    file = getattr(endpoint, "__globals__", {}).get("__file__")
    place = f" at {file}" if file else ""
    warnings.warn(
        f"Duplicate Operation ID {operation.unique_id} for function {name}{place}",
        stacklevel=2,
    )


def write_security_schemes(described: Iterable[Described]) -> JsonSchema:
    """The security schemes that operations need, by name."""
    return {
        name: jsonable_encoder(one.scheme.model, by_alias=True, exclude_none=True)
        for operation in described
        for name, one in operation.security.items()
    }


def write_combined_bodies(described: Iterable[Described], schemas: Schemas) -> JsonSchema:
    """The schemas of bodies that are put together from several parameters, by name."""
    return {
        one.body.name: write_combined(one.body, schemas)
        for one in described
        if one.body and one.body.combined
    }
