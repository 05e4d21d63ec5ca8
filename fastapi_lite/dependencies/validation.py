"""All the parameters of a plan in one validator; one by one only to say what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NotRequired, TypeAlias

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from fastapi_lite.dependencies.slots import Raw, Slot
from fastapi_lite.dependencies.taking import sent_name

Validate: TypeAlias = Callable[[Raw], dict[str, Any]]
ErrorDetails: TypeAlias = dict[str, Any]


def compile_validator(slots: Sequence[Slot]) -> Validate | None:
    """The validator of all slots at once, `None` where any text will do.

    It gives the values by slot, without those that the request did not carry, and raises
    pydantic's `ValidationError`, from which nothing is read: `validate_slot` finds the errors.
    """
    checked = [slot for slot in slots if not slot.is_text]
    if not checked:
        return None
    fields: dict[str, Any] = {
        slot.key: slot.parameter.validated_type
        if slot.is_needed
        else NotRequired[slot.parameter.validated_type]
        for slot in checked
    }
    validator = TypeAdapter(TypedDict("Values", fields)).validator  # type: ignore[operator]  # made from data
    validate = validator.validate_python

    def validate_all(raw: Raw) -> dict[str, Any]:
        found: dict[str, Any] = validate(raw, from_attributes=True)
        return found

    return validate_all


def validate_slot(
    slot: Slot, location: Sequence[str], raw: Raw, values: dict[str, Any]
) -> list[ErrorDetails]:
    """Put the value of one slot, or its default, among `values`; the errors if there are any."""
    parameter = slot.parameter
    if slot.key not in raw:
        if parameter.required:
            return [missing(location)]
        values[slot.key] = parameter.get_default()
        if not parameter.field_info.validate_default:
            return []
        raw = {slot.key: values[slot.key]}
    if slot.is_text:
        values[slot.key] = raw[slot.key]
        return []
    try:
        values[slot.key] = parameter.adapter.validator.validate_python(
            raw[slot.key], from_attributes=True
        )
    except ValidationError as error:
        errors = relocate(error, location)
        return rename_headers(slot, errors) if parameter.source == "header" else errors
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
    return [
        {**details, "loc": (*location, *details["loc"])}
        for details in error.errors(include_url=False)
    ]
