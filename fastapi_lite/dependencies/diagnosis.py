"""What is wrong with a request, and which dependencies may run all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastapi_lite.dependencies.body import BodyShape
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.extraction import Reader
from fastapi_lite.dependencies.payload import ReadBody
from fastapi_lite.dependencies.secrets import hide_secrets
from fastapi_lite.dependencies.slots import Raw, Slot
from fastapi_lite.dependencies.steps import Step, Values, run_step
from fastapi_lite.dependencies.validation import ErrorDetails, Refused, missing, validate_slot
from fastapi_lite.exceptions import RequestValidationError, WebSocketRequestValidationError


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A step with what it takes from the request and the nodes it needs, to say what is wrong."""

    step: Step
    slots: tuple[Slot, ...]
    needs: tuple[Node, ...]

    def all_slots(self) -> Iterator[Slot]:
        """The slots of this node and of all it needs."""
        yield from self.slots
        for needed in self.needs:
            yield from needed.all_slots()


@dataclass(frozen=True, slots=True, eq=False)
class Diagnosis:
    """The slow way through a plan, taken when the fast one has met something that does not fit.

    Parameter by parameter it validates, and runs what can run, so that a dependency that refuses
    the request for good comes before the errors, as a 401 before a 422.
    """

    root: Node
    body: BodyShape | None
    readers: tuple[Reader, ...]
    read_body: ReadBody | None
    prepare: Callable[[Call, Values], None]

    async def run(self, call: Call) -> Values:
        """All values, the endpoint's result not among them.

        Raises `RequestValidationError` or `WebSocketRequestValidationError` with all errors.
        """
        raw: Raw = {}
        for read in self.readers:
            read(call.scope, raw)
        body, refused = None, False
        if self.read_body is not None:
            try:
                body = await self.read_body(call, raw)
            except Refused as error:
                body, refused = error.body, error.without_names
        values: Values = {}
        self.prepare(call, values)
        errors = await self._solve(Solution(call, raw, values, refused), self.root)
        if not errors:
            return values
        hide_secrets(self.root.all_slots(), raw, errors)
        if call.scope["type"] == "websocket":
            raise WebSocketRequestValidationError(errors)
        raise RequestValidationError(errors, body=body)

    async def _solve(self, solution: Solution, node: Node) -> list[ErrorDetails]:
        errors: list[ErrorDetails] = []
        for needed in node.needs:
            found = await self._solve(solution, needed)
            errors += found
            if not found and needed.step.key not in solution.values:
                await run_step(needed.step, solution.values, solution.call)
        for slot in node.slots:
            location = self.locate(slot, solution.raw)
            if solution.is_body_refused and slot.parameter.source == "body":
                errors.append(missing(location))
            else:
                errors += validate_slot(slot, location, solution.raw, solution.values)
        return errors

    def locate(self, slot: Slot, raw: Raw) -> tuple[str, ...]:
        """Where a slot's value stands in the request, as errors show it."""
        parameter = slot.parameter
        is_body = parameter.source == "body" and self.body is not None and not self.body.embed
        if is_body or slot.is_model:
            return (parameter.source,)
        return (parameter.source, raw.get(slot.name_key, parameter.validation_alias))


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What is known of a request while it is diagnosed."""

    call: Call
    raw: Raw
    values: Values
    is_body_refused: bool
