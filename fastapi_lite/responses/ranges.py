"""Which parts of a file a `Range` header asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Bytes `start` to `stop`, without the one at `stop`."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """How many bytes these are."""
        return self.stop - self.start

    def content_range(self, size: int) -> str:
        """Where the span lies in a file of `size` bytes, as `Content-Range` says it."""
        return f"bytes {self.start}-{self.stop - 1}/{size}"


class MalformedRangeHeader(Exception):
    """A `Range` that is none; `content` tells the client why."""

    def __init__(self, content: str = "Malformed range header.") -> None:
        self.content = content


class RangeNotSatisfiable(Exception):
    """A `Range` wholly beyond the file, which has `max_size` bytes."""

    def __init__(self, max_size: int) -> None:
        self.max_size = max_size


def read_ranges(header: str, size: int, *, most: int) -> list[Span]:
    """The spans of a file of `size` bytes that `header` asks for, ascending and apart.

    None at all where more than `most` ranges are asked for: the whole file is then the cheaper
    answer (RFC 9110, section 14.2, on ranges that waste effort).
    Raises `MalformedRangeHeader` and `RangeNotSatisfiable`.
    """
    unit, equals, given = header.partition("=")
    if not equals:
        raise MalformedRangeHeader
    if unit.strip().lower() != "bytes":
        raise MalformedRangeHeader("Only support bytes range")
    if given.count(",") >= most:
        return []
    asked = [match for item in given.split(",") if (match := RANGE.fullmatch(item.strip(" \t")))]
    if not asked:
        raise MalformedRangeHeader("Range header: range must be requested")
    spans = [span for match in asked if (span := read_range(match, size)).length > 0]
    if not spans:
        raise RangeNotSatisfiable(size)
    return merge(spans)


# Either a first position, or a suffix: the last so many bytes. The digits are bounded, since
# Python reads long numbers in quadratic time and refuses those of more than 4,300 digits.
RANGE = re.compile(r"([0-9]{1,4000})-([0-9]{0,4000})|-([0-9]{1,4000})")


def read_range(match: re.Match[str], size: int) -> Span:
    """One range within a file of `size` bytes; of no length where it lies beyond the file."""
    first, last, suffix = match.groups()
    if suffix:
        return Span(max(size - int(suffix), 0), size)
    start = int(first)
    if not last:
        return Span(start, size)
    if start > int(last):
        raise MalformedRangeHeader("Range header: start must be less than end")
    return Span(start, min(int(last) + 1, size))


def merge(spans: Iterable[Span]) -> list[Span]:
    """`spans` in ascending order, those that overlap or touch made one.

    So no byte is sent twice, whatever is asked for, and the file is read forwards.
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].stop:
            merged[-1] = Span(merged[-1].start, max(merged[-1].stop, span.stop))
        else:
            merged.append(span)
    return merged
