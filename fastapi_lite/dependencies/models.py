"""A callable and what it needs: the tree that serving and documenting read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AliasChoices, Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from fastapi_lite._inspect import is_async_callable, is_async_generator, is_generator, unwrap
from fastapi_lite.concurrency import ConcurrencyLimit
from fastapi_lite.dependencies.annotations import remembered, spelt
from fastapi_lite.params import ParamTypes, SecurityBase, Undefined
from fastapi_lite.types import DependencyCacheKey

Source: TypeAlias = Literal["path", "query", "header", "cookie", "body"]

IMMUTABLE = (str, bytes, int, float, complex, bool, type(None))
"""Types of defaults that need no copy for each request."""


@dataclass(eq=False)
class Parameter:
    """One value a callable takes from the request.

    `name` is the keyword it is passed as, `alias` its name in the request; `field_info` is the
    declaration, its `annotation` and constraints completed from the signature.
    """

    name: str
    field_info: FieldInfo
    metadata: tuple[Any, ...] = ()
    """What else stood in `Annotated`, in order, the declaration's constraints in their place."""

    @property
    def annotation(self) -> Any:
        """The type of the value."""
        return self.field_info.annotation

    type_ = annotation

    @cached_property
    def alias(self) -> str:
        """The name in the request."""
        return self.field_info.alias or self.name

    @cached_property
    def validation_alias(self) -> str:
        """The name that is read and that errors show: of a choice of names the first."""
        given = self.field_info.validation_alias
        if isinstance(given, AliasChoices) and self.source != "path":
            given = given.choices[0]
        return given if given and isinstance(given, str) else self.alias

    @property
    def serialization_alias(self) -> str:
        """The name when the value is written."""
        return self.field_info.serialization_alias or self.alias

    @property
    def source(self) -> Source:
        """Where the value comes from."""
        kind = getattr(self.field_info, "in_", None)
        return kind.value if isinstance(kind, ParamTypes) else "body"

    @property
    def required(self) -> bool:
        """Whether the request must carry the value."""
        return self.field_info.is_required()

    @property
    def default(self) -> Any:
        """The default as declared, `Undefined` where there is none."""
        return self.field_info.default

    def get_default(self) -> Any:
        """The default for one request: made by the factory, or a copy of the declared value."""
        if self.field_info.default_factory is not None:
            return self.field_info.get_default(call_default_factory=True, validated_data={})
        default = self.field_info.default
        return None if default is Undefined else deepcopy(default)

    @property
    def has_constant_default(self) -> bool:
        """Whether one object can serve as the default of all requests."""
        return self.field_info.default_factory is None and type(self.default) in IMMUTABLE

    @cached_property
    def validated_type(self) -> Any:
        """The type with every constraint of its declaration, for pydantic."""
        return validated_type(self.annotation, self.metadata, self.field_info.discriminator)

    def field(self) -> Any:
        """The declaration as a field of a model, with what documents it."""
        info = self.field_info
        default = {} if self.required else {"default": info.default}
        if info.default_factory is not None:
            default = {"default_factory": info.default_factory}
        return Field(
            **default,
            alias=info.alias,
            validation_alias=info.validation_alias,
            serialization_alias=info.serialization_alias,
            title=info.title,
            description=info.description,
            examples=info.examples,
            deprecated=info.deprecated,
            json_schema_extra=info.json_schema_extra,
        )

    def validate(
        self, value: Any, values: Any = None, *, loc: tuple[int | str, ...] = ()
    ) -> tuple[Any, list[dict[str, Any]]]:
        """The validated value and no errors, or `None` and what is wrong with it, located at `loc`.

        For packages that hold a field of FastAPI; `values` is not asked.
        """
        try:
            return self.adapter.validate_python(value, from_attributes=True), []
        except ValidationError as error:
            found = error.errors(include_url=False)
            return None, [{**details, "loc": (*loc, *details["loc"])} for details in found]

    def serialize(
        self, value: Any, *, mode: Literal["json", "python"] = "json", **options: Any
    ) -> Any:
        """`value` as what JSON can say; `options` are those of pydantic, by alias unless told."""
        return self.adapter.dump_python(value, mode=mode, **{"by_alias": True, **options})

    def serialize_json(self, value: Any, **options: Any) -> bytes:
        """`value` as JSON; `options` are those of pydantic, by alias unless told."""
        return self.adapter.dump_json(value, **{"by_alias": True, **options})

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """The validator of this value alone; made when first asked for, once for equal types."""
        return adapter_of(self.validated_type, spelt(self.validated_type))


