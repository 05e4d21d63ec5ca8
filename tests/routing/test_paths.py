"""Paths with parameters: parsing, matching as the regular expression does, and back to a path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fastapi_lite.convertors import (
    CONVERTOR_TYPES,
    Convertor,
    IntegerConvertor,
    register_url_convertor,
)
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.routing.paths import (
    compile_path,
    get_name,
    get_route_path,
    parse_path,
    replace_params,
)


class Letters(Convertor[str]):
    """Letters `a`, doubled in Python."""

    regex = "a+"

    def convert(self, value: str) -> str:
        """Twice the text."""
        return value * 2

    def to_string(self, value: str) -> str:
        """Half of it."""
        return value[: len(value) // 2]


@pytest.fixture
def letters() -> Iterator[None]:
    register_url_convertor("letters", Letters())
    yield
    del CONVERTOR_TYPES["letters"]


# Declaring.


def test_path_is_compiled_to_expression_format_and_convertors() -> None:
    regex, path_format, convertors = compile_path("/users/{id:int}/files/{path:path}")
    found = regex.match("/users/7/files/a/b")
    assert found is not None
    assert found.groupdict() == {"id": "7", "path": "a/b"}
    assert path_format == "/users/{id}/files/{path}"
    assert convertors == {"id": CONVERTOR_TYPES["int"], "path": CONVERTOR_TYPES["path"]}


def test_parameter_without_a_kind_is_text() -> None:
    assert compile_path("/{name}")[2] == {"name": CONVERTOR_TYPES["str"]}


@pytest.mark.parametrize("path", ["/{1}", "/{a", "/{a:b:c}", "/{a }", "/{é}", "/{}"])
def test_braces_around_anything_but_a_name_are_literal(path: str) -> None:
    regex, path_format, convertors = compile_path(path)
    assert regex.match(path)
    assert (path_format, convertors) == (path, {})


def test_literal_text_is_not_read_as_an_expression() -> None:
    assert not compile_path("/a.b+c")[0].match("/axbbc")


def test_unknown_kind_is_refused_with_the_remedy() -> None:
    with pytest.raises(
        DeclarationError, match=r"Unknown path convertor 'colour'.*register_url_con"
    ):
        compile_path("/{it:colour}")


def test_name_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Duplicated param name id at path /\{id\}/\{id\}"):
        compile_path("/{id}/{id}")


def test_names_that_come_twice_are_all_told() -> None:
    with pytest.raises(ValueError, match="Duplicated param names a, b at path"):
        compile_path("/{b}/{a}/{b}/{a}/{c}")


def test_host_matches_in_any_case_and_without_its_port() -> None:
    regex, path_format, _ = compile_path("{sub}.example.org:8000")
    assert regex.match("API.Example.ORG")
    assert path_format == "{sub}.example.org:8000"


def test_host_that_is_an_address_keeps_its_colons() -> None:
    assert compile_path("[::1]:80")[0].match("[::1]")


@pytest.mark.usefixtures("letters")
def test_registered_convertor_is_used() -> None:
    assert parse_path("/{x:letters}").match("/aa") == {"x": "aaaa"}


@pytest.mark.usefixtures("letters")
def test_registered_convertor_makes_paths() -> None:
    _, path_format, convertors = compile_path("/{x:letters}")
    assert replace_params(path_format, convertors, {"x": "aaaa"}) == ("/aa", {})


@pytest.mark.parametrize("path", ["/admin", "/{name}/x", "/{n:int}", "/{p:path}"])
def test_line_feed_at_the_end_is_not_overlooked(path: str) -> None:
    regex, path_format, _ = compile_path(path)
    requested = path_format.format(name="a", n=1, p="a") + "\n"
    assert not regex.match(requested)
    assert parse_path(path).match(requested) is None


# Matching: as the greedy regular expression does.

KINDS = ["", ":path", ":int", ":float", ":uuid", ":letters"]
chunks = st.text("a1/-.\n", max_size=3)


@st.composite
def paths_and_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A path with parameters, and a text that has a fair chance to match it."""
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=4))
    literals = draw(st.lists(chunks, min_size=len(kinds) + 1, max_size=len(kinds) + 1))
    path, text = "/" + literals[0], "/" + literals[0]
    for number, (kind, literal) in enumerate(zip(kinds, literals[1:], strict=True)):
        path += f"{{p{number}{kind}}}{literal}"
        text += draw(st.text("a1/-.\n", max_size=5)) + literal
    return path, draw(st.sampled_from([text, text[:-1], text + "a"]))


