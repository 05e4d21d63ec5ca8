"""Fixtures for telemetry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.telemetry.recorded import Recorded


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    """What an application records, in memory."""
    recorded = Recorded()
    yield recorded
    recorded.close()
