"""The calls of one operation in order, with where each takes its arguments from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pydantic import ValidationError

from fastapi_lite.dependencies.body import BodyShape, compile_body
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.diagnosis import Diagnosis, Node
from fastapi_lite.dependencies.extraction import Reader, compile_readers
from fastapi_lite.dependencies.graph import get_dependant
from fastapi_lite.dependencies.models import Dependant, Parameter
from fastapi_lite.dependencies.payload import (
    ReadBody,
    TakeBody,
    compile_body_reader,
    compile_direct_body,
    write_taking,
)
from fastapi_lite.dependencies.slots import Raw, Slot
from fastapi_lite.dependencies.source import Source
from fastapi_lite.dependencies.steps import (
    RESULT,
    Kind,
    Step,
    Values,
    kind_of,
    parts_of,
    write_call,
    write_step,
)
from fastapi_lite.dependencies.validation import Refused, Validate, compile_validator
from fastapi_lite.params import SecurityScopes
from fastapi_lite.types import DependencyCacheKey

Overrides: TypeAlias = Mapping[Callable[..., Any], Callable[..., Any]]
Run: TypeAlias = Callable[[Call], Awaitable[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How one operation is served, up to the result of its endpoint."""

    run: Run
    """What the endpoint returns for a request.

    Raises `RequestValidationError` or `WebSocketRequestValidationError` with all errors, after
    the dependencies have run whose own parameters are good.
    """
    needs_cleanup: bool
    """Whether generators are left open, or a form, when the endpoint returns."""
    has_dependencies: bool
    """Whether there is something that could be overridden."""
    solve: Run
    """The arguments of the endpoint, by name, which is not called; raises as `run` does."""
    bare: Callable[[], Awaitable[Any]] | None = None
    """The endpoint itself where it takes nothing and needs nothing."""


def compile_plan(
    dependant: Dependant, *, overrides: Overrides | None = None, **body_options: Any
) -> Plan:
    """The plan of an operation; with `overrides`, other callables in place of dependencies.

    `body_options`: `strict_content_type` and `form_limits`.
    """
    builder = PlanBuilder(overrides or {})
    root = builder.place(dependant, is_root=True)
    slots = builder.slots
    in_body = [slot for slot in slots if slot.parameter.source == "body"]
    body = compile_body(builder.effective(dependant))
    read_body = compile_body_reader(body, in_body, **body_options) if body is not None else None
    direct = compile_direct_body(body, in_body, **body_options)
    readers = compile_readers([slot for slot in slots if slot not in in_body])
    diagnosis = Diagnosis(root, body, readers, read_body, builder.prepare)
    validate = compile_validator(slots, valid=() if direct is None else in_body)
    takes_only_body = direct is not None and len(in_body) == len(slots) and not builder.steps
    takes_no_json = not builder.steps and (body is None or body.is_form)

    async def run_diagnosed(call: Call, error: Any = None, raw: Raw | None = None) -> Any:
        if raw is not None:  # which `error` is about, not the body alone
            if takes_no_json:
                diagnosis.refuse_values(call, error, raw)
            error = None
        elif error is not None and takes_only_body:
            diagnosis.refuse_body(call, error)
        values = await diagnosis.run(call, error if isinstance(error, ValidationError) else None)
        await root.step.run(values, call)
        return values[RESULT]

    async def solve(call: Call) -> Values:
        values = await diagnosis.run(call)
        return {name: values[at] for name, at in root.step.arguments}

    run = write_run(builder, root.step, readers, read_body, direct, validate, run_diagnosed)
    is_left = is_left_open(body, builder.steps)
    takes_nothing = not (root.step.arguments or builder.steps or readers or body)
    is_bare = takes_nothing and root.step.is_written
    return Plan(run, is_left, bool(builder.steps), solve, root.step.call if is_bare else None)


