"""The matcher: which entry answers a path, whatever their number.

The seam for whoever has routes of a kind of their own:

- An `Entry` is one thing that can answer. A route gives its entries by `BaseRoute.entries()`, a router those
  of all its routes by `Router.entries()`; a subclass overrides either. They come in the order of declaration,
  and **the first one declared wins**. One that matches but for its method only counts if no other matches at all.
- `Entry.app` is called with the scope completed. It may be replaced at any time, so that what is costly to make
  is made on first use: the application puts its successor there.
- An entry without a `pattern` is opaque: only its route's `matches` can say whether it matches, and it
  adds to the scope what `matches` returned. Such entries are asked in order, so they cost time each.
- An entry with `is_prefix` takes all below its pattern, whose last parameter is then the rest of the path: it is
  not handed on, the path before it becomes part of the `root_path` instead.
- A `Branch` stands for entries that all are below one prefix. They are made when a path below it is first asked
  for, so that an application of thousands of routes serves its first request as soon as one of ten.

An `Index` is made from the entries of one protocol. Only the opening of its branches changes it, which any thread
may see half done: what is new is put in before the branch is taken out, and lists are replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, MutableMapping, Sequence
from enum import Enum
from math import inf
from operator import itemgetter
from threading import RLock
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from fastapi_lite.routing.layout import (
    Layout,
    Values,
    compile_key,
    compile_values,
    lay_out,
    lay_out_prefix,
)
from fastapi_lite.routing.paths import PathPattern
from fastapi_lite.routing.warming import Warmable
from fastapi_lite.types import ASGIApp, Scope

if TYPE_CHECKING:
    from fastapi_lite.routing.routes import BaseRoute

BOTH = ("http", "websocket")
"""The protocols of connections, as `scope["type"]` names them."""


class Match(Enum):
    """How far a route matches: not at all, but for the method, or fully."""

    NONE = 0
    PARTIAL = 1
    FULL = 2


ANY = ""
"""Stands for every method that is not named."""


class Entry:
    """One thing that can answer, and when it does. See the module for `pattern` and `is_prefix`.

    `methods` are all that are answered, or `None` for any. `route` and `endpoint` go into the scope.
    """

    __slots__ = (
        "app",
        "endpoint",
        "is_prefix",
        "methods",
        "names",
        "pattern",
        "protocols",
        "route",
    )

    def __init__(
        self,
        app: ASGIApp,
        *,
        route: BaseRoute | Any,
        pattern: PathPattern | None,
        protocols: Collection[str] = ("http",),
        methods: Collection[str] | None = None,
        endpoint: Any = None,
        is_prefix: bool = False,
    ) -> None:
        self.app: ASGIApp = app
        self.route: BaseRoute | Any = route
        self.pattern: PathPattern | None = pattern
        self.protocols: Collection[str] = protocols
        self.methods: Collection[str] | None = methods
        self.endpoint: Any = endpoint
        self.is_prefix: bool = is_prefix
        self.names: tuple[str, ...] = () if pattern is None else pattern.names

    def enter(self, scope: Scope, found: MutableMapping[str, Any]) -> None:
        """Complete `scope` for the application, which matched with `found`."""
        scope["route"] = self.route
        if self.pattern is None:
            scope.update(found)
            return
        scope["endpoint"] = self.endpoint
        if self.is_prefix:
            go_below(scope, found.pop(self.names[-1]), into=scope)
        outer = scope.get("path_params")
        scope["path_params"] = {**outer, **found} if outer else found

    def __repr__(self) -> str:
        path = "?" if self.pattern is None else self.pattern.path
        return f"Entry({path!r}, methods={sorted(self.methods or ())!r}, route={self.route!r})"


def go_below(scope: Scope, rest: str, into: Scope) -> None:
    """Put `into` what makes all of the path but `rest` part of the `root_path`.

    `app_root_path` stays the outermost of them.
    """
    root: str = scope.get("root_path", "")
    path: str = scope["path"]
    into["app_root_path"] = scope.get("app_root_path", root)
    if not path.startswith(root):
        # Whoever set `root_path` took it off the path, which has it in ASGI (HTTP Connection Scope).
        into["path"] = path = root + path
    into["root_path"] = path[: len(path) - len(rest) - 1]


class Branch:
    """Entries below a prefix of literal text; `grow` makes them, which may be branches themselves."""

    __slots__ = ("grow", "prefix")

    methods: ClassVar[None] = None
    protocols: ClassVar[Collection[str]] = BOTH

    def __init__(self, prefix: str, grow: Callable[[], Iterable[Entry | Branch]]) -> None:
        self.prefix: str = prefix
        self.grow: Callable[[], Iterable[Entry | Branch]] = grow

    def __repr__(self) -> str:
        return f"Branch({self.prefix!r})"


Found: TypeAlias = tuple[Entry, MutableMapping[str, Any]]
"""An entry, and what to complete the scope with: the parameters, or what its route's `matches` gave."""

