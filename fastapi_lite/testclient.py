"""Clients that talk to an ASGI application without a server, for tests.

`TestClient` is an `httpx.Client`, `AsyncTestClient` an `httpx.AsyncClient`; both speak WebSocket too.
"""

from __future__ import annotations

import inspect
import json
import warnings
from collections.abc import (
    Callable,
    Generator,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast
from urllib.parse import unquote

import anyio.from_thread
import anyio.to_thread

from fastapi_lite._inspect import is_async_callable
from fastapi_lite._testclient_exchange import (
    HTTPExchange,
    LifespanExchange,
    Upload,
    WebSocketExchange,
)
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send
from fastapi_lite.websockets import WebSocketDisconnect

if TYPE_CHECKING:
    from typing import Self

    import httpx
else:
    try:
        import httpx
    except ModuleNotFoundError:
        try:
            import httpx2 as httpx
        except ModuleNotFoundError:
            raise RuntimeError(
                "fastapi_lite.testclient needs the httpx package. Install it: pip install httpx"
            ) from None

JSONMode: TypeAlias = Literal["text", "binary"]
PortalFactory: TypeAlias = Callable[[], AbstractContextManager[anyio.from_thread.BlockingPortal]]
DEFAULT_PORTS: Mapping[str, int] = {"http": 80, "ws": 80, "https": 443, "wss": 443}


class TestClient(httpx.Client):
    """An `httpx.Client` whose requests are answered by `app`.

    As a context manager it runs the application's lifespan, in one event loop with all requests;
    otherwise each request has an event loop of its own. `backend` is `"asyncio"` or `"trio"`.
    What the application raises is raised to the test, unless `raise_server_exceptions` is false:
    then it is a response of status 500.
    """

    __test__ = False

    def __init__(
        self,
        app: ASGIApp,
        base_url: str = "http://testserver",
        raise_server_exceptions: bool = True,
        root_path: str = "",
        backend: Literal["asyncio", "trio"] = "asyncio",
        backend_options: dict[str, Any] | None = None,
        cookies: Any = None,
        headers: dict[str, str] | None = None,
        follow_redirects: bool = True,
        client: tuple[str, int] = ("testclient", 50000),
    ) -> None:
        self.app = as_asgi3(app)
        self.app_state: dict[str, Any] = {}
        self.async_backend = {"backend": backend, "backend_options": backend_options or {}}
        self.portal: anyio.from_thread.BlockingPortal | None = None
        self._exit_stack = ExitStack()
        super().__init__(
            base_url=base_url,
            headers={"user-agent": "testclient", **(headers or {})},
            cookies=cookies,
            follow_redirects=follow_redirects,
            transport=Transport(
                Scopes(self.app_state, root_path, client),
                self.app,
                self.portal_factory,
                raise_server_exceptions,
            ),
        )

    @contextmanager
    def portal_factory(self) -> Generator[anyio.from_thread.BlockingPortal, None, None]:
        """The event loop to run the application in: that of the context, or one made for now."""
        if self.portal is not None:
            yield self.portal
        else:
            with anyio.from_thread.start_blocking_portal(**self.async_backend) as portal:
                yield portal

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            portal = stack.enter_context(
                anyio.from_thread.start_blocking_portal(**self.async_backend)
            )
            lifespan = portal.call(LifespanExchange, self.app, self.app_state)
            settle_lifespan(portal.call(lifespan.start), lifespan)
            stack.callback(lambda: settle_lifespan(portal.call(lifespan.stop), lifespan))
            self.portal = portal
            stack.callback(setattr, self, "portal", None)
            self._exit_stack = stack.pop_all()
        return self

    def __exit__(self, *args: Any) -> None:
        self._exit_stack.close()

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """The request that would be sent."""
        warn_of_timeout(options)
        return super().build_request(method, url, **options)

    def websocket_connect(
        self, url: str, subprotocols: Sequence[str] | None = None, **kwargs: Any
    ) -> WebSocketTestSession:
        """A connection that opens on entering it as a context manager.

        `kwargs` are those of `get`: headers, cookies, params, ….
        """
        response = self.get(self.base_url.join(url), **with_handshake(kwargs, subprotocols))
        return cast(WebSocketTestSession, response.extensions[WEBSOCKET])


class WebSocketTestSession:
    """The client's end of a WebSocket, open within its context.

    On leaving, the connection is closed, and what the application raised is raised to the test.
    """

    def __init__(self, app: ASGIApp, scope: Scope, portal_factory: PortalFactory) -> None:
        self.app = app
        self.scope = scope
        self.portal_factory = portal_factory
        self.accepted_subprotocol: str | None = None
        self.extra_headers: list[tuple[bytes, bytes]] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._portal = stack.enter_context(self.portal_factory())
            self._exchange = self._portal.call(WebSocketExchange, self.app, self.scope)
            stack.callback(self._portal.call, self._exchange.close, 1000, None)
            answer = expect_answer(self._portal.call(self._exchange.open), self._exchange)
            if answer["type"] == "websocket.http.response.start":
                parts = [part["body"] for part in iter(self._denial_part, None)]
                raise denial(answer, parts)
            self.accepted_subprotocol = answer.get("subprotocol")
            self.extra_headers = list(answer.get("headers") or ())
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, *args: Any) -> None:
        self._stack.close()
        settle(self._exchange.failure, kind)

    def send(self, message: Message) -> None:
        """Hand an ASGI message to the application."""
        self._portal.call(self._exchange.send, message)

    def send_text(self, data: str) -> None:
        """Send a text frame."""
        self.send({"type": "websocket.receive", "text": data})

    def send_bytes(self, data: bytes) -> None:
        """Send a binary frame."""
        self.send({"type": "websocket.receive", "bytes": data})

    def send_json(self, data: Any, mode: JSONMode = "text") -> None:
        """Send `data` as JSON, in a text or a binary frame."""
        self.send(json_message(data, mode))

    def close(self, code: int = 1000, reason: str | None = None) -> None:
        """Close the connection; what the application sent before can still be received."""
        self.send({"type": "websocket.disconnect", "code": code, "reason": reason})

    def receive(self) -> Message:
        """The next ASGI message of the application; its close is one too.

        Raises what the application raised, and `WebSocketDisconnect` after its end.
        """
        return expect_message(self._portal.call(self._exchange.receive), self._exchange)

    def receive_text(self) -> str:
        """The text of the next frame; raises `WebSocketDisconnect` when the application closes."""
        return cast(str, payload(self.receive(), "text"))

    def receive_bytes(self) -> bytes:
        """The bytes of the next frame; raises `WebSocketDisconnect` when the application closes."""
        return cast(bytes, payload(self.receive(), "bytes"))

    def receive_json(self, mode: JSONMode = "text") -> Any:
        """The JSON value of the next frame, which is a text or a binary one as `mode` says."""
        return json.loads(payload(self.receive(), frame_of(mode)))

    def _denial_part(self) -> Message | None:
        return self._portal.call(self._exchange.receive)


