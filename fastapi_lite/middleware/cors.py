"""Cross-origin requests: what pages of other sites may ask (Fetch standard, "CORS protocol")."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Collection, Sequence

from fastapi_lite.datastructures.headers import Headers, RawHeaders, encode_header
from fastapi_lite.middleware.errors import Amendment, amend_error_response
from fastapi_lite.middleware.vary import add_vary
from fastapi_lite.responses.base import PlainTextResponse, Response
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

ALL_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY")
SAFELISTED_HEADERS = {"Accept", "Accept-Language", "Content-Language", "Content-Type"}
"""Headers that a page may always send (Fetch standard, "CORS-safelisted request-header")."""
PREFLIGHT_VARY = (
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers,"
    " Access-Control-Request-Private-Network"
)
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""The name of a header (RFC 9110, section 5.6.2)."""
VISIBLE = re.compile(r"[!-~]+")
"""What an origin is made of (RFC 6454, section 6.2)."""


class CORSMiddleware:
    """Lets browsers give the responses of `app` to pages of the allowed origins.

    An origin is allowed by `allow_origins`, or where `allow_origin_regex` matches it whole; `"*"`
    stands for all. `allow_credentials` lets pages send cookies, and `expose_headers` lets them
    read headers beyond the usual. `max_age`: seconds that browsers keep the answer to a preflight.
    """

    def __init__(
        self,
        app: ASGIApp,
        allow_origins: Collection[str] = (),
        allow_methods: Collection[str] = ("GET",),
        allow_headers: Collection[str] = (),
        allow_credentials: bool = False,
        allow_origin_regex: str | None = None,
        allow_private_network: bool = False,
        expose_headers: Collection[str] = (),
        max_age: int = 600,
    ) -> None:
        methods = listed(allow_methods)
        headers = listed(allow_headers)
        self.app = app
        self.allow_origins: list[str] = listed(allow_origins)
        self.allow_all_origins: bool = "*" in self.allow_origins
        self.allow_origin_regex: re.Pattern[str] | None = (
            re.compile(allow_origin_regex) if allow_origin_regex else None
        )
        self.allow_methods: Sequence[str] = ALL_METHODS if "*" in methods else methods
        self.allow_all_headers: bool = "*" in headers
        self.allow_headers: set[str] = {name.lower() for name in {*headers, *SAFELISTED_HEADERS}}
        self.allow_credentials = allow_credentials
        self.allow_private_network = allow_private_network
        self.simple_headers: RawHeaders = []
        if allow_credentials:
            self.simple_headers.append((b"access-control-allow-credentials", b"true"))
        if expose_headers:
            exposed = encode_header(
                "access-control-expose-headers", ", ".join(listed(expose_headers))
            )
            self.simple_headers.append(exposed)
        self.preflight_headers: dict[str, str] = {
            "Vary": PREFLIGHT_VARY,
            "Access-Control-Allow-Methods": ", ".join(self.allow_methods),
            "Access-Control-Max-Age": str(max_age),
            **({"Access-Control-Allow-Credentials": "true"} if allow_credentials else {}),
        }
        if not self.allow_all_headers:
            names = sorted({*headers, *SAFELISTED_HEADERS})
            self.preflight_headers["Access-Control-Allow-Headers"] = ", ".join(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if (
            scope["method"] == "OPTIONS"
            and "origin" in headers
            and "access-control-request-method" in headers
        ):
            await self.preflight_response(request_headers=headers)(scope, receive, send)
        else:
            await self.simple_response(scope, receive, send, request_headers=headers)

    def is_allowed_origin(self, origin: str) -> bool:
        """Whether pages of `origin` are given responses; may be overridden."""
        if self.allow_all_origins or origin in self.allow_origins:
            return True
        regex = self.allow_origin_regex
        return regex is not None and regex.fullmatch(origin) is not None

    def preflight_response(self, request_headers: Headers) -> Response:
        """Says what may be asked; a 400 that names what of it may not."""
        origin = request_headers["origin"]
        method = request_headers["access-control-request-method"]
        names = request_headers.get("access-control-request-headers")
        is_private = "access-control-request-private-network" in request_headers
        headers = dict(self.preflight_headers)
        faults = []

        if (allowed := self.origin_header(origin)) is None:
            faults.append("origin")
        else:
            headers["Access-Control-Allow-Origin"] = allowed
        if method not in self.allow_methods:
            faults.append("method")
        if names is not None:
            if not all(map(self.is_allowed_header, names.split(","))):
                faults.append("headers")
            elif self.allow_all_headers:
                headers["Access-Control-Allow-Headers"] = names
        if is_private and self.allow_private_network:
            headers["Access-Control-Allow-Private-Network"] = "true"
        elif is_private:
            faults.append("private-network")

        if faults:
            reason = f"Disallowed CORS {', '.join(faults)}"
            return PlainTextResponse(reason, status_code=400, headers=headers)
        return PlainTextResponse("OK", status_code=200, headers=headers)

    async def simple_response(
        self, scope: Scope, receive: Receive, send: Send, request_headers: Headers
    ) -> None:
        """The response of `app` with the headers for the request's origin, a later 500 as well."""
        amend = self.compile_amendment(request_headers.get("origin"))

        def send_amended(message: Message) -> Awaitable[None]:
            is_start = message["type"] == "http.response.start"
            return send(amend(message) if is_start else message)

        try:
            await self.app(scope, receive, send_amended)
        except Exception as exc:
            amend_error_response(exc, scope, amend)
            raise

    def compile_amendment(self, origin: str | None) -> Amendment:
        """The function that adds to the start of a response what a page of `origin` is to see."""
        added: RawHeaders = []
        if origin is not None:
            added = [*self.simple_headers]
            if (allowed := self.origin_header(origin)) is not None:
                added.append((b"access-control-allow-origin", allowed.encode("latin-1")))
        replaced = [name for name, _ in added]

        def amend(start: Message) -> Message:
            headers = [pair for pair in start["headers"] if pair[0] not in replaced]
            headers += added
            add_vary(headers, "Origin")
            return {**start, "headers": headers}

        return amend

    def origin_header(self, origin: str) -> str | None:
        """What to tell a page of `origin` who is allowed; nothing if it is not.

        With credentials the answer must name the origin (Fetch standard, "CORS check").
        """
        if not VISIBLE.fullmatch(origin) or not self.is_allowed_origin(origin):
            return None
        return "*" if self.allow_all_origins and not self.allow_credentials else origin

    def is_allowed_header(self, name: str) -> bool:
        """Whether a page may send the header `name`."""
        name = name.strip().lower()
        if not name:
            return True
        if self.allow_all_headers:
            return TOKEN.fullmatch(name) is not None
        return name in self.allow_headers


def listed(values: Collection[str]) -> list[str]:
    """`values` as a list; a string is one value."""
    return [values] if isinstance(values, str) else list(values)
