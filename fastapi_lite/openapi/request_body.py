"""The body of a request as the document describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lite import params
from fastapi_lite.dependencies.annotations import is_model
from fastapi_lite.dependencies.body import BodyShape
from fastapi_lite.dependencies.models import Parameter
from fastapi_lite.openapi.constants import REF_PREFIX
from fastapi_lite.openapi.parameters import (
    is_optional,
    member_models,
    sent_name,
    write_examples,
)
from fastapi_lite.openapi.schemas import JsonSchema, Schemas


@dataclass(frozen=True, slots=True, eq=False)
class DescribedBody:
    """A body, and the name of its schema where it is put together from several parameters."""

    parameters: tuple[Parameter, ...]
    title: str
    combined: bool
    is_form: bool

    @property
    def name(self) -> str:
        """The name of the schema in the document (OpenAPI 4.8.7.1 says what it may hold)."""
        return re.sub(r"[^a-zA-Z0-9.\-_]", "_", self.title)

    @property
    def shown(self) -> list[Parameter]:
        """The parameters, of one name the last."""
        return list({parameter.name: parameter for parameter in self.parameters}.values())

    @property
    def required(self) -> bool:
        """Whether a request must have the body."""
        return any(parameter.required for parameter in self.parameters)

    @property
    def media_type(self) -> str:
        """What the body is sent as."""
        declared = [parameter.field_info for parameter in self.parameters]
        if not self.combined:
            return media_type_of(self.parameters[0])
        if any(isinstance(info, params.File) for info in declared):
            return "multipart/form-data"
        if self.is_form:
            return "application/x-www-form-urlencoded"
        given = {media_type_of(parameter) for parameter in self.parameters}
        return given.pop() if len(given) == 1 else "application/json"


def describe_body(shape: BodyShape | None, operation_id: str) -> DescribedBody | None:
    """What the document says of a body of this shape."""
    if shape is None:
        return None
    first = shape.parameters[0]
    # A model of a form that may be left out is not the whole of the form.
    combined = shape.embed or (is_form_model(first) and is_optional(first.annotation))
    return DescribedBody(
        shape.parameters if combined else (first,),
        title=f"Body_{operation_id}",
        combined=combined,
        is_form=shape.is_form,
    )


def media_type_of(parameter: Parameter) -> str:
    """The media type that the parameter was declared with."""
    media_type: str = getattr(parameter.field_info, "media_type", "application/json")
    return media_type


def write_body(body: DescribedBody, schemas: Schemas) -> JsonSchema:
    """The request body's object (OpenAPI 4.8.13)."""
    if body.combined:
        content: JsonSchema = {"schema": {"$ref": REF_PREFIX + body.name}}
    else:
        only = body.parameters[0]
        schema = schemas.of(only, "validation", name=sent_name(only.field_info, only.alias))
        content = {"schema": schema, **write_examples(only.field_info)}
    required = {"required": True} if body.required else {}
    return {**required, "content": {body.media_type: content}}


def write_combined(body: DescribedBody, schemas: Schemas) -> JsonSchema:
    """The schema that puts the parameters together: models of a form as they are, others by name."""
    models = [parameter for parameter in body.shown if is_form_model(parameter)]
    named = {
        sent_name(parameter.field_info, parameter.alias): parameter
        for parameter in body.shown
        if not is_form_model(parameter)
    }
    keywords: JsonSchema = {
        "allOf": [part for parameter in models for part in write_form_model(parameter, schemas)],
        "properties": {
            name: schemas.of_property(parameter, "validation", name=name)
            for name, parameter in named.items()
        },
        "type": "object",
        "required": [name for name, parameter in named.items() if parameter.required],
        "title": body.title,
    }
    return {keyword: value for keyword, value in keywords.items() if value}


def is_form_model(parameter: Parameter) -> bool:
    """Whether the fields of the parameter are fields of a form."""
    return isinstance(parameter.field_info, params.Form) and is_model(parameter.validated_type)


def write_form_model(parameter: Parameter, schemas: Schemas) -> Iterator[JsonSchema]:
    """What a form fulfils by a model: its schema, but where it may be absent, only if it is there.

    It is there as soon as one of its fields is.
    """
    schema = schemas.of(parameter, "validation", name=parameter.name)
    schema.pop("default", None)
    if not is_optional(parameter.annotation):
        yield schema
        return
    schema["anyOf"] = [member for member in schema["anyOf"] if member != {"type": "null"}]
    fields = sorted(set(field_names(parameter)))
    absent = {"not": {"anyOf": [{"required": [field]} for field in fields]}}
    if parameter.required:
        yield {"not": absent}
        yield schema
    else:
        yield {"anyOf": [absent, schema]}


def field_names(parameter: Parameter) -> Iterator[str]:
    """The names that the fields of a model have in a form."""
    for model in member_models(parameter.annotation):
        for name, info in model.model_fields.items():
            yield sent_name(info, name)
