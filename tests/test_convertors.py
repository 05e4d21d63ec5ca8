"""Kinds of path parameters: which texts they take, which values they give, and back."""

from __future__ import annotations

import math
import re
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastapi_lite.convertors import (
    CONVERTOR_TYPES,
    Convertor,
    FloatConvertor,
    IntegerConvertor,
    PathConvertor,
    StringConvertor,
    UnfitValueError,
    UUIDConvertor,
)

ID = UUID("0192e4a0-7d6b-7c3e-9f10-2b8d5a6c7e8f")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("str", "a b", "a b"),
        ("path", "a/b", "a/b"),
        ("path", "", ""),
        ("int", "042", 42),
        ("float", "3", 3.0),
        ("float", "3.25", 3.25),
        ("uuid", str(ID), ID),
        ("uuid", ID.hex, ID),
        ("uuid", str(ID).upper(), ID),
    ],
)
def test_text_becomes_a_value(kind: str, text: str, value: Any) -> None:
    convertor = CONVERTOR_TYPES[kind]
    assert re.fullmatch(convertor.regex, text)
    assert convertor.convert(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("str", ""),
        ("str", "a/b"),
        ("path", "a\nb"),
        ("int", "-1"),
        ("int", "1\n"),
        ("int", "٣"),
        ("float", "1."),
        ("float", "1e3"),
        ("uuid", "0192e4a0"),
    ],
)
def test_text_of_another_form_is_not_taken(kind: str, text: str) -> None:
    assert not re.fullmatch(CONVERTOR_TYPES[kind].regex, text)


@pytest.mark.parametrize(("kind", "text"), [("int", "9" * 5_000), ("float", "9" * 400)])
def test_number_beyond_all_bounds_is_a_value_error(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"4300|Too large"):
        CONVERTOR_TYPES[kind].convert(text)


@pytest.mark.parametrize(
    ("convertor", "value", "text"),
    [
        (StringConvertor(), "a b", "a b"),
        (StringConvertor(), 5, "5"),
        (PathConvertor(), "a/b", "a/b"),
        (PathConvertor(), "", ""),
        (IntegerConvertor(), 42, "42"),
        (IntegerConvertor(), True, "1"),
        (FloatConvertor(), 0.1, "0.1"),
        (FloatConvertor(), 25.0, "25"),
        (FloatConvertor(), 2, "2"),
        (FloatConvertor(), 1e30, "1000000000000000000000000000000"),
        (FloatConvertor(), 1e-7, "0.0000001"),
        (FloatConvertor(), -0.0, "0"),
        (UUIDConvertor(), ID, str(ID)),
    ],
)
def test_value_becomes_text(convertor: Convertor[Any], value: Any, text: str) -> None:
    assert convertor.to_string(value) == text


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("str", "", "Must not be empty"),
        ("str", "a/b", "May not contain path separators"),
        ("int", -1, "Negative integers are not supported"),
        ("float", -0.5, "Negative floats are not supported"),
        ("float", math.nan, "NaN values are not supported"),
        ("float", math.inf, "Infinite values are not supported"),
    ],
)
def test_value_that_no_path_can_carry_is_refused(kind: str, value: Any, problem: str) -> None:
    with pytest.raises(UnfitValueError, match=problem):
        CONVERTOR_TYPES[kind].to_string(value)


def test_unfit_value_is_an_assertion_error_as_in_starlette() -> None:
    assert issubclass(UnfitValueError, AssertionError)


@given(st.floats(min_value=0, allow_infinity=False, allow_nan=False))
def test_float_in_a_path_is_read_as_the_same_float(value: float) -> None:
    convertor = FloatConvertor()
    assert convertor.convert(convertor.to_string(value)) == value


def test_convertor_of_ones_own_has_to_say_both_ways() -> None:
    bare = Convertor[str]()
    with pytest.raises(NotImplementedError):
        bare.convert("a")
    with pytest.raises(NotImplementedError):
        bare.to_string("a")
