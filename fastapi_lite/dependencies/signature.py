"""What a callable's signature says: its parameters, each with where its value comes from."""

from __future__ import annotations

import builtins
import dataclasses
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from inspect import CO_VARARGS, CO_VARKEYWORDS
from typing import Annotated, Any, Final, ForwardRef, NoReturn, get_args, get_origin

from pydantic import BeforeValidator, PlainValidator, WrapValidator
from pydantic.fields import FieldInfo

from fastapi_lite import params
from fastapi_lite._inspect import is_bare_function, unwrap
from fastapi_lite.background import BackgroundTasks
from fastapi_lite.dependencies.annotations import (
    alias_value,
    is_alias,
    is_json,
    is_model,
    is_scalar,
    is_scalar_sequence,
    is_union,
    is_upload,
    issubclass_safe,
    remembered,
    spelt,
)
from fastapi_lite.dependencies.models import Parameter
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.params import SecurityScopes, Undefined
from fastapi_lite.requests import HTTPConnection, Request
from fastapi_lite.responses import Response
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


DECLARATIONS = (params.Depends, params.Declared)

FROM_TEXT = (BeforeValidator, PlainValidator, WrapValidator)
"""Metadata that can make a value of any type from text."""


@dataclass(frozen=True, slots=True, eq=False)
class Special:
    """A parameter that takes the request itself, or another object of the framework."""

    name: str
    attribute: str


@dataclass(frozen=True, slots=True, eq=False)
class Needed:
    """A parameter that takes what another callable returns."""

    name: str
    depends: params.Depends


def analyse(call: Callable[..., Any], path_names: set[str]) -> list[Parameter | Special | Needed]:
    """The parameters of `call`, in order; `path_names` are those that its path carries.

    Raises `DeclarationError` for what cannot be, with the function, the parameter and a remedy.
    """

    def refuse(problem: str) -> NoReturn:
        raise DeclarationError(f"{describe(call)}: {problem}")

    return [
        analyse_parameter(refuse, name, annotation, default, in_path=name in path_names)
        for name, annotation, default in typed_parameters(call)
    ]


def analyse_parameter(
    refuse: Callable[[str], NoReturn], name: str, annotation: Any, default: Any, *, in_path: bool
) -> Parameter | Special | Needed:
    """Where the value of one parameter comes from; `refuse` raises with what is wrong with it."""
    if type(default) in TOLD_APART:
        implied = imply_parameter(
            name, annotation, spelt(annotation), in_path, type(default), default
        )
        if implied is not None:
            return implied
    type_, around = split_annotated(annotation)
    chosen = choose(refuse, name, around, default)
    if chosen is not None and chosen is default:
        default = Undefined
    if isinstance(chosen, params.Depends):
        return Needed(name, with_dependency(refuse, name, chosen, type_))
    special = special_type(type_)
    if special is not None:
        if chosen is not None:
            refuse(
                f"Cannot specify FastAPI annotation for type {type_!r} of {name!r}: it is given "
                "by itself. Remove the annotation."
            )
        return Special(name, SPECIAL[special])
    return complete(refuse, name, type_, around, chosen, default, in_path=in_path)


TOLD_APART = frozenset({type(Undefined), type(None), str, int, bool})
"""Types of defaults of which those that are equal are the same."""


@remembered
def imply_parameter(
    name: str, annotation: Any, spelt: Any, in_path: bool, kind: type[Any], default: Any
) -> Parameter | None:
    """The parameter that its name, type and default make, where these say all there is to it.

    An application has it in many places, for which there is one.
    """
    type_, around = split_annotated(annotation)
    if around or special_type(type_) is not None:
        return None
    try:
        return complete(not_implied, name, type_, (), None, default, in_path=in_path)
    except DeclarationError:
        return None  # whose it is says the one that asks


def not_implied(problem: str) -> NoReturn:
    """Refuse a parameter of nobody."""
    raise DeclarationError(problem)


