"""The index finds what trying one route after the other would find."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fastapi_lite.convertors import CONVERTOR_TYPES, Convertor, register_url_convertor
from fastapi_lite.routing.index import Branch, Entry, Index, Match
from fastapi_lite.routing.paths import compile_path, parse_path
from fastapi_lite.routing.routes import BaseRoute
from fastapi_lite.types import Receive, Scope, Send


async def nothing(scope: Scope, receive: Receive, send: Send) -> None: ...


def entry(
    path: str, *methods: str, name: str = "", is_prefix: bool = False, app: Any = nothing
) -> Entry:
    """An entry for `path`, known by its name or else by its path."""
    return Entry(
        app,
        route=name or path,
        pattern=parse_path(path),
        methods=methods or None,
        is_prefix=is_prefix,
    )


class Everything(BaseRoute):
    """Matches all paths that contain a text, or all but for the method."""

    def __init__(self, text: str = "", match: Match = Match.FULL) -> None:
        self.text = text
        self.match = match

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As far as it was told to."""
        return (self.match, {"by": self}) if self.text in scope["path"] else (Match.NONE, {})


def find(entries: list[Entry], path: str, method: str = "GET") -> Any:
    """The name of the entry that is found, and its parameters."""
    found = Index(entries, "http").find({"path": path}, method, path)
    return found and (found[0].route, found[1])


def find_all(entries: list[Entry], path: str) -> list[Any]:
    """The names of all entries for the path."""
    return [found.route for found, _ in Index(entries, "http").find_all({"path": path}, path)]


class Version(Convertor[str]):
    """Two numbers with a slash between them."""

    regex = "[0-9]+/[0-9]+"

    def convert(self, value: str) -> str:
        """With a point between them."""
        return value.replace("/", ".")


# Against trying one after the other.

SEGMENTS = [
    "a",
    "b",
    "",
    "{x}",
    "{x:int}",
    "a{x}",
    "b-{x}",
    "{x}-{y}",
    "{x}.{y:int}",
    "{x:path}",
    "b{x:path}",
    "{x:path}-{y}",
    "{x:float}",
]
METHODS = [(), ("GET",), ("POST",), ("GET", "POST")]


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, tuple[str, ...] | None]]:
    """Paths with their methods; `None` for one that only its route can match."""
    table: list[tuple[str, tuple[str, ...] | None]] = []
    for _ in range(draw(st.integers(0, 8))):
        segments = draw(st.lists(st.sampled_from(SEGMENTS), min_size=1, max_size=4))
        # A name may come once in a path.
        path = "".join(
            "/" + segment.replace("{x", f"{{x{number}").replace("{y", f"{{y{number}")
            for number, segment in enumerate(segments)
        )
        methods = draw(st.sampled_from(METHODS))
        table.append((path, draw(st.sampled_from([methods, methods, methods, None]))))
    return table


requested = st.lists(
    st.sampled_from(["a", "b", "", "7", "a-b", "b-7", "a.7", "b-a.7", "1.5", "\n"]), max_size=5
).map(lambda segments: "/" + "/".join(segments))


def by_trying(
    entries: list[Entry], path: str, method: str | None
) -> list[tuple[Entry, dict[str, Any]]]:
    """All entries that match, by their regular expressions, in their order; any method for `None`."""
    matching = []
    for each in entries:
        route: Any = each.route
        source = each.pattern.path if each.pattern else route.text
        regex, _, convertors = compile_path(source)
        found = regex.match(path)
        if found and (method is None or not each.methods or method in each.methods):
            params = {name: convertors[name].convert(found[name]) for name in convertors}
            matching.append((each, params if each.pattern else {}))
    return matching


class ByExpression(Everything):
    """An opaque route that matches by the regular expression of its path."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Fully, or not at all."""
        found = compile_path(self.text)[0].match(scope["path"])
        return (Match.FULL if found else Match.NONE), {}


def entries_of(table: list[tuple[str, tuple[str, ...] | None]]) -> list[Entry]:
    """The entries of a table."""
    return [
        Entry(nothing, route=ByExpression(path), pattern=None)
        if methods is None
        else entry(path, *methods)
        for path, methods in table
    ]


