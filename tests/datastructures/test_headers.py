"""Headers that are read, and headers that are set."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from fastapi_lite.datastructures import Headers, MutableHeaders, encode_header

TWICE = [(b"a", b"1"), (b"b", b"2"), (b"a", b"3")]


@pytest.mark.parametrize(
    ("made", "raw"),
    [
        (Headers(), []),
        (Headers({"A": "é"}), [(b"a", b"\xe9")]),
        (Headers(raw=TWICE), TWICE),
        (Headers(scope={"headers": TWICE}), TWICE),
        (Headers(scope={"headers": tuple(TWICE)}), TWICE),
        (Headers(Headers(raw=TWICE)), TWICE),
        (Headers(raw=TWICE).mutablecopy(), TWICE),
    ],
)
def test_headers_are_made_of_raw_pairs(made: Headers, raw: object) -> None:
    assert made.raw == raw


def test_headers_take_one_source_only() -> None:
    with pytest.raises(TypeError, match="give one of"):
        Headers({"a": "b"}, raw=[])


@pytest.mark.parametrize(
    ("look", "found"),
    [
        (lambda h: h["A"], "1"),
        (lambda h: h.get("A"), "1"),
        (lambda h: h.get("z"), None),
        (lambda h: h.get("z", "d"), "d"),
        (lambda h: h.getlist("A"), ["1", "3"]),
        (lambda h: h.getlist("z"), []),
        (lambda h: h.keys(), ["a", "b", "a"]),
        (lambda h: h.values(), ["1", "2", "3"]),
        (lambda h: h.items(), [("a", "1"), ("b", "2"), ("a", "3")]),
        (list, ["a", "b", "a"]),
        (len, 3),
        (dict, {"a": "1", "b": "2"}),
        (lambda h: "B" in h, True),
        (lambda h: "z" in h, False),
        (lambda h: 1 in h, False),
        (lambda h: "\u20ac" in h, False),
        (lambda h: h.getlist("\u20ac"), []),
        (repr, "Headers(raw=[(b'a', b'1'), (b'b', b'2'), (b'a', b'3')])"),
    ],
)
def test_what_is_found_in_headers(look: Callable[[Headers], Any], found: object) -> None:
    assert look(Headers(raw=TWICE)) == found


def test_unknown_header_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Headers()["a"]


def test_headers_sent_once_are_shown_as_a_mapping() -> None:
    assert repr(Headers({"a": "1", "b": "2"})) == "Headers({'a': '1', 'b': '2'})"


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Headers(raw=TWICE), Headers(raw=TWICE[::-1]), True),
        (Headers({"A": "1"}), MutableHeaders({"a": "1"}), True),
        (Headers({"a": "1"}), Headers({"a": "2"}), False),
        (Headers({"a": "1"}), {"a": "1"}, False),
    ],
)
def test_headers_are_equal_in_any_order(one: object, other: object, equal: bool) -> None:
    assert (one == other) is equal


def test_headers_are_no_key() -> None:
    with pytest.raises(TypeError):
        hash(Headers())


def test_headers_can_be_copied_and_pickled() -> None:
    made = Headers(raw=TWICE)
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made


def test_headers_that_can_be_read_once_stay_in_the_scope() -> None:
    scope = {"headers": iter(TWICE)}
    Headers(scope=scope)
    assert Headers(scope=scope).raw == TWICE


def test_headers_of_a_message_are_changed_in_the_message() -> None:
    message = {"type": "http.response.start", "headers": [(b"a", b"1")]}
    MutableHeaders(scope=message)["b"] = "2"
    assert message["headers"] == [(b"a", b"1"), (b"b", b"2")]


def test_headers_of_a_response_sent_twice_are_not_changed_with_the_message() -> None:
    of_response = [(b"a", b"1")]
    MutableHeaders(scope={"headers": of_response})["b"] = "2"
    assert of_response == [(b"a", b"1")]


def test_raw_headers_are_changed_in_place() -> None:
    raw = [(b"a", b"1")]
    MutableHeaders(raw=raw)["b"] = "2"
    assert raw == [(b"a", b"1"), (b"b", b"2")]


def test_mutable_copy_is_independent() -> None:
    raw = [(b"a", b"1")]
    del Headers(raw=raw).mutablecopy()["a"]
    assert raw == [(b"a", b"1")]


@pytest.mark.parametrize(
    ("change", "given", "left"),
    [
        (lambda h: h.__setitem__("A", "9"), None, [(b"a", b"9"), (b"b", b"2")]),
        (lambda h: h.__setitem__("C", "9"), None, [*TWICE, (b"c", b"9")]),
        (lambda h: h.__delitem__("A"), None, [(b"b", b"2")]),
        (lambda h: h.__delitem__("z"), None, TWICE),
        (lambda h: h.setdefault("A", "9"), "1", TWICE),
        (lambda h: h.setdefault("C", "9"), "9", [*TWICE, (b"c", b"9")]),
        (lambda h: h.append("A", "9"), None, [*TWICE, (b"a", b"9")]),
        (
            lambda h: h.update({"a": "8", "C": "9"}),
            None,
            [(b"a", b"8"), (b"b", b"2"), (b"c", b"9")],
        ),
    ],
)
def test_changes_of_headers(
    change: Callable[[MutableHeaders], Any], given: object, left: list[tuple[bytes, bytes]]
) -> None:
    headers = MutableHeaders(raw=TWICE.copy())
    result = change(headers)
    assert (result, headers.raw) == (given, left)


def test_union_is_new_headers() -> None:
    headers = MutableHeaders({"a": "1"})
    assert (headers | {"A": "2", "b": "3"}, headers) == (
        MutableHeaders({"a": "2", "b": "3"}),
        MutableHeaders({"a": "1"}),
    )


def test_union_in_place_changes_the_headers() -> None:
    raw = [(b"a", b"1")]
    headers = MutableHeaders(raw=raw)
    headers |= {"a": "2"}
    assert raw == [(b"a", b"2")]


def test_union_with_what_is_no_mapping_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        MutableHeaders() | 1  # type: ignore[operator]  # the mistake


def test_union_in_place_with_what_is_no_mapping_is_a_type_error() -> None:
    headers = MutableHeaders()
    with pytest.raises(TypeError):
        headers |= [("a", "b")]  # type: ignore[operator]  # the mistake


@pytest.mark.parametrize(
    ("before", "added", "after"),
    [
        ([], "Accept", "Accept"),
        ([b"Accept"], "Cookie", "Accept, Cookie"),
        ([b"Accept"], "accept", "Accept"),
        ([b"Accept, Cookie"], "cookie, Origin", "Accept, Cookie, Origin"),
        ([b"A", b"B"], "C", "A, B, C"),
        ([b""], "C", "C"),
        ([b"*"], "Accept", "*"),
        ([b"Accept"], "*", "*"),
    ],
)
def test_vary_names_each_header_once(before: list[bytes], added: str, after: str) -> None:
    headers = MutableHeaders(raw=[(b"vary", value) for value in before])
    headers.add_vary_header(added)
    assert headers.getlist("vary") == [after]


@pytest.mark.parametrize("bad", ["\r", "\n", "\0"])
@pytest.mark.parametrize(
    "setting",
    [
        lambda h, bad: h.__setitem__("a", f"b{bad}c"),
        lambda h, bad: h.__setitem__(f"a{bad}", "b"),
        lambda h, bad: h.append("a", bad),
        lambda h, bad: h.setdefault("a", bad),
        lambda h, bad: h.update({"a": bad}),
        lambda h, bad: h.add_vary_header(f"a{bad}b"),
        lambda h, bad: h | {"a": bad},
        lambda h, bad: MutableHeaders({"a": bad}),
    ],
)
def test_line_breaks_and_nul_are_refused_where_they_are_set(
    setting: Callable[[MutableHeaders, str], Any], bad: str
) -> None:
    headers = MutableHeaders()
    with pytest.raises(ValueError, match="holds CR, LF or NUL"):
        setting(headers, bad)


def test_header_with_a_tab_may_be_sent() -> None:
    assert encode_header("X-A", "b\tc\xa0") == (b"x-a", b"b\tc\xa0")


@pytest.mark.parametrize(("name", "value"), [("a", "\u20ac"), ("\u20ac", "a")])
def test_header_that_is_not_latin_1_is_a_value_error(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="latin-1"):
        MutableHeaders()[name] = value