class WebSocketDenialResponse(  # type: ignore[misc]
    httpx.Response, WebSocketDisconnect
):
    """Raised when the application answers a WebSocket's handshake with a response instead."""

    code = 1006
    reason = ""


def denial(start: Message, parts: Sequence[bytes]) -> WebSocketDenialResponse:
    return WebSocketDenialResponse(
        status_code=start["status"], headers=start["headers"], content=b"".join(parts)
    )


WEBSOCKET = "fastapi_lite.websocket"
"""The extension of a request that asks for a WebSocket, and of the answer that brings it."""


def with_handshake(options: dict[str, Any], subprotocols: Sequence[str] | None) -> dict[str, Any]:
    """The options of a request that opens a WebSocket (RFC 6455, section 4.1)."""
    headers = httpx.Headers(options.get("headers"))
    for name, value in HANDSHAKE.items():
        headers.setdefault(name, value)
    if subprotocols is not None:
        headers.setdefault("sec-websocket-protocol", ", ".join(subprotocols))
    extensions = {**(options.get("extensions") or {}), WEBSOCKET: True}
    return {**options, "headers": headers, "extensions": extensions}


HANDSHAKE = {
    "connection": "upgrade",
    "sec-websocket-key": "testserver==",
    "sec-websocket-version": "13",
}


