"""What a `Range` header asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastapi_lite.responses.ranges import (
    MalformedRangeHeader,
    RangeNotSatisfiable,
    Span,
    read_ranges,
)


@pytest.mark.parametrize(
    ("header", "spans"),
    [
        ("bytes=0-4", [(0, 5)]),
        ("bytes=95-", [(95, 100)]),
        ("bytes=-5", [(95, 100)]),
        ("bytes=-500", [(0, 100)]),
        ("bytes=90-200", [(90, 100)]),
        ("bytes=0-" + "9" * 4000, [(0, 100)]),
        ("BYTES = 0-4", [(0, 5)]),
        ("bytes=0-4, 10-14", [(0, 5), (10, 15)]),
        ("bytes=10-14,\t0-4", [(0, 5), (10, 15)]),
        ("bytes=0-4,3-9", [(0, 10)]),
        ("bytes=0-4,5-9", [(0, 10)]),
        ("bytes=0-9,2-3", [(0, 10)]),
        ("bytes=0-4,,x,10-14", [(0, 5), (10, 15)]),
        ("bytes=0-4,200-300", [(0, 5)]),
        ("bytes=-0,0-1", [(0, 2)]),
    ],
)
def test_spans_are_ascending_and_apart(header: str, spans: list[tuple[int, int]]) -> None:
    assert read_ranges(header, 100, most=100) == spans


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("", "Malformed range header."),
        ("bytes", "Malformed range header."),
        ("items=0-4", "Only support bytes range"),
        ("bytes=", "Range header: range must be requested"),
        ("bytes=-", "Range header: range must be requested"),
        ("bytes=a-b", "Range header: range must be requested"),
        ("bytes=+1-4", "Range header: range must be requested"),
        ("bytes=1_0-14", "Range header: range must be requested"),
        ("bytes=٣-٤", "Range header: range must be requested"),
        ("bytes=0-4-5", "Range header: range must be requested"),
        ("bytes=" + "9" * 4001 + "-", "Range header: range must be requested"),
        ("bytes=5-2", "Range header: start must be less than end"),
    ],
)
def test_what_is_no_range_is_refused_with_its_reason(header: str, why: str) -> None:
    with pytest.raises(MalformedRangeHeader) as refused:
        read_ranges(header, 100, most=100)
    assert refused.value.content == why


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=-0", "bytes=100-200,300-400"])
def test_ranges_beyond_the_file_are_refused_with_its_size(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable) as refused:
        read_ranges(header, 100, most=100)
    assert refused.value.max_size == 100


def test_empty_file_has_no_ranges() -> None:
    with pytest.raises(RangeNotSatisfiable):
        read_ranges("bytes=0-", 0, most=100)


def test_as_many_ranges_as_allowed_are_read() -> None:
    header = "bytes=" + ",".join(f"{n * 2}-{n * 2}" for n in range(100))
    assert len(read_ranges(header, 1000, most=100)) == 100


def test_more_ranges_than_allowed_ask_for_the_whole_file() -> None:
    """CVE-2011-3192, CVE-2025-62727: without a limit ranges cost the file, or time, many times."""
    assert read_ranges("bytes=" + ",".join(["0-"] * 101), 1000, most=100) == []


@given(st.text(alphabet="0123456789-, ", max_size=60), st.integers(0, 50))
def test_no_byte_is_sent_twice_and_none_beyond_the_file(ranges: str, size: int) -> None:
    try:
        spans = read_ranges(f"bytes={ranges}", size, most=100)
    except (MalformedRangeHeader, RangeNotSatisfiable):
        return
    ends = [0, *(end for span in spans for end in span), size]
    assert spans
    assert ends == sorted(ends)


def test_span_tells_its_place() -> None:
    assert Span(5, 10).content_range(100) == "bytes 5-9/100"