@given(tables(), requested, st.sampled_from(["GET", "POST", "PUT"]))
@example([("/{x}", ("POST",)), ("/a", ("GET",)), ("/a", ())], "/a", "POST")
@example([("/a", ("GET",)), ("/{x}", ("POST",)), ("/a", ())], "/a", "PUT")
@example([("/a{x}", None), ("/a", ("GET",))], "/a", "GET")
@example([("/a", ("GET",)), ("/{x:path}", None)], "/a", "POST")
@example([("/{x}", ("GET",)), ("/{x:path}", None)], "/a", "GET")
@example([("/{x}/{y}", ("GET",)), ("/{x}/", ("GET",))], "/a/", "GET")
def test_index_finds_what_trying_one_by_one_finds(
    table: list[tuple[str, tuple[str, ...] | None]], path: str, method: str
) -> None:
    entries = entries_of(table)
    expected = next(iter(by_trying(entries, path, method)), None)
    assert Index(entries, "http").find({"path": path}, method, path) == expected


@given(tables(), requested)
def test_index_finds_all_that_trying_one_by_one_finds(
    table: list[tuple[str, tuple[str, ...] | None]], path: str
) -> None:
    entries = entries_of(table)
    assert Index(entries, "http").find_all({"path": path}, path) == by_trying(entries, path, None)


@st.composite
def trees(draw: st.DrawFn, prefix: str = "") -> Any:
    """Tables with branches in them, for the index, and all that they come to, in its order."""
    grown: list[Entry | Branch] = []
    flat: list[Entry] = []
    for _ in range(draw(st.integers(1, 3))):
        table = draw(tables())
        entries = entries_of([(prefix + path, methods) for path, methods in table])
        grown += entries
        flat += entries
        if prefix.count("/") < 3:
            below = prefix + draw(st.sampled_from(["/a", "/b", "/a/b", "/7"]))
            inner, all_below = draw(trees(prefix=below))
            if draw(st.booleans()):
                at_prefix = entry(below, *draw(st.sampled_from(METHODS)))
                inner, all_below = [at_prefix, *inner], [at_prefix, *all_below]
            grown.append(Branch(below, lambda inner=inner: inner))
            flat += all_below
    return grown, flat


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(trees(), st.lists(st.tuples(requested, st.sampled_from(["GET", "POST", None])), max_size=5))
def test_index_finds_in_branches_what_trying_one_by_one_finds(
    tree: tuple[list[Entry | Branch], list[Entry]], asked: list[tuple[str, str | None]]
) -> None:
    entries, flat = tree
    index = Index(entries, "http")
    for path, method in asked:
        expected = by_trying(flat, path, method)
        if method is None:
            assert index.find_all({"path": path}, path) == expected
        else:
            assert index.find({"path": path}, method, path) == next(iter(expected), None)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(trees(), requested)
def test_warm_index_has_all_entries_of_its_branches(
    tree: tuple[list[Entry | Branch], list[Entry]], path: str
) -> None:
    entries, flat = tree
    index = Index(entries, "http")
    assert {*map(id, index.warm_up())} == {*map(id, flat)}
    assert index.find({"path": path}, "GET", path) == next(iter(by_trying(flat, path, "GET")), None)


# One by one.


def test_branch_stays_closed_until_a_path_below_it_is_asked_for() -> None:
    opened: list[str] = []

    def branch(prefix: str) -> Branch:
        return Branch(prefix, lambda: opened.append(prefix) or [entry(f"{prefix}/{{x}}")])

    index = Index([branch("/a"), branch("/b")], "http")
    assert [index.find({}, "GET", path) is None for path in ("/c", "/ab/1", "/b/1", "/b/2")] == [
        True,
        True,
        False,
        False,
    ]
    assert opened == ["/b"]


def test_branch_declared_behind_what_answers_stays_closed() -> None:
    branch = Branch("/a", list)
    index = Index([entry("/a/{x}"), entry("/a"), branch], "http")
    assert [index.find({}, "GET", path) is not None for path in ("/a", "/a/1")] == [True, True]
    assert [*index.closed] == [branch]


def test_all_entries_of_a_path_are_found_in_branches() -> None:
    outer = Branch("/a", lambda: [entry("/a/{x}", "PUT"), Branch("/a/b", lambda: [entry("/a/b")])])
    found = Index([entry("/{y}/b", "GET"), outer], "http").find_all({}, "/a/b")
    assert [one.route for one, _ in found] == ["/{y}/b", "/a/{x}", "/a/b"]


def test_branch_is_opened_once() -> None:
    opened: list[int] = []
    branch = Branch("/a", lambda: opened.append(1) or [entry("/a/{x}")])
    index = Index([branch], "http")
    index.open(branch)
    index.open(branch)
    assert opened == [1]