@remembered
def adapter_of(type_: Any, spelt: Any) -> TypeAdapter[Any]:
    """The validator of a type, by how it is spelt."""
    return TypeAdapter(type_)


def validated_type(annotation: Any, metadata: Sequence[Any], discriminator: Any) -> Any:
    """A type with its constraints and what tells the members of a union apart."""
    more = [*metadata]
    if discriminator is not None:
        more.append(Field(discriminator=discriminator))
    return Annotated[(annotation, *more)] if more else annotation


@dataclass(eq=False)
class Dependant:
    """A callable, the values it takes from the request, and the callables it needs.

    Attributes named `…_param_name` say under which keyword a callable takes the request itself
    and the like, `None` where it does not.
    """

    path_params: list[Parameter] = field(default_factory=list)
    query_params: list[Parameter] = field(default_factory=list)
    header_params: list[Parameter] = field(default_factory=list)
    cookie_params: list[Parameter] = field(default_factory=list)
    body_params: list[Parameter] = field(default_factory=list)
    dependencies: list[Dependant] = field(default_factory=list)
    name: str | None = None
    call: Callable[..., Any] | None = None
    request_param_name: str | None = None
    websocket_param_name: str | None = None
    http_connection_param_name: str | None = None
    response_param_name: str | None = None
    background_tasks_param_name: str | None = None
    security_scopes_param_name: str | None = None
    own_oauth_scopes: list[str] | None = None
    parent_oauth_scopes: list[str] | None = None
    use_cache: bool = True
    path: str | None = None
    scope: Literal["function", "request"] | None = None
    concurrency: ConcurrencyLimit | None = None

    @cached_property
    def oauth_scopes(self) -> list[str]:
        """The scopes asked for here and by all who need this, outermost first, each once."""
        scopes = dict.fromkeys(self.parent_oauth_scopes or ())
        scopes.update(dict.fromkeys(self.own_oauth_scopes or ()))
        return list(scopes)

    @cached_property
    def cache_key(self) -> DependencyCacheKey:
        """What two needs must share to be met by one call."""
        scopes = tuple(sorted(self.oauth_scopes)) if self.uses_scopes else ()
        return self.call, scopes, self.computed_scope or ""

    @cached_property
    def uses_scopes(self) -> bool:
        """Whether the scopes asked for can change what this callable does."""
        return (
            self.security_scopes_param_name is not None
            or self.is_security_scheme
            or any(needed.uses_scopes for needed in self.dependencies)
        )

    @cached_property
    def is_security_scheme(self) -> bool:
        """Whether the callable is a security scheme, documented as one."""
        return isinstance(unwrap(self.call), SecurityBase)

    @property
    def security_scheme(self) -> SecurityBase:
        """The scheme itself; only where `is_security_scheme`."""
        scheme = unwrap(self.call)
        assert isinstance(scheme, SecurityBase)
        return scheme

    @property
    def security_dependencies(self) -> list[Dependant]:
        """The security schemes among the callables needed here, not deeper."""
        return [needed for needed in self.dependencies if needed.is_security_scheme]

    @cached_property
    def is_gen_callable(self) -> bool:
        """Whether the callable is a generator function."""
        return is_generator(self.call)

    @cached_property
    def is_async_gen_callable(self) -> bool:
        """Whether the callable is an asynchronous generator function."""
        return is_async_generator(self.call)

    @cached_property
    def is_coroutine_callable(self) -> bool:
        """Whether the callable gives a coroutine."""
        return is_async_callable(self.call)

    @cached_property
    def computed_scope(self) -> str | None:
        """When the clean-up of a generator runs: as told, else after the response."""
        if self.scope:
            return self.scope
        return "request" if self.is_gen_callable or self.is_async_gen_callable else None

    def parameters(self) -> Iterator[Parameter]:
        """The callable's own parameters, in the order in which errors are listed."""
        yield from self.path_params
        yield from self.query_params
        yield from self.header_params
        yield from self.cookie_params
        yield from self.body_params

    def walk(self) -> Iterator[Dependant]:
        """This and all it needs, each place once, callables before what they need."""
        yield self
        for needed in self.dependencies:
            yield from needed.walk()

    def flat(self, source: Source) -> list[Parameter]:
        """The parameters from `source`, of this and of all it needs."""
        return [
            parameter
            for dependant in self.walk()
            for parameter in getattr(dependant, f"{source}_params")
        ]