def by_expression(path: str, text: str) -> dict[str, Any] | None:
    """What the regular expression makes of `text`."""
    regex, _, convertors = compile_path(path)
    found = regex.match(text)
    if found is None:
        return None
    return {name: convertors[name].convert(part) for name, part in found.groupdict().items()}


@pytest.mark.usefixtures("letters")
@given(paths_and_texts())
@example(("/{p0:path}-{p1}/b/{p2:path}", "/a-s/b/zz/b/t"))
@example(("/{p0}{p1}", "/ab"))
@example(("/{p0}-{p1}", "/-"))
@example(("/{p0}-{p1}", "/-a"))
@example(("/{p0}a{p1}", "/a"))
@example(("/{p0:int}{p1}/{p2}", "/12/3"))
@example(("/{p0:int}{p1:path}{p2:int}", "/12a3"))
@example(("/{p0:path}{p1:int}/{p2}", "/1/1/1"))
@example(("/{p0:path}{p1:int}{p2:path}", "/\n1"))
def test_path_matches_as_its_expression_does(drawn: tuple[str, str]) -> None:
    path, text = drawn
    assert parse_path(path).match(text) == by_expression(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/{a}-{b}-{c}", "/" + "-" * 60_000 + "/"),
        ("/{a}-{b}-{c}.txt", "/" + "-" * 60_000),
        ("/{p:path}/x/{q:path}/y/{r:path}", "/" + "x/" * 30_000),
        ("/{p:path}-{s}/b/{q:path}/", "/" + "a-s/" * 15_000),
        ("/{a:int}{b:int}{c:int}", "/" + "1" * 4_000 + "a"),
    ],
)
def test_long_text_that_does_not_match_is_refused_at_once(path: str, text: str) -> None:
    # The regular expressions of these take minutes to hours.
    assert parse_path(path).match(text) is None


def test_number_with_too_many_digits_does_not_match() -> None:
    assert parse_path("/{n:int}").match("/" + "9" * 5_000) is None


def test_number_with_too_many_digits_among_others_does_not_match() -> None:
    assert parse_path("/{a}-{n:int}").match("/a-" + "9" * 5_000) is None


# Back to a path.


def test_parameters_are_put_into_a_path() -> None:
    params: dict[str, Any] = {"id": 7, "page": 2}
    path = replace_params("/users/{id}", {"id": IntegerConvertor()}, params)
    assert path == ("/users/7", {"page": 2})


def test_parameter_that_is_not_given_stays() -> None:
    assert replace_params("/{a}/{b}", {"a": IntegerConvertor()}, {}) == ("/{a}/{b}", {})


def test_value_with_braces_is_not_taken_for_a_parameter() -> None:
    convertors = compile_path("/{a}/{b}")[2]
    path, _ = replace_params("/{a}/{b}", convertors, {"a": "{b}", "b": "x"})
    assert path == "/{b}/x"


@pytest.mark.parametrize(
    ("path", "root_path", "expected"),
    [
        ("/a", "", "/a"),
        ("/root/a", "/root", "/a"),
        ("/root", "/root", ""),
        ("/root/", "/root", "/"),
        ("/rooted", "/root", "/rooted"),
        ("/a", "/root", "/a"),
        ("/root//a", "/root", "//a"),
    ],
)
def test_path_below_the_root_path(path: str, root_path: str, expected: str) -> None:
    assert get_route_path({"path": path, "root_path": root_path}) == expected


def test_path_of_a_scope_without_root_path() -> None:
    assert get_route_path({"path": "/a"}) == "/a"


def test_name_of_a_function_is_its_own_and_of_an_object_its_class() -> None:
    assert get_name(test_path_of_a_scope_without_root_path) == (
        "test_path_of_a_scope_without_root_path"
    )
    assert get_name(Letters()) == "Letters"  # type: ignore[arg-type]  # any object does
    assert get_name(partial(print)) == "partial"


def test_pattern_keeps_its_expression() -> None:
    pattern = parse_path("/{a}")
    assert pattern.regex is pattern.regex
    assert isinstance(pattern.regex, re.Pattern)
