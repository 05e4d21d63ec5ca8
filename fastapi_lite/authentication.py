"""Who is asking, and what for: users, their scopes, and endpoints that require some."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import urlencode

from fastapi_lite._inspect import is_async_callable
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.requests import HTTPConnection, Request
from fastapi_lite.responses.base import RedirectResponse
from fastapi_lite.websockets import WebSocket

P = ParamSpec("P")


class AuthenticationError(Exception):
    """Credentials were sent, and are wrong."""


class AuthCredentials:
    """What the client may do: `scopes` by name."""

    def __init__(self, scopes: Sequence[str] | None = None) -> None:
        self.scopes: list[str] = list(scopes or ())


class BaseUser:
    """Who the client is; the parent of an application's users."""

    @property
    def is_authenticated(self) -> bool:
        """Whether the client has shown who it is."""
        raise NotImplementedError(f"{type(self).__name__}.is_authenticated")

    @property
    def display_name(self) -> str:
        """How to address the user."""
        raise NotImplementedError(f"{type(self).__name__}.display_name")

    @property
    def identity(self) -> str:
        """What tells the user from others."""
        raise NotImplementedError(f"{type(self).__name__}.identity")


class SimpleUser(BaseUser):
    """A user of whom only the name is known."""

    def __init__(self, username: str) -> None:
        self.username = username

    @property
    def is_authenticated(self) -> bool:
        """True."""
        return True

    @property
    def display_name(self) -> str:
        """The name."""
        return self.username

    @property
    def identity(self) -> str:
        """The name."""
        return self.username


class UnauthenticatedUser(BaseUser):
    """Nobody in particular."""

    @property
    def is_authenticated(self) -> bool:
        """False."""
        return False

    @property
    def display_name(self) -> str:
        """Nothing."""
        return ""

    @property
    def identity(self) -> str:
        """Nothing."""
        return ""


class AuthenticationBackend:
    """Finds out who is asking; what an application overrides."""

    async def authenticate(self, conn: HTTPConnection) -> tuple[AuthCredentials, BaseUser] | None:
        """The scopes and the user of a connection, `None` if it claims no user.

        Raises `AuthenticationError` if it does, wrongly.
        """
        raise NotImplementedError(f"{type(self).__name__}.authenticate")


class ConnectionTypeError(TypeError, AssertionError):
    """An endpoint was called without its connection; an `AssertionError` too, as in Starlette."""


def has_required_scope(conn: HTTPConnection, scopes: Sequence[str]) -> bool:
    """Whether the client has all of `scopes`."""
    return set(conn.auth.scopes).issuperset(scopes)


def requires(
    scopes: str | Sequence[str], status_code: int = 403, redirect: str | None = None
) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Call the endpoint for clients that have `scopes` only; it takes a `request` or `websocket`.

    Others are answered with `status_code`, or are redirected (303) to the route named `redirect` with
    this address as `next`; a WebSocket is closed.
    """
    required = [scopes] if isinstance(scopes, str) else list(scopes)

    def decorate(func: Callable[P, Any]) -> Callable[P, Any]:
        find = compile_finder(func)

        def refuse(request: HTTPConnection) -> RedirectResponse:
            if redirect is None:
                raise HTTPException(status_code=status_code)
            query = urlencode({"next": str(request.url)})
            return RedirectResponse(f"{request.url_for(redirect)}?{query}", status_code=303)

        @wraps(func)
        async def call_async(*args: P.args, **kwargs: P.kwargs) -> Any:
            connection = find(args, kwargs)
            if has_required_scope(connection, required):
                return await func(*args, **kwargs)
            if isinstance(connection, WebSocket):
                return await connection.close()
            return refuse(connection)

        @wraps(func)
        def call(*args: P.args, **kwargs: P.kwargs) -> Any:
            connection = find(args, kwargs)
            if has_required_scope(connection, required):
                return func(*args, **kwargs)
            return refuse(connection)

        return call_async if is_async_callable(func) else call

    return decorate


def compile_finder(func: Callable[..., Any]) -> Callable[..., HTTPConnection]:
    """The function that finds the connection among the arguments of `func`.

    Raises `TypeError` if `func` takes none.
    """
    parameters = list(inspect.signature(func).parameters)
    name = next((name for name in parameters if name in CONNECTIONS), None)
    if name is None:
        raise TypeError(f'No "request" or "websocket" argument on function "{func}"')
    index = parameters.index(name)
    expected = CONNECTIONS[name]

    def find(args: Sequence[Any], kwargs: Mapping[str, Any]) -> HTTPConnection:
        connection = kwargs[name] if name in kwargs else args[index]
        if not isinstance(connection, expected):
            given = type(connection).__name__
            raise ConnectionTypeError(
                f"{func}: {name!r} must be a {expected.__name__}, not a {given}."
            )
        return connection

    return find


CONNECTIONS: Mapping[str, type[HTTPConnection]] = {"request": Request, "websocket": WebSocket}
