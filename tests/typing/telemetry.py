"""What an application says of its telemetry is checked."""

from fastapi_lite import FastAPI
from fastapi_lite.telemetry import TelemetryConfig
from fastapi_lite.types import Scope


def is_quiet(scope: Scope) -> bool:
    return bool(scope["path"] == "/health")


config: TelemetryConfig = {"tracing": False, "exclude": is_quiet}
app = FastAPI(telemetry=config)
FastAPI(telemetry={"auto_configure": True, "tracer_provider": None})
FastAPI(telemetry={"metrics": "no"})  # type: ignore[arg-type]
FastAPI(telemetry={"metric": False})  # type: ignore[arg-type]
