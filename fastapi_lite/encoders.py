"""Values of any type, made into what JSON has forms for, and that into bytes."""

from __future__ import annotations

import dataclasses
import datetime
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
)
from json import JSONEncoder
from pathlib import Path, PurePath
from re import Pattern
from types import GeneratorType
from typing import Any
from uuid import UUID

from pydantic import AnyUrl, BaseModel, NameEmail, SecretBytes, SecretStr
from pydantic_core import PydanticSerializationError, PydanticUndefined, Url, to_json

from fastapi_lite.datastructures import UploadFile
from fastapi_lite.exceptions import PydanticV1NotSupportedError
from fastapi_lite.types import IncEx

Encoder = Callable[[Any], Any]


def jsonable_encoder(
    obj: Any,
    include: IncEx | None = None,
    exclude: IncEx | None = None,
    by_alias: bool = True,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
    custom_encoder: dict[Any, Encoder] | None = None,
    sqlalchemy_safe: bool = True,
) -> Any:
    """`obj` as dictionaries, lists, text, numbers, booleans and `None`.

    `include` and `exclude` choose fields of models and keys of dictionaries; `by_alias` and
    `exclude_unset`, `exclude_defaults` are pydantic's and concern models. `exclude_none` leaves
    out what is `None` from models, dictionaries and objects.
    `custom_encoder` has a function for a type and its subclasses, whose result is taken as it is.
    `sqlalchemy_safe` leaves out the attributes `_sa…`, where SQLAlchemy keeps its state.
    Raises `ValueError` for an object that is neither known, nor a mapping, nor has attributes.
    """
    dumping: dict[str, Any] = {
        "by_alias": by_alias,
        "exclude_unset": exclude_unset,
        "exclude_defaults": exclude_defaults,
        "exclude_none": exclude_none,
    }
    encoding = Encoding(dumping, exclude_none, custom_encoder or {}, sqlalchemy_safe)
    return encoding.encode(obj, as_selection(include), as_selection(exclude))


def isoformat(value: datetime.date | datetime.time) -> str:
    """A date or time as ISO 8601 writes it."""
    return value.isoformat()


def decimal_encoder(value: Decimal) -> int | float:
    """A whole number where `value` is written without decimals, else the nearest float."""
    exponent = value.as_tuple().exponent
    return int(value) if isinstance(exponent, int) and exponent >= 0 else float(value)


ENCODERS_BY_TYPE: dict[type[Any], Encoder] = {
    bytes: lambda value: value.decode(),
    datetime.date: isoformat,
    datetime.datetime: isoformat,
    datetime.time: isoformat,
    datetime.timedelta: lambda value: value.total_seconds(),
    Decimal: decimal_encoder,
    Enum: lambda value: value.value,
    frozenset: list,
    deque: list,
    GeneratorType: list,
    IPv4Address: str,
    IPv4Interface: str,
    IPv4Network: str,
    IPv6Address: str,
    IPv6Interface: str,
    IPv6Network: str,
    NameEmail: str,
    Path: str,
    Pattern: lambda value: value.pattern,
    SecretBytes: str,
    SecretStr: str,
    set: list,
    UploadFile: lambda value: {
        "filename": value.filename,
        "size": value.size,
        "headers": dict(value.headers),
    },
    UUID: str,
    Url: str,
    AnyUrl: str,
}
"""What makes JSON of a type and its subclasses; applications may add their own."""

COLORS = {("pydantic.color", "Color"), ("pydantic_extra_types.color", "Color")}
"""Types that are their text; told by name, so that the optional package is not imported."""

AS_THEY_ARE = (str, int, float, type(None))
AS_LISTS = (list, set, frozenset, tuple, deque, GeneratorType)


