"""The value of `Set-Cookie` (RFC 6265, section 4.1)."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate

NAME = re.compile(r"[!#$%&'*+\-.^_`|~:0-9A-Za-z]+")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
ENDS_ATTRIBUTE = re.compile(r"[\x00-\x1f\x7f;]")
SAME_SITE = ("lax", "strict", "none")


def format_cookie(
    name: str,
    value: str,
    *,
    max_age: int | None,
    expires: datetime | str | int | None,
    path: str | None,
    domain: str | None,
    secure: bool,
    httponly: bool,
    samesite: str | None,
    partitioned: bool,
) -> str:
    """The whole line; raises `ValueError` for a part that would end the attribute it stands in."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not a cookie name: RFC 6265 allows letters, digits, '-'.")
    if CONTROL.search(value):
        raise ValueError(f"Cookie {name!r} has control characters in its value. Encode it first.")
    if samesite is not None and samesite.lower() not in SAME_SITE:
        raise ValueError(f"samesite is 'strict', 'lax' or 'none', not {samesite!r}.")
    attributes = {
        "Domain": domain,
        "expires": None if expires is None else format_expiry(expires),
        "HttpOnly": httponly,
        "Max-Age": None if max_age is None else str(int(max_age)),
        "Partitioned": partitioned,
        "Path": path,
        "SameSite": samesite,
        "Secure": secure,
    }
    parts = [f"{name}={quote_value(value)}"]
    for label, attribute in attributes.items():
        if attribute is True:
            parts.append(label)
        elif attribute:
            if ENDS_ATTRIBUTE.search(attribute):
                raise ValueError(f"Cookie {name!r}: {label} {attribute!r} has ';' or a line break.")
            parts.append(f"{label}={attribute}")
    return "; ".join(parts)


def format_expiry(expires: datetime | str | int) -> str:
    """A date as RFC 9110, section 5.6.7, writes it; a number is seconds from now."""
    if isinstance(expires, str):
        return expires
    if isinstance(expires, datetime):
        if expires.tzinfo is None:
            raise ValueError(f"expires={expires!r} has no time zone. Add one: tzinfo=UTC.")
        return format_datetime(expires.astimezone(UTC), usegmt=True)
    return formatdate(time.time() + expires, usegmt=True)


def quote_value(value: str) -> str:
    """`value`, in quotes and with octal escapes where it needs them, as browsers keep it."""
    from http.cookies import SimpleCookie  # noqa: PLC0415 - few need it

    return SimpleCookie().value_encode(value)[1] if value else '""'
