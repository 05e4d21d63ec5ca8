"""The errors of a request as JSON: whatever the request held, and of bounded size."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from fastapi_lite.encoders import SCALARS, dump_jsonable, is_flat, jsonable_encoder

MAX_SIZE = 256 * 1024
"""Bytes of all errors together, above which less of what was sent is repeated.

A body of 1 MB that lacks 20 fields would else be answered with 20 MB.
"""
MAX_EXCERPT = 1000
"""Characters that are repeated of an input then."""
MAX_DEPTH = 20
FEW = 5
"""Errors that may be written before their size is looked at."""
CUT = "…"
"""Stands for what was left out."""


def dump_details(errors: Any) -> bytes:
    """`{"detail": errors}` as JSON; what JSON cannot say of the inputs is left out or replaced."""
    if type(errors) is list and len(errors) <= FEW and are_plain(errors):
        try:
            body = to_json({"detail": errors})
            if len(body) <= MAX_SIZE and b'"_sa' not in body:
                return body
        except PydanticSerializationError:
            pass  # half a surrogate pair
    if isinstance(errors, str) or not isinstance(errors, Sequence):
        return b'{"detail":' + dump_error(errors) + b"}"
    pieces: list[bytes] = []
    left, dump = MAX_SIZE, dump_error
    for count, error in enumerate(errors):
        piece = dump(error)
        if len(piece) > left:
            dump = dump_excerpt  # of all that follow too, so that no long input is written again
            piece = dump(error)
        if len(piece) > left:
            pieces.append(dump_excerpt(omission(len(errors) - count)))
            break
        left -= len(piece)
        pieces.append(piece)
    return b'{"detail":[' + b",".join(pieces) + b"]}"


def are_plain(errors: Sequence[Any]) -> bool:
    """Whether errors are written by pydantic's core as by `dump_jsonable`, at a third of the cost.

    They have texts and numbers, tuples of them, and as an input perhaps an object of them.
    """
    for error in errors:
        if type(error) is not dict:
            return False
        for value in error.values():
            kind = type(value)
            if kind is tuple:
                for part in value:
                    if type(part) not in SCALARS:
                        return False
            elif kind not in SCALARS and not is_flat(value):
                return False
    return True


def dump_error(error: Any) -> bytes:
    """One error as it is, or an excerpt where it holds what JSON has no form for."""
    try:
        return dump_jsonable(error)
    except (TypeError, ValueError, RecursionError):
        return dump_excerpt(error)


def dump_excerpt(error: Any) -> bytes:
    """One error with an excerpt of what was sent."""
    if isinstance(error, Mapping):
        error = {key: Excerpt().of(value) for key, value in error.items()}
    else:
        error = Excerpt().of(error)
    # In ASCII: lone surrogates have no form in UTF-8, but can be escaped (RFC 8259, section 8.2).
    return json.dumps(error, separators=(",", ":")).encode("ascii")


def omission(count: int) -> dict[str, Any]:
    """The entry for `count` errors that are not listed."""
    return {"type": "too_many_errors", "loc": [], "msg": f"{count} more errors", "input": None}


@dataclass(slots=True)
class Excerpt:
    """Makes JSON of any value, with at most `room` characters of text in it."""

    room: int = MAX_EXCERPT

    def of(self, value: Any, depth: int = 0) -> Any:
        """What `value` comes to in JSON, cut where the room or the depth ends."""
        self.room -= 1
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str | bytes):
            return self.text(value)
        if isinstance(value, int):
            return value if value.bit_length() <= self.room else CUT
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if self.room <= 0 or depth > MAX_DEPTH:
            return CUT
        if isinstance(value, Mapping):
            return {
                self.text(str(key)): self.of(value[key], depth + 1)
                for key in islice(value, self.room)
            }
        if isinstance(value, list | tuple):
            return [self.of(one, depth + 1) for one in islice(value, self.room)]
        return self.of(encoded(value), depth + 1)

    def text(self, value: str | bytes) -> str:
        """The beginning of a text."""
        room = max(self.room, 0)
        self.room -= len(value)
        beginning = value[:room]
        said = beginning if isinstance(beginning, str) else beginning.decode(errors="replace")
        return said if len(beginning) == len(value) else said + CUT


def encoded(value: Any) -> Any:
    """What `jsonable_encoder` makes of `value`, or the name of its type."""
    try:
        return jsonable_encoder(value)
    except (TypeError, ValueError, RecursionError):
        return type(value).__name__
