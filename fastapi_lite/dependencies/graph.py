"""From a callable to the tree of all it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import PydanticUserError, TypeAdapter, ValidationError
from pydantic_core import SchemaError

from fastapi_lite import params
from fastapi_lite.concurrency import ConcurrencyLimit
from fastapi_lite.dependencies.annotations import is_plain, is_pydantic_v1, remembered
from fastapi_lite.dependencies.models import Dependant, Parameter, validated_type
from fastapi_lite.dependencies.signature import (
    Needed,
    Special,
    analyse,
    describe,
    mentions_text,
)
from fastapi_lite.exceptions import (
    DeclarationError,
    DependencyScopeError,
    FastAPIError,
    PydanticV1NotSupportedError,
)

CleanUp = Literal["function", "request"]


def get_dependant(
    *,
    path: str,
    call: Callable[..., Any],
    name: str | None = None,
    own_oauth_scopes: list[str] | None = None,
    parent_oauth_scopes: list[str] | None = None,
    use_cache: bool = True,
    scope: CleanUp | None = None,
    concurrency: ConcurrencyLimit | None = None,
) -> Dependant:
    """What `call` needs, and what that needs, for an operation at `path`.

    Raises `DeclarationError`, or another `FastAPIError`, for what cannot be.
    """
    root = Dependant(
        call=call,
        name=name,
        path=path,
        own_oauth_scopes=own_oauth_scopes,
        parent_oauth_scopes=parent_oauth_scopes,
        use_cache=use_cache,
        scope=scope,
        concurrency=concurrency,
    )
    return grow(root, path_param_names(path), ())


Found = list[Parameter | Special | Needed]


def analyse_endpoint(path: str, call: Callable[..., Any]) -> Found:
    """The parameters of the endpoint at `path`, checked: what its dependant is made of when asked for.

    Raises as `get_dependant`, but for what dependencies need.
    """
    found = analyse(call, path_param_names(path))
    check_found(found, call)
    return found


def endpoint_dependant(path: str, call: Callable[..., Any], found: Found) -> Dependant:
    """What the endpoint at `path` needs, its parameters being `found`."""
    root = Dependant(call=call, path=path, scope="function")
    return grow(root, path_param_names(path), (), found)


def get_parameterless_sub_dependant(*, depends: params.Depends, path: str) -> Dependant:
    """What a dependency needs whose result nobody takes: one of a decorator, router or app."""
    return need(depends, None, Dependant(path=path), path_param_names(path), ())


def with_dependencies(
    dependant: Dependant, dependencies: Sequence[params.Depends], path: str
) -> Dependant:
    """`dependant` with `dependencies` called before its own."""
    if not dependencies:
        return dependant
    before = [get_parameterless_sub_dependant(depends=one, path=path) for one in dependencies]
    return replace(dependant, dependencies=[*before, *dependant.dependencies])


def path_param_names(path: str) -> set[str]:
    """The names in braces of `path`, without their convertors."""
    if "{" not in path:
        return set()
    return {name.partition(":")[0] for name in re.findall("{([^}]*)}", path)}


def grow(
    dependant: Dependant,
    path_names: set[str],
    chain: tuple[Callable[..., Any], ...],
    known: Found | None = None,
) -> Dependant:
    """Fill in what the callable of `dependant` takes and needs; `chain` is who asked for it.

    `known` are its parameters, where they were analysed before.
    """
    call = dependant.call
    assert call is not None
    if call in chain:
        circle = " → ".join(describe(one) for one in (*chain, call))
        raise DeclarationError(
            f"A dependency needs itself: {circle}. Take what both need into a third one."
        )
    chain = (*chain, call)
    if known is None:
        known = analyse(call, path_names)
        check_found(known, call)
    for found in known:
        if isinstance(found, Parameter):
            getattr(dependant, f"{found.source}_params").append(found)
        elif isinstance(found, Special):
            setattr(dependant, found.attribute, found.name)
        else:
            dependant.dependencies.append(need(found.depends, found, dependant, path_names, chain))
    return dependant


def need(
    depends: params.Depends,
    taken: Needed | None,
    parent: Dependant,
    path_names: set[str],
    chain: tuple[Callable[..., Any], ...],
) -> Dependant:
    """The part of the tree below one `Depends`."""
    if not callable(depends.dependency):
        raise DeclarationError(
            f"{parent.path}: A parameter-less dependency must have a callable dependency, not "
            f"{depends.dependency!r}. Write `Depends(function)`."
        )
    scopes = list(depends.scopes or ()) if isinstance(depends, params.Security) else []
    child = Dependant(
        call=depends.dependency,
        name=taken.name if taken else None,
        path=parent.path,
        own_oauth_scopes=scopes or None,
        parent_oauth_scopes=parent.oauth_scopes or None,
        use_cache=depends.use_cache,
        scope=depends.scope,
        concurrency=depends.limit,
    )
    if chain and parent.computed_scope == "request" and depends.scope == "function":
        raise DependencyScopeError(
            f'The dependency "{getattr(parent.call, "__name__", parent.call)}" has a scope of '
            '"request", it cannot depend on dependencies with scope "function".'
        )
    return grow(child, path_names, chain)


def check_found(found: Found, call: Callable[..., Any]) -> None:
    """Raise `FastAPIError` for the first of the parameters of `call` that cannot be validated."""
    for one in found:
        if isinstance(one, Parameter):
            check_type(one, call, f"parameter {one.name!r}")


def check_type(parameter: Parameter, owner: Callable[..., Any] | str, part: str = "") -> None:
    """Raise `FastAPIError` where pydantic cannot validate the type of `parameter`, `part` of `owner`."""
    try:
        try_type(parameter.annotation, parameter.metadata, parameter.field_info.discriminator)
    except Fault as fault:
        place = owner if isinstance(owner, str) else f"{describe(owner)}: {part}"
        raise fault.kind(f"{place}: {fault}") from fault.__cause__


class Fault(Exception):
    """What is wrong with a type, wherever it stands, and the kind of error that it is."""

    def __init__(self, kind: type[FastAPIError], problem: str) -> None:
        super().__init__(problem)
        self.kind = kind


@remembered
def try_type(annotation: Any, metadata: tuple[Any, ...], discriminator: Any) -> None:
    """Raise `Fault` where pydantic cannot validate a type with its constraints.

    That it cannot is not remembered: what is missing may be there later.
    """
    type_ = validated_type(annotation, metadata, discriminator)
    if is_plain(type_):
        return
    if mentions_text(type_):
        raise Fault(
            DeclarationError,
            f"{type_!r} names what is not defined where it is written. Define it before, "
            "and import it at run time too.",
        )
    if is_pydantic_v1(type_):
        raise Fault(
            PydanticV1NotSupportedError,
            f"pydantic.v1 models are no longer supported by FastAPI. Please update {type_!r}.",
        )
    try:
        try_values(type_, annotation)
    except (PydanticUserError, SchemaError, TypeError) as error:
        raise invalid_type(type_, error) from error


SAMPLES = (True, 0, 0.0, "", b"", datetime.max, date.max, time.max, timedelta.max, Decimal(0))
"""A value of each of the types that are constrained most."""


def try_values(type_: Any, inner: Any) -> None:
    """Raise what pydantic raises for `type_`: `inner` with its constraints.

    For a constraint that values of the type cannot have, `gt` of a text, that is a `TypeError`.
    Pydantic finds out with the first value, so it gets one, unless validators of users would run.
    """
    validator = TypeAdapter(type_).validator
    metadata = getattr(type_, "__metadata__", ())
    if any(hasattr(one, "__get_pydantic_core_schema__") for one in metadata):
        return
    for sample in SAMPLES:
        if type(sample) is inner:
            with suppress(ValidationError):
                validator.validate_python(sample)


def invalid_type(type_: Any, error: Exception) -> Fault:
    """What is wrong with a type that pydantic cannot handle."""
    reason = str(error).splitlines()[0]
    return Fault(
        FastAPIError,
        f"Invalid args for response field! Hint: check that {type_} is a valid Pydantic "
        "field type. If you are using a return type annotation that is not a valid Pydantic field "
        "(e.g. Union[Response, dict, None]) you can disable generating the response model from "
        "the type annotation with the path operation decorator parameter response_model=None. "
        f"({reason})",
    )
