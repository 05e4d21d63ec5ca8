"""Paths with parameters: `/{id:int}` as a pattern, and back to a path.

A parsed path alternates literals and parameters. Text is matched against it as the greedy regular expression
of the same path would match it as a whole, but in linear time: see `compile_split`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any, NamedTuple, TypeAlias

from fastapi_lite.convertors import (
    CONVERTOR_TYPES,
    Convertor,
    FloatConvertor,
    IntegerConvertor,
    PathConvertor,
    StringConvertor,
    UUIDConvertor,
)
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.types import Scope

PARAM_REGEX = re.compile(r"\{([A-Za-z_]\w*)(:[A-Za-z_]\w*)?\}", re.ASCII)
"""A parameter in a path: its name, and its kind behind a colon."""

PORT = re.compile(r":[0-9]+\Z")

Read: TypeAlias = Callable[[str], Sequence[Any] | None]
"""The values of the parameters that a text has, or nothing where it does not match."""


class Param(NamedTuple):
    """One parameter of a path."""

    name: str
    convertor: Convertor[Any]

    @property
    def is_plain(self) -> bool:
        """Whether its value is the text itself."""
        return type(self.convertor) in (StringConvertor, PathConvertor)

    @property
    def spans(self) -> bool:
        """Whether its text may have slashes."""
        return self.convertor.regex not in WITHIN_SEGMENT


WITHIN_SEGMENT = frozenset(
    kind.regex for kind in (StringConvertor, IntegerConvertor, FloatConvertor, UUIDConvertor)
)
"""Regular expressions that are known to match no slash."""


@dataclass(frozen=True)
class PathPattern:
    """A parsed path: `literals` around and between `params`, one more of the former.

    `path` is what it was parsed from, for messages.
    """

    path: str
    literals: tuple[str, ...]
    params: tuple[Param, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters, in their order."""
        return tuple(param.name for param in self.params)

    @property
    def convertors(self) -> dict[str, Convertor[Any]]:
        """The convertors by the names of their parameters."""
        return dict(self.params)

    @property
    def format(self) -> str:
        """The path with parameters by name alone: `/{id}`."""
        names = (f"{{{param.name}}}" for param in self.params)
        return interleave(self.literals, names)

    def below(self, prefix: str) -> PathPattern:
        """The path below `prefix`; itself where that is empty."""
        if not prefix:
            return self
        path = prefix + self.path
        if "{" in prefix:
            return parse_path(path)
        first, *others = self.literals
        return PathPattern(path, (prefix + first, *others), self.params)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        r"""The path as a regular expression, with a group per parameter.

        It ends in `\Z`; a `$` would let a line feed pass behind it.
        """
        groups = (f"(?P<{param.name}>{param.convertor.regex})" for param in self.params)
        expression = interleave(map(re.escape, self.literals), groups)
        # A path of no slash at its start is a host, and those know no case (RFC 3986, 3.2.2).
        flags = re.NOFLAG if self.path.startswith("/") else re.IGNORECASE
        return re.compile(rf"^{expression}\Z", flags)

    @cached_property
    def read(self) -> Read:
        """The values of the parameters in a path, or nothing where it does not match."""
        return compile_read(self.literals, self.params)

    def match(self, path: str) -> dict[str, Any] | None:
        """The parameters by name, or nothing where `path` does not match."""
        values = self.read(path)
        return None if values is None else dict(zip(self.names, values, strict=True))


def interleave(literals: Any, between: Any) -> str:
    """One text of `literals` and, between them, the others."""
    parts = zip_longest(literals, between, fillvalue="")
    return "".join(part for pair in parts for part in pair)


def parse_path(path: str) -> PathPattern:
    """`path` in its parts.

    Raises `DeclarationError` for a convertor nobody has registered and `ValueError` for a name that comes twice.
    """
    literals: list[str] = []
    params: list[Param] = []
    end = 0
    for found in PARAM_REGEX.finditer(path):
        name, kind = found[1], (found[2] or ":str")[1:]
        if kind not in CONVERTOR_TYPES:
            raise DeclarationError(
                f"Unknown path convertor {kind!r} in {path!r}. It is none of "
                f"{', '.join(CONVERTOR_TYPES)}; `register_url_convertor({kind!r}, ...)` adds it."
            )
        literals.append(path[end : found.start()])
        params.append(Param(name, CONVERTOR_TYPES[kind]))
        end = found.end()
    literals.append(path[end:])
    if len(params) > 1:
        refuse_duplicates(path, [param.name for param in params])
    return PathPattern(path, tuple(literals), tuple(params))