def choose(
    refuse: Callable[[str], NoReturn], name: str, around: Sequence[Any], default: Any
) -> params.Depends | params.Declared | None:
    """The declaration that counts: one in `Annotated` (of one kind the last), or the default."""
    inside = [one for one in around if isinstance(one, DECLARATIONS)]
    kinds = list(dict.fromkeys(kind_of(one) for one in inside))
    if len(kinds) > 1:
        refuse(
            f"{name!r} has more than one source in `Annotated`: {', '.join(kinds)}. "
            "Keep one of them."
        )
    chosen = inside[-1] if inside else None
    if isinstance(default, params.Depends) and isinstance(chosen, params.Depends):
        refuse(
            f"Cannot specify `Depends` in `Annotated` and default value together for {name!r}. "
            "Keep the one in `Annotated`."
        )
    if isinstance(default, params.Depends) and chosen is not None:
        refuse(
            "Cannot specify a FastAPI annotation in `Annotated` and `Depends` as a default "
            f"value together for {name!r}. Keep one of them."
        )
    if isinstance(default, params.Declared) and chosen is not None:
        refuse(
            "Cannot specify FastAPI annotations in `Annotated` and default value together "
            f"for {name!r}. Keep the one in `Annotated`."
        )
    if isinstance(default, DECLARATIONS):
        return default
    if isinstance(default, FieldInfo):
        refuse(
            f"non-body parameters must be in path, query, header or cookie: {name}. Write "
            "`Query(…)`, or another of these, in place of `Field(…)`."
        )
    if isinstance(chosen, params.Declared):
        if chosen.default is not Undefined:
            refuse(
                f"`{type(chosen).__name__}` default value cannot be set in `Annotated` for "
                f"{name!r}. Set the default value with `=` instead."
            )
        if chosen.default_factory is not None and default is not Undefined and default is not ...:
            refuse(
                f"cannot specify both default and default_factory for {name!r}. Keep one of them."
            )
    return chosen


def kind_of(declaration: params.Depends | params.Declared) -> str:
    """The name of the source that `declaration` stands for."""
    kinds = (params.Path, params.Header, params.Cookie, params.Param, params.File, params.Form)
    if isinstance(declaration, params.Depends):
        return "Depends"
    return next((kind.__name__ for kind in kinds if isinstance(declaration, kind)), "Body")


def with_dependency(
    refuse: Callable[[str], NoReturn], name: str, depends: params.Depends, type_: Any
) -> params.Depends:
    """`depends` with what it calls: what it names, else the type of the parameter."""
    if depends.dependency is None:
        if not callable(type_) or type_ is Any:
            refuse(
                f"`Depends()` of {name!r} names no dependency, and its annotation is not "
                "callable. Write `Depends(function)` or annotate with a class."
            )
        return dataclasses.replace(depends, dependency=type_)
    if not callable(depends.dependency):
        refuse(
            f"the dependency of {name!r} is {depends.dependency!r}, which is not a callable "
            "object. Write `Depends(function)`."
        )
    return depends


def complete(
    refuse: Callable[[str], NoReturn],
    name: str,
    type_: Any,
    around: tuple[Any, ...],
    chosen: params.Declared | None,
    default: Any,
    *,
    in_path: bool,
) -> Parameter:
    """The parameter whose declaration is `chosen`, or the one that its type and name imply."""
    info = imply(type_, in_path=in_path) if chosen is None else copy(chosen)
    if in_path and not isinstance(info, params.Path):
        refuse(
            f"Cannot use `{type(info).__name__}` for path param {name!r}. Use `Path`, or "
            "rename the parameter."
        )
    if default is not Undefined and isinstance(info, params.Path):
        # Unless it is declared as one: a function may serve a path with the parameter and one
        # without. There the default counts, and here it never shows.
        if chosen is not None:
            refuse(
                f"Path parameters cannot have default values: a matched path always carries "
                f"{name!r}. Remove the default."
            )
    elif default is not Undefined:
        info.default = Undefined if default is ... else default
    info.annotation = info.annotation if type_ is Any and info.annotation else type_
    for given in around:
        if isinstance(given, FieldInfo) and given is not chosen:
            absorb(info, given)
    if not info.alias and getattr(info, "convert_underscores", False):
        info.alias = name.replace("_", "-")
    metadata = metadata_of(around, chosen)
    info.metadata = metadata
    parameter = Parameter(name, info, tuple(metadata))
    if isinstance(info, params.Param) and not fits_a_parameter(info):
        refuse(unfit(info, name))
    return parameter


def metadata_of(around: Sequence[Any], chosen: params.Declared | None) -> list[Any]:
    """What restricts a value, in the order in which it is written, that of `chosen` in its place."""
    metadata: list[Any] = []
    for given in around:
        if isinstance(given, FieldInfo):
            metadata += given.metadata
        else:
            metadata.append(given)
    if chosen is not None and not any(given is chosen for given in around):
        metadata += chosen.metadata
    return metadata


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


