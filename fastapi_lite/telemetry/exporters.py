"""Exporters over OTLP, set up from the environment (OpenTelemetry, "OTLP Exporter Configuration")."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import anyio.to_thread

from fastapi_lite.logger import logger
from fastapi_lite.telemetry.config import INSTALL, Settings

PROTOCOL = "http/protobuf"
SIGNALS = {"TRACES": "tracing", "METRICS": "metrics", "LOGS": "logs"}
"""What is recorded, as variables of the environment and as options of an application name it."""

HINT = "pass telemetry={'auto_configure': False} to FastAPI()."


FLUSH_SECONDS = 10
"""How long the end of an application waits for what is still to be sent."""


@asynccontextmanager
async def exporters(settings: Settings) -> AsyncGenerator[None]:
    """Exporters as long as the application lives, where they are to be set up by themselves.

    At its end they send what they still hold.
    """
    exporting = configure(settings) if settings.auto_configure else []
    try:
        yield
    finally:
        with anyio.move_on_after(FLUSH_SECONDS, shield=True):
            async with anyio.create_task_group() as tasks:
                for one in exporting:
                    tasks.start_soon(flush, one)


async def flush(exporting: Any) -> None:
    """Have it send what it still holds."""
    try:
        await anyio.to_thread.run_sync(exporting.force_flush, abandon_on_cancel=True)
    except Exception:
        logger.exception("Telemetry could not be sent at the end of the application")


def configure(settings: Settings) -> list[Any]:
    """Add exporters to the providers, which are made where there are none; what is to be flushed.

    What cannot be is said in the log: an application without telemetry serves all the same.
    """
    if os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return []
    try:
        signals = [name for name in SIGNALS if is_wanted(name, settings)]
        if not signals:
            return []
        from fastapi_lite.telemetry.otlp import ADD  # noqa: PLC0415 - needs more than the API
    except ImportError:
        problem = f"OpenTelemetry's SDK and OTLP exporter are not installed. Run: {INSTALL}"
    except ValueError as error:
        problem = str(error)
    else:
        added = [ADD[name](settings) for name in signals]
        return [one for one in added if hasattr(one, "force_flush")]
    logger.warning("Automatic telemetry configuration failed: %s", problem)
    return []


def is_wanted(signal: str, settings: Settings) -> bool:
    """Whether the environment says where to send a signal. Raises `ValueError` for other ways."""
    is_on = getattr(settings, SIGNALS[signal])
    if not is_on or not (said(f"{signal}_ENDPOINT") or said("ENDPOINT")):
        return False
    exporter = os.environ.get(f"OTEL_{signal}_EXPORTER", "").strip() or "otlp"
    if exporter == "none":
        return False
    if exporter != "otlp":
        raise ValueError(
            f"OTEL_{signal}_EXPORTER={exporter} is not otlp or none. "
            f"Set up other exporters yourself, and {HINT}"
        )
    protocol = said(f"{signal}_PROTOCOL") or said("PROTOCOL") or PROTOCOL
    if protocol != PROTOCOL:
        raise ValueError(
            f"the OTLP protocol {protocol} is not {PROTOCOL}. "
            f"Set up other protocols yourself, and {HINT}"
        )
    return True


def said(name: str) -> str:
    """What the environment says of the OTLP exporters."""
    return os.environ.get(f"OTEL_EXPORTER_OTLP_{name}", "").strip()
