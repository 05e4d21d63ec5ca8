"""A response that is whole in memory, and its kinds by media type."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import quote

from fastapi_lite.datastructures.headers import MutableHeaders, RawHeaders, encode_header
from fastapi_lite.encoders import dump_json
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.responses.cookies import format_cookie

if TYPE_CHECKING:
    from fastapi_lite.background import BackgroundTask
    from fastapi_lite.datastructures.url import URL
    from fastapi_lite.types import Message, Receive, Scope, Send

SameSite = Literal["lax", "strict", "none"]

BODILESS = frozenset({*range(100, 200), 204, 205, 304})
"""Statuses whose response has no content (RFC 9110, sections 15.2, 15.3.5, 15.3.6, 15.4.5)."""


def is_body_allowed_for_status_code(status_code: int | str | None) -> bool:
    """Whether a response of this status has content; `default` and ranges such as `4XX` do."""
    if status_code is None or not (type(status_code) is int or str(status_code).isdecimal()):
        return True
    status = int(status_code)
    return status >= 200 and status not in BODILESS


class Response:
    """Answers with `content`: text, bytes, or whatever the subclass' `render` makes bytes of.

    Raises `ValueError` where a header, the media type or a cookie has a character that would
    end the header (RFC 9110, section 5.5).
    """

    media_type: str | None = None
    """Sent as `Content-Type`, with the charset where it is text; none unless given."""
    charset: str = "utf-8"

    status_code: int
    background: BackgroundTask | None
    body: bytes | memoryview
    raw_headers: RawHeaders
    """The headers as they are sent: names in lower case, in Latin-1."""

    def __init__(
        self,
        content: Any = None,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: BackgroundTask | None = None,
    ) -> None:
        self.background = background
        self.status_code = status_code
        if media_type is not None:
            self.media_type = media_type
        self.body = self.render(content)
        self.init_headers(headers)

    def render(self, content: Any) -> bytes | memoryview:
        """The body for `content`; what a subclass overrides."""
        if isinstance(content, str):
            return content.encode(self.charset)
        if content is None:
            return b""
        if isinstance(content, bytes):
            return content
        if isinstance(content, (bytearray, memoryview)):
            return bytes(content)
        if not hasattr(content, "encode"):
            raise TypeError(
                f"{type(self).__name__} takes text or bytes as content, not "
                f"{type(content).__qualname__}. Convert it, or use JSONResponse."
            )
        rendered: bytes = content.encode(self.charset)
        return rendered

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Set the headers anew: `headers`, completed by `Content-Length` and `Content-Type`."""
        raw = [encode_header(*header) for header in headers.items()] if headers else []
        given = {name for name, _ in raw} if raw else ()
        body = getattr(self, "body", None)
        if body is not None and self.status_code not in BODILESS and b"content-length" not in given:
            raw.append((b"content-length", b"%d" % len(body)))
        if self.media_type is not None and b"content-type" not in given:
            raw.append(content_type_header(self.media_type, self.charset))
        self.raw_headers = raw

    @property
    def headers(self) -> MutableHeaders:
        """The headers as a mapping; changing it changes what is sent."""
        return MutableHeaders(raw=self.raw_headers)

    def set_cookie(
        self,
        key: str,
        value: str = "",
        max_age: int | None = None,
        expires: datetime | str | int | None = None,
        path: str | None = "/",
        domain: str | None = None,
        secure: bool = False,
        httponly: bool = False,
        samesite: SameSite | None = "lax",
        partitioned: bool = False,
    ) -> None:
        """Have the client keep a cookie (RFC 6265, section 4.1).

        `max_age`: seconds. `expires`: a date with its time zone, or seconds from now.
        """
        line = format_cookie(
            key,
            value,
            max_age=max_age,
            expires=expires,
            path=path,
            domain=domain,
            secure=secure,
            httponly=httponly,
            samesite=samesite,
            partitioned=partitioned,
        )
        self.raw_headers.append((b"set-cookie", line.encode("latin-1")))

    def delete_cookie(
        self,
        key: str,
        path: str = "/",
        domain: str | None = None,
        secure: bool = False,
        httponly: bool = False,
        samesite: SameSite | None = "lax",
        partitioned: bool = False,
    ) -> None:
        """Have the client forget a cookie, which was set with the same `path` and `domain`."""
        attributes = (path, domain, secure, httponly, samesite, partitioned)
        self.set_cookie(key, "", 0, 0, *attributes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response, then run the background task."""
        if scope["type"] == "websocket":
            send = deny_websocket(scope, send)
        status = self.status_code
        body = self.body
        # A copy: middleware changes the headers it sees, and a response may be sent again.
        headers = [*self.raw_headers]
        if status in BODILESS:
            body, headers = b"", without_content(status, headers)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        if self.background is not None:
            await self.background()


Reply: TypeAlias = "Response | tuple[Message, Message]"
"""A response, or the two messages that a plain one comes to."""

JSON_TYPE = (b"content-type", b"application/json")


def write_json(body: bytes, status: int) -> tuple[Message, Message]:
    """What a response of JSON in bytes comes to."""
    headers = [(b"content-length", b"%d" % len(body)), JSON_TYPE]
    return (
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body},
    )


class HTMLResponse(Response):
    """Answers with HTML text."""

    media_type: str | None = "text/html"


class PlainTextResponse(Response):
    """Answers with plain text."""

    media_type: str | None = "text/plain"


class JSONResponse(Response):
    """Answers with `content` as JSON (RFC 8259).

    Raises `TypeError` for what JSON has no form for and `ValueError` for NaN and infinities;
    `jsonable_encoder` makes content of other types fit.
    """

    media_type: str | None = "application/json"

    def __init__(
        self,
        content: Any,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
        background: BackgroundTask | None = None,
        *,
        encoders: object = None,
    ) -> None:
        if encoders is not None:
            warnings.warn(
                "JSONResponse(encoders=...) has no effect and goes with 1.0. Give the content to "
                "jsonable_encoder(custom_encoder=...) first.",
                StarletteDeprecationWarning,
                stacklevel=2,
            )
        # The name instead of `super()` saves 80 ns.
        Response.__init__(self, content, status_code, headers, media_type, background)

    def render(self, content: Any) -> bytes:
        """`content` as compact JSON in UTF-8."""
        return dump_json(content)


class RedirectResponse(Response):
    """Sends the client to `url`; 307 keeps the method, 303 makes it a GET."""

    def __init__(
        self,
        url: str | URL,
        status_code: int = 307,
        headers: Mapping[str, str] | None = None,
        background: BackgroundTask | None = None,
    ) -> None:
        super().__init__(b"", status_code, headers, background=background)
        self.headers["location"] = quote(str(url), safe=URL_CHARACTERS)


URL_CHARACTERS = ":/?#[]@!$&'()*+,;=%"
"""What may stand in a URL beside letters and digits (RFC 3986, section 2.2)."""


@lru_cache(maxsize=256)
def content_type_header(media_type: str, charset: str) -> tuple[bytes, bytes]:
    """The `Content-Type` of `media_type`; text says its charset."""
    if media_type.startswith("text/") and "charset=" not in media_type.lower():
        media_type = f"{media_type}; charset={charset}"
    return encode_header("content-type", media_type)


def without_content(status: int, headers: RawHeaders) -> RawHeaders:
    """`headers` for a response with one of the `BODILESS` statuses."""
    kept = [header for header in headers if header[0] not in FRAMING]
    if status == 205:  # the one of them that clients expect to be framed
        kept.append((b"content-length", b"0"))
    return kept


FRAMING = frozenset({b"content-length", b"transfer-encoding"})


def deny_websocket(scope: Scope, send: Send) -> Send:
    """`send` for a response that refuses a handshake (ASGI, "WebSocket Denial Response").

    A server without that extension is told to close, which it answers with a 403.
    """
    offered = offers(scope, "websocket.http.response")

    async def send_denial(message: Message) -> None:
        if offered:
            await send({**message, "type": f"websocket.{message['type']}"})
        elif message["type"] == "http.response.start":
            await send({"type": "websocket.close"})

    return send_denial


def offers(scope: Scope, extension: str) -> bool:
    """Whether the server has an extension of ASGI for this connection."""
    return extension in (scope.get("extensions") or ())
