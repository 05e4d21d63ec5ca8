"""Keeping secrets out of error messages: `SecretStr` and its like are not repeated to anybody."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Secret, SecretBytes, SecretStr
from pydantic_core import from_json
from typing_extensions import is_typeddict

from fastapi_lite.dependencies.annotations import bare, is_json, is_union, issubclass_safe
from fastapi_lite.dependencies.slots import Raw, Slot, choices_of

MASK = "**********"
"""What pydantic shows of a secret."""

SECRETS = (SecretStr, SecretBytes, Secret)

Fields: TypeAlias = list[tuple[Collection[str], Any]]
"""The names of each field, and its type."""


def hide_secrets(slots: Iterable[Slot], raw: Raw, errors: list[dict[str, Any]]) -> None:
    """Mask in `errors` what a request carries where the type of a slot has a secret.

    For all slots at once, since an error repeats what is around a value too.
    """
    secrets = {
        secret
        for slot in slots
        if slot.key in raw
        for secret in secrets_in(slot.parameter.validated_type, raw[slot.key])
    }
    for error in errors if secrets else ():
        error["input"] = masked(error["input"], secrets)
        error["loc"] = tuple(masked(part, secrets) for part in error["loc"])


def has_secret(slot: Slot) -> bool:
    """Whether a value of the slot has a secret in it."""
    return holds_secret(slot.parameter.validated_type)


def holds_secret(type_: Any, seen: tuple[Any, ...] = ()) -> bool:
    """Whether a value of `type_` is a secret, or has one in it."""
    type_ = bare_json(type_)
    if type_ in seen:
        return False
    inner = [*get_args(type_), *(kind for _, kind in fields_of(type_))]
    return is_secret(type_) or any(holds_secret(one, (*seen, type_)) for one in inner)


def is_secret(type_: Any) -> bool:
    """Whether `type_` is one of pydantic's types for secrets."""
    return issubclass_safe(get_origin(type_) or type_, SECRETS)


def bare_json(type_: Any) -> Any:
    """As `bare`, but of JSON in text the type of what it says."""
    while get_origin(type_) is Annotated and is_json(type_.__metadata__):
        type_ = type_.__origin__
    return bare(type_)


def secrets_in(type_: Any, value: Any) -> Iterator[Any]:
    """The parts of `value` that stand where `type_` has a secret."""
    inner = bare_json(type_)
    fields = fields_of(inner)
    if is_secret(inner):
        yield from leaves(value)
    elif isinstance(value, str | bytes):  # not parsed, at least not yet
        if holds_secret(inner):
            yield value
            yield from leaves(parsed(value))
    elif is_union(inner):
        for member in get_args(inner):
            yield from secrets_in(member, value)
    elif fields and isinstance(value, Mapping):
        for names, kind in fields:
            for name in names & value.keys():
                yield from secrets_in(kind, value[name])
    elif isinstance(value, Mapping):
        for kind, parts in zip(get_args(inner), ([*value], [*value.values()]), strict=False):
            for part in parts:
                yield from secrets_in(kind, part)
    elif isinstance(value, list | tuple):
        for kind in get_args(inner):
            for part in value:
                yield from secrets_in(kind, part)


def fields_of(type_: Any) -> Fields:
    """The fields of a model, a dataclass or a `TypedDict`; none of anything else."""
    kind = get_origin(type_) or type_
    if issubclass_safe(kind, BaseModel):
        return [
            ({name, *aliases_of(info)}, info.rebuild_annotation())
            for name, info in type_.model_fields.items()
        ]
    if dataclasses.is_dataclass(kind) or is_typeddict(kind):
        try:
            hints = get_type_hints(kind, include_extras=True)
        except NameError:
            return []
        return [({name}, hint) for name, hint in hints.items()]
    return []


def aliases_of(info: Any) -> list[str]:
    """The other names under which a field of a model can be sent."""
    alias = info.validation_alias or info.alias
    return [name for name, _ in choices_of(alias)] if alias else []


def leaves(value: Any) -> Iterator[Any]:
    """The texts and numbers that `value` is made of, but for those that say nothing."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from leaves(part)
    elif value and value is not True:
        yield value


def parsed(text: str | bytes) -> Any:
    """What `text` says as JSON, nothing where it is none."""
    try:
        return from_json(text)
    except ValueError:
        return None


def masked(value: Any, secrets: Collection[Any]) -> Any:
    """`value` with a mask for each part that is one of `secrets`."""
    if isinstance(value, Mapping):
        return {key: masked(part, secrets) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [masked(part, secrets) for part in value]
    return MASK if isinstance(value, Hashable) and value in secrets else value
