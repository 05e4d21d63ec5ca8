"""What is recorded is what the released FastAPI records; `scripts/record-telemetry` wrote it down."""

from __future__ import annotations

import json
from pathlib import Path

from tests.telemetry import corpus

RELEASED = json.loads((Path(__file__).parent / "fastapi.json").read_text())


def test_telemetry_is_that_of_fastapi() -> None:
    assert json.loads(json.dumps(corpus.play())) == RELEASED
