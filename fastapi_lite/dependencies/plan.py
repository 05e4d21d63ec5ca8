"""The calls of one operation in order, with where each takes its arguments from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import groupby
from typing import Any, TypeAlias

from pydantic import ValidationError

from fastapi_lite.concurrency import run_in_threadpool
from fastapi_lite.dependencies.body import BodyShape, compile_body
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.extraction import Raw, Reader, Slot, compile_readers
from fastapi_lite.dependencies.graph import get_dependant
from fastapi_lite.dependencies.models import Dependant
from fastapi_lite.dependencies.payload import REFUSED, ReadBody, compile_body_reader
from fastapi_lite.dependencies.validation import (
    ErrorDetails,
    Validate,
    compile_validator,
    missing,
    validate_slot,
)
from fastapi_lite.exceptions import RequestValidationError, WebSocketRequestValidationError
from fastapi_lite.security.oauth2 import SecurityScopes
from fastapi_lite.types import DependencyCacheKey

Values: TypeAlias = dict[str, Any]
"""What is known in a request: values of parameters, results of calls, objects asked for."""

Overrides: TypeAlias = Mapping[Callable[..., Any], Callable[..., Any]]


class Kind(Enum):
    """How a callable is called."""

    ASYNC = auto()
    SYNC = auto()
    ASYNC_GENERATOR = auto()
    GENERATOR = auto()
    STREAM = auto()
    """An endpoint that yields: calling it runs nothing yet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One call: its arguments as keywords and keys of `Values`, and the key of its result."""

    call: Callable[..., Any]
    kind: Kind
    arguments: tuple[tuple[str, str], ...]
    key: str
    cleans_up_before_sending: bool

    @property
    def runs_in_thread(self) -> bool:
        """Whether the call could block the event loop."""
        return self.kind in (Kind.SYNC, Kind.GENERATOR)


@dataclass(frozen=True, slots=True)
class Node:
    """A step with what it takes from the request and the nodes it needs, to say what is wrong."""

    step: Step
    slots: tuple[Slot, ...]
    needs: tuple[Node, ...]


Unit: TypeAlias = tuple[Callable[..., Awaitable[Any]] | None, Any, str, Any]
"""An async function to call directly, or a function that runs one or more steps."""

SPECIALS: Mapping[str, tuple[str, Callable[[Call], Any]]] = {
    "request_param_name": ("connection", lambda call: call.connection),
    "websocket_param_name": ("connection", lambda call: call.connection),
    "http_connection_param_name": ("connection", lambda call: call.connection),
    "response_param_name": ("response", lambda call: call.response),
    "background_tasks_param_name": ("tasks", lambda call: call.tasks),
}


@dataclass(slots=True)
class Plan:
    """How one operation is served, up to the result of its endpoint."""

    root: Node
    dependant: Dependant
    body: BodyShape | None
    needs_cleanup: bool
    """Whether generators are left open, or a form, when the endpoint returns."""
    _readers: tuple[Reader, ...]
    _read_body: ReadBody | None
    _validate: Validate | None
    _constants: Values
    _factories: tuple[tuple[str, Callable[[], Any]], ...]
    _specials: tuple[tuple[str, Callable[[Call], Any]], ...]
    _units: tuple[Unit, ...]

    async def run(self, call: Call) -> Any:
        """What the endpoint returns for this request.

        Raises `RequestValidationError` or `WebSocketRequestValidationError` with all errors,
        after the dependencies have run whose own parameters are good.
        """
        raw: Raw = {}
        for read in self._readers:
            read(call.scope, raw)
        body = await self._read_body(call, raw) if self._read_body is not None else None
        values: Values = {**self._constants, **raw}
        if self._validate is not None:
            try:
                values.update(self._validate(raw))
            except ValidationError:
                return await self.run_slowly(call, raw, body)
            if REFUSED in raw:
                return await self.run_slowly(call, raw, body)
        self.complete(call, values)
        for function, arguments, key, run in self._units:
            if function is not None:
                values[key] = await function(**{name: values[at] for name, at in arguments})
            else:
                await run(values, call)
        return values[RESULT]

    def complete(self, call: Call, values: Values) -> None:
        """Add the defaults that are made anew, and what the framework gives."""
        for key, make in self._factories:
            if key not in values:
                values[key] = make()
        for key, give in self._specials:
            values[key] = give(call)

    async def run_slowly(self, call: Call, raw: Raw, body: Any) -> Any:
        """Validate parameter by parameter, run what can run, and say all that is wrong."""
        values = dict(self._constants)
        self.complete(call, values)
        done: set[str] = set()
        errors = await self._solve(self.root, call, raw, values, done)
        if not errors:
            await run_step(self.root.step, values, call)
            return values[RESULT]
        if call.scope["type"] == "websocket":
            raise WebSocketRequestValidationError(errors)
        raise RequestValidationError(errors, body=body)

    async def _solve(
        self, node: Node, call: Call, raw: Raw, values: Values, done: set[str]
    ) -> list[ErrorDetails]:
        errors: list[ErrorDetails] = []
        for needed in node.needs:
            found = await self._solve(needed, call, raw, values, done)
            errors += found
            if not found and needed.step.key not in done:
                await run_step(needed.step, values, call)
                done.add(needed.step.key)
        for slot in node.slots:
            location = self.locate(slot)
            if REFUSED in raw and slot.parameter.source == "body":
                errors.append(missing(location))
            else:
                errors += validate_slot(slot, location, raw, values)
        return errors

    def locate(self, slot: Slot) -> tuple[str, ...]:
        """Where a slot's value stands in the request, as errors show it."""
        parameter = slot.parameter
        is_whole = (
            self.body is not None and not self.body.embed
            if parameter.source == "body"
            else slot.is_model
        )
        if is_whole:
            return (parameter.source,)
        return (parameter.source, parameter.validation_alias)


