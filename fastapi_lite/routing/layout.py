"""How a path lies in segments: what of it an index looks up, and what it then reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from fastapi_lite.routing.paths import Param, PathPattern, compile_read

Values: TypeAlias = Callable[[list[str], str], Sequence[Any] | None]
"""The values of the parameters in a path, given in segments and whole; nothing if it does not match."""


class Segment(NamedTuple):
    """What is between two slashes."""

    literals: tuple[str, ...]
    params: tuple[Param, ...]

    @property
    def is_one_param(self) -> bool:
        """Whether it is a parameter and nothing else, with its text for value."""
        return self.literals == ("", "") and self.params[0].is_plain

    @property
    def spans(self) -> bool:
        """Whether a slash may be in it."""
        return any(param.spans for param in self.params)


def split_segments(pattern: PathPattern) -> list[Segment]:
    """The segments of a path; the first is what comes before its first slash."""
    parts = pattern.path.split("/")
    whole = [part for part in parts if part[:1] == "{" and part.find("}") == len(part) - 1]
    if len(whole) == len(pattern.params) == pattern.path.count("{"):
        # Nearly every path: each parameter is a segment. A third of the time of what follows.
        params_in_order = iter(pattern.params)
        return [
            Segment(("", ""), (next(params_in_order),)) if part[:1] == "{" else Segment((part,), ())
            for part in parts
        ]
    segments: list[Segment] = []
    literals: list[str] = [""]
    params: list[Param] = []
    for literal, param in zip_longest(pattern.literals, pattern.params):
        first, *others = literal.split("/")
        literals[-1] += first
        for other in others:
            segments.append(Segment(tuple(literals), tuple(params)))
            literals, params = [other], []
        if param is not None:
            params.append(param)
            literals.append("")
    segments.append(Segment(tuple(literals), tuple(params)))
    return segments


def join_segments(segments: Sequence[Segment]) -> Segment:
    """Several segments as one, with the slashes between them."""
    literals, params = list(segments[0].literals), list(segments[0].params)
    for segment in segments[1:]:
        literals[-1] += f"/{segment.literals[0]}"
        literals += segment.literals[1:]
        params += segment.params
    return Segment(tuple(literals), tuple(params))


class Layout(NamedTuple):
    """What of a path the index looks up, and what it then reads."""

    length: int
    """How many segments there are, before the rest."""
    places: tuple[int, ...]
    """The segments that are literal, by number."""
    texts: tuple[str, ...]
    """What they are."""
    heads: tuple[tuple[int, int], ...]
    """The segments that begin with literal text and go on otherwise, with the length of that text."""
    params: Sequence[tuple[int, Segment]]
    """The segments with parameters, with their numbers."""
    rest: Segment | None
    """All from the first segment that may have a slash in it; the path has a segment more at least."""
    is_plain: bool
    """Whether every parameter is a whole segment, and its text the value."""

    @property
    def key(self) -> Any:
        """What a path of this shape is looked up by, as `compile_key` makes it of segments."""
        texts: Any = self.texts if self.texts[1:] else self.texts[0]
        if not self.heads:
            return texts
        segments = [segment for _, segment in self.params] + ([self.rest] if self.rest else [])
        return texts, *[segment.literals[0] for segment in segments if segment.literals[0]]

    @property
    def signature(self) -> Any:
        """What tells apart paths that have all their literal segments in common."""
        if self.is_plain:
            return ()
        segments = [segment for _, segment in self.params] + ([self.rest] if self.rest else [])
        return tuple(
            (segment.literals, *[id(param.convertor) for param in segment.params])
            for segment in segments
        )


def lay_out(pattern: PathPattern) -> Layout:
    """How the index takes `pattern`, which has parameters."""
    places: list[int] = []
    texts: list[str] = []
    heads: list[tuple[int, int]] = []
    params: list[tuple[int, Segment]] = []
    is_plain = True
    rest = None
    segments = split_segments(pattern)
    for number, segment in enumerate(segments):
        if not segment.params:
            places.append(number)
            texts.append(segment.literals[0])
            continue
        if segment.literals[0]:
            heads.append((number, len(segment.literals[0])))
        if segment.spans:
            rest = join_segments(segments[number:])
            break
        is_plain = is_plain and segment.is_one_param
        params.append((number, segment))
    return Layout(
        length=len(places) + len(params),
        places=tuple(places),
        texts=tuple(texts),
        heads=tuple(heads),
        params=params,
        rest=rest,
        is_plain=is_plain and rest is None,
    )


def lay_out_prefix(prefix: str) -> Layout:
    """How the index takes all paths below `prefix`, which is literal."""
    texts = tuple(prefix.split("/"))
    anything = Segment(("", ""), ())
    return Layout(len(texts), tuple(range(len(texts))), texts, (), (), anything, is_plain=False)


def compile_key(
    places: Sequence[int], heads: Sequence[tuple[int, int]]
) -> Callable[[list[str]], Any]:
    """What makes of a path's segments the key to look it up by."""
    pick = itemgetter(*places)
    if not heads:
        return pick
    return lambda segments: (pick(segments), *[segments[at][:length] for at, length in heads])


def compile_values(layout: Layout | None) -> Values:
    """What reads the parameters of a path whose literal segments are as in `layout`."""
    if layout is None:
        return lambda segments, path: ()
    if layout.rest is not None:
        return compile_rest_values(layout, layout.rest)
    if not layout.is_plain:
        return compile_segment_values(layout.params)
    place, *others = [number for number, _ in layout.params]
    if not others:
        return lambda segments, path: (segments[place],) if segments[place] else None
    pick: Callable[[list[str]], Sequence[str]] = itemgetter(place, *others)

    def values(segments: list[str], path: str) -> Sequence[str] | None:
        texts = pick(segments)
        return None if "" in texts else texts

    return values


def compile_segment_values(params: Sequence[tuple[int, Segment]]) -> Values:
    """As `compile_values`, for segments of any kind."""
    readers = [(number, compile_read(*segment)) for number, segment in params]
    if len(readers) == 1:
        (place, read_one), *_ = readers
        return lambda segments, path: read_one(segments[place])

    def values(segments: list[str], path: str) -> Sequence[Any] | None:
        collected: list[Any] = []
        for number, read in readers:
            part = read(segments[number])
            if part is None:
                return None
            collected += part
        return collected

    return values


def compile_rest_values(layout: Layout, rest: Segment) -> Values:
    """As `compile_values`, for a path that goes on over any number of segments."""
    read_rest = compile_read(*rest)
    length = layout.length
    if not layout.params:
        start = len("/".join(layout.texts)) + 1
        if rest.is_one_param:
            # As below, without two calls: what every mount does, on every request.
            return lambda segments, path: (path[start:],) if path.find("\n", start) < 0 else None
        return lambda segments, path: read_rest(path[start:])
    read_segments = compile_segment_values(layout.params)

    def values(segments: list[str], path: str) -> Sequence[Any] | None:
        first = read_segments(segments, path)
        if first is None:
            return None
        others = read_rest(path[sum(map(len, segments[:length])) + length :])
        return None if others is None else [*first, *others]

    return values
