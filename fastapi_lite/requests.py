"""What is known of a connection, and the request that came over it."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator, Mapping
from contextlib import aclosing
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Generic, NoReturn, cast

import anyio
from typing_extensions import TypeVar

from fastapi_lite.body import ClientDisconnect, read_body, read_chunk
from fastapi_lite.datastructures.forms import FormData
from fastapi_lite.datastructures.headers import Headers, encode_header
from fastapi_lite.datastructures.multidict import QueryParams
from fastapi_lite.datastructures.state import State
from fastapi_lite.datastructures.url import URL, Address
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.formparsers import FormParser, MultiPartException, MultiPartParser
from fastapi_lite.types import Message, Receive, Scope, Send

__all__ = ["ClientDisconnect", "HTTPConnection", "Request", "cookie_parser", "read_body"]

T = TypeVar("T")
StateT = TypeVar("StateT", bound=Mapping[str, Any] | State, default=State)

COPIED_TO_PUSH = {
    b"accept",
    b"accept-encoding",
    b"accept-language",
    b"cache-control",
    b"user-agent",
}
"""Headers that a pushed response depends on as the present one does."""

READ_AHEAD = 64 * 1024
"""Bytes of a body nobody has read that are kept while looking whether the client has left."""

QUOTED_PAIR = re.compile(r"\\(?:([0-3][0-7]{2})|(.))", re.DOTALL)


def cookie_parser(cookie_string: str) -> dict[str, str]:
    """The cookies of a `Cookie` header, as browsers send them (RFC 6265, section 5.4).

    Of several with one name the last one counts. Only blanks and tabs around a name are taken off: any
    other space is part of it, so that no cookie can pass as one that a `__Host-` prefix protects.
    """
    cookies: dict[str, str] = {}
    has_quotes = '"' in cookie_string
    for pair in cookie_string.split(";"):
        name, equals, value = pair.partition("=")
        if not equals:
            name, value = "", name
        name, value = name.strip(" \t"), value.strip(" \t")
        if name or value:
            cookies[name] = unquote_cookie(value) if has_quotes else value
    return cookies


def unquote_cookie(value: str) -> str:
    """The text between quotes, where a value has them; done in one pass, unlike `http.cookies`."""
    if len(value) < 2 or value[0] != '"' or value[-1] != '"':
        return value
    return QUOTED_PAIR.sub(lambda pair: chr(int(pair[1], 8)) if pair[1] else pair[2], value[1:-1])


if TYPE_CHECKING:
    kept = property
else:

    def kept(compute: Callable[[Any], T]) -> property:
        """A property that is computed once and then kept, under its name with `_` before it."""
        attribute = f"_{compute.__name__}"

        @wraps(compute)
        def read(connection: HTTPConnection) -> T:
            values = vars(connection)
            if attribute not in values:
                values[attribute] = compute(connection)
            return values[attribute]

        return property(read)


class HTTPConnection(Mapping[str, Any], Generic[StateT]):
    """What is known of a connection before any of its content: a view of the ASGI `scope`.

    As a mapping it is the scope itself. Nothing is parsed until it is asked for.
    """

    scope: Scope

    def __init__(self, scope: Scope, receive: Receive | None = None) -> None:
        if scope["type"] not in ("http", "websocket"):
            raise AssertionError(f"A scope of type {scope['type']!r} is no HTTP connection.")
        self.scope = scope

    def __getitem__(self, key: str) -> Any:
        return self.scope[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.scope)

    def __len__(self) -> int:
        return len(self.scope)

    # One connection is not another, whatever their scopes hold.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def app(self) -> Any:
        """The application that answers."""
        return self.scope["app"]

    @kept
    def url(self) -> URL:
        """The URL that the client asked for."""
        return URL(scope=self.scope)

    @kept
    def base_url(self) -> URL:
        """The URL below which the application lies, with a slash at its end."""
        root: str = self.scope.get("app_root_path", self.scope.get("root_path", ""))
        path = root if root.endswith("/") else f"{root}/"
        return URL(scope={**self.scope, "path": path, "query_string": b""})

    @kept
    def headers(self) -> Headers:
        """The headers of the request."""
        return Headers(scope=self.scope)

    @kept
    def query_params(self) -> QueryParams:
        """The parameters in the query string."""
        return QueryParams(self.scope.get("query_string", b""))

    @property
    def path_params(self) -> dict[str, Any]:
        """The parameters that the route found in the path."""
        return cast("dict[str, Any]", self.scope.get("path_params", {}))

    @kept
    def cookies(self) -> dict[str, str]:
        """The cookies by name."""
        return cookie_parser("; ".join(self.headers.getlist("cookie")))

    @property
    def client(self) -> Address | None:
        """The other end of the connection, if the server knows it."""
        address = self.scope.get("client")
        return None if address is None else Address(*address)

    @property
    def session(self) -> dict[str, Any]:
        """What `SessionMiddleware` keeps of this client."""
        return cast("dict[str, Any]", self._from_middleware("session", "SessionMiddleware"))

    @property
    def auth(self) -> Any:
        """The credentials that `AuthenticationMiddleware` found."""
        return self._from_middleware("auth", "AuthenticationMiddleware")

    @property
    def user(self) -> Any:
        """The user that `AuthenticationMiddleware` found."""
        return self._from_middleware("user", "AuthenticationMiddleware")

    def _from_middleware(self, key: str, middleware: str) -> Any:
        if key not in self.scope:
            raise AssertionError(f"{middleware} must be installed to access request.{key}")
        return self.scope[key]

    @kept
    def state(self) -> StateT:
        """Values for this request, which begin with those that the lifespan yielded."""
        return cast(StateT, State(self.scope.setdefault("state", {})))

    def url_for(self, name: str, /, **path_params: Any) -> URL:
        """The URL of the route called `name`. Raises `NoMatchFound` where there is none."""
        router = self.scope.get("router") or self.scope.get("app")
        if router is None:
            raise RuntimeError(
                "The `url_for` method can only be used inside a Starlette application "
                "or with a router."
            )
        path = router.url_path_for(name, **path_params)
        return cast(URL, path.make_absolute_url(base_url=self.base_url))


async def empty_receive() -> NoReturn:
    """Stands in for a `receive` nobody gave."""
    raise RuntimeError("Receive channel has not been made available")


async def empty_send(message: Message) -> NoReturn:
    """Stands in for a `send` nobody gave."""
    raise RuntimeError("Send channel has not been made available")


class Request(HTTPConnection[StateT]):
    """An HTTP request: what `HTTPConnection` knows, and its body.

    Whoever has read the body already sets `_body` to it, and all else here uses that.
    """

    _receive: Receive
    _send: Send
    _body: bytes
    _json: Any
    _form: FormData | None = None
    _stream_consumed = False
    _is_disconnected = False

    def __init__(
        self,
        scope: Scope,
        receive: Receive | None = empty_receive,
        send: Send | None = empty_send,
    ) -> None:
        if scope["type"] != "http":
            raise AssertionError(f"A scope of type {scope['type']!r} is no HTTP request.")
        self.scope = scope
        self._receive = receive or empty_receive
        self._send = send or empty_send

    @property
    def method(self) -> str:
        """The method, in upper case."""
        return cast(str, self.scope["method"])

    @property
    def receive(self) -> Receive:
        """What gives the next ASGI message of this request."""
        return self._receive

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """The body in pieces as they arrive, the last one empty.

        Can be read once, unless `body` was read before. Raises `ClientDisconnect` when the client leaves.
        """
        if hasattr(self, "_body"):
            yield self._body
        elif self._stream_consumed:
            raise RuntimeError("Stream consumed")
        while not self._stream_consumed and not hasattr(self, "_body"):
            try:
                chunk, more = read_chunk(await self._receive())
            except ClientDisconnect:
                self._is_disconnected = True
                raise
            self._stream_consumed = not more
            if chunk:
                yield chunk
        yield b""

    async def body(self) -> bytes:
        """The whole body."""
        if not hasattr(self, "_body"):
            self._body = b"".join([chunk async for chunk in self.stream()])
        return self._body

    async def json(self) -> Any:
        """The body as JSON. Raises `ValueError` where it is not."""
        if not hasattr(self, "_json"):
            body = await self.body()
            try:
                self._json = json.loads(body)
            except RecursionError as exc:
                raise ValueError("JSON that is nested too deeply.") from exc
        return self._json

    def form(
        self,
        *,
        max_files: int | float = 1000,
        max_fields: int | float = 1000,
        max_part_size: int = 1024 * 1024,
    ) -> PendingForm:
        """The form in the body: `await request.form()`, or `async with`, which closes its files.

        Empty where the body is no form. `max_part_size`: bytes of a field. What is malformed or above a
        limit is answered with 400.
        """
        limits = {"max_fields": max_fields, "max_part_size": max_part_size}
        return PendingForm(partial(self._get_form, max_files, limits))

    async def _get_form(self, max_files: int | float, limits: dict[str, Any]) -> FormData:
        if self._form is not None:
            return self._form
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        try:
            async with aclosing(self.stream()) as stream:
                if kind == "multipart/form-data":
                    parser = MultiPartParser(self.headers, stream, max_files=max_files, **limits)
                    self._form = await parser.parse()
                elif kind == "application/x-www-form-urlencoded":
                    self._form = await FormParser(self.headers, stream, **limits).parse()
                else:
                    self._form = FormData()
        except MultiPartException as exc:
            if "app" in self.scope:
                raise HTTPException(status_code=400, detail=exc.message) from exc
            raise
        return self._form

    async def close(self) -> None:
        """Close the files of the form, if it was read."""
        if self._form is not None:
            await self._form.close()

    async def is_disconnected(self) -> bool:
        """Whether the client has left, as far as is known without waiting."""
        if not self._is_disconnected:
            if not isinstance(self._receive, ReadAhead):
                self._receive = ReadAhead(self._receive)
            self._is_disconnected = await self._receive.sees_disconnect()
        return self._is_disconnected

    async def send_push_promise(self, path: str) -> None:
        """Announce that `path` is pushed too, where the server can do that (HTTP/2 server push)."""
        if self._server_can("http.response.push"):
            copied = [pair for pair in self.headers.raw if pair[0] in COPIED_TO_PUSH]
            await self._send({"type": "http.response.push", "path": path, "headers": copied})

    async def send_early_hints(self, link: str, /, *additional_links: str) -> None:
        """Send `Link` headers before the response (RFC 8297), where the server can do that.

        Raises `ValueError` where a link holds CR, LF or NUL, or is not Latin-1.
        """
        if self._server_can("http.response.early_hint"):
            links = [encode_header("link", text)[1] for text in (link, *additional_links)]
            await self._send({"type": "http.response.early_hint", "links": links})

    def _server_can(self, extension: str) -> bool:
        return extension in (self.scope.get("extensions") or ())


class PendingForm(Awaitable[FormData]):
    """A form to be awaited, or to be entered and closed."""

    def __init__(self, read: Callable[[], Awaitable[FormData]]) -> None:
        self._read = read

    def __await__(self) -> Generator[Any, None, FormData]:
        return self._read().__await__()

    async def __aenter__(self) -> FormData:
        self._form = await self._read()
        return self._form

    async def __aexit__(self, *exc_info: object) -> None:
        await self._form.close()


class ReadAhead:
    """A `receive` that can look for the client's leaving, and keeps what it finds on the way."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._messages: deque[Message] = deque()

    async def __call__(self) -> Message:
        """The next message, be it one that was kept."""
        return self._messages.popleft() if self._messages else await self._receive()

    async def sees_disconnect(self) -> bool:
        """Whether the client has left; looks past at most `READ_AHEAD` bytes that nobody has read."""
        while sum(len(message.get("body") or b"") for message in self._messages) < READ_AHEAD:
            message: Message | None = None
            with anyio.CancelScope() as scope:
                # Set within: a scope that begins without time lets trio's channels hand over nothing.
                scope.deadline = anyio.current_time()
                message = await self._receive()
            if message is None:
                return False
            self._messages.append(message)
            if message["type"] == "http.disconnect":
                return True
        return False