def write_run(
    builder: PlanBuilder,
    last: Step,
    readers: Sequence[Reader],
    read_body: ReadBody | None,
    take_body: TakeBody | None,
    validate: Validate | None,
    run_diagnosed: Callable[..., Awaitable[Any]],
) -> Run:
    """The function that reads, validates and calls: with a line for what the operation needs.

    Unless it waits before the last call, what that gives is returned, to be awaited by others: a
    coroutine less.
    """
    waits = read_body is not None or bool(builder.steps) or not last.is_written
    source = Source("async def run(call):" if waits else "def run(call):")
    give = "return await" if waits else "return"
    source.names |= {"run_diagnosed": run_diagnosed, "FAILURES": (ValidationError, Refused)}
    source.add("values = {}")
    if readers or read_body is not None:
        source.add("try:")
        source.add(*[f"    {source.name('read', read)}(call.scope, values)" for read in readers])
        if take_body is not None:
            write_taking(source, take_body)
        elif read_body is not None:
            source.add(f"    await {source.name('read_body', read_body)}(call, values)")
        source.add("except FAILURES as error:", f"    {give} run_diagnosed(call, error)")
    if validate is not None:
        validated = f"{source.name('validate', validate)}(values, from_attributes=True)"
        source.add("try:", f"    values = {validated}")
        source.add("except FAILURES as error:", f"    {give} run_diagnosed(call, error, values)")
    else:
        for slot in builder.slots:
            if slot.is_needed and slot.parameter.source != "body":
                source.add(f"if {slot.key!r} not in values:", f"    {give} run_diagnosed(call)")
    for key, default in builder.constants.items():
        source.add(
            f"if {key!r} not in values:", f"    values[{key!r}] = {source.name('default', default)}"
        )
    if builder.factories or builder.specials:
        source.add(f"{source.name('prepare', builder.prepare)}(call, values)")
    parts = [*parts_of([*builder.steps, last])]
    # What runs more than a call looks for results among the values.
    is_all_written = all(isinstance(part, Step) for part in parts)
    local = [step.key for step in builder.steps] if is_all_written else []
    for part in parts:
        if part is last:
            source.add(f"{give} {write_call(source, last, local)}")
        elif isinstance(part, Step):
            write_step(source, part, local)
        else:
            source.add(f"await {source.name('run', part)}(values, call)")
    if parts[-1] is not last:
        source.add(f"return values[{RESULT!r}]")
    run: Run = source.compile()
    return run


def is_left_open(body: BodyShape | None, steps: Iterable[Step]) -> bool:
    """Whether there is something to close after the endpoint: a form, or generators."""
    generators = (Kind.GENERATOR, Kind.ASYNC_GENERATOR)
    return (body is not None and body.is_form) or any(step.kind in generators for step in steps)


SPECIALS: Mapping[str, tuple[str, Callable[[Call], Any]]] = {
    "request_param_name": ("request", lambda call: call.connection_if("http")),
    "websocket_param_name": ("websocket", lambda call: call.connection_if("websocket")),
    "http_connection_param_name": ("connection", lambda call: call.connection),
    "response_param_name": ("response", lambda call: call.response),
    "background_tasks_param_name": ("tasks", lambda call: call.tasks),
}


@dataclass(slots=True)
class PlanBuilder:
    """Collects steps, slots and defaults while it walks the tree of a dependant."""

    overrides: Overrides
    steps: list[Step] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
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
            dependant.concurrency,
        )
        node = Node(step, slots, needs)
        if not is_root:
            self.steps.append(step)
            self.shared.setdefault(dependant.cache_key, node)
        return node

    def prepare(self, call: Call, values: Values) -> None:
        """Add the defaults that are made anew, and what the framework gives."""
        for key, make in self.factories.items():
            if key not in values:
                values[key] = make()
        for key, give in self.specials.items():
            values[key] = give(call)

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

    def slot(self, parameter: Parameter) -> Slot:
        """A slot for `parameter`, with its default if it has one."""
        slot = Slot(f"p{len(self.slots)}", parameter)
        self.slots.append(slot)
        if not slot.is_needed:
            if parameter.has_constant_default:
                self.constants[slot.key] = parameter.default
            else:
                self.factories[slot.key] = parameter.get_default
        return slot

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