def expect_answer(answer: Message | None, exchange: WebSocketExchange) -> Message:
    """The application's answer to the handshake, if it is a good one."""
    if answer is None:
        if exchange.failure is not None:
            raise exchange.failure
        raise AssertionError("The application ended without accepting or closing the WebSocket.")
    if answer["type"] == "websocket.close":
        raise WebSocketDisconnect(answer.get("code", 1000), answer.get("reason") or "")
    return answer


def expect_message(message: Message | None, exchange: WebSocketExchange) -> Message:
    if message is not None:
        return message
    if exchange.failure is not None:
        raise exchange.failure
    # RFC 6455, section 7.1.5: the code of a connection that ended without a close frame.
    raise WebSocketDisconnect(1006, "")


def payload(message: Message, kind: str) -> Any:
    """What a frame of `kind` carries."""
    if message["type"] == "websocket.close":
        raise WebSocketDisconnect(message.get("code", 1000), message.get("reason") or "")
    data = message.get(kind)
    if data is None:
        raise AssertionError(f"Expected a frame of {kind}, the application sent {message!r}.")
    return data


def frame_of(mode: str) -> str:
    try:
        return {"text": "text", "binary": "bytes"}[mode]
    except KeyError:
        raise ValueError('The "mode" argument should be "text" or "binary".') from None


def json_message(data: Any, mode: JSONMode) -> Message:
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    kind = frame_of(mode)
    return {"type": "websocket.receive", kind: text if kind == "text" else text.encode()}


def settle(failure: BaseException | None, raised: type[BaseException] | None) -> None:
    """Raise what the application raised; but to be told of leaving is no news to a failing test."""
    if failure is not None and not (raised and isinstance(failure, WebSocketDisconnect)):
        raise failure


def settle_lifespan(wrong: str | None, lifespan: LifespanExchange) -> None:
    """Raise what went wrong in a start-up or a shutdown: the application's own error if it has one."""
    if wrong is not None:
        raise lifespan.failure or RuntimeError(f"The application's lifespan failed: {wrong}")


def warn_of_timeout(options: Mapping[str, Any]) -> None:
    if options.get("timeout", httpx.USE_CLIENT_DEFAULT) is not httpx.USE_CLIENT_DEFAULT:
        warnings.warn(
            "You should not use the 'timeout' argument with the TestClient. It has no effect: "
            "there is no network to wait for.",
            StarletteDeprecationWarning,
            stacklevel=5,
        )


class Transport(httpx.BaseTransport):
    """Hands the requests of a `TestClient` to its application."""

    def __init__(
        self,
        scopes: Scopes,
        app: ASGIApp,
        portal_factory: PortalFactory,
        raise_server_exceptions: bool,
    ) -> None:
        self.scopes = scopes
        self.app = app
        self.portal_factory = portal_factory
        self.raise_server_exceptions = raise_server_exceptions

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.extensions.get(WEBSOCKET):
            scope = self.scopes.websocket(request)
            session = WebSocketTestSession(self.app, scope, self.portal_factory)
            return httpx.Response(101, extensions={WEBSOCKET: session}, request=request)
        with ExitStack() as stack:
            portal = stack.enter_context(self.portal_factory())
            exchange = portal.call(
                HTTPExchange, self.app, self.scopes.http(request), upload(request.stream)
            )
            start = portal.call(exchange.open)
            stack.callback(portal.call, exchange.close)
            return respond(
                request,
                expect_start(start, exchange, self.raise_server_exceptions),
                exchange,
                Body(portal, exchange, stack.pop_all(), self.raise_server_exceptions),
            )


