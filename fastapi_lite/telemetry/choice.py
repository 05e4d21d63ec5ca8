"""Whether an application has telemetry, decided once: when its middleware is put together."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fastapi_lite.logger import logger
from fastapi_lite.middleware.errors import ServerErrorMiddleware
from fastapi_lite.telemetry.config import (
    AUTO_CONFIGURE,
    INSTALL,
    is_auto_configured,
    read_settings,
)
from fastapi_lite.types import ASGIApp

if TYPE_CHECKING:
    from fastapi_lite.applications import FastAPI

GLOBAL_PROVIDERS = {
    "opentelemetry.trace": "get_tracer_provider",
    "opentelemetry.metrics": "get_meter_provider",
    "opentelemetry._logs": "get_logger_provider",
}


def with_telemetry(app: FastAPI, stack: ASGIApp) -> ASGIApp:
    """`stack`, the application's middleware, with telemetry around it where that is in use.

    That is where it is configured, or the environment asks for it, or the process has a global
    provider already.
    """
    if app.telemetry is None and not (is_auto_configured() or has_global_provider()):
        return stack
    settings = read_settings(app.telemetry)
    if settings.is_silent or has_own_spans(app) or not isinstance(stack, ServerErrorMiddleware):
        return stack
    try:
        from fastapi_lite.telemetry.layer import compile_layer  # noqa: PLC0415 - an optional extra
    except ImportError:
        logger.warning(
            "%s asks for telemetry, but OpenTelemetry is not installed. Run: %s",
            AUTO_CONFIGURE,
            INSTALL,
        )
        return stack
    return compile_layer(app, stack, settings)


def has_global_provider() -> bool:
    """Whether somebody has set a provider for the process; until then there are proxies."""
    providers = [
        getattr(sys.modules[module], getter)()
        for module, getter in GLOBAL_PROVIDERS.items()
        if module in sys.modules
    ]
    return any("Proxy" not in type(provider).__name__ for provider in providers)


def has_own_spans(app: FastAPI) -> bool:
    """Whether a middleware of the application makes spans already."""
    return any(
        getattr(one.cls, "__name__", "") == "OpenTelemetryMiddleware" for one in app.user_middleware
    )
