"""What can go wrong, as a tree of exceptions.

    Exception
    ├── HTTPException                        answer this request with a status
    ├── WebSocketException                   close this connection with a code
    ├── ValidationException                  data did not fit its declaration:
    │   ├── RequestValidationError             the client's; answered with 422
    │   ├── WebSocketRequestValidationError    the client's; closes with 1008
    │   └── ResponseValidationError            the application's own
    └── FastAPIError                         a mistake in the application's declarations
        ├── DeclarationError                   a parameter, option or route that cannot be
        ├── DependencyScopeError               a dependency that outlives one it needs
        └── PydanticV1NotSupportedError        a model of pydantic's first version

`FastAPIDeprecationWarning` and `StarletteDeprecationWarning` are warnings that users see by default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from typing_extensions import TypedDict


class HTTPException(Exception):
    """Raised to answer a request with `status_code`.

    `detail` is any JSON value and becomes the body; the status' standard phrase unless given.
    `headers` are sent with the response.
    """

    def __init__(
        self, status_code: int, detail: Any = None, headers: Mapping[str, str] | None = None
    ) -> None:
        self.status_code = status_code
        self.detail: Any = standard_phrase(status_code) if detail is None else detail
        self.headers = headers

    def __str__(self) -> str:
        return f"{self.status_code}: {self.detail}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}(status_code={self.status_code!r}, detail={self.detail!r})"


class WebSocketException(Exception):
    """Raised to close a WebSocket with `code` (RFC 6455, section 7.4) and a `reason` in text."""

    def __init__(self, code: int, reason: str | None = None) -> None:
        self.code = code
        self.reason: str = reason or ""

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}(code={self.code!r}, reason={self.reason!r})"


class EndpointContext(TypedDict, total=False):
    """Where the endpoint that a validation error concerns is written."""

    function: str
    path: str
    file: str
    line: int


class ValidationException(Exception):
    """Data that did not fit its declaration; `errors()` lists what and where."""

    def __init__(
        self, errors: Sequence[Any], *, endpoint_ctx: EndpointContext | None = None
    ) -> None:
        self._errors = errors
        self.endpoint_ctx = endpoint_ctx

    @property
    def endpoint_function(self) -> str | None:
        """The name of the endpoint, if it is known."""
        return (self.endpoint_ctx or {}).get("function")

    @property
    def endpoint_path(self) -> str | None:
        """The method and path that were asked for."""
        return (self.endpoint_ctx or {}).get("path")

    @property
    def endpoint_file(self) -> str | None:
        """The file in which the endpoint is written."""
        return (self.endpoint_ctx or {}).get("file")

    @property
    def endpoint_line(self) -> int | None:
        """The line of that file at which the endpoint begins."""
        return (self.endpoint_ctx or {}).get("line")

    def errors(self) -> Sequence[Any]:
        """One entry per error: `type`, `loc`, `msg`, `input` and, for some, `ctx`."""
        return self._errors

    def __str__(self) -> str:
        count = len(self._errors)
        lines = [f"{count} validation error{'' if count == 1 else 's'}:"]
        lines += [f"  {error}" for error in self._errors]
        if self.endpoint_file and self.endpoint_line and self.endpoint_function:
            place = f'"{self.endpoint_file}", line {self.endpoint_line}'
            lines += ["", f"  File {place}, in {self.endpoint_function}"]
            if self.endpoint_path:
                lines.append(f"    {self.endpoint_path}")
        return "\n".join(lines)


class RequestValidationError(ValidationException):
    """The request's data did not fit; `body` is what the client sent."""

    def __init__(
        self,
        errors: Sequence[Any],
        *,
        body: Any = None,
        endpoint_ctx: EndpointContext | None = None,
    ) -> None:
        ValidationException.__init__(self, errors, endpoint_ctx=endpoint_ctx)
        self.body = body


class WebSocketRequestValidationError(ValidationException):
    """The parameters of a WebSocket's handshake did not fit."""


class ResponseValidationError(ValidationException):
    """What the endpoint returned does not fit its response model; `body` is what it returned."""

    def __init__(
        self,
        errors: Sequence[Any],
        *,
        body: Any = None,
        endpoint_ctx: EndpointContext | None = None,
    ) -> None:
        super().__init__(errors, endpoint_ctx=endpoint_ctx)
        self.body = body


class FastAPIError(RuntimeError):
    """A mistake in how the application is declared; the message names the place and the remedy."""


class DeclarationError(FastAPIError, AssertionError):
    """A parameter, option or route that cannot be as it is declared.

    An `AssertionError` too, since that is what FastAPI raises for most of them.
    """


class DependencyScopeError(FastAPIError):
    """A dependency needs another one that is closed before it."""


class PydanticV1NotSupportedError(FastAPIError):
    """A model of `pydantic.v1` was declared; only models of pydantic 2 are understood."""


class FastAPIDeprecationWarning(UserWarning):
    """Something of the typed layer will go; a `UserWarning`, so that it is shown by default."""


class StarletteDeprecationWarning(UserWarning):
    """Something of the ASGI layer will go; a `UserWarning`, so that it is shown by default."""


def standard_phrase(status_code: int) -> str:
    """The reason phrase that RFC 9110 gives `status_code`, or nothing for an unknown code."""
    return PHRASES.get(status_code, "")


PHRASES: Mapping[int, str] = {status.value: status.phrase for status in HTTPStatus}