class Body(httpx.SyncByteStream):
    """The body of a response, read from the application as it sends it."""

    def __init__(
        self,
        portal: anyio.from_thread.BlockingPortal,
        exchange: HTTPExchange,
        stack: ExitStack,
        raise_server_exceptions: bool,
    ) -> None:
        self._portal = portal
        self._exchange = exchange
        self._stack = stack
        self._raise_server_exceptions = raise_server_exceptions

    def __iter__(self) -> Iterator[bytes]:
        while (part := self._portal.call(self._exchange.read)) is not None:
            yield part
        if self._exchange.failure is not None and self._raise_server_exceptions:
            raise self._exchange.failure

    def close(self) -> None:
        self._stack.close()


def expect_start(start: Message | None, exchange: HTTPExchange, raises: bool) -> Message:
    """The start of a response; where there is none, a failure, raised or of status 500."""
    if start is not None:
        return start
    if raises and exchange.failure is not None:
        raise exchange.failure
    if raises:
        raise AssertionError("TestClient did not receive any response.")
    return {"status": 500}


def respond(
    request: httpx.Request,
    start: Message,
    exchange: HTTPExchange,
    body: httpx.SyncByteStream | httpx.AsyncByteStream,
) -> httpx.Response:
    """The response, with what the application tells of the template it was made from."""
    response = httpx.Response(
        start["status"],
        headers=list(start.get("headers", ())),
        stream=body,
        extensions=exchange.extensions,
        request=request,
    )
    debug = exchange.extensions.get("http.response.debug", {})
    if "template" in debug:
        vars(response).update(template=debug["template"], context=debug["context"])
    return response


class Scopes:
    """Makes the scopes of requests."""

    def __init__(self, state: Mapping[str, Any], root_path: str, client: tuple[str, int]) -> None:
        self._state = state
        self._root_path = root_path
        self._client = client

    def http(self, request: httpx.Request) -> Scope:
        return {
            **self._shared("http", request),
            "method": request.method,
            "extensions": {"http.response.debug": {}, "http.response.trailers": {}},
        }

    def websocket(self, request: httpx.Request) -> Scope:
        scope = self._shared("websocket", request)
        protocols = request.headers.get("sec-websocket-protocol", "").split(",")
        return {
            **scope,
            "scheme": {"http": "ws", "https": "wss"}.get(scope["scheme"], scope["scheme"]),
            "subprotocols": [protocol.strip() for protocol in protocols if protocol.strip()],
            "extensions": {"websocket.http.response": {}},
        }

    def _shared(self, kind: str, request: httpx.Request) -> dict[str, Any]:
        url = request.url
        raw_path, _, query = url.raw_path.partition(b"?")
        return {
            "type": kind,
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "path": unquote(raw_path),
            "raw_path": raw_path,
            "root_path": self._root_path,
            "scheme": url.scheme,
            "query_string": query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": self._client,
            "server": [url.host, url.port or DEFAULT_PORTS[url.scheme]],
            "state": dict(self._state),
        }


CHUNK = 65536
"""Bytes of a request's body that are handed to the application at a time."""


async def upload(stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> Upload:
    """The parts of a request's body as the application asks for them."""
    if not isinstance(stream, httpx.AsyncByteStream):
        # A generator of the test's may wait for what the application does: not in its event loop.
        parts = iter(stream)
        while (part := await anyio.to_thread.run_sync(next, parts, None)) is not None:
            yield part, True
    elif not isinstance(stream, httpx.SyncByteStream):
        async for part in stream:
            yield part, True
    else:
        # What httpx can read either way is there already, a multipart body in many small parts.
        held = b""
        for part in stream:
            if held and len(held) + len(part) > CHUNK:
                yield held, True
                held = b""
            held += part
        yield held, False


def as_asgi3(app: Any) -> ASGIApp:
    """`app`, or an application of ASGI 2 (a callable that takes the scope alone) made one of 3."""
    if not inspect.isclass(app) and is_async_callable(app):
        return cast(ASGIApp, app)
    if inspect.isclass(app) and hasattr(app, "__await__"):
        return cast(ASGIApp, app)

    async def two_steps(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope)(receive, send)

    return two_steps
