"""What a callable's signature says: its parameters, each with where its value comes from."""

from __future__ import annotations

import builtins
import dataclasses
import inspect
import sys
import typing
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Annotated, Any, ForwardRef, NoReturn, get_args, get_origin

from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from fastapi_lite import params
from fastapi_lite._inspect import unwrap
from fastapi_lite.background import BackgroundTasks
from fastapi_lite.dependencies.annotations import (
    is_json,
    is_model,
    is_scalar,
    is_scalar_sequence,
    is_union,
    is_upload,
    issubclass_safe,
)
from fastapi_lite.dependencies.models import Parameter
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.params import Undefined
from fastapi_lite.requests import HTTPConnection, Request
from fastapi_lite.responses import Response
from fastapi_lite.security.oauth2 import SecurityScopes
from fastapi_lite.websockets import WebSocket

SPECIAL: Mapping[type[Any], str] = {
    Request: "request_param_name",
    WebSocket: "websocket_param_name",
    HTTPConnection: "http_connection_param_name",
    Response: "response_param_name",
    BackgroundTasks: "background_tasks_param_name",
    SecurityScopes: "security_scopes_param_name",
}
"""Types that are given by themselves, and the attribute of `Dependant` that keeps the keyword."""


@dataclass(frozen=True, slots=True)
class Special:
    """A parameter that takes the request itself, or another object of the framework."""

    name: str
    attribute: str


@dataclass(frozen=True, slots=True)
class Needed:
    """A parameter that takes what another callable returns."""

    name: str
    depends: params.Depends


def analyse(call: Callable[..., Any], path_names: set[str]) -> list[Parameter | Special | Needed]:
    """The parameters of `call`, in order; `path_names` are those that its path carries.

    Raises `DeclarationError` for what cannot be, with the function, the parameter and a remedy.
    """
    owner = describe(call)
    return [
        analyse_parameter(owner, name, declared, path_names)
        for name, declared in typed_signature(call).parameters.items()
    ]


def analyse_parameter(
    owner: str, name: str, declared: inspect.Parameter, path_names: set[str]
) -> Parameter | Special | Needed:
    """Where the value of one parameter comes from."""

    def refuse(problem: str) -> NoReturn:
        raise DeclarationError(f"{owner}: {problem}")

    if declared.kind is declared.POSITIONAL_ONLY:
        refuse(
            f"parameter {name!r} is positional-only, but values are passed by name. "
            "Remove the `/` from the signature."
        )
    default = Undefined if declared.default is declared.empty else declared.default
    annotation = Any if declared.annotation is declared.empty else declared.annotation
    type_, around = split_annotated(annotation)
    chosen = next(
        (
            given
            for given in reversed(around)
            if isinstance(given, params.Depends | params.Declared)
        ),
        None,
    )
    if isinstance(default, params.Depends):
        if isinstance(chosen, params.Depends):
            refuse(
                f"Cannot specify `Depends` in `Annotated` and default value together for {name!r}"
                ". Keep the one in `Annotated`."
            )
        if chosen is not None:
            refuse(
                "Cannot specify a FastAPI annotation in `Annotated` and `Depends` as a default "
                f"value together for {name!r}. Keep one of them."
            )
        chosen = default
    elif isinstance(default, params.Declared):
        if chosen is not None:
            refuse(
                "Cannot specify FastAPI annotations in `Annotated` and default value together "
                f"for {name!r}. Keep the one in `Annotated`."
            )
        chosen, default = default, Undefined
    elif isinstance(chosen, params.Declared) and chosen.default is not Undefined:
        refuse(
            f"`{type(chosen).__name__}` default value cannot be set in `Annotated` for "
            f"{name!r}. Set the default value with `=` instead."
        )
    if isinstance(chosen, params.Depends):
        if chosen.dependency is None:
            if not callable(type_) or type_ is Any:
                refuse(
                    f"`Depends()` of {name!r} names no dependency, and its annotation is not "
                    "callable. Write `Depends(function)` or annotate with a class."
                )
            chosen = dataclasses.replace(chosen, dependency=type_)
        return Needed(name, chosen)
    special = special_type(type_)
    if special is not None:
        if chosen is not None:
            refuse(
                f"Cannot specify FastAPI annotation for type {type_!r} of {name!r}: it is given "
                "by itself. Remove the annotation."
            )
        return Special(name, SPECIAL[special])
    return complete(refuse, name, type_, around, chosen, default, in_path=name in path_names)


