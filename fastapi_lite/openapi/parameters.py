"""The parameters of an operation as the document lists them: those of models one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo

from fastapi_lite.dependencies.annotations import bare, is_model, is_union
from fastapi_lite.dependencies.models import Dependant, Parameter, Source
from fastapi_lite.openapi.schemas import JsonSchema, Schemas
from fastapi_lite.params import Undefined

SOURCES: tuple[Source, ...] = ("path", "query", "header", "cookie")


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """A parameter under the name that a client sends."""

    source: Source
    name: str
    title: str
    """What its title is made of, where it has none."""
    required: bool
    visible: bool
    parameter: Parameter


def list_parameters(dependants: Iterable[Dependant]) -> list[Listed]:
    """All parameters outside the body, those of models one by one; path first, cookies last."""
    found = by_source(dependants)
    return [
        listed
        for source in SOURCES
        for parameter in found[source]
        for listed in spread(source, parameter)
    ]


def shown(listed: Iterable[Listed]) -> list[Listed]:
    """Those that the document shows, each name once for each source.

    Where several callables take one parameter, the last is shown, and one that is required before
    one that is not.
    """
    visible = [one for one in listed if one.visible]
    chosen = {(one.source, one.name): one for one in visible}
    chosen.update({(one.source, one.name): one for one in visible if one.required})
    return list(chosen.values())


def by_source(dependants: Iterable[Dependant]) -> Mapping[Source, list[Parameter]]:
    """All parameters outside the body, by where they are."""
    found: dict[Source, list[Parameter]] = {source: [] for source in SOURCES}
    for dependant in dependants:
        found["path"] += dependant.path_params
        found["query"] += dependant.query_params
        found["header"] += dependant.header_params
        found["cookie"] += dependant.cookie_params
    return found


def spread(source: Source, parameter: Parameter) -> Iterator[Listed]:
    """The parameter, or the fields of the model that it is."""
    visible = getattr(parameter.field_info, "include_in_schema", True)
    if not is_model(parameter.validated_type):
        name = sent_name(parameter.field_info, parameter.alias)
        yield Listed(source, name, name, parameter.required, visible, parameter)
        return
    models = member_models(parameter.annotation)
    always_there = len(models) == 1 and not is_optional(parameter.annotation)
    hyphens = getattr(parameter.field_info, "convert_underscores", False)
    for model in models:
        for name, info in model.model_fields.items():
            title = sent_name(info, name)
            sent = name.replace("_", "-") if hyphens and title == name else title
            field = Parameter(name, info, tuple(info.metadata))
            yield Listed(source, sent, title, always_there and field.required, visible, field)


def sent_name(info: FieldInfo, otherwise: str) -> str:
    """The name a client sends: the alias for validation, the alias, or the name itself."""
    given = info.validation_alias
    if isinstance(given, AliasChoices):
        given = given.choices[0]
    return given if isinstance(given, str) else info.alias or otherwise


def member_models(type_: Any) -> list[type[BaseModel]]:
    """The models that a value of `type_` can be."""
    type_ = bare(type_)
    if not is_union(type_):
        return [type_]
    members = [member for member in get_args(type_) if member is not type(None)]
    return [model for member in members for model in member_models(member)]


def is_optional(type_: Any) -> bool:
    """Whether a value of `type_` can be `None`."""
    return is_union(bare(type_)) and type(None) in get_args(bare(type_))


def write_parameter(listed: Listed, schemas: Schemas) -> JsonSchema:
    """The parameter's object (OpenAPI 4.8.12)."""
    info = listed.parameter.field_info
    schema = schemas.of(listed.parameter, "validation", name=listed.title)
    written: JsonSchema = {
        "name": listed.name,
        "in": listed.source,
        "required": listed.required,
        "schema": schema,
    }
    if info.description:
        written["description"] = info.description
    written.update(write_examples(info))
    if info.deprecated:
        written["deprecated"] = True
    return written


def write_examples(info: FieldInfo) -> JsonSchema:
    """What OpenAPI says of examples beside the schema, where the declaration has any."""
    if named := getattr(info, "openapi_examples", None):
        return {"examples": named}
    single = getattr(info, "example", Undefined)
    return {} if single is Undefined else {"example": single}
