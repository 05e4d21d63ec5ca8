"""Schemas of all the types that a document mentions, made together so that names can't clash."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo
from pydantic.json_schema import (
    GenerateJsonSchema,
    JsonSchemaValue,
    PydanticJsonSchemaWarning,
)
from pydantic_core import PydanticSerializationError, core_schema, to_jsonable_python

from fastapi_lite.dependencies.models import Parameter
from fastapi_lite.openapi.constants import REF_TEMPLATE
from fastapi_lite.params import Undefined

JsonSchema: TypeAlias = dict[str, Any]
Mode: TypeAlias = Literal["validation", "serialization"]
"""Whether a value comes in or goes out."""

OCTETS = "application/octet-stream"
LENGTHS = ("minLength", "maxLength")


class SchemaGenerator(GenerateJsonSchema):
    """JSON Schema as OpenAPI 3.1 wants it: bytes are content, not a format (4.8.14.4)."""

    def __init__(self, *options: Any, **more: Any) -> None:
        super().__init__(*options, **more)
        self.config: Mapping[str, Any] = {}
        """The configuration of the class whose fields are being written."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """The schema of a model."""
        with self.inside(schema["cls"].model_config):
            return super().model_schema(schema)

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """The schema of a dataclass."""
        with self.inside(getattr(schema["cls"], "__pydantic_config__", {})):
            return super().dataclass_schema(schema)

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        """The schema of a `TypedDict`."""
        with self.inside(getattr(schema.get("cls"), "__pydantic_config__", {})):
            return super().typed_dict_schema(schema)

    @contextmanager
    def inside(self, config: Mapping[str, Any]) -> Iterator[None]:
        """Write what follows by the configuration of its own class."""
        self.config, outer = config, self.config
        yield
        self.config = outer

    def bytes_schema(self, schema: core_schema.BytesSchema) -> JsonSchemaValue:
        """Bytes: as base64 where the configuration says so, else as they are."""
        limits = super().bytes_schema(schema)
        option = "val_json_bytes" if self.mode == "validation" else "ser_json_bytes"
        encoding = {"contentEncoding": "base64"} if self.config.get(option) == "base64" else {}
        written = {"type": "string", **encoding, "contentMediaType": OCTETS}
        return written | {key: limits[key] for key in LENGTHS if key in limits}


DEFAULTS = SchemaGenerator()
"""Writes defaults only: making a generator takes 0.2 ms."""


class Schemas:
    """The schemas of parameters, each in the direction it goes, and what they refer to.

    `separate`: whether a model may have two schemas, one for input and one for output; else only
    models with computed fields do.
    """

    definitions: dict[str, JsonSchema]
    """The models by their names in the document, sorted."""

    def __init__(
        self, parameters: Iterable[tuple[Parameter, Mode]], *, separate: bool = True
    ) -> None:
        self.separate = separate
        self._output_modes: dict[Any, Mode] = {}
        first: dict[tuple[Any, Mode], Parameter] = {}
        for parameter, mode in parameters:
            first.setdefault(self._place(parameter, mode), parameter)
        numbered = dict(enumerate(first))
        written, rest = TypeAdapter.json_schemas(
            [(number, at[1], first[at].adapter) for number, at in numbered.items()],
            ref_template=REF_TEMPLATE,
            schema_generator=SchemaGenerator,
        )
        self._first = first  # kept, because the identity of an unhashable type is its key
        self._written = {at: written[number, at[1]] for number, at in numbered.items()}
        self.definitions = {
            name: without_private_description(definition)
            for name, definition in sorted(rest.get("$defs", {}).items())
        }

    def _place(self, parameter: Parameter, mode: Mode) -> tuple[Any, Mode]:
        """What the schema is kept under: one for all values of a type in one direction."""
        key = type_key(parameter.validated_type)
        if mode == "serialization" and not self.separate:
            if key not in self._output_modes:
                self._output_modes[key] = output_mode(parameter.adapter)
            mode = self._output_modes[key]
        return key, mode

    def bare(self, parameter: Parameter, mode: Mode) -> JsonSchema:
        """The schema of the parameter's type, without what its declaration says."""
        return dict(self._written[self._place(parameter, mode)])

    def of(self, parameter: Parameter, mode: Mode, *, name: str) -> JsonSchema:
        """The schema of a value by itself; `name` becomes its title where no other is given."""
        schema = annotated(self.bare(parameter, mode), parameter.field_info)
        if "$ref" not in schema:
            schema["title"] = parameter.field_info.title or titled(name)
        return schema

    def of_property(self, parameter: Parameter, mode: Mode, *, name: str) -> JsonSchema:
        """The schema of a value that is a property of an object."""
        bare = self.bare(parameter, mode)
        title = {} if is_reference(bare) else {"title": titled(name)}
        return annotated(bare | title, parameter.field_info)


def titled(name: str) -> str:
    """The title that a name makes: `book_id` becomes `Book Id`."""
    return name.title().replace("_", " ")


def annotated(schema: JsonSchema, info: FieldInfo) -> JsonSchema:
    """`schema` with what a declaration says beside its constraints."""
    if info.title:
        schema["title"] = info.title
    if info.description is not None:
        schema["description"] = info.description
    if info.deprecated:
        schema["deprecated"] = True
    if info.examples is not None:
        schema["examples"] = to_jsonable_python(info.examples)
    if callable(info.json_schema_extra):
        info.json_schema_extra(schema)
    elif info.json_schema_extra:
        schema.update(to_jsonable_python(info.json_schema_extra))
    if info.default is not Undefined and info.default is not None and info.default is not ...:
        schema.update(written_default(info.default))
    return schema


def written_default(value: Any) -> JsonSchema:
    """`value` as the keyword `default`; nothing, with a warning, where JSON has no word for it."""
    if type(value) in (str, int, bool):
        return {"default": value}
    try:
        return {"default": DEFAULTS.encode_default(value)}
    except PydanticSerializationError:
        warnings.warn(
            f"Default value {value} is not JSON serializable; excluding default from JSON schema "
            "[non-serializable-default]",
            PydanticJsonSchemaWarning,
            stacklevel=2,
        )
        return {}


def is_reference(schema: JsonSchema) -> bool:
    """Whether `schema` is one of `components`, or that or null: it has a title of its own."""
    if "anyOf" in schema:
        members = [member for member in schema["anyOf"] if member != {"type": "null"}]
        return len(members) == 1 and len(schema["anyOf"]) == 2 and "$ref" in members[0]
    return "$ref" in schema


def without_private_description(schema: JsonSchema) -> JsonSchema:
    """`schema` without what follows a form feed in a docstring: it is not for the document."""
    if "description" not in schema:
        return schema
    return schema | {"description": schema["description"].partition("\f")[0]}


def type_key(type_: Any) -> Any:
    """What tells `type_` apart from others; equal for equal types.

    `repr` is part of it because unions and literals are equal in any order.
    """
    if isinstance(type_, type):
        return type_
    try:
        hash(type_)
    except TypeError:
        return id(type_)
    return type_, repr(type_)


def output_mode(adapter: TypeAdapter[Any]) -> Mode:
    """The one direction to document a response in: computed fields exist in output only."""
    return "serialization" if any(computed_fields(adapter.core_schema)) else "validation"


def computed_fields(part: Any) -> Iterator[Any]:
    """The computed fields anywhere in a core schema."""
    if isinstance(part, Mapping):
        yield from part.get("computed_fields") or ()
        for inner in part.values():
            yield from computed_fields(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from computed_fields(inner)
