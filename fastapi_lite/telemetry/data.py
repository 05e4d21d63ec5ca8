"""What is known of a request while telemetry is recorded, for span and log processors."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.payload import form_of
from fastapi_lite.requests import Request
from fastapi_lite.websockets import WebSocket

if TYPE_CHECKING:
    from opentelemetry.context import Context

KEY = "fastapi_lite.telemetry_data"
"""The key of the data in an OpenTelemetry context."""


@dataclass(kw_only=True)
class TelemetryData:
    """What a request is about; nothing of it is recorded unless a processor does so."""

    request: Request | None = None
    """The request, once its operation is found."""
    websocket: WebSocket | None = None
    """The WebSocket, once its operation is found."""
    body: Any = field(default=None, repr=False)
    """What the operation has read: parsed JSON, the form, or bytes of any other kind."""
    values: dict[str, Any] | None = field(default=None, repr=False)
    """The arguments of the endpoint, once the dependencies are solved."""
    errors: Sequence[Any] | None = field(default=None, repr=False)
    """What is wrong with the request; empty where nothing is."""


class CallData(TelemetryData):
    """The data of a call under way, whose body is parsed when somebody asks for it."""

    call: Call | None = None
    given: Any = None

    @property
    def body(self) -> Any:
        """What the operation has read so far."""
        return self.given if self.call is None else parse_body(self.call)

    @body.setter
    def body(self, body: Any) -> None:
        self.given = body


def parse_body(call: Call) -> Any:
    """The body of a call as far as it was read."""
    if call.form is not None:
        return form_of(call)
    if not call.body:
        return None
    is_form_or_json = call.connection.headers.get("content-type", "").partition(";")[0]
    if not is_form_or_json.lower().endswith("json"):
        return call.body
    try:
        return json.loads(call.body)
    except ValueError:
        return call.body


def get_telemetry_data(context: Context | None = None) -> TelemetryData | None:
    """The data of the request that `context` belongs to; of the one under way unless given.

    `None` outside of requests, in those that are excluded, and without OpenTelemetry.
    """
    contexts: Any = sys.modules.get("opentelemetry.context")
    if contexts is None:
        return None
    data: TelemetryData | None = contexts.get_value(KEY, context)
    return data