@dataclasses.dataclass(frozen=True, slots=True)
class Encoding:
    """How `jsonable_encoder` was asked to encode, which holds for all that `obj` contains."""

    dumping: dict[str, Any]
    exclude_none: bool
    custom: Mapping[Any, Encoder]
    sqlalchemy_safe: bool

    def encode(self, obj: Any, include: Any = None, exclude: Any = None) -> Any:
        """`obj` for JSON; `include` and `exclude` concern its own fields, or those of its items."""
        if self.custom and (custom := find_encoder(self.custom, obj)) is not None:
            return custom(obj)
        if isinstance(obj, BaseModel):
            dumped = obj.model_dump(mode="json", include=include, exclude=exclude, **self.dumping)
            return self.prune(dumped) if self.sqlalchemy_safe or self.exclude_none else dumped
        if dataclasses.is_dataclass(obj) and not isinstance(obj, type):
            fields = {field.name: getattr(obj, field.name) for field in dataclasses.fields(obj)}
            return self.encode(fields, include, exclude)
        if isinstance(obj, Enum):
            return obj.value if isinstance(obj.value, AS_THEY_ARE) else self.encode(obj.value)
        if isinstance(obj, AS_THEY_ARE):
            return obj
        if isinstance(obj, dict):
            return self.encode_items(obj, include, exclude)
        if isinstance(obj, AS_LISTS):
            return [self.encode(item, include, exclude) for item in obj]
        if isinstance(obj, PurePath):
            return str(obj)
        if obj is PydanticUndefined:
            return None
        if (known := find_encoder(ENCODERS_BY_TYPE, obj)) is not None:
            return known(obj)
        return self.encode(fields_of(obj), include, exclude)

    def encode_items(self, obj: Mapping[Any, Any], include: Any, exclude: Any) -> dict[Any, Any]:
        """The items that are wanted, keys encoded as values are."""
        wanted: Iterable[Any] = obj
        if include is not None:
            wanted = [key for key in wanted if key in include]
        if exclude is not None:
            wanted = [key for key in wanted if key not in exclude]
        return {
            self.encode(key): self.encode(obj[key]) for key in wanted if self.keeps(key, obj[key])
        }

    def prune(self, dumped: Any) -> Any:
        """What a model was dumped to, without what is left out of its dictionaries too."""
        if isinstance(dumped, dict):
            # A call for each text would be half of the time.
            return {
                key: self.prune(value) if isinstance(value, (dict, list)) else value
                for key, value in dumped.items()
                if self.keeps(key, value)
            }
        if isinstance(dumped, list):
            return [self.prune(item) for item in dumped]
        return dumped

    def keeps(self, key: Any, value: Any) -> bool:
        """Whether an item stays that was not chosen by name."""
        if value is None and self.exclude_none:
            return False
        return not (self.sqlalchemy_safe and isinstance(key, str) and key.startswith("_sa"))


def as_selection(fields: Any) -> Any:
    """Fields to include or exclude; a list of names serves as a set of them."""
    return fields if fields is None or isinstance(fields, set | Mapping) else set(fields)


def find_encoder(encoders: Mapping[Any, Encoder], obj: Any) -> Encoder | None:
    """The encoder of `obj`'s type, else the first one of a class it is an instance of."""
    exact = encoders.get(type(obj))
    if exact is not None:
        return exact
    return next((encoders[kind] for kind in encoders if isinstance(obj, kind)), None)


def fields_of(obj: Any) -> Any:
    """What an object of an unknown type holds: its items if it is a mapping, else its attributes."""
    names = {(kind.__module__, kind.__qualname__) for kind in type(obj).__mro__}
    if ("pydantic.v1.main", "BaseModel") in names:
        raise PydanticV1NotSupportedError(
            "pydantic.v1 models are no longer supported by FastAPI. "
            f"Please update the model {obj!r}."
        )
    if not COLORS.isdisjoint(names):
        return str(obj)
    try:
        return dict(obj)
    except Exception:  # whatever its iteration raises, it is no mapping
        try:
            return vars(obj)
        except TypeError as error:
            raise ValueError(
                f"{obj!r} of type {type(obj).__qualname__} is nothing that JSON has a form for. "
                "Give jsonable_encoder a custom_encoder for the type, or convert it before."
            ) from error


encode_json: Callable[[Any], str] = JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
encode_jsonable: Callable[[Any], str] = JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=jsonable_encoder
).encode

ESCAPED = "backslashreplace"
"""Half a surrogate pair has no form in UTF-8, but an escape in JSON (RFC 8259, section 8.2)."""

SCALARS = frozenset({str, int, bool, type(None)})


def is_flat(content: Any) -> bool:
    """Whether `content` is a dictionary of text to scalars other than floats, and to lists of them.

    Small flat objects are most of what is sent; pydantic's writer saves 1 µs on them, and does
    not differ for these types. For others it does: it would write dates, and NaN as null.
    """
    if type(content) is not dict:
        return False
    for key, value in content.items():
        kind = type(value)
        if type(key) is not str or (
            kind not in SCALARS and (kind is not list or not SCALARS.issuperset(map(type, value)))
        ):
            return False
    return True


def dump_json(content: Any) -> bytes:
    """`content` as compact JSON (RFC 8259) in UTF-8.

    Raises `TypeError` for what JSON has no form for, `ValueError` for NaN, infinities and cycles.
    """
    try:
        return (
            to_json(content) if is_flat(content) else encode_json(content).encode("utf-8", ESCAPED)
        )
    except PydanticSerializationError:  # half a surrogate pair
        return encode_json(content).encode("utf-8", ESCAPED)


def dump_jsonable(content: Any) -> bytes:
    """As `dump_json(jsonable_encoder(content))`, walking only what is not JSON already.

    Keys that are no text, and those that belong to SQLAlchemy, need the whole walk.
    """
    try:
        body = (
            to_json(content)
            if is_flat(content)
            else encode_jsonable(content).encode("utf-8", ESCAPED)
        )
    except (TypeError, PydanticSerializationError):
        return dump_json(jsonable_encoder(content))
    return dump_json(jsonable_encoder(content)) if b'"_sa' in body else body
