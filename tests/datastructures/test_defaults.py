"""Values that stand where none was given."""

from __future__ import annotations

import pytest

from fastapi_lite.datastructures import Default, DefaultPlaceholder


def test_default_is_a_placeholder_of_its_value() -> None:
    assert vars(Default(3)) == {"value": 3}


def test_default_can_be_told_from_a_value() -> None:
    assert isinstance(Default(3), DefaultPlaceholder)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Default(3), Default(3), True),
        (Default(3), Default(4), False),
        (Default(3), 3, False),
    ],
)
def test_default_equals_another_of_the_same_value(one: object, other: object, equal: bool) -> None:
    assert (one == other) is equal


@pytest.mark.parametrize("value", [None, 3])
def test_default_is_as_true_as_its_value(value: int | None) -> None:
    assert bool(Default(value)) is bool(value)


def test_default_shows_its_value() -> None:
    assert repr(Default(3)) == "Default(3)"
