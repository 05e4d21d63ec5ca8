"""Leaves telemetry out of the coverage where OpenTelemetry is not installed, a plugin of coverage.

Its tests cannot run there; `tests/test_without_telemetry.py` says so in the summary.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

OMITTED = [
    "fastapi_lite/middleware/opentelemetry.py",
    "fastapi_lite/telemetry/*",
    "tests/telemetry/*",
]


class Omit:
    """Omits what cannot run."""

    def configure(self, config: Any) -> None:
        if find_spec("opentelemetry") is None:
            config.set_option("run:omit", [*(config.get_option("run:omit") or ()), *OMITTED])


def coverage_init(registry: Any, options: dict[str, Any]) -> None:
    registry.add_configurer(Omit())
