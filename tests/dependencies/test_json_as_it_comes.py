"""A body is validated as JSON only where that gives what validating the parsed value gives."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, create_model
from pydantic_core import from_json

from fastapi_lite.dependencies.annotations import is_same_in_json

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