RESULT = "result"


def compile_plan(
    dependant: Dependant,
    *,
    overrides: Overrides | None = None,
    strict_content_type: bool = True,
    form_limits: Mapping[str, Any] | None = None,
    max_body_size: int | None = None,
) -> Plan:
    """The plan of an operation; with `overrides`, other callables in place of dependencies."""
    builder = PlanBuilder(overrides or {})
    root = builder.place(dependant, is_root=True)
    slots = list(builder.slots.values())
    body_slots = [slot for slot in slots if slot.parameter.source == "body"]
    body = compile_body(builder.effective(dependant))
    read = (
        compile_body_reader(
            body,
            body_slots,
            strict_content_type=strict_content_type,
            form_limits=form_limits,
            max_body_size=max_body_size,
        )
        if body is not None
        else None
    )
    return Plan(
        root=root,
        dependant=dependant,
        body=body,
        needs_cleanup=(body is not None and body.is_form)
        or any(step.kind in (Kind.GENERATOR, Kind.ASYNC_GENERATOR) for step in builder.steps),
        _readers=compile_readers(slots),
        _read_body=read,
        _validate=compile_validator(slots),
        _constants=builder.constants,
        _factories=tuple(builder.factories.items()),
        _specials=tuple(builder.specials.items()),
        _units=tuple(compile_units([*builder.steps, root.step])),
    )


@dataclass(slots=True)
class PlanBuilder:
    """Collects steps, slots and defaults while it walks the tree of a dependant."""

    overrides: Overrides
    steps: list[Step] = field(default_factory=list)
    slots: dict[int, Slot] = field(default_factory=dict)
    constants: Values = field(default_factory=dict)
    factories: dict[str, Callable[[], Any]] = field(default_factory=dict)
    specials: dict[str, Callable[[Call], Any]] = field(default_factory=dict)
    shared: dict[DependencyCacheKey, Node] = field(default_factory=dict)
    replaced: dict[int, Dependant] = field(default_factory=dict)

    def place(self, dependant: Dependant, *, is_root: bool = False) -> Node:
        """The node of `dependant`, one for all who share its result, its steps in order."""
        effective = dependant if is_root else self.replace(dependant)
        needs = tuple(self.place(needed) for needed in effective.dependencies)
        if not is_root and dependant.use_cache and dependant.cache_key in self.shared:
            return self.shared[dependant.cache_key]
        slots = tuple(self.slot(parameter) for parameter in effective.parameters())
        arguments = [(slot.parameter.name, slot.key) for slot in slots]
        arguments += [
            (needed.name, node.step.key)
            for needed, node in zip(effective.dependencies, needs, strict=True)
            if needed.name is not None
        ]
        arguments += self.special_arguments(effective)
        assert effective.call is not None
        step = Step(
            effective.call,
            kind_of(effective, is_root=is_root),
            tuple(arguments),
            RESULT if is_root else f"r{len(self.steps)}",
            effective.computed_scope == "function",
        )
        node = Node(step, slots, needs)
        if not is_root:
            self.steps.append(step)
            self.shared.setdefault(dependant.cache_key, node)
        return node

    def replace(self, dependant: Dependant) -> Dependant:
        """The dependant to call instead, if its callable is overridden."""
        assert dependant.call is not None
        if dependant.call not in self.overrides:
            return dependant
        if id(dependant) not in self.replaced:
            self.replaced[id(dependant)] = get_dependant(
                path=dependant.path or "",
                call=self.overrides[dependant.call],
                name=dependant.name,
                own_oauth_scopes=dependant.own_oauth_scopes,
                parent_oauth_scopes=dependant.parent_oauth_scopes,
                use_cache=dependant.use_cache,
                scope=dependant.scope,
            )
        return self.replaced[id(dependant)]

    def effective(self, dependant: Dependant, *, is_root: bool = True) -> Dependant:
        """The tree with overrides in place, as far as the body is concerned."""
        if not self.replaced:
            return dependant
        here = dependant if is_root else self.replace(dependant)
        return Dependant(
            body_params=here.body_params,
            dependencies=[self.effective(one, is_root=False) for one in here.dependencies],
        )

    def slot(self, parameter: Any) -> Slot:
        """The slot of `parameter`, with its default if it has one."""
        if id(parameter) not in self.slots:
            slot = self.slots[id(parameter)] = Slot(f"p{len(self.slots)}", parameter)
            if not parameter.required:
                if parameter.field_info.validate_default:
                    self.factories[slot.key] = lambda: parameter.adapter.validate_python(
                        parameter.get_default(), from_attributes=True
                    )
                elif parameter.has_constant_default:
                    self.constants[slot.key] = parameter.default
                else:
                    self.factories[slot.key] = parameter.get_default
        return self.slots[id(parameter)]

    def special_arguments(self, dependant: Dependant) -> Iterable[tuple[str, str]]:
        """The keywords under which the callable takes what the framework gives."""
        for attribute, (key, give) in SPECIALS.items():
            name = getattr(dependant, attribute)
            if name is not None:
                self.specials[key] = give
                yield name, key
        if dependant.security_scopes_param_name is not None:
            key = f"s{len(self.factories)}"
            scopes = dependant.oauth_scopes
            self.factories[key] = lambda: SecurityScopes(scopes=list(scopes))
            yield dependant.security_scopes_param_name, key


