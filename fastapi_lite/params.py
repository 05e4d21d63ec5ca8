"""What a parameter's declaration can be: where a value comes from, and what it must fulfil."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from re import Pattern
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import AliasChoices, AliasPath, Discriminator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from typing_extensions import TypedDict, Unpack, deprecated

from fastapi_lite._options import check_options, spell_out
from fastapi_lite.concurrency import ConcurrencyLimit
from fastapi_lite.exceptions import DeclarationError, FastAPIDeprecationWarning

if TYPE_CHECKING:
    from fastapi_lite.openapi.models import Example
    from fastapi_lite.openapi.models import SecurityBase as SecurityModel

Undefined = PydanticUndefined


class ParamTypes(Enum):
    """Where OpenAPI says a parameter is."""

    query = "query"
    header = "header"
    path = "path"
    cookie = "cookie"


class ParamOptions(TypedDict, total=False, closed=True):
    """What a parameter can be told beyond its default: constraints, names and documentation."""

    default_factory: Callable[[], Any] | None
    """Makes the default on each request that needs it."""
    alias: str | None
    """The name in the request; the parameter's own unless given."""
    alias_priority: int | None
    """Who wins against an alias generator of a model: 1 the generator, 2 the alias."""
    validation_alias: str | AliasPath | AliasChoices | None
    """The name, path or choice of names to read the value from."""
    serialization_alias: str | None
    """The name when the value is written."""
    title: str | None
    """Title in the documentation."""
    description: str | None
    """Description in the documentation, in Markdown."""
    gt: float | None
    """The value must be greater."""
    ge: float | None
    """The value must be greater or equal."""
    lt: float | None
    """The value must be less."""
    le: float | None
    """The value must be less or equal."""
    min_length: int | None
    """The least number of characters or items."""
    max_length: int | None
    """The greatest number of characters or items."""
    pattern: str | Pattern[str] | None
    """A regular expression the text must match."""
    regex: str | None
    """Deprecated: `pattern` of old."""
    discriminator: str | Discriminator | None
    """The field that tells the members of a union apart."""
    strict: bool | None
    """Whether the type must fit without conversion."""
    validate_default: bool | None
    """Whether the default is validated too."""
    union_mode: Literal["smart", "left_to_right"] | None
    """How a member of a union is chosen."""
    fail_fast: bool | None
    """Whether validation of a collection stops at the first error."""
    multiple_of: float | None
    """The value must be a multiple."""
    allow_inf_nan: bool | None
    """Whether infinities and NaN are numbers here."""
    max_digits: int | None
    """The greatest number of digits of a decimal."""
    decimal_places: int | None
    """The greatest number of digits after the point of a decimal."""
    examples: list[Any] | None
    """Example values, in the schema."""
    example: Any
    """Deprecated: one example; use `examples`."""
    openapi_examples: dict[str, Example] | None
    """Named examples of OpenAPI, shown by the documentation."""
    deprecated: deprecated | str | bool | None
    """Whether the documentation marks the parameter as deprecated."""
    include_in_schema: bool
    """Whether the parameter is documented; true unless given."""
    json_schema_extra: dict[str, Any] | Callable[[dict[str, Any]], None] | None
    """More of the schema, as a mapping or as a function that changes it."""


OWN_OPTIONS = frozenset({"example", "openapi_examples", "include_in_schema", "regex"})
"""Options that pydantic's `FieldInfo` does not have."""

REPLACED = {"regex": "pattern", "example": "examples"}


SLOTS = [name for kind in FieldInfo.__mro__ for name in getattr(kind, "__slots__", ())]


class Declared(FieldInfo):
    """A parameter's declaration: pydantic's field with what an API adds to it.

    `annotation`: the type, where it is not in the signature.
    """

    @spell_out(ParamOptions)
    def __init__(
        self, default: Any = Undefined, *, annotation: Any = None, **options: Unpack[ParamOptions]
    ) -> None:
        check_options(type(self).__name__, options, ParamOptions.__annotations__)
        for old, new in REPLACED.items():
            if options.get(old) is not None:
                warnings.warn(
                    f"`{old}` has been deprecated, please use `{new}` instead",
                    category=FastAPIDeprecationWarning,
                    stacklevel=_depth_outside(),
                )
        self.example: Any = options.get("example", Undefined)
        self.include_in_schema: bool = options.get("include_in_schema", True)
        self.openapi_examples: dict[str, Example] | None = options.get("openapi_examples")
        given: dict[str, Any] = {
            name: value
            for name, value in options.items()
            if name not in OWN_OPTIONS and value is not None
        }
        if options.get("regex") is not None:
            given.setdefault("pattern", options["regex"])
        alias = given.get("alias")
        if alias:
            given.setdefault("serialization_alias", alias)
            given.setdefault("validation_alias", alias)
        if default is not Undefined or "default_factory" not in given:
            given["default"] = default
        super().__init__(annotation=annotation, **given)
        self.deprecated: Any = given.get("deprecated")

    def __copy__(self) -> Self:
        made = object.__new__(type(self))
        vars(made).update(vars(self))
        for name in SLOTS:  # a third of the time of what `copy` does by itself
            setattr(made, name, getattr(self, name))
        return made

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.default})"

    # By identity, not by value: dataclasses take only defaults that can be hashed.

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__: ClassVar[Callable[[object], int]] = object.__hash__


