"""A body is validated as JSON only where that gives what validating the parsed value gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, create_model
from pydantic_core import from_json

from fastapi_lite.dependencies.annotations import is_same_in_json
from fastapi_lite.dependencies.diagnosis import errors_of_body
from fastapi_lite.dependencies.validation import relocate

SCALARS: tuple[Any, ...] = (
    *(str, int, float, bool, Any, datetime, date, time, UUID),
    *(Literal["a", "1"], int | None),
)
TEXTS = ("", "a", "1", "1.5", "true", "null", "2020-01-01", "2020-01-01T10:00:00Z", "12:30")
UUID_TEXT = "6f0d0e5c-0b0e-4b0e-8b0e-6f0d0e5c0b0e"
NUMBERS = ("0", "-0.0", "1", "1.0", "1.5", "1e5", "1e400", "NaN", "1577836800", "9" * 30)


def collections_of(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = st.dictionaries(st.sampled_from("ab"), st.tuples(inner, st.booleans()), max_size=2)
    return st.one_of(
        inner.map(lambda one: list[one]),
        inner.map(lambda one: dict[str, one]),
        inner.map(lambda one: tuple[one, ...]),
        fields.map(model_of),
    )


def model_of(fields: dict[str, tuple[Any, bool]]) -> type[BaseModel]:
    declared: Any = {
        name: (kind, Field(default=None) if optional else Field(alias=name.upper()))
        for name, (kind, optional) in fields.items()
    }
    return create_model("Model", **declared)


def containers_of(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.tuples(st.sampled_from(["a", "A", "b", "B", "c"]), inner)
    return st.one_of(
        st.lists(inner, max_size=3).map(lambda all_: f"[{','.join(all_)}]"),
        st.lists(items, max_size=4).map(  # names may come twice
            lambda all_: f"{{{','.join(f'{json.dumps(name)}:{value}' for name, value in all_)}}}"
        ),
    )


types = st.recursive(st.sampled_from(SCALARS), collections_of, max_leaves=4)
texts = st.recursive(
    st.sampled_from([*map(json.dumps, (*TEXTS, UUID_TEXT)), *NUMBERS, "true", "null"]),
    containers_of,
    max_leaves=6,
)


@settings(max_examples=500, deadline=None)
@given(types, texts)
def test_json_that_is_accepted_gives_the_same_value(type_: Any, text: str) -> None:
    assert is_same_in_json(type_)
    validator = TypeAdapter(type_).validator
    try:
        value = validator.validate_json(text)
    except ValidationError:
        return  # parsed and validated once more, to say what is wrong
    assert repr(validator.validate_python(from_json(text), from_attributes=True)) == repr(value)


CONSTRAINED: tuple[Any, ...] = (
    *(Annotated[str, Field(min_length=2, max_length=3)], Annotated[str, Field(pattern="^a$")]),
    *(Annotated[int, Field(gt=1, multiple_of=2)], Annotated[float, Field(ge=1.2, lt=2)]),
    *(Decimal, time, Annotated[int, Field(ge=1, le=3)], Annotated[datetime, Field()]),
)


@example(dict[str, tuple[int, ...]], '{"a":[],"A":[""],"a":[""]}')
@settings(max_examples=300, deadline=None)
@given(st.recursive(st.sampled_from(SCALARS + CONSTRAINED), collections_of, max_leaves=4), texts)
def test_what_is_wrong_with_json_is_told_as_of_the_parsed_value(type_: Any, text: str) -> None:
    validator = TypeAdapter(type_).validator
    body = from_json(text)
    as_json = refusal(validator.validate_json, text.encode())
    known = None if as_json is None else errors_of_body(as_json, body)
    if known is not None:
        as_parsed = refusal(validator.validate_python, body)
        assert as_parsed is not None
        # A name that comes twice stands where it came first once parsed: the order may be another.
        assert sorted(map(repr, known)) == sorted(map(repr, relocate(as_parsed, ("body",))))


def test_name_that_comes_twice_is_judged_by_its_last_value() -> None:
    validator, text = TypeAdapter(dict[str, str]).validator, b'{"a": [], "a": "good"}'
    error = refusal(validator.validate_json, text)
    assert error is not None
    assert errors_of_body(error, from_json(text)) is None


def refusal(validate: Callable[[Any], Any], value: Any) -> ValidationError | None:
    try:
        validate(value)
    except ValidationError as error:
        return error
    return None
