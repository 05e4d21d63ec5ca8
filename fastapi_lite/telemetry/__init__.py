"""OpenTelemetry for `FastAPI(telemetry=…)`: traces, metrics and logs of what the application does.

The package is optional: `pip install fastapi_lite[opentelemetry]`.
"""

from fastapi_lite.telemetry.config import TelemetryConfig
from fastapi_lite.telemetry.data import TelemetryData, get_telemetry_data

__all__ = ["TelemetryConfig", "TelemetryData", "get_telemetry_data"]