def fits_a_parameter(info: params.Param) -> bool:
    """Whether a value outside the body can have this type, or something makes it of text."""
    type_ = str if is_json(info.metadata) else info.annotation
    if is_scalar(type_) or any(isinstance(one, FROM_TEXT) for one in info.metadata):
        return True
    return not isinstance(info, params.Path) and (is_scalar_sequence(type_) or is_model(type_))


def unfit(info: params.Param, name: str) -> str:
    """What to say of a parameter outside the body whose type does not fit."""
    if isinstance(info, params.Path):
        problem = f"Path params must be of one of the supported types: {name!r} must be a scalar"
    else:
        problem = (
            f"{type(info).__name__} parameter {name!r} must be one of the supported types: "
            "a scalar, a sequence of scalars or a model"
        )
    return f"{problem}, not {info.annotation!r}. Take it from the body with `Body()`."


def typed_parameters(call: Callable[..., Any]) -> Iterable[tuple[str, Any, Any]]:
    """Name, type and default of each parameter of `call`; `Any` and `Undefined` where there is none."""
    if is_bare_function(call):
        code, annotations = call.__code__, call.__annotations__
        if not (code.co_posonlyargcount or code.co_flags & (CO_VARARGS | CO_VARKEYWORDS)):
            # What `inspect.signature` would say of it, in a tenth of the time.
            names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
            given = call.__defaults__ or ()
            defaults = dict(zip(names[code.co_argcount - len(given) :], given, strict=False))
            defaults |= call.__kwdefaults__ or {}
            return [
                (name, written(annotations.get(name, Any), call), defaults.get(name, Undefined))
                for name in names
            ]
    empty = inspect.Parameter.empty
    return [
        (
            one.name,
            Any if one.annotation is empty else one.annotation,
            Undefined if one.default is empty else one.default,
        )
        for one in typed_signature(call).parameters.values()
    ]


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
    if getattr(call, "__signature__", None) is None:
        refuse_positional_only(call, declared)
    if not any(mentions_text(one.annotation) for one in declared):
        return signature
    return signature.replace(
        parameters=[one.replace(annotation=written(one.annotation, call)) for one in declared]
    )


def written(annotation: Any, call: Callable[..., Any]) -> Any:
    """An annotation of `call`, evaluated where it is text."""
    return evaluate(annotation, namespace(call)) if mentions_text(annotation) else annotation


def response_parameter(model: Any) -> Parameter:
    """A response as a parameter is one: type, validator, serialiser; one for equal types."""
    return response_of(model, spelt(model))


@remembered
def response_of(model: Any, spelt: Any) -> Parameter:
    """The parameter of a response, by its type and how that is spelt."""
    return Parameter("response", params.Body(annotation=model))


def refuse_positional_only(call: Callable[..., Any], declared: Iterable[inspect.Parameter]) -> None:
    """Raise where a value cannot be passed by name. A signature that was set may only say so."""
    for one in declared:
        if one.kind is one.POSITIONAL_ONLY:
            raise DeclarationError(
                f"{describe(call)}: parameter {one.name!r} is positional-only, but values are "
                "passed by name. Remove the `/` from the signature."
            )


def typed_return(call: Callable[..., Any]) -> Any:
    """The return annotation of `call`, evaluated, or `Undefined` where there is none."""
    annotation = (
        call.__annotations__.get("return", inspect.Signature.empty)
        if is_bare_function(call)
        else inspect.signature(call).return_annotation
    )
    if annotation is inspect.Signature.empty:
        return Undefined
    if annotation is not None and mentions_text(annotation):
        evaluated = evaluate(annotation, namespace(call))
        return None if evaluated is type(None) else evaluated
    return annotation


def namespace(call: Callable[..., Any]) -> dict[str, Any]:
    """The names that annotations of `call` can use."""
    inner = unwrap(call)
    if inspect.isclass(inner):
        inner = inspect.unwrap(inner.__init__)
    elif not hasattr(inner, "__globals__"):
        inner = unwrap(type(inner).__call__)
    found: dict[str, Any] = getattr(inner, "__globals__", {})
    return found


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


@remembered
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
    while True:
        origin: Any = get_origin(annotation)
        if origin is Annotated:
            around = (*annotation.__metadata__, *around)
            annotation = annotation.__origin__
        elif origin is Final:
            (annotation,) = get_args(annotation)
        elif is_alias(annotation) and not mentions_text(annotation.__value__):
            annotation = annotation.__value__
        elif is_alias(origin) and get_origin(origin.__value__) is Annotated:
            annotation = alias_value(origin, get_args(annotation))
        else:  # an alias of what names itself, as JsonValue, is left to pydantic
            return annotation, around


@remembered
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
