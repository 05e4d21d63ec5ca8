"""Mappings with several values for a key."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastapi_lite.datastructures import (
    FormData,
    Headers,
    ImmutableMultiDict,
    MultiDict,
    QueryParams,
    parse_query,
)

THREE = [("a", 1), ("a", 2), ("b", 3)]


@pytest.mark.parametrize(
    ("made", "pairs"),
    [
        (ImmutableMultiDict(), []),
        (ImmutableMultiDict(None), []),
        (ImmutableMultiDict({"a": 1}), [("a", 1)]),
        (ImmutableMultiDict(THREE), THREE),
        (ImmutableMultiDict(iter(THREE)), THREE),
        (ImmutableMultiDict(MultiDict(THREE)), THREE),
        (ImmutableMultiDict(THREE, a=4, items=5), [*THREE, ("a", 4), ("items", 5)]),
        (ImmutableMultiDict(Headers(raw=[(b"a", b"1")])), [("a", "1")]),
    ],
)
def test_multidict_is_made_of_pairs(made: ImmutableMultiDict[Any, Any], pairs: object) -> None:
    assert made.multi_items() == pairs


@pytest.mark.parametrize(
    ("look", "found"),
    [
        (lambda d: d["a"], 2),
        (lambda d: d.get("a"), 2),
        (lambda d: d.get("z", 5), 5),
        (lambda d: d.getlist("a"), [1, 2]),
        (lambda d: d.getlist("z"), []),
        (lambda d: list(d.keys()), ["a", "b"]),
        (lambda d: list(d.values()), [2, 3]),
        (lambda d: list(d.items()), [("a", 2), ("b", 3)]),
        (lambda d: list(d), ["a", "b"]),
        (len, 2),
        (bool, True),
        (dict, {"a": 2, "b": 3}),
        (lambda d: "a" in d, True),
        (lambda d: "z" in d, False),
        (repr, "ImmutableMultiDict([('a', 1), ('a', 2), ('b', 3)])"),
    ],
)
def test_what_is_found_in_a_multidict(
    look: Callable[[ImmutableMultiDict[Any, Any]], Any], found: object
) -> None:
    assert look(ImmutableMultiDict(THREE)) == found


def test_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        ImmutableMultiDict({"a": 1})["z"]


def test_multi_items_are_a_copy() -> None:
    made = MultiDict(THREE)
    made.multi_items().clear()
    assert made.multi_items() == THREE


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (ImmutableMultiDict(THREE), ImmutableMultiDict(THREE), True),
        (ImmutableMultiDict(THREE), ImmutableMultiDict([("b", 3), ("a", 1), ("a", 2)]), True),
        (ImmutableMultiDict(THREE), ImmutableMultiDict([("a", 2), ("a", 1), ("b", 3)]), False),
        (ImmutableMultiDict([(1, 1), ("a", 2)]), ImmutableMultiDict([("a", 2), (1, 1)]), True),
        (ImmutableMultiDict({"a": 1}), MultiDict({"a": 1}), False),
        (MultiDict({"a": 1}), ImmutableMultiDict({"a": 1}), False),
        (QueryParams("a=1"), FormData({"a": "1"}), False),
        (ImmutableMultiDict({"a": 1}), {"a": 1}, False),
    ],
)
def test_equal_are_the_same_values_in_order_under_every_key(
    one: object, other: object, equal: bool
) -> None:
    assert (one == other) is equal


def test_multidict_is_no_key() -> None:
    with pytest.raises(TypeError):
        hash(ImmutableMultiDict())


def test_multidict_can_be_copied_and_pickled() -> None:
    made = MultiDict(THREE)
    assert copy.copy(made) == pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize(
    ("change", "given", "left"),
    [
        (lambda d: d.__setitem__("a", 9), None, [("b", 3), ("a", 9)]),
        (lambda d: d.__delitem__("a"), None, [("b", 3)]),
        (lambda d: d.pop("a"), 2, [("b", 3)]),
        (lambda d: d.pop("z"), None, THREE),
        (lambda d: d.pop("z", 7), 7, THREE),
        (lambda d: d.popitem(), ("b", 3), THREE[:2]),
        (lambda d: d.poplist("a"), [1, 2], [("b", 3)]),
        (lambda d: d.poplist("z"), [], THREE),
        (lambda d: d.clear(), None, []),
        (lambda d: d.setdefault("a", 5), 2, THREE),
        (lambda d: d.setdefault("z", 5), 5, [*THREE, ("z", 5)]),
        (lambda d: d.setlist("a", [7, 8]), None, [("b", 3), ("a", 7), ("a", 8)]),
        (lambda d: d.setlist("a", []), None, [("b", 3)]),
        (lambda d: d.append("a", 4), None, [*THREE, ("a", 4)]),
        (lambda d: d.update({"a": 7}), None, [("b", 3), ("a", 7)]),
        (lambda d: d.update([("b", 7), ("b", 8)]), None, [*THREE[:2], ("b", 7), ("b", 8)]),
        (lambda d: d.update(MultiDict(THREE), c=6), None, [*THREE, ("c", 6)]),
        (lambda d: d.update(), None, THREE),
    ],
)
def test_changes_of_a_multidict(
    change: Callable[[MultiDict], Any], given: object, left: list[tuple[str, int]]
) -> None:
    made = MultiDict(THREE)
    assert (change(made), made.multi_items(), dict(made)) == (given, left, dict(left))


@pytest.mark.parametrize(
    "change", [lambda d: d.__delitem__("z"), lambda d: d.clear() or d.popitem()]
)
def test_nothing_to_take_out_is_a_key_error(change: Callable[[MultiDict], Any]) -> None:
    with pytest.raises(KeyError):
        change(MultiDict(THREE))


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("", []),
        ("a=1&a=2&b", [("a", "1"), ("a", "2"), ("b", "")]),
        ("a=1&b=&&=c", [("a", "1"), ("b", ""), ("", "c")]),
        ("a=1;b=2", [("a", "1;b=2")]),
        ("a=b=c", [("a", "b=c")]),
        ("a%20b=c+d&%C3%A9=%FF", [("a b", "c d"), ("é", "\ufffd")]),
        ("a=%zz&b=%", [("a", "%zz"), ("b", "%")]),
        (b"a=\xff", [("a", "\xff")]),
        ("é=ü", [("é", "ü")]),
    ],
)
def test_parsed_query(query: str | bytes, pairs: object) -> None:
    assert parse_query(query) == pairs


@settings(deadline=None)
@given(st.text("ab=&+%;1é ", max_size=30))
def test_queries_are_parsed_as_the_standard_library_does(query: str) -> None:
    assert parse_query(query) == parse_qsl(query, keep_blank_values=True)


@settings(deadline=None)
@given(st.binary(max_size=50))
def test_any_bytes_are_a_query(query: bytes) -> None:
    assert all(isinstance(text, str) for pair in parse_query(query) for text in pair)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (QueryParams(), ""),
        (QueryParams(None), ""),
        (QueryParams("a=1&a=2"), "a=1&a=2"),
        (QueryParams(b"a=1"), "a=1"),
        (QueryParams("é=ü x"), "%C3%A9=%C3%BC+x"),
        (QueryParams({"a": 1, "b": None}), "a=1&b=None"),
        (QueryParams([("a", 1), ("a", True)]), "a=1&a=True"),
        (QueryParams("a=1", b=2), "a=1&b=2"),
        (QueryParams(QueryParams("a=1&a=2")), "a=1&a=2"),
        (QueryParams(query_string="a=1"), "a=1"),
        (QueryParams(scope={"query_string": b"a=1"}), "a=1"),
    ],
)
def test_query_params_as_text(made: QueryParams, text: str) -> None:
    assert str(made) == text


def test_query_params_show_their_text() -> None:
    assert repr(QueryParams("a=1 2")) == "QueryParams('a=1+2')"
