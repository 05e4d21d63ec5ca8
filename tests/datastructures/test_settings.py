"""Secrets and lists in settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fastapi_lite.datastructures import CommaSeparatedStrings, Secret


@pytest.mark.parametrize(
    ("look", "found"), [(repr, "Secret('**********')"), (str, "hidden"), (bool, True)]
)
def test_secret_is_shown_to_nobody_who_does_not_ask(
    look: Callable[[Secret], Any], found: object
) -> None:
    assert look(Secret("hidden")) == found


def test_empty_secret_is_false() -> None:
    assert not Secret("")


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("", []),
        ('a, "b c" ,d', ["a", "b c", "d"]),
        ("a,'b, c',d", ["a", "b, c", "d"]),
        ("a b,,c,", ["a b", "c"]),
        (["x", "y"], ["x", "y"]),
    ],
)
def test_strings_between_commas(value: str | list[str], items: list[str]) -> None:
    assert list(CommaSeparatedStrings(value)) == items


@pytest.mark.parametrize(
    ("look", "found"),
    [
        (len, 2),
        (lambda s: s[0], "a"),
        (lambda s: s[1:], ["b"]),
        (lambda s: "b" in s, True),
        (str, "'a', 'b'"),
        (repr, "CommaSeparatedStrings(['a', 'b'])"),
    ],
)
def test_comma_separated_strings_are_a_sequence(
    look: Callable[[CommaSeparatedStrings], Any], found: object
) -> None:
    assert look(CommaSeparatedStrings("a,b")) == found


def test_open_quotation_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="quotation"):
        CommaSeparatedStrings('a,"b')