Rank: TypeAlias = tuple[float, ...]
"""A place in the order of declaration; those in a branch begin with the branch's own."""

Ranked: TypeAlias = tuple[Rank, Any]
"""An entry or a branch with its place."""

LAST: Rank = (inf,)
"""A place behind every entry."""

rank_of: Callable[[tuple[Rank, Any]], Rank] = itemgetter(0)


class Group:
    """Entries that match the very same paths, by method."""

    __slots__ = ("by_method", "entries", "layout", "values")

    def __init__(self, layout: Layout | None) -> None:
        self.layout: Layout | None = layout
        self.values: Values | None = None
        self.entries: list[Ranked] = []
        self.by_method: dict[str, Ranked] = {}

    @property
    def has_branch(self) -> bool:
        """Whether one of them is a branch."""
        return any(type(entry) is Branch for _, entry in self.entries)

    def add(self, ranked: Ranked) -> None:
        """Take in an entry."""
        if type(ranked[1]) is Branch or (self.entries and ranked[0] < self.entries[-1][0]):
            self.arrange([*self.entries, ranked])
        else:
            self.entries.append(ranked)
            self.answer(self.by_method, ranked)

    def remove(self, ranked: Ranked) -> None:
        """Leave out an entry."""
        self.arrange([one for one in self.entries if one is not ranked])

    def arrange(self, entries: list[Ranked]) -> None:
        """Have these entries, in the order of their ranks."""
        self.entries = sorted(entries, key=rank_of)
        by_method: dict[str, Ranked] = {}
        for ranked in self.entries:
            self.answer(by_method, ranked)
        self.by_method = by_method

    def answer(self, by_method: dict[str, Ranked], ranked: Ranked) -> None:
        """Have an entry answer its methods where none before it does."""
        methods = ranked[1].methods
        if ANY not in by_method:
            for method in (ANY,) if methods is None else methods:
                by_method.setdefault(method, ranked)

    def compile(self) -> Values:
        """What reads the values; made on first use, since most of many routes see none for long."""
        self.values = compile_values(self.layout)
        return self.values

    def first(self, method: str) -> Ranked | None:
        """The first entry that answers `method`."""
        return self.by_method.get(method) or self.by_method.get(ANY)


class Shape:
    """The groups of all paths that have literal text in the same places, by these texts.

    `/users/{id}/books` and `/shops/{name}/{shelf:int}-{row:int}` are of two shapes: literal in the segments 1
    and 3, or in 1 alone. So `/users/{id}/orders` is found among thousands like it by one key.
    """

    __slots__ = ("groups", "key")

    def __init__(self, layout: Layout, groups: dict[Any, list[Group]]) -> None:
        self.key: Callable[[list[str]], Any] = compile_key(layout.places, layout.heads)
        self.groups: dict[Any, list[Group]] = groups


