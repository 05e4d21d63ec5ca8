"""How parameters take their values from names with what was sent under them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError

from fastapi_lite.dependencies.annotations import is_sequence, is_union
from fastapi_lite.dependencies.slots import Choice, Raw, Slot, choices_of
from fastapi_lite.params import Form

Found: TypeAlias = Mapping[str, Any]
"""What a source carries, by name."""

Taker: TypeAlias = Callable[[Found, Raw], None]
"""Puts a slot's part of what was found into `Raw`."""

Pick: TypeAlias = Callable[[Any, bool], Any]
"""Chooses of what was sent under a name: all of it where that is asked for, else one value."""


def last_of(values: Sequence[Any], whole: bool) -> Any:
    """Of a repeated name the last value; for a list all."""
    return list(values) if whole else values[-1]


def first_of(values: Sequence[Any], whole: bool) -> Any:
    """Of a repeated name the first value; for a list all."""
    return list(values) if whole else values[0]


def only_one(value: Any, whole: bool) -> Any:
    """The value where a name has one, as cookies and keys of JSON objects do."""
    return value


def compile_takers(
    slots: Sequence[Slot], pick: Pick, spell: Callable[[str], str] = str
) -> list[Taker]:
    """The functions that take each slot's value; `spell` gives a name as the source spells it."""
    readings = {slot.key: readings_of(slot, spell) for slot in slots if slot.is_model}
    asked = {
        slot.key: {field.sent for field in readings[slot.key][0]}
        if slot.is_model
        else {spell(name) for name, _ in slot.choices}
        for slot in slots
    }

    def compile_slot(slot: Slot) -> Taker:
        if not slot.is_model:
            return compile_taker(slot, pick, spell)
        others = frozenset[str]().union(*(names for key, names in asked.items() if key != slot.key))
        takers = [compile_model_taker(slot, fields, others, pick) for fields in readings[slot.key]]
        return takers[0] if len(takers) == 1 else compile_union_taker(slot, takers)

    return [compile_slot(slot) for slot in slots]


def compile_taker(slot: Slot, pick: Pick, spell: Callable[[str], str] = str) -> Taker:
    """Take one value, or all for a sequence, by the first of its names that was sent."""
    key, name_key, repeated = slot.key, slot.name_key, slot.repeated
    names = [(spell(name), name, path) for name, path in slot.choices]
    if len(names) == 1:
        ((only, _, _),) = names

        def take_one(found: Found, raw: Raw) -> None:
            if only in found:
                raw[key] = pick(found[only], repeated)

        return take_one

    def take(found: Found, raw: Raw) -> None:
        for sent, name, path in names:
            if sent in found:
                try:
                    raw[key] = follow(path, pick(found[sent], repeated or bool(path)))
                except LookupError:
                    continue
                raw[name_key] = name
                return

    return take


def follow(path: Sequence[Any], value: Any) -> Any:
    """What `path` leads to in `value`. Raises `LookupError` where it leads to nothing."""
    for part in path:
        if not isinstance(value, dict if isinstance(part, str) else list):
            raise LookupError(part)
        value = value[part]
    return value


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of a model as a parameter of its own."""

    key: str
    """The name that the model reads it by."""
    sent: str
    """The name in the request."""
    whole: bool
    """Whether its value is all that was sent under the name."""


def fields_of_model(
    slot: Slot, model: type[BaseModel], spell: Callable[[str], str]
) -> Iterator[Field]:
    """The fields of one of the slot's models."""
    for name, info in model.model_fields.items():
        is_list = is_sequence(info.rebuild_annotation())
        for key, path in field_names(model, name):
            sent = spell(sent_name(slot, key, is_alias=key != name))
            yield Field(key, sent, whole=is_list or bool(path))


def readings_of(slot: Slot, spell: Callable[[str], str]) -> list[Collection[Field]]:
    """The ways to read the slot's models: one for each where a name is a list in one of them alone."""
    by_model = [
        {field.key: field for field in fields_of_model(slot, model, spell)} for model in slot.models
    ]
    together = {key: field for fields in by_model for key, field in fields.items()}
    if all(
        field.whole == together[key].whole for fields in by_model for key, field in fields.items()
    ):
        return [together.values()]
    return [(together | fields).values() for fields in by_model]


def field_names(model: type[BaseModel], name: str) -> list[Choice]:
    """The names by which `model` reads its field `name`, as its configuration says."""
    info, config = model.model_fields[name], model.model_config
    alias = info.validation_alias or info.alias
    by_alias = config.get("validate_by_alias", True) is not False
    by_name = config.get("validate_by_name") or config.get("populate_by_name")
    names = choices_of(alias) if alias is not None and by_alias else []
    if by_name or not names:
        names.append((name, ()))
    return names


def sent_name(slot: Slot, key: str, *, is_alias: bool) -> str:
    """The name in the request of a model's field: an alias as it is, else as the slot spells."""
    return key.replace("_", "-") if slot.hyphenates and not is_alias else key


def compile_model_taker(
    slot: Slot, fields: Collection[Field], others: frozenset[str], pick: Pick
) -> Taker:
    """Take the values of a model's fields, and what nobody asks for, which a model may refuse."""
    key = slot.key
    # A header `a_b` is not the field `a_b`, which is sent as `a-b`, and is nobody else's either.
    asked = frozenset(name for field in fields for name in (field.sent, field.key.lower()))
    extras = {model.model_config.get("extra") for model in slot.models}
    counts_extras = not extras.isdisjoint(("forbid", "allow"))
    # What another parameter asks for is nothing that a model should refuse.
    passed_over = asked | others if "forbid" in extras else asked
    may_be_absent = not slot.parameter.required or is_optional(slot)
    is_form = isinstance(slot.parameter.field_info, Form)

    def take(found: Found, raw: Raw) -> None:
        values = {
            field.key: pick(found[field.sent], field.whole)
            for field in fields
            if field.sent in found
        }
        is_there = bool(values)
        if is_form:
            values = {name: value for name, value in values.items() if value != ""}
        for name, sent in found.items():
            if name not in passed_over:
                values[name] = unpack(sent)
                is_there = is_there or counts_extras
        if is_there or not may_be_absent:
            raw[key] = values

    return take


def compile_union_taker(slot: Slot, takers: Sequence[Taker]) -> Taker:
    """Take the values as the first model reads them that they fit, or as the first one does."""
    key, models = slot.key, slot.models

    def take(found: Found, raw: Raw) -> None:
        for model, take_as in zip(models, takers, strict=True):
            read: Raw = {}
            take_as(found, read)
            if key in read and fits(model, read[key]):
                raw[key] = read[key]
                return
        takers[0](found, raw)

    return take


def fits(model: type[BaseModel], values: Any) -> bool:
    """Whether `values` make a `model`."""
    try:
        model.model_validate(values)
    except ValidationError:
        return False
    return True


def is_optional(slot: Slot) -> bool:
    """Whether the slot takes a model or `None`."""
    type_ = slot.parameter.annotation
    return is_union(type_) and type(None) in type_.__args__


def unpack(sent: Any) -> Any:
    """What was sent under a name nobody asks for: several values as a list, one by itself."""
    if not isinstance(sent, list):
        return sent
    return sent[0] if len(sent) == 1 else list(sent)
