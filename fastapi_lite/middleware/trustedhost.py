"""Only requests to names that are ours: the Host header is the client's claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fastapi_lite.datastructures.headers import Headers
from fastapi_lite.datastructures.url import URL
from fastapi_lite.responses.base import PlainTextResponse, RedirectResponse, Response
from fastapi_lite.types import ASGIApp, Receive, Scope, Send

ENFORCE_DOMAIN_WILDCARD = "Domain wildcard patterns must be like '*.example.com'."
HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^\s:/?#@\[\]\\]+)(?::(?P<port>[0-9]*))?")
"""A name or address and perhaps a port (RFC 3986, section 3.2.2)."""


class TrustedHostMiddleware:
    """Answers 400 to requests whose Host is not one of `allowed_hosts`.

    These are names, addresses, `"*.example.com"` for all names below one, or `"*"` for any host; a
    port counts only where it is given. With `www_redirect`, a name whose `www.` name is allowed
    is redirected there. Raises `ValueError` for another use of `*`.
    """

    def __init__(
        self,
        app: ASGIApp,
        allowed_hosts: Sequence[str] | None = None,
        www_redirect: bool = True,
    ) -> None:
        hosts = ["*"] if allowed_hosts is None else allowed_hosts
        self.app = app
        self.allowed_hosts: list[str] = [hosts] if isinstance(hosts, str) else list(hosts)
        self.allow_any: bool = "*" in self.allowed_hosts
        self.www_redirect = www_redirect
        patterns = {normal_host(pattern) for pattern in self.allowed_hosts if pattern != "*"}
        for pattern in patterns:
            if "*" in pattern.removeprefix("*.") or pattern == "*.":
                raise ValueError(f"allowed_hosts has {pattern!r}. {ENFORCE_DOMAIN_WILDCARD}")
        self.exact: frozenset[str] = frozenset(
            pattern for pattern in patterns if not pattern.startswith("*")
        )
        self.suffixes: tuple[str, ...] = tuple(
            pattern[1:] for pattern in patterns if pattern.startswith("*")
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.allow_any or scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        hosts = Headers(scope=scope).getlist("host")
        # Which of several would be used is anyone's guess: RFC 9112, section 3.2, wants a 400.
        host = hosts[0].lower() if len(hosts) == 1 else ""
        if self.is_allowed(host):
            await self.app(scope, receive, send)
        else:
            await self.refuse(host, scope)(scope, receive, send)

    def is_allowed(self, host: str) -> bool:
        """Whether `host`, in lower case, is one of ours."""
        match = HOST.fullmatch(host)
        if match is None:
            return False
        name = match["name"]
        if name in self.exact or host in self.exact:
            return True
        return name.endswith(self.suffixes) and not name.startswith(".")

    def refuse(self, host: str, scope: Scope) -> Response:
        """A redirect to the `www.` name of `host` if that is ours, else 400."""
        match = HOST.fullmatch(host)
        if self.www_redirect and match is not None and f"www.{match['name']}" in self.exact:
            url = URL(scope=scope)
            return RedirectResponse(url.replace(netloc=f"www.{url.netloc}"))
        return PlainTextResponse("Invalid host header", status_code=400)


def normal_host(pattern: str) -> str:
    """`pattern` as hosts are compared: in lower case, an IPv6 address in brackets."""
    bare_address = pattern.count(":") > 1 and not pattern.startswith("[")
    return f"[{pattern}]".lower() if bare_address else pattern.lower()