class Index:
    """Finds, among the `entries` of one protocol, the first that matches."""

    def __init__(self, entries: Iterable[Entry | Branch], protocol: str) -> None:
        self.protocol: str = protocol
        self.opaque: list[Ranked] = []
        self.static: dict[str, Group] = {}
        self.quick: dict[str, dict[str, Ranked]] = {}
        """Of static paths, the entries by method that no other can come before."""
        self.disputed: set[str] = set()
        """The static paths where that is not so of all entries."""
        self.groups: dict[Any, Group] = {}
        self.places: dict[Place, Shape] = {}
        self.shapes: tuple[int, list[list[Shape]]] = 0, [[], []]
        """How many segments to look at, and the shapes by the number of segments."""
        self.closed: dict[Branch, tuple[Ranked, Group]] = {}
        self.weigh(self.add((), entries))

    def find(self, scope: Scope, method: str, path: str) -> Found | None:
        """The first entry for `path` and `method`, which is empty for a WebSocket."""
        depth, shapes = self.shapes
        rank: Rank = LAST
        entry = None
        quick = self.quick.get(path)
        if quick is not None:
            first = quick.get(method) or quick.get(ANY)
            if first is not None:
                return first[1], {}
            rank, entry = self.static[path].first(method) or (LAST, None)
        values: Sequence[Any] = ()
        segments = path.split("/", depth)
        for shape in shapes[len(segments)]:
            alike = shape.groups.get(shape.key(segments))
            if alike is None:
                continue
            for group in alike:
                first = group.by_method.get(method) or group.by_method.get(ANY)
                if first is not None and (entry is None or first[0] < rank):
                    read = (group.values or group.compile())(segments, path)
                    if read is not None:
                        rank, entry = first
                        values = read
        for place, opaque in self.opaque:
            if place > rank:
                break
            match, additions = opaque.route.matches(scope)
            if match is Match.FULL:
                return opaque, additions
        if entry is None:
            return None
        if type(entry) is Branch:
            self.open(entry)
            return self.find(scope, method, path)
        if len(values) == 1:
            return entry, {entry.names[0]: values[0]}  # 0.1 µs less than the next line
        return entry, dict(zip(entry.names, values))  # noqa: B905 - `strict` costs 0.15 µs

    def find_all(self, scope: Scope, path: str) -> list[Found]:
        """All entries that match `path` with some method, in their order."""
        segments = path.split("/", self.shapes[0])
        groups = self.groups_at(path, segments)
        if not groups and not self.opaque:
            return []  # 0.5 µs less
        branches = [one for group in groups for _, one in group.entries if type(one) is Branch]
        if branches:
            for branch in branches:
                self.open(branch)
            return self.find_all(scope, path)
        matches: list[tuple[Rank, Found]] = []
        for group in groups:
            values = (group.values or group.compile())(segments, path)
            if values is not None:
                matches += [
                    (rank, (entry, dict(zip(entry.names, values, strict=True))))
                    for rank, entry in group.entries
                ]
        for rank, entry in self.opaque:
            match, additions = entry.route.matches(scope)
            if match is not Match.NONE:
                matches.append((rank, (entry, additions)))
        return [found for _, found in sorted(matches, key=rank_of)]

    def may_match(self, path: str) -> bool:
        """Whether `find_all` has to be asked what matches `path`."""
        return bool(self.opaque or self.groups_at(path, path.split("/", self.shapes[0])))

    def groups_at(self, path: str, segments: list[str]) -> list[Group]:
        """The groups that have all their literal segments in `path`."""
        groups = [self.static[path]] if path in self.static else []
        for shape in self.shapes[1][len(segments)]:
            groups += shape.groups.get(shape.key(segments), ())
        return groups

    def warm_up(self) -> list[Entry]:
        """Compile what is compiled on first use; all entries, in no order."""
        while self.closed:
            self.open(next(iter(self.closed)))
        groups = [*self.static.values(), *self.groups.values()]
        for group in groups:
            group.compile()
        entries = [entry for _, entry in self.opaque]
        entries += [entry for group in groups for _, entry in group.entries]
        for entry in entries:
            if isinstance(entry, Warmable):
                entry.warm_up()
        return entries

    def add(self, rank: Rank, entries: Iterable[Entry | Branch]) -> Iterable[str]:
        """Take in entries that stand together at `rank`; the static paths to be weighed anew."""
        opaque: list[Ranked] = []
        static: set[str] = set()
        count = len(self.places)
        for number, entry in enumerate(entries):
            ranked = (*rank, number), entry
            if isinstance(entry, Branch):
                layout = lay_out_prefix(entry.prefix)
                below = self.group_of(layout, place_of(layout), entry)
                below.values = read_nothing
                below.add(ranked)
                self.closed[entry] = ranked, below
                static.add(self.add_static(entry.prefix, ranked))
            elif self.protocol not in entry.protocols:
                continue
            elif entry.pattern is None:
                opaque.append(ranked)
            elif entry.pattern.params:
                layout = lay_out(entry.pattern)
                self.group_of(layout, place_of(layout), layout.signature).add(ranked)
            else:
                static.add(self.add_static(entry.pattern.path, ranked))
        if len(self.places) > count:
            self.arrange()
        if not opaque:
            return static
        self.opaque = sorted([*self.opaque, *opaque], key=rank_of)
        return self.static

    def add_static(self, path: str, ranked: Ranked) -> str:
        """Take in what answers `path`; that path."""
        if path not in self.static:
            self.static[path] = Group(None)
            self.quick[path] = {}
        self.static[path].add(ranked)
        return path

    def group_of(self, layout: Layout, place: Place, signature: Any) -> Group:
        """The group of the entries that lie so, a new one if need be."""
        name = place, layout.key, signature
        if name not in self.groups:
            self.groups[name] = Group(layout)
            if place not in self.places:
                self.places[place] = Shape(layout, {})
            self.places[place].groups.setdefault(layout.key, []).append(self.groups[name])
        return self.groups[name]

    def arrange(self) -> None:
        """Have all shapes looked at."""
        depth: int = max((length + goes_on for length, goes_on, *_ in self.places), default=0)
        self.shapes = (
            depth,
            [
                [
                    shape
                    for (length, goes_on, *_), shape in self.places.items()
                    if (length < count if goes_on else length == count)
                ]
                for count in range(depth + 2)
            ],
        )

    def open(self, branch: Branch) -> None:
        """Put the entries of `branch` in its place."""
        with OPENING:
            if branch not in self.closed:
                return  # meanwhile another thread has
            ranked, below = self.closed[branch]
            changed = self.add(ranked[0], branch.grow())
            self.static[branch.prefix].remove(ranked)
            self.drop(branch, below)
            del self.closed[branch]
            self.weigh({*changed, *self.disputed, branch.prefix})

    def drop(self, branch: Branch, below: Group) -> None:
        """Take out the group of `branch`.

        Its shape stays as it is for whoever looks at it just now, and will try to open the branch.
        """
        layout = lay_out_prefix(branch.prefix)
        place = place_of(layout)
        del self.groups[place, layout.key, branch]
        groups = {**self.places[place].groups}
        groups[layout.key] = [group for group in groups[layout.key] if group is not below]
        left = {key: alike for key, alike in groups.items() if alike}
        self.places.pop(place)
        if left:
            self.places[place] = Shape(layout, left)
        self.arrange()

    def weigh(self, paths: Iterable[str]) -> None:
        """Find what answers these static paths whatever else there is."""
        for path in paths:
            group = self.static[path]
            self.quick[path] = self.undisputed(path, group)
            if len(self.quick[path]) < len(group.by_method):
                self.disputed.add(path)
            else:
                self.disputed.discard(path)

    def undisputed(self, path: str, group: Group) -> dict[str, Ranked]:
        """The entries of a static path by method, but where another one may come before them."""
        segments = path.split("/", self.shapes[0])
        rivals = [rival for rival in self.groups_at(path, segments) if rival is not group]
        if not rivals and not self.opaque and not group.has_branch:
            return group.by_method

        def first_rival(method: str) -> Rank:
            firsts = [
                rival.entries[0] if method == ANY else rival.first(method) for rival in rivals
            ]
            return min((first[0] for first in [*firsts, *self.opaque[:1]] if first), default=LAST)

        return {
            method: ranked
            for method, ranked in group.by_method.items()
            if ranked[0] < first_rival(method) and type(ranked[1]) is not Branch
        }


Place: TypeAlias = tuple[int, bool, tuple[int, ...], tuple[tuple[int, int], ...]]
"""Where a path has literal text, and how long it is."""

OPENING = RLock()
"""Held while a branch is opened."""


def place_of(layout: Layout) -> Place:
    """Where paths that lie so have literal text."""
    return layout.length, layout.rest is not None, layout.places, layout.heads


def read_nothing(segments: list[str], path: str) -> Sequence[Any]:
    """The values in a path of which only its start was looked at."""
    return ()