class Param(Declared):
    """A value outside the body; `in_` says where, the query unless a subclass says more."""

    in_: ClassVar[ParamTypes] = ParamTypes.query


class Path(Param):
    """A value of the path, by its name in braces; always required."""

    in_ = ParamTypes.path

    @spell_out(ParamOptions)
    def __init__(
        self, default: Any = ..., *, annotation: Any = None, **options: Unpack[ParamOptions]
    ) -> None:
        if default is not ... or options.get("default_factory") is not None:
            raise DeclarationError(
                "Path parameters cannot have a default value: a matched path always carries them. "
                "Remove the default."
            )
        super().__init__(Undefined, annotation=annotation, **options)


class Query(Param):
    """A value after `?`, by name; repeated for a list."""


class Header(Param):
    """A header field, by the parameter's name with hyphens unless `convert_underscores` is false."""

    in_ = ParamTypes.header

    @spell_out(ParamOptions)
    def __init__(
        self,
        default: Any = Undefined,
        *,
        annotation: Any = None,
        convert_underscores: bool = True,
        **options: Unpack[ParamOptions],
    ) -> None:
        self.convert_underscores = convert_underscores
        super().__init__(default, annotation=annotation, **options)


class Cookie(Param):
    """A cookie, by name."""

    in_ = ParamTypes.cookie


class Body(Declared):
    """The request's body, or with `embed` one key of it."""

    @spell_out(ParamOptions)
    def __init__(
        self,
        default: Any = Undefined,
        *,
        annotation: Any = None,
        embed: bool | None = None,
        media_type: str = "application/json",
        **options: Unpack[ParamOptions],
    ) -> None:
        self.embed = embed
        self.media_type = media_type
        super().__init__(default, annotation=annotation, **options)


class Form(Body):
    """A field of a form, `application/x-www-form-urlencoded` unless `media_type` says more."""

    @spell_out(ParamOptions)
    def __init__(
        self,
        default: Any = Undefined,
        *,
        annotation: Any = None,
        media_type: str = "application/x-www-form-urlencoded",
        **options: Unpack[ParamOptions],
    ) -> None:
        # Here, since `embed` is an option of `Body` but not of its subclasses.
        check_options(type(self).__name__, options, ParamOptions.__annotations__)
        super().__init__(default, annotation=annotation, media_type=media_type, **options)


class File(Form):
    """An uploaded file, a part of a `multipart/form-data` form."""

    @spell_out(ParamOptions)
    def __init__(
        self,
        default: Any = Undefined,
        *,
        annotation: Any = None,
        media_type: str = "multipart/form-data",
        **options: Unpack[ParamOptions],
    ) -> None:
        super().__init__(default, annotation=annotation, media_type=media_type, **options)


@dataclass(frozen=True)
class Depends:
    """What `dependency` returns; called for the request before the function that needs it.

    `dependency`: a callable with parameters of its own; the parameter's type unless given.
    `use_cache`: whether one result serves all who need it in a request.
    `scope`: when a generator's clean-up runs, before the response is sent (`"function"`) or
    after (`"request"`, for generators unless given).
    `max_concurrency`: how many calls run at the same time in one event loop, wherever this object
    is used; a generator counts until its clean-up has run. Raises `ValueError` below one.
    """

    dependency: Callable[..., Any] | None = None
    use_cache: bool = True
    scope: Literal["function", "request"] | None = None
    max_concurrency: int | None = field(default=None, kw_only=True)
    limit: ConcurrencyLimit | None = field(default=None, kw_only=True, repr=False)

    def __post_init__(self) -> None:
        if self.max_concurrency is not None and self.limit is None:
            object.__setattr__(self, "limit", ConcurrencyLimit(self.max_concurrency))


@dataclass(frozen=True)
class Security(Depends):
    """A dependency that also asks for OAuth2 `scopes`."""

    scopes: Sequence[str] | None = None


class SecurityScopes:
    """The scopes that a dependency and all that need it ask for, outermost first.

    Declared as a parameter's type, it is filled in.

    `scopes`: the list. `scope_str`: the same, joined by spaces, as `WWW-Authenticate` takes it.
    """

    def __init__(self, scopes: list[str] | None = None) -> None:
        self.scopes: list[str] = scopes or []
        self.scope_str: str = " ".join(self.scopes)


class SecurityBase:
    """A dependency that the documentation lists as a security scheme.

    A subclass has a `__call__` that reads the credentials of a connection; an instance has:

    `model`: the scheme as OpenAPI writes it.
    `scheme_name`: its name in the document.
    """

    model: SecurityModel
    scheme_name: str


def _depth_outside() -> int:
    """Frames between a warning here and the code of the user that declares the parameter."""
    depth, frame = 1, sys._getframe(1)  # noqa: SLF001
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(
        "fastapi_lite."
    ):
        depth, frame = depth + 1, frame.f_back
    return depth
