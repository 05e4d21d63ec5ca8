"""What kind of value a type stands for: scalar, sequence, model, file, stream."""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections import deque
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache, wraps
from pathlib import Path as FilePath
from pathlib import PurePath
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel, Json
from typing_extensions import TypeAliasType

from fastapi_lite.datastructures import UploadFile

Answer = TypeVar("Answer")


def remembered(question: Callable[..., Answer]) -> Callable[..., Answer]:
    """`question`, answered once for equal types, and again for those that cannot be hashed.

    An application has thousands of parameters, and few types.
    """
    known = lru_cache(maxsize=1024)(question)

    @wraps(question)
    def ask(*types: Any) -> Answer:
        try:
            return known(*types)
        except TypeError:
            return question(*types)

    return ask


def spelt(type_: Any) -> Any:
    """What tells `type_` from those that are equal to it: unions and literals are in any order."""
    return None if isinstance(type_, type) else repr(type_)


SEQUENCES: tuple[type[Any], ...] = (list, set, frozenset, tuple, deque, Sequence)


def is_union(type_: Any) -> bool:
    """Whether `type_` is a union, in either spelling."""
    return get_origin(type_) in (Union, types.UnionType)


def issubclass_safe(type_: Any, parents: Any) -> bool:
    """`issubclass`, false for what is not a class."""
    try:
        return isinstance(type_, type) and issubclass(type_, parents)
    except TypeError:
        return False


def bare(type_: Any) -> Any:
    """`type_` without `Annotated`, aliases of types and `NewType`; text where it is JSON in text."""
    while True:
        if get_origin(type_) is Annotated:
            if is_json(type_.__metadata__):
                return str
            type_ = get_args(type_)[0]
        elif is_alias(type_):
            type_ = type_.__value__
        elif is_alias(get_origin(type_)):
            type_ = alias_value(get_origin(type_), get_args(type_))
        elif isinstance(type_, typing.NewType):
            type_ = type_.__supertype__
        else:
            return type_


ALIASES = tuple({TypeAliasType, getattr(typing, "TypeAliasType", TypeAliasType)})
"""The types of `type X = …` (Python 3.12) and of `X = TypeAliasType("X", …)`."""


def is_alias(type_: Any) -> bool:
    """Whether `type_` is a named alias of a type (PEP 695)."""
    return isinstance(type_, ALIASES)


def alias_value(alias: Any, arguments: tuple[Any, ...]) -> Any:
    """What a generic alias of types stands for with `arguments` in place of its variables."""
    value = alias.__value__
    given = dict(zip(alias.__type_params__, arguments, strict=False))
    if value in given:
        return given[value]
    free = getattr(value, "__parameters__", ())
    return value[tuple(given.get(one, one) for one in free)] if free else value


@remembered
def is_model(type_: Any) -> bool:
    """Whether `type_` is a pydantic model, or one or `None`."""
    type_ = bare(type_)
    if is_union(type_):
        members = [one for one in get_args(type_) if one is not type(None)]
        return bool(members) and all(is_model(one) for one in members)
    return issubclass_safe(get_origin(type_) or type_, BaseModel)


@remembered
def is_sequence(type_: Any) -> bool:
    """Whether a value of `type_` is many values, `None` and members of unions included."""
    type_ = bare(type_)
    if is_union(type_):
        return any(is_sequence(one) for one in get_args(type_))
    origin = get_origin(type_) or type_
    return issubclass_safe(origin, SEQUENCES) and not issubclass_safe(origin, (str, bytes))


@remembered
def is_scalar(type_: Any) -> bool:
    """Whether a value of `type_` is written as one piece of text."""
    type_ = bare(type_)
    if type_ is ...:
        return False
    if is_union(type_):
        return all(is_scalar(one) for one in get_args(type_))
    origin = get_origin(type_)
    if origin is not None and (
        hasattr(origin, "__pydantic_core_schema__")
        or hasattr(origin, "__get_pydantic_core_schema__")
    ):
        return False
    plain = origin or type_
    return not (
        is_sequence(type_)
        or issubclass_safe(plain, (BaseModel, Mapping, UploadFile))
        or dataclasses.is_dataclass(plain)
    )


@remembered
def is_scalar_sequence(type_: Any) -> bool:
    """Whether `type_` is a sequence of scalars, also beside `None` or scalars in a union."""
    type_ = bare(type_)
    if is_union(type_):
        members = get_args(type_)
        return any(is_scalar_sequence(one) for one in members) and all(
            is_scalar_sequence(one) or is_scalar(one) for one in members
        )
    return is_sequence(type_) and all(is_scalar(one) for one in get_args(type_) if one is not ...)


@remembered
def is_upload(type_: Any) -> bool:
    """Whether `type_` is an uploaded file, several of them, or one or `None`."""
    type_ = bare(type_)
    if is_union(type_):
        return any(is_upload(one) for one in get_args(type_))
    if is_sequence(type_):
        members = [one for one in get_args(type_) if one is not ...]
        return bool(members) and all(is_upload(one) for one in members)
    return issubclass_safe(type_, UploadFile)


