"""The `Authorization` header in its parts (RFC 9110, section 11)."""

from __future__ import annotations

from collections.abc import Mapping


def get_authorization_scheme_param(authorization_header_value: str | None) -> tuple[str, str]:
    """The scheme, and what follows it; both empty without a header."""
    scheme, _, param = (authorization_header_value or "").partition(" ")
    return scheme, param.strip()


def read_authorization(headers: Mapping[str, str]) -> str | None:
    """The header as it is; `Bearer` with no token after it is no credential."""
    header = headers.get("Authorization")
    scheme, param = get_authorization_scheme_param(header)
    return header if param or scheme.lower() != "bearer" else None


def read_bearer_token(headers: Mapping[str, str]) -> str | None:
    """The token of a `Bearer` header (RFC 6750, section 2.1)."""
    scheme, token = get_authorization_scheme_param(headers.get("Authorization"))
    return token if scheme.lower() == "bearer" else None


def quoted(text: str) -> str:
    """`text` as a quoted string (section 5.6.4).

    Raises `ValueError` for control characters: no header may carry them.
    """
    if not text.isprintable():
        raise ValueError(f"{text!r} holds control characters, which no header may carry.")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
