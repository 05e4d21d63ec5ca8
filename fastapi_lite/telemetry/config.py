"""What an application says of its telemetry."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from typing_extensions import TypedDict

from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.types import Scope

if TYPE_CHECKING:
    from opentelemetry._logs import LoggerProvider
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

AUTO_CONFIGURE = "FASTAPI_OTEL_AUTO_CONFIGURE"
"""The variable that says `true` where exporters are to be set up from the environment."""

INSTALL = "pip install fastapi_lite[opentelemetry]"


class TelemetryConfig(TypedDict, total=False):
    """What `FastAPI(telemetry=…)` takes; an option that is left out has its default."""

    tracer_provider: TracerProvider | None
    """Makes the spans; the global provider unless given."""
    meter_provider: MeterProvider | None
    """Keeps the metrics; the global provider unless given."""
    logger_provider: LoggerProvider | None
    """Takes the log events; the global provider unless given."""
    tracing: bool
    """Whether requests and WebSockets have spans; they do unless told otherwise."""
    metrics: bool
    """Whether requests are counted and timed; they are unless told otherwise."""
    logs: bool
    """Whether refused requests and unhandled exceptions are logged; they are unless told otherwise."""
    operation_spans: bool
    """Whether dependencies, endpoint, serialisation and background tasks have spans of their own."""
    auto_configure: bool
    """Whether OTLP exporters are set up from `OTEL_…` variables at start-up.

    Not unless `FASTAPI_OTEL_AUTO_CONFIGURE=true` says so.
    """
    exclude: Callable[[Scope], bool] | None
    """Says of a connection's scope whether nothing is to be recorded of it."""


SWITCHES = ("tracing", "metrics", "logs", "operation_spans", "auto_configure")
PROVIDERS = {
    "tracer_provider": "get_tracer",
    "meter_provider": "get_meter",
    "logger_provider": "get_logger",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """A configuration, complete."""

    auto_configure: bool
    tracer_provider: Any = None
    meter_provider: Any = None
    logger_provider: Any = None
    tracing: bool = True
    metrics: bool = True
    logs: bool = True
    operation_spans: bool = True
    exclude: Callable[[Scope], bool] | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing is to be recorded."""
        return not (self.tracing or self.metrics or self.logs)


def is_auto_configured() -> bool:
    """Whether the environment says that exporters are to be set up."""
    return os.environ.get(AUTO_CONFIGURE, "").strip().lower() == "true"


def read_settings(config: TelemetryConfig | None) -> Settings:
    """`config`, completed by the environment."""
    said: dict[str, Any] = {"auto_configure": is_auto_configured(), **(config or {})}
    return Settings(**said)


def check_config(config: Any) -> None:
    """Raise `DeclarationError` for what cannot be a configuration."""
    if not isinstance(config, Mapping):
        raise DeclarationError(
            f"FastAPI(telemetry=…): {config!r} is no dictionary. "
            'Say what shall be otherwise, as in {"metrics": False}, or {} for all defaults.'
        )
    for name, value in config.items():
        check_option(name, value)
    try:
        import opentelemetry.trace  # noqa: F401, PLC0415 - an optional extra
    except ImportError as error:
        raise DeclarationError(
            f"FastAPI(telemetry=…): OpenTelemetry is not installed. Run: {INSTALL}"
        ) from error


def check_option(name: str, value: Any) -> None:
    """Raise `DeclarationError` for an option that cannot be."""
    if name not in TelemetryConfig.__annotations__:
        options = ", ".join(TelemetryConfig.__annotations__)
        raise DeclarationError(
            f"FastAPI(telemetry=…): there is no option {name!r}. The options are {options}."
        )
    if name in SWITCHES:
        expected, fits = "True or False", isinstance(value, bool)
    elif name == "exclude":
        expected, fits = "a function of the scope", value is None or callable(value)
    else:
        expected, fits = "an OpenTelemetry provider", hasattr(value, PROVIDERS[name])
        fits = fits or value is None
    if not fits:
        raise DeclarationError(f"FastAPI(telemetry=…): {name!r} is {value!r}, not {expected}.")
