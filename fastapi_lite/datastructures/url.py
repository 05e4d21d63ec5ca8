"""Where something is: addresses, URLs, and paths within an application."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import AddressValueError, IPv6Address
from typing import Any, ClassVar, Literal, NamedTuple
from urllib.parse import SplitResult, urlencode, urlsplit

from fastapi_lite.datastructures.multidict import MultiDict, parse_query
from fastapi_lite.types import Scope

DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
SECURE = {"http": "https", "ws": "wss"}
"""Every scheme with the one that encrypts it."""

HOST = re.compile(
    r"""(?P<host> \[ (?P<ipv6> [0-9A-Fa-f:.]+ ) \]
               |  \[ v[0-9A-Fa-f]+ \. [A-Za-z0-9\-._~!$&'()*+,;=:]+ \]
               |  (?: [A-Za-z0-9\-._~!$&'()*+,;=] | %[0-9A-Fa-f]{2} )+ )
        (?: : (?P<port> [0-9]{1,5} ) )?""",
    re.VERBOSE,
)
"""`host [":" port]` of RFC 3986, section 3.2.2; a name may not be empty here."""

UNSAFE_IN_PATH = re.compile(r"[\x00-\x1f\x7f?#\\]")
UNSAFE_IN_QUERY = re.compile(r"[\x00-\x1f\x7f#]")
PASSWORD = re.compile(r"([^/?#]*//[^/?#:@]*:)[^/?#]+@")


class Address(NamedTuple):
    """Host and port of one end of a connection."""

    host: str
    port: int


class URL:
    """A URL: from text, from the scope of a request, or from `components`.

    `components` are those that `replace` takes, or `components` alone, a tuple of five as the property of
    that name has it. A property that needs the text to be well formed
    raises `ValueError` where it is not; the URL of a request always is.
    """

    def __init__(self, url: str = "", scope: Scope | None = None, **components: Any) -> None:
        if bool(url) + (scope is not None) + bool(components) > 1:
            raise TypeError("URL: give one of `url`, `scope` and components.")
        if scope is not None:
            url = requested_url(scope)
        elif "components" in components:
            url = SplitResult(*components["components"]).geturl()
        elif components:
            url = str(URL().replace(**components))
        self._url = url

    @property
    def components(self) -> SplitResult:
        """The five parts that `urllib.parse.urlsplit` finds."""
        # `urlsplit` keeps its last results, so that nothing need be kept here.
        return urlsplit(self._url)

    @property
    def scheme(self) -> str:
        """What comes before `://`."""
        return self.components.scheme

    @property
    def netloc(self) -> str:
        """User, host and port, as they are written."""
        return self.components.netloc

    @property
    def path(self) -> str:
        """From the first slash to the query."""
        return self.components.path

    @property
    def query(self) -> str:
        """What comes after `?`, without it."""
        return self.components.query

    @property
    def fragment(self) -> str:
        """What comes after `#`, without it."""
        return self.components.fragment

    @property
    def username(self) -> str | None:
        """Before `@`, up to the colon."""
        return self.components.username

    @property
    def password(self) -> str | None:
        """Before `@`, after the colon."""
        return self.components.password

    @property
    def hostname(self) -> str | None:
        """The host in lower case, an IPv6 address without its brackets."""
        return self.components.hostname

    @property
    def port(self) -> int | None:
        """The port where one is written."""
        return self.components.port

    @property
    def is_secure(self) -> bool:
        """Whether the scheme is `https` or `wss`."""
        return self.scheme in SECURE.values()

    def replace(self, **components: Any) -> URL:
        """This URL with other components.

        `scheme`, `netloc`, `path`, `query`, `fragment`; or parts of the `netloc`: `username`, `password`,
        `hostname`, `port`, where `None` leaves it out.
        """
        authority = {name: components.pop(name) for name in Authority._fields if name in components}
        if authority:
            components["netloc"] = str(split_netloc(self.netloc)._replace(**authority))
        return type(self)(self.components._replace(**components).geturl())

    def include_query_params(self, **params: Any) -> URL:
        """This URL with `params` set in its query, in place of those of the same names."""
        query = MultiDict(parse_query(self.query))
        query.update(params)
        return self.replace(query=urlencode(query.multi_items()))

    def replace_query_params(self, **params: Any) -> URL:
        """This URL with a query of `params` alone."""
        return self.replace(query=urlencode(params))

    def remove_query_params(self, keys: str | Sequence[str]) -> URL:
        """This URL without `keys` in its query."""
        unwanted = {keys} if isinstance(keys, str) else {*keys}
        kept = [pair for pair in parse_query(self.query) if pair[0] not in unwanted]
        return self.replace(query=urlencode(kept))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, URL | str):
            return self._url == str(other)
        return NotImplemented

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # as in Starlette: equal to a `str`, and no key

    def __str__(self) -> str:
        return self._url

    def __repr__(self) -> str:
        """The URL without its password, since this is what logs show."""
        shown = PASSWORD.sub(r"\g<1>********@", self._url, count=1)
        return f"{type(self).__name__}({shown!r})"


class URLPath(str):
    """A path of this application, with the protocol and host it needs when they are known."""

    protocol: Literal["http", "websocket", ""]
    host: str

    def __new__(
        cls, path: str, protocol: Literal["http", "websocket", ""] = "", host: str = ""
    ) -> URLPath:
        """See the class."""
        if protocol not in ("http", "websocket", ""):
            raise ValueError(f"URLPath: protocol {protocol!r} is neither 'http' nor 'websocket'.")
        return super().__new__(cls, path)

    def __init__(
        self, path: str, protocol: Literal["http", "websocket", ""] = "", host: str = ""
    ) -> None:
        self.protocol = protocol
        self.host = host

    def make_absolute_url(self, base_url: str | URL) -> URL:
        """This path below `base_url`, encrypted where that is."""
        base = URL(base_url) if isinstance(base_url, str) else base_url
        scheme = base.scheme
        if self.protocol:
            scheme = "http" if self.protocol == "http" else "ws"
            scheme = SECURE[scheme] if base.is_secure else scheme
        path = base.path.rstrip("/") + self
        return URL(scheme=scheme, netloc=self.host or base.netloc, path=path)


class Authority(NamedTuple):
    """The parts of a URL's `netloc`, each as it is written."""

    username: str | None
    password: str | None
    hostname: str
    port: str | int | None

    def __str__(self) -> str:
        user = self.username
        if user is not None:
            user += "@" if self.password is None else f":{self.password}@"
        port = "" if self.port is None else f":{self.port}"
        return f"{user or ''}{bracketed(self.hostname)}{port}"


def split_netloc(netloc: str) -> Authority:
    """The parts of `netloc`; a port that is no number is a port all the same."""
    user, at, place = netloc.rpartition("@")
    username, colon, password = user.partition(":")
    host, separator, port = place.rpartition(":")
    if not separator or port.endswith("]"):
        host, port = place, ""
    return Authority(username if at else None, password if colon else None, host, port or None)


def bracketed(host: str) -> str:
    """`host` as a URL has it: an IPv6 address in brackets (RFC 3986, section 3.2.2)."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def split_host(value: str) -> tuple[str, int | None] | None:
    """Host and port that a `Host` header names (RFC 9110, section 7.2); `None` for anything else.

    The host is as it was sent, an IPv6 address in its brackets.
    """
    match = HOST.fullmatch(value)
    if match is None:
        return None
    if match["ipv6"]:
        try:
            IPv6Address(match["ipv6"])
        except AddressValueError:
            return None
    port = None if match["port"] is None else int(match["port"])
    return None if port is not None and port > 65535 else (match["host"], port)


def requested_url(scope: Scope) -> str:
    """The URL that the client asked for, with nothing in it that would end one of its parts early.

    Without a `Host` header that can be believed to be one, the address of the server takes its place.
    """
    path = UNSAFE_IN_PATH.sub(percent_escape, scope["path"])
    if query := scope.get("query_string"):
        path = f"{path}?{UNSAFE_IN_QUERY.sub(percent_escape, decode_query(query))}"
    scheme = scope.get("scheme") or ("ws" if scope["type"] == "websocket" else "http")
    netloc = requested_host(scope) or server_address(scope, scheme)
    if netloc:
        return f"{scheme}://{netloc}{path if path[:1] in ('/', '?', '') else f'/{path}'}"
    # Two slashes at the start of a relative URL would begin a host.
    return f"/%2F{path[2:]}" if path.startswith("//") else path


def requested_host(scope: Scope) -> str | None:
    """The `Host` header, if it is one host."""
    for name, value in scope.get("headers") or ():
        if name == b"host":
            host: str = value.decode("latin-1")
            return host if split_host(host) else None
    return None


def server_address(scope: Scope, scheme: str) -> str | None:
    """Where the server listens, without the port that `scheme` implies; nothing for a socket file."""
    host, port = scope.get("server") or ("", None)
    if not host or host.startswith("/"):
        return None
    if port is None or port == DEFAULT_PORTS.get(scheme):
        return bracketed(host)
    return f"{bracketed(host)}:{port}"


def decode_query(query: bytes) -> str:
    """A query string as text; where it is not UTF-8, its bytes above 0x7F are escaped."""
    try:
        return query.decode()
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in query)


def percent_escape(match: re.Match[str]) -> str:
    """The escape of one ASCII character (RFC 3986, section 2.1)."""
    return f"%{ord(match[0]):02X}"
