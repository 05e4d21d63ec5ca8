"""A parameter's place among the values of a plan, and what its shape says of how to read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, get_args

from pydantic import AliasChoices, AliasPath, BaseModel

from fastapi_lite.dependencies.annotations import bare, is_model, is_sequence, is_union
from fastapi_lite.dependencies.models import Parameter, Source
from fastapi_lite.params import Form, Header, Param

Raw: TypeAlias = dict[str, Any]
"""What a request carries for each slot, by the slot's key, before it is validated.

Under a slot's `name_key` stands the name it was sent by, where there is a choice of names.
"""

Choice: TypeAlias = tuple[str, Sequence[Any]]
"""A name to read a value by, and the path to follow from there (pydantic's `AliasPath`)."""


@dataclass(frozen=True, eq=False)
class Slot:
    """A parameter's place among the values of a plan."""

    key: str
    parameter: Parameter

    @cached_property
    def source(self) -> Source:
        """Where the value comes from."""
        return self.parameter.source

    @cached_property
    def name_key(self) -> str:
        """Where `Raw` keeps the name that was chosen."""
        return f"{self.key}@"

    @cached_property
    def is_needed(self) -> bool:
        """Whether the fast way needs a value: a default that is validated takes the slow one."""
        return self.parameter.required or bool(self.parameter.field_info.validate_default)

    @cached_property
    def is_required(self) -> bool:
        """Whether the request must carry the value."""
        return self.parameter.required

    @cached_property
    def validate(self) -> Callable[..., Any]:
        """What makes the value of what was sent."""
        validate: Callable[..., Any] = self.parameter.adapter.validator.validate_python
        return validate

    @cached_property
    def repeated(self) -> bool:
        """Whether the value is all that the source has under the name."""
        return is_sequence(self.parameter.validated_type)

    @cached_property
    def models(self) -> tuple[type[BaseModel], ...]:
        """The models whose fields are parameters of their own, where the parameter is one."""
        parameter = self.parameter
        spreads = isinstance(parameter.field_info, Param | Form)
        return models_in(parameter.validated_type) if spreads else ()

    @cached_property
    def is_model(self) -> bool:
        """Whether the value is a model whose fields are parameters of their own."""
        return bool(self.models)

    @cached_property
    def hyphenates(self) -> bool:
        """Whether the names of a model's fields are sent with hyphens, as headers are."""
        info = self.parameter.field_info
        return isinstance(info, Header) and info.convert_underscores

    @cached_property
    def choices(self) -> list[Choice]:
        """The names to read the value by, in order.

        The documented name comes last after paths, which a document cannot express.
        """
        alias = self.parameter.field_info.validation_alias
        named = choices_of(alias) if isinstance(alias, AliasChoices | AliasPath) else []
        if all(path for _, path in named):
            named.append((self.parameter.validation_alias, ()))
        return named

    @property
    def is_simple(self) -> bool:
        """Whether one name and one value are all there is to it."""
        return not self.repeated and self.has_one_name

    @property
    def has_one_name(self) -> bool:
        """Whether all its values stand under one name."""
        return len(self.choices) == 1 and not self.is_model

    @cached_property
    def is_text(self) -> bool:
        """Whether any text will do, so that there is nothing to validate but that it is there."""
        parameter = self.parameter
        return (
            self.source in ("query", "header", "cookie")
            and not parameter.field_info.validate_default
            and not parameter.metadata
            and (parameter.annotation is str or parameter.annotation == (str | None))
        )


def models_in(type_: Any) -> tuple[type[BaseModel], ...]:
    """The models that `type_` is, or is a union of."""
    if not is_model(type_):
        return ()
    type_ = bare(type_)
    if not is_union(type_):
        return (type_,)
    return tuple(model for member in get_args(type_) for model in models_in(member))


def choices_of(alias: str | AliasPath | AliasChoices) -> list[Choice]:
    """The names that a validation alias comes to."""
    if isinstance(alias, str):
        return [(alias, ())]
    if isinstance(alias, AliasPath):
        return [(str(alias.path[0]), alias.path[1:])]
    return [choice for one in alias.choices for choice in choices_of(one)]