def test_branch_that_many_threads_ask_is_opened_once() -> None:
    opened: list[int] = []
    index = Index([Branch("/a", lambda: opened.append(1) or [entry("/a/{x}")])], "http")
    together = Barrier(8)

    def ask() -> Any:
        together.wait()
        return index.find({}, "GET", "/a/1")

    with ThreadPoolExecutor(8) as pool:
        found = [one.result() for one in [pool.submit(ask) for _ in range(8)]]
    assert (None in found, opened) == (False, [1])


# Without branches.


def test_static_path_is_found() -> None:
    assert find([entry("/a"), entry("/b")], "/b") == ("/b", {})


def test_unknown_path_is_not_found() -> None:
    assert find([entry("/a"), entry("/b/{x}")], "/c") is None


def test_nothing_is_found_among_no_entries() -> None:
    assert find([], "/a/b") is None


def test_parameters_are_converted() -> None:
    assert find([entry("/{n:int}/{s}")], "/7/x") == ("/{n:int}/{s}", {"n": 7, "s": "x"})


def test_first_declared_wins_over_a_static_path() -> None:
    assert find([entry("/{x}"), entry("/me")], "/me") == ("/{x}", {"x": "me"})


def test_static_path_declared_first_wins() -> None:
    assert find([entry("/me"), entry("/{x}")], "/me") == ("/me", {})


def test_entry_that_matches_fully_wins_over_an_earlier_one_of_another_method() -> None:
    assert find([entry("/me", "POST"), entry("/{x}", "GET")], "/me") == ("/{x}", {"x": "me"})


def test_entry_without_methods_hides_later_ones() -> None:
    entries = [entry("/a", name="any"), entry("/a", "GET", name="get")]
    assert find(entries, "/a") == ("any", {})


def test_entry_with_methods_leaves_the_others_to_a_later_one() -> None:
    entries = [entry("/a", "GET", name="get"), entry("/a", name="any")]
    assert find(entries, "/a", "POST") == ("any", {})


def test_empty_segment_is_no_parameter() -> None:
    assert find([entry("/{x}/b")], "//b") is None


def test_kinds_of_the_same_place_are_told_apart() -> None:
    entries = [entry("/{x:int}"), entry("/{x:float}"), entry("/{x}")]
    assert [find(entries, path)[1]["x"] for path in ("/1", "/1.5", "/a")] == [1, 1.5, "a"]


def test_value_that_cannot_be_converted_leaves_the_path_to_others() -> None:
    long = "9" * 5_000
    assert find([entry("/{x:int}"), entry("/{x}")], f"/{long}") == ("/{x}", {"x": long})


def test_one_of_several_parameters_that_does_not_fit_is_enough_to_miss() -> None:
    assert find([entry("/{x:int}/{y:int}")], "/1/a") is None


def test_prefix_takes_all_below() -> None:
    assert find([entry("/static/{path:path}")], "/static/a/b") == (
        "/static/{path:path}",
        {"path": "a/b"},
    )


def test_prefix_with_a_parameter_takes_all_below() -> None:
    entries = [entry("/{user:int}/files/{path:path}")]
    assert find(entries, "/7/files/a/b")[1] == {"user": 7, "path": "a/b"}


def test_prefix_whose_parameter_does_not_convert_is_not_found() -> None:
    assert find([entry("/{user:int}/files/{path:path}")], "/x/files/a/b") is None


def test_rest_that_does_not_match_is_not_found() -> None:
    assert find([entry("/{user}/{path:path}.txt")], "/x/a/b") is None


def test_path_that_is_longer_than_all_is_taken_by_a_prefix() -> None:
    assert find([entry("/a/{x}"), entry("/{p:path}")], "/a/b/c/d/e/f")[0] == "/{p:path}"


def test_one_among_many_with_text_before_the_parameter_is_found() -> None:
    entries = [entry(f"/file-{number}-{{x}}") for number in range(100)]
    assert find(entries, "/file-42-a-b") == ("/file-42-{x}", {"x": "a-b"})


def test_one_among_many_with_text_before_the_rest_is_found() -> None:
    entries = [entry(f"/u/{{id}}/f{number}-{{p:path}}") for number in range(100)]
    assert find(entries, "/u/7/f42-a/b") == ("/u/{id}/f42-{p:path}", {"id": "7", "p": "a/b"})


def test_entries_of_one_path_are_told_apart_by_method() -> None:
    entries = [entry("/{x}", "GET", name="read"), entry("/{y}", "PUT", name="write")]
    assert find(entries, "/1", "PUT") == ("write", {"y": "1"})