def complete(
    refuse: Callable[[str], NoReturn],
    name: str,
    type_: Any,
    around: tuple[Any, ...],
    chosen: Any,
    default: Any,
    *,
    in_path: bool,
) -> Parameter:
    """The parameter whose declaration is `chosen`, or the one that its type and name imply."""
    if isinstance(type_, str | ForwardRef):
        refuse(
            f"the annotation {type_!r} of {name!r} names nothing that is defined where the "
            "function is. Import it at run time too, or define it before."
        )
    info = imply(type_, in_path=in_path) if chosen is None else copy(chosen)
    if in_path and not isinstance(info, params.Path):
        refuse(
            f"Cannot use `{type(info).__name__}` for path param {name!r}. Use `Path`, or "
            "rename the parameter."
        )
    if default is not Undefined and isinstance(info, params.Path):
        # A function may serve a path with the parameter and one without: there `None` is the
        # default that says so, and here it never shows.
        if chosen is not None or default is not None:
            refuse(
                f"path parameter {name!r} has a default, but a matched path always carries it: "
                "Path parameters cannot have a default value. Remove the default."
            )
    elif default is not Undefined:
        info.default = Undefined if default is ... else default
        if default is not ...:
            info.default_factory = None
    info.annotation = info.annotation if type_ is Any and info.annotation else type_
    plain = [given for given in around if isinstance(given, FieldInfo) and given is not chosen]
    for given in plain:
        absorb(info, given)
    if not info.alias and getattr(info, "convert_underscores", False):
        info.alias = name.replace("_", "-")
    metadata: list[Any] = []
    for given in around:
        if isinstance(given, FieldInfo):
            metadata += given.metadata
        elif not isinstance(given, params.Depends):
            metadata.append(given)
    if chosen is not None and not any(given is chosen for given in around):
        metadata += chosen.metadata
    info.metadata = metadata
    parameter = Parameter(name, info, tuple(metadata))
    if isinstance(info, params.Param) and not fits_a_parameter(info):
        refuse(
            f"{type(info).__name__} parameter {name!r} must be one of the supported types: a "
            f"scalar, a sequence of scalars or a model, not {info.annotation!r}. "
            "Take it from the body with `Body()`."
        )
    return parameter


def imply(type_: Any, *, in_path: bool) -> params.Param | params.Body:
    """Where a value comes from that only its name and type speak of."""
    if in_path:
        return params.Path()
    if is_upload(type_):
        return params.File()
    return params.Query() if is_scalar(type_) else params.Body()


def absorb(info: FieldInfo, given: FieldInfo) -> None:
    """Take what a plain `pydantic.Field` beside the declaration says and the declaration does not."""
    for name in ("title", "description", "alias", "validation_alias", "serialization_alias"):
        if getattr(info, name) is None:
            setattr(info, name, getattr(given, name))
    for name in ("examples", "json_schema_extra", "discriminator", "deprecated"):
        if not getattr(info, name):
            setattr(info, name, getattr(given, name))
    if info.default is Undefined and info.default_factory is None:
        info.default, info.default_factory = given.default, given.default_factory


def fits_a_parameter(info: FieldInfo) -> bool:
    """Whether a value outside the body can have this type."""
    type_ = info.annotation
    if isinstance(info, params.Path):
        return is_scalar(type_)
    return (
        is_scalar(type_) or is_scalar_sequence(type_) or is_model(type_) or is_json(info.metadata)
    )


