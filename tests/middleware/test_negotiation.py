"""How much a client wants something."""

from __future__ import annotations

import pytest

from fastapi_lite.middleware.negotiation import read_qualities


@pytest.mark.parametrize(
    ("header", "qualities"),
    [
        ("", {}),
        ("gzip", {"gzip": 1}),
        ("GZIP, br;q=0.5", {"gzip": 1, "br": 0.5}),
        ("gzip ; q=0.001", {"gzip": 0.001}),
        ("gzip;q=0", {"gzip": 0}),
        ("gzip;q=0.000", {"gzip": 0}),
        ("gzip;q=1.000", {"gzip": 1}),
        ("gzip;q=1.5", {"gzip": 1}),
        ("text/html;level=1;q=0.4", {"text/html": 0.4}),
        (", ,gzip,", {"gzip": 1}),
        ("gzip;q=", {"gzip": 0}),
        ("gzip;q=nan", {"gzip": 0}),
        ("gzip;q=-1", {"gzip": 0}),
        ("gzip;q=0.x", {"gzip": 0}),
        ("gzip;q=0.\u0665", {"gzip": 0}),
        (f"gzip;q=0.{'9' * 9999}", {"gzip": 0.999}),
        (";q=1", {}),
    ],
)
def test_header_is_read(header: str, qualities: dict[str, float]) -> None:
    assert read_qualities(header) == qualities
