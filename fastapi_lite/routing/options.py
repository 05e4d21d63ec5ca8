"""What routes and routers can be told, written once, and how the outer completes the inner."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any

from typing_extensions import TypedDict

from fastapi_lite import params
from fastapi_lite._options import check_options
from fastapi_lite.datastructures import DefaultPlaceholder
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.responses import Response
from fastapi_lite.routing.routes import BaseRoute
from fastapi_lite.types import IncEx

if TYPE_CHECKING:
    from fastapi_lite.routing.api import APIRoute


def generate_unique_id(route: APIRoute) -> str:
    """The id of an operation: its name, path and first method, without special characters."""
    name = re.sub(r"\W", "_", f"{route.name}{route.path_format}")
    return f"{name}_{min(route.methods).lower()}"


class RouteOptions(TypedDict, total=False, closed=True):
    """What a path operation can be told beyond its path, methods and function."""

    response_model: Any
    """Type of the response; the return annotation unless given, `None` for no model."""
    status_code: int | None
    """Status of a successful response; 200 unless given."""
    tags: list[str | Enum] | None
    """Groups of the operation in the documentation, after those of its routers."""
    dependencies: Sequence[params.Depends] | None
    """Called before the function, whose results nobody takes; after those of its routers."""
    summary: str | None
    """Title in the documentation; made from the name of the function unless given."""
    description: str | None
    """Text in the documentation, in Markdown; the function's docstring unless given."""
    response_description: str
    """What the documentation says of a successful response."""
    responses: Mapping[int | str, dict[str, Any]] | None
    """Further responses by status, range or `default`, for the documentation."""
    deprecated: bool | None
    """Whether the documentation marks the operation as deprecated."""
    operation_id: str | None
    """The operation's id in the document; made from name, path and method unless given."""
    response_model_include: IncEx | None
    """The only fields of the response to send."""
    response_model_exclude: IncEx | None
    """Fields of the response not to send."""
    response_model_by_alias: bool
    """Whether fields are sent by their aliases; true unless given."""
    response_model_exclude_unset: bool
    """Whether fields that were not set are left out."""
    response_model_exclude_defaults: bool
    """Whether fields that have their default are left out."""
    response_model_exclude_none: bool
    """Whether fields that are `None` are left out."""
    include_in_schema: bool
    """Whether the operation is documented; true unless given, here or by a router."""
    response_class: type[Response]
    """Class of the response; that of its routers unless given, else JSON."""
    name: str | None
    """Name to make URLs by; the function's unless given."""
    callbacks: list[BaseRoute] | None
    """Routes that describe the requests this operation makes to the client."""
    openapi_extra: dict[str, Any] | None
    """Merged into the operation's object in the document."""
    generate_unique_id_function: Callable[[APIRoute], str]
    """Makes the operation's id from the route; the nearest of its routers' unless given."""
    strict_content_type: bool
    """Whether a JSON body must say that it is JSON; true unless given."""
    max_body_size: int | None
    """Most bytes of a request's body; answered with 413 beyond. The nearest one given counts."""
    form_limits: Mapping[str, int] | None
    """Limits of forms: `max_fields`, `max_files` and `max_part_size` (bytes)."""


class RouterOptions(TypedDict, total=False, closed=True):
    """What an inclusion of a router adds to all that is below it."""

    prefix: str
    """Start of the paths; begins with `/` and does not end with it."""
    tags: list[str | Enum] | None
    """Groups of the operations in the documentation, before their own."""
    dependencies: Sequence[params.Depends] | None
    """Called before the operations' own dependencies."""
    default_response_class: type[Response]
    """Class of responses where an operation does not say."""
    responses: Mapping[int | str, dict[str, Any]] | None
    """Further responses of each operation, for the documentation."""
    callbacks: list[BaseRoute] | None
    """Routes that describe requests which each operation makes to the client."""
    deprecated: bool | None
    """Whether all operations are marked as deprecated."""
    include_in_schema: bool
    """Whether the operations are documented."""
    generate_unique_id_function: Callable[[APIRoute], str]
    """Makes the operations' ids."""
    strict_content_type: bool
    """Whether a JSON body must say that it is JSON."""
    max_body_size: int | None
    """Most bytes of a request's body."""
    form_limits: Mapping[str, int] | None
    """Limits of forms: `max_fields`, `max_files` and `max_part_size` (bytes)."""