def refuse_duplicates(path: str, names: Sequence[str]) -> None:
    """Raise `ValueError` if one of `names` comes twice."""
    duplicates = sorted({name for name in names if names.count(name) > 1})
    if duplicates:
        raise ValueError(
            f"Duplicated param name{'s' if len(duplicates) > 1 else ''} {', '.join(duplicates)} "
            f"at path {path}. Give each parameter a name of its own."
        )


def compile_path(path: str) -> tuple[re.Pattern[str], str, dict[str, Convertor[Any]]]:
    """The regular expression, the format and the convertors of `path`.

    `"/{id:int}"` gives an expression with a group `id`, `"/{id}"` and `{"id": IntegerConvertor()}`. What does
    not start with a slash is a host, whose port the expression leaves out.
    """
    pattern = parse_path(path)
    matched = pattern if path.startswith("/") else parse_path(PORT.sub("", path))
    return matched.regex, pattern.format, pattern.convertors


def replace_params(
    path: str, param_convertors: Mapping[str, Convertor[Any]], path_params: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """`path`, a format, with those of `path_params` put in that it names; and the others.

    The ones put in are taken out of `path_params`.
    """

    def put_in(found: re.Match[str]) -> str:
        name = found[1]
        if name not in path_params or name not in param_convertors:
            return found[0]
        return param_convertors[name].to_string(path_params.pop(name))

    return PARAM_REGEX.sub(put_in, path), path_params


def convert_groups(
    found: re.Match[str] | None, param_convertors: Mapping[str, Convertor[Any]]
) -> dict[str, Any] | None:
    """The parameters by name that a regular expression of `compile_path` found, if it did."""
    if found is None:
        return None
    try:
        return {
            name: convertor.convert(found[name]) for name, convertor in param_convertors.items()
        }
    except ValueError:
        return None


def get_name(endpoint: Callable[..., Any]) -> str:
    """What a route to `endpoint` is called unless it is given a name."""
    name: str = getattr(endpoint, "__name__", type(endpoint).__name__)
    return name


def get_route_path(scope: Scope) -> str:
    """The path of a request below the application: without the `root_path` it is mounted at."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    if not root or not path.startswith(root):
        return path
    if len(path) == len(root) or path[len(root)] == "/":
        return path[len(root) :]
    return path


def compile_read(literals: Sequence[str], params: Sequence[Param]) -> Read:
    """What reads a whole text as `literals` with `params` between them."""
    split = compile_split(literals, [param.convertor.regex for param in params])
    converts = [None if param.is_plain else param.convertor.convert for param in params]
    if not any(converts):
        return split
    if len(params) == 1:
        return compile_single_read(split, params[0].convertor.convert)

    def read(text: str) -> Sequence[Any] | None:
        texts = split(text)
        if texts is None:
            return None
        try:
            return [
                convert(value) if convert else value
                for convert, value in zip(converts, texts, strict=True)
            ]
        except ValueError:
            # Looks right and is not: more digits than `int` reads, a date of February 30.
            return None

    return read


def compile_single_read(split: Read, convert: Callable[[str], Any]) -> Read:
    """As `compile_read`, for one parameter."""

    def read(text: str) -> Sequence[Any] | None:
        texts = split(text)
        if texts is None:
            return None
        try:
            return (convert(texts[0]),)
        except ValueError:
            return None

    return read


def compile_split(literals: Sequence[str], expressions: Sequence[str]) -> Read:
    """What splits a whole text into what is between `literals`, each part matching its expression.

    Of several ways, the one that a regular expression takes: the first part as long as can be, then the
    second. With three parts the regular expression needs time in the cube of the text; this needs linear time,
    but for parts whose expressions are not in `RUNS`.
    """
    if not expressions:
        return lambda text: () if text == literals[0] else None
    if len(expressions) == 1:
        return compile_single_split(literals[0], literals[1], expressions[0])
    if not all(expression in RUNS for expression in expressions):
        return compile_regex_split(literals, expressions)
    runs = [RUNS[expression] for expression in expressions]

    def split(text: str) -> Sequence[str] | None:
        parts = split_rightmost(text, literals, runs)
        if parts is None or all(map(Run.is_whole, runs, parts)):
            return parts
        return split_exactly(text, literals, runs)

    return split


def compile_single_split(head: str, tail: str, expression: str) -> Read:
    """As `compile_split`, for one part."""
    matches = re.compile(expression).fullmatch
    if not head and not tail:
        return lambda text: (text,) if matches(text) else None
    start, after = len(head), len(tail)

    def split(text: str) -> Sequence[str] | None:
        end = len(text) - after
        if end < start or not text.startswith(head) or not text.endswith(tail):
            return None
        part = text[start:end]
        return (part,) if matches(part) else None

    return split


def compile_regex_split(literals: Sequence[str], expressions: Sequence[str]) -> Read:
    """As `compile_split`, by the regular expression itself."""
    groups = [f"(?P<p{number}>{part})" for number, part in enumerate(expressions)]
    matches = re.compile(interleave(map(re.escape, literals), groups)).fullmatch
    names = [f"p{number}" for number in range(len(expressions))]

    def split(text: str) -> Sequence[str] | None:
        found = matches(text)
        return None if found is None else [found[name] for name in names]

    return split


class Run(NamedTuple):
    """A parameter that may be any run of certain characters: `chars*`, but `least` of them."""

    chars: re.Pattern[str]
    least: int

    def is_whole(self, text: str) -> bool:
        """Whether all of `text` is such a run."""
        return self.chars.fullmatch(text) is not None


RUNS: Mapping[str, Run] = {
    StringConvertor.regex: Run(re.compile("[^/]*"), 1),
    PathConvertor.regex: Run(re.compile(".*"), 0),
    IntegerConvertor.regex: Run(re.compile("[0-9]*"), 1),
}
"""Regular expressions of parameters that are runs of characters."""


def split_rightmost(
    text: str, literals: Sequence[str], runs: Sequence[Run]
) -> Sequence[str] | None:
    """The split with each literal as far right as can be, whatever characters come between.

    No other is more to the right, so it is the one wanted if the characters are right; and where there is none,
    no split exists at all.
    """
    start = len(literals[0])
    end = len(text) - len(literals[-1])
    if not text.startswith(literals[0]) or not text.endswith(literals[-1]):
        return None
    parts: list[str] = []
    for literal, run in zip(literals[-2:0:-1], runs[:0:-1], strict=True):
        limit = end - run.least
        at = text.rfind(literal, start, limit) if limit >= start else -1
        if at < 0:
            return None
        parts.append(text[at + len(literal) : end])
        end = at
    if end - start < runs[0].least:
        return None
    parts.append(text[start:end])
    return parts[::-1]


def split_exactly(text: str, literals: Sequence[str], runs: Sequence[Run]) -> Sequence[str] | None:
    """The split in which the first part is as long as can be, then the second, and so on.

    From right to left, where each literal may stand so that all behind it matches; then from left to right,
    each part to the last of these places that it reaches.
    """
    places = [[len(text) - len(literals[-1])]]
    for literal, run in zip(literals[-2:0:-1], runs[:0:-1], strict=True):
        places.append(find_places(text, literal, run, places[-1]))
    parts: list[str] = []
    start = len(literals[0])
    for run, ends, literal in zip(runs, reversed(places), literals[1:], strict=True):
        reach = run.chars.match(text, start).end()  # type: ignore[union-attr]  # may be empty
        index = bisect_right(ends, reach) - 1
        if index < 0 or ends[index] < start + run.least:
            return None
        parts.append(text[start : ends[index]])
        start = ends[index] + len(literal)
    return parts


def find_places(text: str, literal: str, run: Run, ends: Sequence[int]) -> list[int]:
    """Where `literal` stands in `text` with a run behind it that reaches one of `ends`; ascending."""
    places: list[int] = []
    reach = known = len(text)
    at = text.rfind(literal)
    while at >= 0:
        start = at + len(literal)
        # Where the run from here ends: as before, unless it ends before what is known already.
        stop = run.chars.match(text, start, known).end()  # type: ignore[union-attr]  # may be empty
        if stop < known:
            reach = stop
        known = start
        index = bisect_left(ends, start + run.least)
        if index < len(ends) and ends[index] <= reach:
            places.append(at)
        at = text.rfind(literal, 0, start - 1) if start else -1
    return places[::-1]
