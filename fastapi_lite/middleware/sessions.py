"""Sessions: a dictionary per client, kept by the client in a signed cookie."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal

from fastapi_lite.middleware.vary import add_vary
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.responses.cookies import format_cookie
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from itsdangerous import TimestampSigner

    from fastapi_lite.datastructures.settings import Secret


class Session(dict[str, Any]):
    """What is kept of a client; it knows whether it was looked at and whether it was changed."""

    accessed: bool = False
    modified: bool = False

    def mark_accessed(self) -> None:
        """Have the response depend on the cookie."""
        self.accessed = True

    def mark_modified(self) -> None:
        """Have the cookie be sent again."""
        self.accessed = self.modified = True


READING = (
    *("__contains__", "__eq__", "__getitem__", "__iter__", "__len__", "__or__", "__repr__"),
    *("__reversed__", "copy", "get", "items", "keys", "values"),
)
CHANGING = ("__delitem__", "__ior__", "__setitem__", "clear", "popitem", "update")
ADDING_OR_TAKING = ("pop", "setdefault")


def mark_access(method: Callable[..., Any]) -> Callable[..., Any]:
    """`method` of `dict`, marking the session as looked at."""

    @wraps(method)
    def call(session: Session, *args: Any, **kwargs: Any) -> Any:
        session.mark_accessed()
        return method(session, *args, **kwargs)

    return call


def mark_change(method: Callable[..., Any], *, resizing: bool) -> Callable[..., Any]:
    """`method` of `dict`, marking the session as changed; a `resizing` one only if it has done so."""

    @wraps(method)
    def call(session: Session, *args: Any, **kwargs: Any) -> Any:
        session.mark_accessed()
        size = dict.__len__(session)
        result = method(session, *args, **kwargs)
        if not resizing or dict.__len__(session) != size:
            session.mark_modified()
        return result

    return call


for _name in READING:
    setattr(Session, _name, mark_access(getattr(dict, _name)))
for _name in (*CHANGING, *ADDING_OR_TAKING):
    _changing = mark_change(getattr(dict, _name), resizing=_name in ADDING_OR_TAKING)
    setattr(Session, _name, _changing)


class SessionMiddleware:
    """Gives each connection a `session`, which is read from a cookie and sent back when it changes.

    The cookie is signed with `secret_key`, so that clients can read but not change it. `max_age`: seconds
    until it is refused, `None` for as long as the browser is open. `https_only` keeps it off plain
    connections. Needs the package itsdangerous.
    """

    def __init__(
        self,
        app: ASGIApp,
        secret_key: str | Secret,
        session_cookie: str = "session",
        max_age: int | None = 14 * 24 * 60 * 60,
        path: str = "/",
        same_site: Literal["lax", "strict", "none"] = "lax",
        https_only: bool = False,
        domain: str | None = None,
        partitioned: bool = False,
    ) -> None:
        try:
            import itsdangerous  # noqa: PLC0415 - an optional extra
        except ImportError as exc:
            raise ImportError(
                "SessionMiddleware needs itsdangerous to sign cookies. Install it, for example with "
                "`pip install fastapi-lite[standard]`."
            ) from exc
        self.app = app
        self.signer: TimestampSigner = itsdangerous.TimestampSigner(str(secret_key))
        self.unreadable: tuple[type[Exception], ...] = (itsdangerous.BadSignature, ValueError)
        format_cookie(  # raises for what would break out of its attribute
            session_cookie,
            "",
            max_age=None,
            expires=None,
            path=path,
            domain=domain,
            secure=https_only,
            httponly=True,
            samesite=same_site,
            partitioned=partitioned,
        )
        self.session_cookie = session_cookie
        self.mark: bytes = f"{session_cookie}=".encode()
        self.max_age = max_age
        self.path = path
        flags = ["httponly", f"samesite={same_site}"]
        flags += ["secure"] * https_only
        flags += [f"domain={domain}"] * (domain is not None)
        flags += ["partitioned"] * partitioned
        self.security_flags: str = "; ".join(flags)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        stored = self.read(scope)
        session = scope["session"] = Session(json.loads(stored) if stored else ())

        def send_with_session(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start" and session.accessed:
                headers = list(message["headers"])
                add_vary(headers, "Cookie")
                cookie = self.compile_cookie(session, stored)
                if cookie is not None:
                    headers.append((b"set-cookie", cookie.encode("latin-1")))
                message = {**message, "headers": headers}
            return send(message)

        await self.app(scope, receive, send_with_session)

    def read(self, scope: Scope) -> bytes:
        """The JSON object in the cookie; nothing if it is not signed by us or too old."""
        # Most requests without a session are told by this, which saves parsing their cookies.
        if not any(name == b"cookie" and self.mark in value for name, value in scope["headers"]):
            return b""
        cookie = HTTPConnection(scope).cookies.get(self.session_cookie, "")
        try:
            stored = b64decode(self.signer.unsign(cookie, max_age=self.max_age), validate=True)
            is_object = isinstance(json.loads(stored), dict)
        except self.unreadable:
            return b""
        return stored if is_object else b""

    def compile_cookie(self, session: Session, stored: bytes) -> str | None:
        """The `Set-Cookie` for `session`, if it has changed since it was `stored`.

        A list or dictionary in it may have changed unnoticed, so that the content decides.
        """
        if not session:
            is_gone = stored and session.modified
            return self.format("null", "expires=Thu, 01 Jan 1970 00:00:00 GMT") if is_gone else None
        data = json.dumps(session).encode()
        if data == stored and not session.modified:
            return None
        lifetime = None if self.max_age is None else f"Max-Age={self.max_age}"
        return self.format(self.signer.sign(b64encode(data)).decode(), lifetime)

    def format(self, value: str, lifetime: str | None) -> str:
        """The line that sets the cookie to `value`."""
        parts = [f"{self.session_cookie}={value}", f"path={self.path}", lifetime]
        return "; ".join([*filter(None, parts), self.security_flags])
