"""Fixtures for telemetry; its tests run where OpenTelemetry's SDK is installed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

IS_INSTALLED = find_spec("opentelemetry") is not None
collect_ignore_glob = [] if IS_INSTALLED else ["test_*.py"]


@pytest.fixture
def recorded() -> Iterator[Any]:
    """What an application records, in memory."""
    from tests.telemetry.recorded import Recorded  # noqa: PLC0415 - takes the SDK

    recorded = Recorded()
    yield recorded
    recorded.close()
