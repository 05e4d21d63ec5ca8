"""All the parameters of a plan in one validator; one by one only to say what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NotRequired, TypeAlias

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from fastapi_lite.dependencies.annotations import remembered, spelt
from fastapi_lite.dependencies.slots import Raw, Slot
from fastapi_lite.dependencies.taking import sent_name

Validate: TypeAlias = Callable[..., dict[str, Any]]
ErrorDetails: TypeAlias = dict[str, Any]
Locate: TypeAlias = Callable[[Slot, Raw], tuple[str, ...]]
"""Where a slot's value stands in a request."""


class Refused(Exception):
    """A value is missing; or the body is, or is `without_names` where parameters should be by name."""

    def __init__(self, body: Any = None, *, without_names: bool = False) -> None:
        self.body = body
        self.without_names = without_names


def compile_validator(slots: Sequence[Slot], valid: Collection[Slot] = ()) -> Validate | None:
    """The validator of all slots at once, `None` where any text will do for what is `needed`.

    It is called with `from_attributes`. It gives the values by slot, without those that the
    request did not carry, and raises pydantic's `ValidationError`, which says of some errors
    what `validate_slot` does. What is `valid` already stays as it is.
    """
    unread = [slot for slot in slots if slot not in valid]
    if all(slot.is_text for slot in unread):
        return None
    fields: dict[str, Any] = {slot.key: NotRequired[Any] for slot in valid}
    for slot in unread:
        type_ = Any if slot.is_text else slot.parameter.validated_type
        fields[slot.key] = type_ if slot.is_needed else NotRequired[type_]
    return validator_of(*[(name, type_, spelt(type_)) for name, type_ in fields.items()])


@remembered
def validator_of(*fields: tuple[str, Any, Any]) -> Validate:
    """The validator of fields by name, type, and how that is spelt; one for all who have the same."""
    types = {name: type_ for name, type_, _ in fields}
    validator = TypeAdapter(TypedDict("Values", types)).validator  # type: ignore[operator]  # made from data
    validate: Validate = validator.validate_python
    return validate


def validate_slot(slot: Slot, locate: Locate, raw: Raw, values: Raw) -> list[ErrorDetails]:
    """Put the value of one slot, or its default, among `values`; the errors if there are any."""
    key = slot.key
    sent = raw
    if key not in raw:
        if slot.is_required:
            return [missing(locate(slot, raw))]
        values[key] = slot.parameter.get_default()
        if not slot.parameter.field_info.validate_default:
            return []
        sent = values
    if slot.is_text:
        values[key] = sent[key]
        return []
    try:
        values[key] = slot.validate(sent[key], from_attributes=True)
    except ValidationError as error:
        errors = relocate(error, locate(slot, raw))
        return rename_headers(slot, errors) if slot.source == "header" else errors
    return []


def rename_headers(slot: Slot, errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors of a model of headers with its fields as they are sent: with hyphens."""
    if not slot.hyphenates:
        return errors
    fields = {name for model in slot.models for name in model.model_fields}
    for error in errors:
        source, *rest = error["loc"]
        if rest and rest[0] in fields and error["type"] != "extra_forbidden":
            error["loc"] = (source, sent_name(slot, rest[0], is_alias=False), *rest[1:])
    return errors


def missing(location: Sequence[str]) -> ErrorDetails:
    """The error for a value that a request does not carry."""
    return {"type": "missing", "loc": tuple(location), "msg": "Field required", "input": None}


def relocate(error: ValidationError, location: Sequence[str]) -> list[ErrorDetails]:
    """The errors pydantic found, located below `location`."""
    errors: list[Any] = error.errors(include_url=False)
    for details in errors:
        details["loc"] = (*location, *details["loc"])
    return errors