@remembered
def is_bytes(type_: Any) -> bool:
    """Whether `type_` is bytes, several of them, or bytes or `None`."""
    type_ = bare(type_)
    if is_union(type_):
        return any(is_bytes(one) for one in get_args(type_))
    if is_sequence(type_):
        return any(is_bytes(one) for one in get_args(type_))
    return issubclass_safe(type_, bytes)


PLAIN = frozenset(
    (
        *(str, int, float, bool, bytes, complex, type(None), Any, object, UploadFile),
        *(date, datetime, time, timedelta, Decimal, UUID, PurePath, FilePath),
    )
)


def is_plain(type_: Any) -> bool:
    """Whether pydantic is known to handle `type_` without trying.

    Saves the building of a validator for each parameter while an application is declared.
    """
    if is_union(type_) or get_origin(type_) in (list, set, frozenset, dict):
        return all(is_plain(one) for one in get_args(type_))
    try:
        if type_ in PLAIN:
            return True
    except TypeError:
        return False
    return isinstance(type_, type) and (
        (issubclass_safe(type_, BaseModel) and bool(getattr(type_, "__pydantic_complete__", False)))
        or issubclass_safe(type_, Enum)
    )


def is_pydantic_v1(type_: Any) -> bool:
    """Whether `type_` is or holds a model of pydantic's first version; told without importing it."""
    if any(is_pydantic_v1(one) for one in get_args(type_)):
        return True
    kinds = type_.__mro__ if isinstance(type_, type) else ()
    return any(
        (kind.__module__, kind.__name__) == ("pydantic.v1.main", "BaseModel") for kind in kinds
    )


def is_json(metadata: Sequence[Any]) -> bool:
    """Whether the value is a JSON text, parsed by `pydantic.Json`."""
    kind: Any = Json  # an alias to type checkers, a class when run
    return any(given is kind or isinstance(given, kind) for given in metadata)


TELL_JSON_APART = ("strict", "coerce_numbers_to_str")
"""Options under which pydantic takes JSON otherwise: strict types, and `1.0` as `"1"`."""

SAME_IN_JSON = frozenset((str, int, float, bool, type(None), Any, datetime, date, time, UUID))


def is_same_in_json(
    type_: Any, metadata: Sequence[Any] = (), seen: frozenset[Any] = frozenset()
) -> bool:
    """Whether validating JSON text is known to give what validating the parsed value gives.

    Of a union, and of types with rules of their own, pydantic may choose otherwise when it knows
    that the input is JSON: `str | UUID` is one.
    """
    if any(
        hasattr(one, "__get_pydantic_core_schema__")
        or any(getattr(one, name, None) for name in TELL_JSON_APART)
        for one in metadata
    ):
        return False
    if is_union(type_):
        members = [one for one in get_args(type_) if one is not type(None)]
        return len(members) == 1 and is_same_in_json(members[0], (), seen)
    origin = get_origin(type_)
    if origin in (list, set, frozenset, tuple, dict):
        return all(one is ... or is_same_in_json(one, (), seen) for one in get_args(type_))
    if origin is Literal:
        return all(isinstance(one, str) for one in get_args(type_))
    if not isinstance(type_, type) or type_ in seen:
        return type_ is Any or type_ in seen
    if issubclass_safe(type_, BaseModel):
        return is_same_model_in_json(type_, seen | {type_})
    if issubclass_safe(type_, Enum):
        return "__get_pydantic_core_schema__" not in dir(type_)
    return type_ in SAME_IN_JSON or type_ in (list, dict)


def is_same_model_in_json(model: type[BaseModel], seen: frozenset[Any]) -> bool:
    """As `is_same_in_json`, for a model: its fields are, and it has no rules of its own."""
    return (
        bool(model.__pydantic_complete__)
        and not any(model.model_config.get(name) for name in TELL_JSON_APART)
        and "__pydantic_extra__" not in annotations_of(model)
        and not has_informed_validators(model)
        and model.__get_pydantic_core_schema__.__func__  # type: ignore[attr-defined]  # a class method
        is BaseModel.__get_pydantic_core_schema__.__func__  # type: ignore[attr-defined]
        and all(
            is_same_in_json(info.annotation, info.metadata, seen)
            for info in model.model_fields.values()
        )
    )


def annotations_of(model: type[BaseModel]) -> set[str]:
    """The names that a model and the models it inherits from annotate."""
    own = (kind for kind in model.__mro__ if kind is not BaseModel and issubclass(kind, BaseModel))
    return {name for kind in own for name in inspect.get_annotations(kind)}


def has_informed_validators(model: type[BaseModel]) -> bool:
    """Whether a validator of `model` takes pydantic's `ValidationInfo`, which tells JSON apart."""
    decorators = model.__pydantic_decorators__
    validators: list[Any] = [
        *decorators.field_validators.values(),
        *decorators.model_validators.values(),
    ]
    return any(
        len(inspect.signature(one.func).parameters) > (2 if one.info.mode == "wrap" else 1)
        for one in validators
    )


def stream_item(annotation: Any) -> Any:
    """The type of what a generator yields, by its return annotation; `None` where it has none."""
    origin = get_origin(annotation)
    if origin not in STREAMS:
        return None
    return next(iter(get_args(annotation)), None)


STREAMS = frozenset((AsyncGenerator, AsyncIterable, AsyncIterator, Generator, Iterable, Iterator))
"""Return annotations of functions that yield."""