def typed_signature(call: Callable[..., Any]) -> inspect.Signature:
    """The signature of `call`, its annotations evaluated where they are text.

    A name that is not defined stays a `ForwardRef`: it does not matter beside `Depends`.
    """
    try:
        signature = inspect.signature(call)
    except (TypeError, ValueError) as error:
        raise DeclarationError(
            f"{describe(call)}: its parameters cannot be read ({error}). "
            "Wrap it in a function with a signature."
        ) from error
    declared = signature.parameters.values()
    if not any(mentions_text(one.annotation) for one in declared):
        return signature
    space = namespace(call)
    return signature.replace(
        parameters=[
            one.replace(annotation=evaluate(one.annotation, space))
            if mentions_text(one.annotation)
            else one
            for one in declared
        ]
    )


def typed_return(call: Callable[..., Any]) -> Any:
    """The return annotation of `call`, evaluated, or `Undefined` where there is none."""
    annotation = inspect.signature(call).return_annotation
    if annotation is inspect.Signature.empty:
        return Undefined
    if annotation is not None and mentions_text(annotation):
        return evaluate(annotation, namespace(call))
    return annotation


def namespace(call: Callable[..., Any]) -> dict[str, Any]:
    """The names that annotations of `call` can use."""
    inner = unwrap(call)
    if inspect.isclass(inner):
        inner = inspect.unwrap(inner.__init__)
    elif not hasattr(inner, "__globals__"):
        inner = unwrap(type(inner).__call__)
    found = getattr(inner, "__globals__", None)
    if found is None:
        module = sys.modules.get(getattr(call, "__module__", None) or "")
        found = vars(module) if module is not None else {}
    return typing.cast("dict[str, Any]", found)


class LenientNames(dict[str, Any]):
    """Names for `eval`, those that nobody defined becoming forward references."""

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name):
            return getattr(builtins, name)
        return ForwardRef(name)


def evaluate(annotation: Any, space: dict[str, Any]) -> Any:
    """`annotation` with its texts evaluated in `space`."""
    names = LenientNames(space)

    def stand_in(**_: Any) -> None:
        """Carry one annotation for `typing.get_type_hints`."""

    stand_in.__annotations__ = {"it": annotation}
    try:
        return typing.get_type_hints(stand_in, space, include_extras=True)["it"]
    except Exception:
        if isinstance(annotation, str):
            try:
                return eval(annotation, {}, names)
            except Exception:
                return ForwardRef(annotation) if annotation.isidentifier() else annotation
        return annotation


def mentions_text(annotation: Any) -> bool:
    """Whether `annotation` is, or holds, a type written as text."""
    if isinstance(annotation, str | ForwardRef):
        return True
    origin: Any = get_origin(annotation)
    if origin is typing.Literal:
        return False
    if origin is Annotated:
        return mentions_text(annotation.__origin__)
    arguments: tuple[Any, ...] = get_args(annotation)
    return any(mentions_text(one) for one in arguments)


def split_annotated(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type and what stands beside it in `Annotated`, seen through aliases of types."""
    around: tuple[Any, ...] = ()
    inner: Any
    while True:
        origin: Any = get_origin(annotation)
        if origin is Annotated:
            inner, *more = get_args(annotation)
            annotation, around = inner, (*more, *around)
        elif (
            isinstance(annotation, TypeAliasType) and get_origin(annotation.__value__) is Annotated
        ):
            annotation = annotation.__value__
        else:
            return annotation, around


def special_type(type_: Any) -> type[Any] | None:
    """The class of the framework that `type_` asks for, also as `… | None` or `Request[State]`."""
    if is_union(type_):
        members = [one for one in get_args(type_) if one is not type(None)]
        return special_type(members[0]) if len(members) == 1 else None
    origin = get_origin(type_) or type_
    if not inspect.isclass(origin):
        return None
    return next((special for special in SPECIAL if issubclass_safe(origin, special)), None)


def describe(call: Any) -> str:
    """The name of a callable for messages, with its module."""
    inner = unwrap(call)
    name = getattr(inner, "__qualname__", None) or type(inner).__qualname__
    module = getattr(inner, "__module__", None)
    return f"{module}.{name}" if module else str(name)
