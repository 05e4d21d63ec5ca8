"""What `FastAPI` answers to the exceptions it knows, unless the application says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi_lite._inspect import is_bare_function
from fastapi_lite.encoders import dump_json
from fastapi_lite.error_details import dump_details
from fastapi_lite.exceptions import (
    HTTPException,
    RequestValidationError,
    WebSocketRequestValidationError,
)
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, Response
from fastapi_lite.responses.base import Reply, is_body_allowed_for_status_code, write_json
from fastapi_lite.status import WS_1008_POLICY_VIOLATION
from fastapi_lite.websockets import WebSocket


async def http_exception_handler(request: Request, exc: HTTPException) -> Response:
    """The status and headers of `exc`, its detail as JSON under `detail`."""
    return answer_http_exception(exc)


async def request_validation_exception_handler(
    request: Request, exc: RequestValidationError
) -> JSONResponse:
    """422 with the list of errors under `detail`."""
    return answer_invalid_request(exc)


def answer_http_exception(exc: HTTPException) -> Response:
    """As `http_exception_handler`, which asks nothing of the request."""
    if not is_body_allowed_for_status_code(exc.status_code):
        return Response(status_code=exc.status_code, headers=exc.headers)
    return JSONResponse({"detail": exc.detail}, status_code=exc.status_code, headers=exc.headers)


def answer_invalid_request(exc: RequestValidationError) -> JSONResponse:
    """As `request_validation_exception_handler`, which asks nothing of the request."""
    return ErrorResponse({"detail": exc.errors()}, status_code=422)


class ErrorResponse(JSONResponse):
    """Errors as JSON, whatever their `input` and `ctx` hold, and of bounded size."""

    def render(self, content: Any) -> bytes:
        """The body for `content`."""
        return dump_details(content["detail"])


def write_http_exception(exc: HTTPException) -> Reply:
    """What `answer_http_exception` comes to."""
    if exc.headers or not is_body_allowed_for_status_code(exc.status_code):
        return answer_http_exception(exc)
    return write_json(dump_json({"detail": exc.detail}), exc.status_code)


def write_invalid_request(exc: RequestValidationError) -> Reply:
    """What `answer_invalid_request` comes to."""
    return write_json(dump_details(exc.errors()), 422)


ASK_NO_REQUEST: Mapping[Any, Callable[[Any], Reply]] = {
    http_exception_handler: write_http_exception,
    request_validation_exception_handler: write_invalid_request,
}
"""Handlers for which none is made, and what they reply."""


def writer_of(handler: Any) -> Callable[[Any], Reply] | None:
    """What writes the reply of `handler` if it is one that asks for no request."""
    return ASK_NO_REQUEST.get(handler) if is_bare_function(handler) else None


async def websocket_request_validation_exception_handler(
    websocket: WebSocket, exc: WebSocketRequestValidationError
) -> None:
    """Close with 1008, what was wrong and where in the reason."""
    await websocket.close(code=WS_1008_POLICY_VIOLATION, reason=close_reason(exc.errors()))


MAX_REASON = 123
"""Most bytes of the reason of a close (RFC 6455, section 5.5)."""


def close_reason(errors: Sequence[Any]) -> str:
    """What was wrong and where, as text that fits into a close frame."""
    said = "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in errors)
    return said.encode(errors="replace")[:MAX_REASON].decode(errors="ignore")
