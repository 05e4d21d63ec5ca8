"""State of an application or of a request."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from fastapi_lite.datastructures import State


def test_values_are_attributes_and_items() -> None:
    state = State({"a": 1})
    state.b = 2
    state["c"] = 3
    assert (state.a, state["b"], state.c) == (1, 2, 3)


def test_values_are_kept_in_the_dictionary_given() -> None:
    values: dict[str, Any] = {}
    State(values).a = 1
    assert values == {"a": 1}


def test_missing_attribute_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'State' object has no attribute 'z'"):
        _ = State().z


@pytest.mark.parametrize(
    "use", [lambda s: s["z"], lambda s: s.__delitem__("z"), lambda s: s.__delattr__("z")]
)
def test_missing_item_is_a_key_error(use: Callable[[State], Any]) -> None:
    with pytest.raises(KeyError):
        use(State())


def test_values_can_be_deleted() -> None:
    state = State({"a": 1, "b": 2})
    del state.a
    del state["b"]
    assert len(state) == 0


def test_state_is_iterated_by_name() -> None:
    assert list(State({"a": 1, "b": 2})) == ["a", "b"]


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))]
)
def test_copy_of_a_state_is_independent(again: Callable[[State], State]) -> None:
    state = State({"a": 1})
    again(state).a = 2
    assert state.a == 1
