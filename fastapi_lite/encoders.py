"""Values of any type ↔ what JSON has forms for."""

from __future__ import annotations

from json import JSONEncoder
from typing import Any

from pydantic_core import to_json

encode_json = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

TEXT = frozenset({str})
SCALARS = frozenset({str, int, bool, type(None)})


def dump_json(content: Any) -> bytes:
    """`content` as compact JSON (RFC 8259) in UTF-8.

    Raises `TypeError` for what JSON has no form for, `ValueError` for NaN, infinities and cycles.
    """
    # Small flat objects are most of what is sent; pydantic's writer saves 1 µs on them, and does
    # not differ for these types. For others it does: it would write dates, and NaN as null.
    if (
        type(content) is dict
        and SCALARS.issuperset(map(type, content.values()))
        and TEXT.issuperset(map(type, content))
    ):
        return to_json(content)
    return encode_json(content).encode("utf-8")