def test_all_entries_of_a_path_leave_out_those_of_others() -> None:
    assert find_all([entry("/a/{x}"), entry("/{y}/b")], "/c/b") == ["/{y}/b"]


def test_opaque_entry_is_asked_in_its_place() -> None:
    route = Everything("b")
    entries = [entry("/ab"), Entry(nothing, route=route, pattern=None), entry("/{x}")]
    assert find(entries, "/ab") == ("/ab", {})
    assert find(entries, "/b") == (route, {"by": route})
    assert find(entries, "/c") == ("/{x}", {"x": "c"})


def test_opaque_entry_that_matches_in_part_gives_way() -> None:
    route = Everything("", Match.PARTIAL)
    entries = [Entry(nothing, route=route, pattern=None), entry("/a")]
    assert find(entries, "/a") == ("/a", {})


def test_all_entries_of_a_path_are_listed_in_order() -> None:
    route = Everything("", Match.PARTIAL)
    entries = [
        entry("/{x}", "PUT"),
        Entry(nothing, route=route, pattern=None),
        entry("/a", "GET"),
        entry("/{x:int}", "POST"),
        entry("/{p:path}", "PATCH"),
    ]
    assert find_all(entries, "/a") == ["/{x}", route, "/a", "/{p:path}"]


def test_convertor_of_ones_own_may_take_slashes() -> None:
    register_url_convertor("version", Version())
    entries = [entry("/v/{v:version}/x/{y}")]
    del CONVERTOR_TYPES["version"]
    assert find(entries, "/v/1/2/x/b")[1] == {"v": "1.2", "y": "b"}


# Entering.


def test_entry_completes_the_scope() -> None:
    scope: Scope = {"path": "/a/1"}
    one = Entry(nothing, route="r", pattern=parse_path("/a/{x}"), endpoint="e")
    one.enter(scope, {"x": "1"})
    assert scope == {"path": "/a/1", "route": "r", "endpoint": "e", "path_params": {"x": "1"}}


def test_parameters_are_added_to_the_outer_ones() -> None:
    scope: Scope = {"path": "/", "path_params": {"a": 1, "x": 0}}
    entry("/{x}").enter(scope, {"x": 2})
    assert scope["path_params"] == {"a": 1, "x": 2}


def test_outer_parameters_are_not_changed() -> None:
    outer = {"a": 1}
    entry("/{x}").enter({"path": "/", "path_params": outer}, {"x": 2})
    assert outer == {"a": 1}


def test_prefix_goes_into_the_root_path() -> None:
    scope: Scope = {"path": "/api/a/b", "root_path": "/api"}
    entry("/a/{path:path}", is_prefix=True).enter(scope, {"path": "b"})
    assert (scope["root_path"], scope["app_root_path"]) == ("/api/a", "/api")
    assert scope["path_params"] == {}


def test_path_without_its_root_path_gets_it_back_below_a_prefix() -> None:
    scope: Scope = {"path": "/a/b", "root_path": "/api"}
    entry("/a/{path:path}", is_prefix=True).enter(scope, {"path": "b"})
    assert (scope["path"], scope["root_path"]) == ("/api/a/b", "/api/a")


def test_root_path_of_the_application_stays_the_outermost() -> None:
    scope: Scope = {"path": "/a/b/c", "root_path": "/a", "app_root_path": ""}
    entry("/b/{path:path}", is_prefix=True).enter(scope, {"path": "c"})
    assert scope["app_root_path"] == ""


def test_opaque_entry_adds_what_its_route_gave() -> None:
    scope: Scope = {"path": "/"}
    Entry(nothing, route="r", pattern=None).enter(scope, {"by": "it"})
    assert scope == {"path": "/", "route": "r", "by": "it"}


def test_entry_shows_its_path_and_methods() -> None:
    assert repr(entry("/a", "PUT", "GET")) == "Entry('/a', methods=['GET', 'PUT'], route='/a')"


def test_branch_shows_its_prefix() -> None:
    assert repr(Branch("/a", list)) == "Branch('/a')"


def test_opaque_entry_shows_its_route() -> None:
    assert repr(Entry(nothing, route="r", pattern=None)) == "Entry('?', methods=[], route='r')"


@pytest.mark.parametrize("count", [1, 1_000])
def test_search_looks_at_as_many_groups_whatever_their_number(count: int) -> None:
    entries = [entry(f"/v1/items{number}/{{x}}/parts/{{y:int}}") for number in range(count)]
    index = Index(entries, "http")
    path = f"/v1/items{count - 1}/a/parts/1"
    assert len(index.groups_at(path, path.split("/", index.shapes[0]))) == 1
