"""Server-sent events."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from fastapi_lite.sse import KEEPALIVE_COMMENT, ServerSentEvent, format_sse_event


@pytest.mark.parametrize(
    ("fields", "sent"),
    [
        ({}, b"\n"),
        ({"data_str": "x"}, b"data: x\n\n"),
        ({"data_str": ""}, b"data: \n\n"),
        ({"data_str": "a\nb\r\nc\rd\n"}, b"data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n"),
        ({"data_str": "ü\u2028\x85"}, "data: ü\u2028\x85\n\n".encode()),
        ({"comment": "a\nb"}, b": a\n: b\n\n"),
        ({"retry": 0}, b"retry: 0\n\n"),
        (
            {"data_str": "x", "event": "e", "id": "1", "retry": 3, "comment": "c"},
            b": c\nevent: e\ndata: x\nid: 1\nretry: 3\n\n",
        ),
    ],
)
def test_event_is_written_line_by_line(fields: Any, sent: bytes) -> None:
    assert format_sse_event(**fields) == sent


def test_keepalive_is_a_comment() -> None:
    assert format_sse_event(comment="ping") == KEEPALIVE_COMMENT


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("event", "a\ndata: forged", "SSE 'event' must be a single line"),
        ("event", "a\rb", "SSE 'event' must be a single line"),
        ("id", "a\nb", "SSE 'id' must be a single line"),
        ("id", "a\0b", "SSE 'id' must not contain null characters"),
    ],
)
def test_text_that_would_forge_a_field_raises(field: str, value: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        ServerSentEvent.model_validate({field: value})
    with pytest.raises(ValueError, match=why):
        format_sse_event(**{field: value})  # type: ignore[arg-type]  # each of them takes text


def test_event_has_data_or_raw_data() -> None:
    with pytest.raises(ValidationError, match="Cannot set both 'data' and 'raw_data'"):
        ServerSentEvent(data=1, raw_data="1")


def test_time_to_retry_is_not_negative() -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        ServerSentEvent(retry=-1)


def test_event_takes_all_its_fields() -> None:
    event = ServerSentEvent(data={"a": 1}, event="e", id="1", retry=5, comment="a\nb")
    assert event.model_dump() == {
        "data": {"a": 1},
        "raw_data": None,
        "event": "e",
        "id": "1",
        "retry": 5,
        "comment": "a\nb",
    }