def kind_of(dependant: Dependant, *, is_root: bool) -> Kind:
    """How the callable of `dependant` is called."""
    if is_root and (dependant.is_gen_callable or dependant.is_async_gen_callable):
        return Kind.STREAM
    if dependant.is_async_gen_callable:
        return Kind.ASYNC_GENERATOR
    if dependant.is_gen_callable:
        return Kind.GENERATOR
    return Kind.ASYNC if dependant.is_coroutine_callable else Kind.SYNC


def compile_units(steps: Sequence[Step]) -> Iterable[Unit]:
    """The steps in order, those in a row that need a thread sharing one."""
    for in_thread, row in groupby(steps, lambda step: step.runs_in_thread):
        if in_thread:
            yield None, None, "", compile_thread(tuple(row))
            continue
        for step in row:
            if step.kind is Kind.ASYNC:
                yield step.call, step.arguments, step.key, None
            elif step.kind is Kind.STREAM:
                yield None, None, "", compile_stream(step)
            else:
                yield None, None, "", compile_async_generator(step)


RunSteps: TypeAlias = Callable[[Values, Call], Awaitable[None]]


def compile_stream(step: Step) -> RunSteps:
    """Make the iterator that an endpoint gives which yields."""

    async def make(values: Values, call: Call) -> None:
        values[step.key] = step.call(**{name: values[at] for name, at in step.arguments})

    return make


def compile_async_generator(step: Step) -> RunSteps:
    """Run an asynchronous generator up to its `yield`."""

    async def enter(values: Values, call: Call) -> None:
        generator = step.call(**{name: values[at] for name, at in step.arguments})
        try:
            values[step.key] = await anext(generator)
        except StopAsyncIteration:
            raise RuntimeError(NEVER_YIELDED) from None
        exits = call.function_exits if step.cleans_up_before_sending else call.request_exits
        exits.append(generator)

    return enter


def compile_thread(steps: tuple[Step, ...]) -> RunSteps:
    """Run synchronous steps one after the other in one thread."""

    def run_all(values: Values, call: Call) -> None:
        for step in steps:
            result = step.call(**{name: values[at] for name, at in step.arguments})
            if step.kind is Kind.GENERATOR:
                generator = result
                try:
                    result = next(generator)
                except StopIteration:
                    raise RuntimeError(NEVER_YIELDED) from None
                exits = call.function_exits if step.cleans_up_before_sending else call.request_exits
                exits.append(generator)
            values[step.key] = result

    async def run_in_thread(values: Values, call: Call) -> None:
        await run_in_threadpool(run_all, values, call)

    return run_in_thread


async def run_step(step: Step, values: Values, call: Call) -> None:
    """Run one step by itself."""
    for function, arguments, key, run in compile_units([step]):
        if function is not None:
            values[key] = await function(**{name: values[at] for name, at in arguments})
        else:
            await run(values, call)


NEVER_YIELDED = "A generator dependency did not yield; it must yield once."
