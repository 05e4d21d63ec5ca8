"""What is wrong with a request, and which dependencies may run all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from fastapi_lite.dependencies.body import BodyShape
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.extraction import Reader
from fastapi_lite.dependencies.payload import ReadBody, form_of
from fastapi_lite.dependencies.secrets import has_secret, hide_secrets
from fastapi_lite.dependencies.slots import Raw, Slot
from fastapi_lite.dependencies.steps import Step, Values
from fastapi_lite.dependencies.validation import (
    ErrorDetails,
    Locate,
    Refused,
    missing,
    rename_headers,
    validate_slot,
)
from fastapi_lite.exceptions import (
    RequestValidationError,
    ValidationException,
    WebSocketRequestValidationError,
)


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


@dataclass(frozen=True, eq=False)
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

    async def run(self, call: Call, body_error: ValidationError | None = None) -> Values:
        """All values, the endpoint's result not among them.

        `body_error`: what is wrong with the JSON of the body, if that was validated as it is.
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
        known = None if body_error is None else errors_of_body(body_error, body)
        errors = await self._solve(Solution(call, raw, values, refused, known), self.root)
        if not errors:
            return values
        raise self._refusal(call, raw, errors, body)

    def refuse_values(self, call: Call, error: ValidationError, raw: Raw) -> None:
        """As `run` raises it, where no dependency runs, and `error` is of all values at once."""
        errors = errors_of_values(error, self.root.slots, self.locate, raw)
        if errors is not None:
            raise self._refusal(call, raw, errors)

    def _refusal(
        self, call: Call, raw: Raw, errors: list[ErrorDetails], body: Any = None
    ) -> ValidationException:
        if self.secrets:
            hide_secrets(self.secrets, raw, errors)
        if call.scope["type"] == "websocket":
            return WebSocketRequestValidationError(errors)
        return RequestValidationError(errors, body=body if call.form is None else form_of(call))

    def refuse_body(self, call: Call, body_error: Exception) -> None:
        """As `run` raises it, where the body is all there is and what is wrong with it is known."""
        if isinstance(body_error, ValidationError) and not self.secrets and call.body:
            try:
                body = from_json(call.body)
            except ValueError:
                return
            errors = errors_of_body(body_error, body)
            if errors is not None:
                raise RequestValidationError(errors, body=body)

    @cached_property
    def secrets(self) -> list[Slot]:
        """The slots whose values have something in them that no error may repeat."""
        return [slot for slot in self.root.all_slots() if has_secret(slot)]

    async def _solve(self, solution: Solution, node: Node) -> list[ErrorDetails]:
        errors: list[ErrorDetails] = []
        for needed in node.needs:
            found = await self._solve(solution, needed)
            errors += found
            if not found and needed.step.key not in solution.values:
                await needed.step.run(solution.values, solution.call)
        for slot in node.slots:
            in_body = slot.source == "body"
            if in_body and solution.body_errors is not None:
                errors += solution.body_errors
            elif in_body and solution.is_body_refused:
                errors.append(missing(self.locate(slot, solution.raw)))
            else:
                errors += validate_slot(slot, self.locate, solution.raw, solution.values)
        return errors

    def locate(self, slot: Slot, raw: Raw) -> tuple[str, ...]:
        """Where a slot's value stands in the request, as errors show it."""
        source = slot.source
        is_body = source == "body" and self.body is not None and not self.body.embed
        if is_body or slot.is_model:
            return (source,)
        return (source, raw.get(slot.name_key, slot.parameter.validation_alias))


@dataclass(slots=True, eq=False)
class Solution:
    """What is known of a request while it is diagnosed."""

    call: Call
    raw: Raw
    values: Values
    is_body_refused: bool
    body_errors: list[ErrorDetails] | None
    """What is wrong with a body that is one value, where that is known already."""


def errors_of_values(
    error: ValidationError, slots: Sequence[Slot], locate: Locate, raw: Raw
) -> list[ErrorDetails] | None:
    """What `error`, of all the slots at once, says; `None` where of one by one it might say otherwise.

    That is where a validator of the user speaks, which may ask what stands beside its value.
    """
    errors: list[Any] = error.errors(include_url=False)
    by_key = {slot.key: slot for slot in slots}
    for one in errors:
        slot = by_key[one["loc"][0]]
        location = locate(slot, raw)
        if slot.key in raw:
            if one["type"] not in SAID_ANYWHERE:
                return None
            one["loc"] = (*location, *one["loc"][1:])
            if slot.source == "header":
                rename_headers(slot, [one])
        elif slot.is_required:
            one.update(missing(location))
        else:
            return None
    return errors


def errors_of_body(error: ValidationError, body: Any) -> list[ErrorDetails] | None:
    """What `error` says of JSON whose value is `body`; `None` where of that it might say otherwise.

    Of a name that comes twice the value has the last; so an error counts whose input stands there.
    """
    errors: list[Any] = error.errors(include_url=False)
    for one in errors:
        kind, place, given, value = one["type"], one["loc"], one["input"], body
        if kind not in (SAID_ALIKE_OF_TEXT if type(given) is str else SAID_ALIKE):
            return None
        try:
            for part in place:
                value = value[part]
            is_missing = False
        except (LookupError, TypeError):
            is_missing = True
        found = type(value) is type(given) and value == given
        if not found or is_missing != (kind == "missing"):
            return None
        one["loc"] = ("body", *place)
    return errors if len({one["loc"] for one in errors}) == len(errors) else None


SAID_ALIKE = frozenset(
    (
        *("missing", "extra_forbidden", "literal_error", "enum", "value_error", "assertion_error"),
        *("string_type", "string_too_short", "string_too_long", "string_pattern_mismatch"),
        *("int_type", "int_parsing", "int_from_float", "float_type", "float_parsing"),
        *("bool_type", "bool_parsing", "greater_than", "greater_than_equal", "less_than"),
        *("less_than_equal", "multiple_of"),
    )
)
"""The errors whose messages are the same for JSON as for Python; an array is no `list` there."""

SAID_ALIKE_OF_TEXT = SAID_ALIKE | {
    *("datetime_parsing", "datetime_from_date_parsing", "date_from_datetime_parsing"),
    *("date_from_datetime_inexact", "time_parsing", "uuid_parsing", "decimal_parsing"),
}
"""These too where the input is text; of a number such a message depends on its size."""

SAID_ANYWHERE = SAID_ALIKE_OF_TEXT - {"value_error", "assertion_error"}
"""The errors whose messages are the same whatever stands beside the value."""