Options = Mapping[str, Any]

COMBINE: Mapping[str, Callable[[Any, Any], Any]] = {
    "prefix": operator.add,
    "tags": lambda outer, inner: [*outer, *inner],
    "dependencies": lambda outer, inner: [*outer, *inner],
    "callbacks": lambda outer, inner: [*outer, *inner],
    "responses": lambda outer, inner: {**outer, **inner},
    "form_limits": lambda outer, inner: {**outer, **inner},
    "deprecated": operator.or_,
    "include_in_schema": operator.and_,
}
"""How the options combine that both an outer and an inner place give; of others the inner wins."""

ADDS_NOTHING = frozenset({*COMBINE, "max_body_size"})
"""Options whose explicit `None` says nothing."""


def given(options: Options) -> dict[str, Any]:
    """The options that say something: placeholders, and `None` where it adds nothing, do not."""
    return {
        name: value
        for name, value in options.items()
        if not isinstance(value, DefaultPlaceholder)
        and not (value is None and name in ADDS_NOTHING)
    }


def inherit(outer: Options, inner: Options) -> dict[str, Any]:
    """What `inner` says, completed by what `outer` says.

    An option nobody gave is absent, so `None` stays a value that can be meant.
    """
    both = COMBINE.keys() & outer.keys() & inner.keys()
    return {**outer, **inner} | {name: COMBINE[name](outer[name], inner[name]) for name in both}


def router_options(owner: str, options: Options) -> dict[str, Any]:
    """The options of a router or an inclusion, checked, under the names that routes know."""
    check_options(owner, options, RouterOptions.__annotations__)
    said = given(options)
    check_prefix(said.get("prefix", ""))
    check_common(owner, said)
    if "default_response_class" in said:
        said["response_class"] = said.pop("default_response_class")
    return said


def route_options(owner: str, options: Options) -> dict[str, Any]:
    """The options of a route, checked."""
    check_options(owner, options, RouteOptions.__annotations__)
    said = given(options)
    check_common(owner, said)
    if isinstance(said.get("status_code"), IntEnum):
        said["status_code"] = int(said["status_code"])
    return said


def check_prefix(prefix: str) -> None:
    """Raise `DeclarationError` where routes could not be below `prefix`."""
    if prefix and not prefix.startswith("/"):
        raise DeclarationError(f"A path prefix must start with '/': {prefix!r} does not.")
    if prefix.endswith("/"):
        raise DeclarationError(
            f"A path prefix must not end with '/', as the routes will start with '/': {prefix!r}."
        )


FORM_LIMITS = ("max_fields", "max_files", "max_part_size")


def check_common(owner: str, options: Options) -> None:
    """Raise for values that no request could be served with."""
    limit = options.get("max_body_size")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 0):
        raise DeclarationError(
            f"{owner}: max_body_size is a number of bytes, zero or more, not {limit!r}."
        )
    for name, value in (options.get("form_limits") or {}).items():
        if name not in FORM_LIMITS:
            raise DeclarationError(
                f"{owner}: form_limits has no {name!r}; it knows {', '.join(FORM_LIMITS)}."
            )
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise DeclarationError(
                f"{owner}: form_limits {name!r} is a number, zero or more, not {value!r}."
            )
    for status, response in (options.get("responses") or {}).items():
        if not isinstance(response, dict):
            raise DeclarationError(
                f"{owner}: An additional response must be a dict; that of {status!r} is "
                f"{response!r}."
            )
