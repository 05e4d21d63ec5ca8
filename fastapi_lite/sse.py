"""Server-sent events (HTML Standard, section 9.2)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from fastapi_lite.responses.streaming import EventSourceResponse

__all__ = [
    "EVENT_SCHEMA",
    "KEEPALIVE_COMMENT",
    "PING_INTERVAL",
    "EventSourceResponse",
    "ServerSentEvent",
    "format_sse_event",
]

KEEPALIVE_COMMENT: Final = b": ping\n\n"
"""Sent in silence, so that nothing between server and client takes the connection for dead."""

PING_INTERVAL: Final = 15.0
"""Seconds of silence before `KEEPALIVE_COMMENT` is sent."""

EVENT_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "data": {"type": "string"},
        "event": {"type": "string"},
        "id": {"type": "string"},
        "retry": {"type": "integer", "minimum": 0},
    },
}
"""An event of a stream, as OpenAPI describes it."""

LINE_END = re.compile(r"\r\n|\r|\n")


def require_line(name: str, value: str | None) -> str | None:
    """`value`, which stands in one line; raises `ValueError` if it has an end of line."""
    if value is not None and LINE_END.search(value):
        raise ValueError(f"SSE '{name}' must be a single line")
    return value


def require_event(value: str | None) -> str | None:
    """`value` as the name of an event."""
    return require_line("event", value)


def require_id(value: str | None) -> str | None:
    """`value` as the id of an event; clients ignore one with NUL."""
    if value is not None and "\0" in value:
        raise ValueError("SSE 'id' must not contain null characters")
    return require_line("id", value)


class ServerSentEvent(BaseModel):
    """One event of an `EventSourceResponse`.

    Raises `ValidationError` if it has both `data` and `raw_data`, or text that would break the
    stream.
    """

    data: Any = None
    """What the event says; sent as JSON."""
    raw_data: str | None = None
    """What the event says, as it is sent; may have several lines."""
    event: Annotated[str | None, AfterValidator(require_event)] = None
    """The name that clients listen for; `message` unless given."""
    id: Annotated[str | None, AfterValidator(require_id)] = None
    """What a client sends as `Last-Event-ID` when it connects again."""
    retry: Annotated[int | None, Field(ge=0)] = None
    """Milliseconds that a client waits before it connects again."""
    comment: str | None = None
    """Text that clients ignore; may have several lines."""

    @model_validator(mode="after")
    def _require_one_kind_of_data(self) -> Self:
        if self.data is not None and self.raw_data is not None:
            raise ValueError(
                "Cannot set both 'data' and 'raw_data' on the same ServerSentEvent. Use 'data' "
                "for JSON-serialized payloads or 'raw_data' for pre-formatted strings."
            )
        return self


def format_sse_event(
    *,
    data_str: str | None = None,
    event: str | None = None,
    id: str | None = None,
    retry: int | None = None,
    comment: str | None = None,
) -> bytes:
    """An event as it is sent.

    `data_str`: text, each line of which becomes one of the event. `retry`: milliseconds.
    Raises `ValueError` where `event` or `id` would break the stream.
    """
    return "".join(
        [
            as_lines("", comment),
            as_lines("event", require_event(event)),
            as_lines("data", data_str),
            as_lines("id", require_id(id)),
            as_lines("retry", None if retry is None else str(retry)),
            "\n",
        ]
    ).encode()


def as_lines(name: str, value: str | None) -> str:
    """The lines of one field; a comment is a field without a name."""
    if value is None:
        return ""
    if "\n" not in value and "\r" not in value:
        return f"{name}: {value}\n"
    return "".join(f"{name}: {line}\n" for line in LINE_END.split(value))
