"""Clients that hand their requests to an ASGI application, without a server: for tests.

`TestClient` is an `httpx.Client`, `AsyncTestClient` an `httpx.AsyncClient`; both open WebSockets too.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import AbstractContextManager, ExitStack, contextmanager
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

from fastapi_lite._testclient_exchange import HTTPExchange, LifespanExchange, WebSocketExchange
from fastapi_lite._testclient_request import Scopes, as_asgi3, upload
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.types import ASGIApp, Message, Scope
from fastapi_lite.websockets import WebSocketDisconnect, frame_of

if TYPE_CHECKING:
    import httpx
else:
    try:
        import httpx
    except ModuleNotFoundError:
        try:
            import httpx2 as httpx
        except ModuleNotFoundError:
            raise RuntimeError(
                "fastapi_lite.testclient needs httpx, which is not installed. "
                "Install it: pip install httpx"
            ) from None

T = TypeVar("T")
JSONMode: TypeAlias = Literal["text", "binary"]
PortalFactory: TypeAlias = Callable[[], AbstractContextManager[BlockingPortal]]
CookieTypes: TypeAlias = "httpx.Cookies | CookieJar | dict[str, str] | list[tuple[str, str]]"

WEBSOCKET = "fastapi_lite.websocket"
"""The extension of a request that asks for a WebSocket; that of its answer holds the scope."""
HANDSHAKE: Mapping[str, str] = {
    "connection": "upgrade",
    "sec-websocket-key": "testserver==",
    "sec-websocket-version": "13",
}
"""The headers of a WebSocket's opening (RFC 6455, section 4.1)."""


class TestClient(httpx.Client):
    """An `httpx.Client` whose requests `app` answers.

    As a context manager it runs the application's lifespan, and that and all requests share one
    event loop; otherwise each request has an event loop of its own. `backend` is `"asyncio"` or
    `"trio"`, `backend_options` are those of `anyio.run`. What the application raises is raised to the
    test; with `raise_server_exceptions=False` it becomes a response of status 500.
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
        cookies: CookieTypes | None = None,
        headers: dict[str, str] | None = None,
        follow_redirects: bool = True,
        client: tuple[str, int] = ("testclient", 50000),
    ) -> None:
        self.app: ASGIApp = as_asgi3(app)
        self.app_state: dict[str, Any] = {}
        self.portal: BlockingPortal | None = None
        self._backend = backend
        self._backend_options = backend_options
        self._entered: list[ExitStack] = []
        transport = Transport(
            self.app,
            Scopes(self.app_state, root_path, client),
            self.portal_factory,
            raise_server_exceptions,
        )
        super().__init__(
            base_url=base_url,
            cookies=cookies,
            headers=named(headers),
            follow_redirects=follow_redirects,
            transport=transport,
        )

    @contextmanager
    def portal_factory(self) -> Generator[BlockingPortal, None, None]:
        """The event loop that the application runs in: the one entered, or else a new one."""
        if self.portal is not None:
            yield self.portal
        else:
            with start_blocking_portal(self._backend, self._backend_options) as portal:
                yield portal

    def __enter__(self) -> Self:
        """Start the application up; raises what it raises, `RuntimeError` if it says it failed."""
        with ExitStack() as stack:
            stack.callback(setattr, self, "portal", self.portal)
            portal = self.portal = stack.enter_context(self.portal_factory())
            lifespan = portal.call(LifespanExchange, self.app, self.app_state)
            settle_lifespan(lifespan, portal.call(lifespan.start))
            stack.callback(lambda: settle_lifespan(lifespan, portal.call(lifespan.stop)))
            self._entered.append(stack.pop_all())
        return self

    def __exit__(self, *args: object) -> None:
        """Shut the application down; the client can be used on, and entered again."""
        self._entered.pop().close()

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """The request that would be sent."""
        warn_of_timeout(options)
        return super().build_request(method, url, **options)

    def websocket_connect(
        self, url: str, subprotocols: Sequence[str] | None = None, **kwargs: Any
    ) -> WebSocketTestSession:
        """A WebSocket, to be entered as a context manager.

        `kwargs` are those of `get`: `headers`, `cookies`, `params` and so on.
        """
        answer = self.get(self.base_url.join(url), **with_handshake(kwargs, subprotocols))
        return WebSocketTestSession(self.app, answer.extensions[WEBSOCKET], self.portal_factory)


class AsyncTestClient(httpx.AsyncClient):
    """An `httpx.AsyncClient` whose requests `app` answers, in the event loop of the test itself.

    As an asynchronous context manager it runs the application's lifespan. What the application raises
    is raised to the test; with `raise_server_exceptions=False` it becomes a response of status 500.
    """

    __test__ = False

    def __init__(
        self,
        app: ASGIApp,
        base_url: str = "http://testserver",
        raise_server_exceptions: bool = True,
        root_path: str = "",
        cookies: CookieTypes | None = None,
        headers: dict[str, str] | None = None,
        follow_redirects: bool = True,
        client: tuple[str, int] = ("testclient", 50000),
    ) -> None:
        self.app: ASGIApp = as_asgi3(app)
        self.app_state: dict[str, Any] = {}
        self._entered: list[LifespanExchange] = []
        scopes = Scopes(self.app_state, root_path, client)
        super().__init__(
            base_url=base_url,
            cookies=cookies,
            headers=named(headers),
            follow_redirects=follow_redirects,
            transport=AsyncTransport(self.app, scopes, raise_server_exceptions),
        )

    async def __aenter__(self) -> Self:
        """Start the application up; raises what it raises, `RuntimeError` if it says it failed."""
        lifespan = LifespanExchange(self.app, self.app_state)
        settle_lifespan(lifespan, await lifespan.start())
        self._entered.append(lifespan)
        return self

    async def __aexit__(self, *args: object) -> None:
        """Shut the application down; the client can be used on, and entered again."""
        lifespan = self._entered.pop()
        settle_lifespan(lifespan, await lifespan.stop())

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """The request that would be sent."""
        warn_of_timeout(options)
        return super().build_request(method, url, **options)

    def websocket_connect(
        self, url: str, subprotocols: Sequence[str] | None = None, **kwargs: Any
    ) -> AsyncWebSocketTestSession:
        """A WebSocket, to be entered as an asynchronous context manager.

        `kwargs` are those of `get`: `headers`, `cookies`, `params` and so on.
        """

        async def scope() -> Scope:
            options = with_handshake(kwargs, subprotocols)
            answer = await self.get(self.base_url.join(url), **options)
            made: Scope = answer.extensions[WEBSOCKET]
            return made

        return AsyncWebSocketTestSession(self.app, scope)


class WebSocketTestSession:
    """The client's end of a WebSocket, open while it is entered.

    Leaving closes it and waits for the application, which is cancelled where it does not end; what
    the application raised is raised to the test.
    """

    __test__ = False

    def __init__(self, app: ASGIApp, scope: Scope, portal_factory: PortalFactory) -> None:
        self.app = app
        self.scope = scope
        self.portal_factory = portal_factory
        self.accepted_subprotocol: str | None = None
        self.extra_headers: list[tuple[bytes, bytes]] | None = None
        self._entered = ExitStack()
        self._portal: BlockingPortal | None = None
        self._exchange: WebSocketExchange | None = None

    def __enter__(self) -> Self:
        """Open the connection.

        Raises `WebSocketDisconnect` when the application refuses it, `WebSocketDenialResponse` when it
        answers with a response, and what it raises.
        """
        with ExitStack() as stack:
            portal = stack.enter_context(self.portal_factory())
            exchange = portal.call(WebSocketExchange, self.app, self.scope)
            accepted = expect_acceptance(exchange, portal.call(exchange.open))
            stack.callback(portal.call, exchange.close)
            self._entered = stack.pop_all()
        self._portal, self._exchange = portal, exchange
        self.accepted_subprotocol, self.extra_headers = agreed(accepted)
        return self

    def __exit__(self, kind: type[BaseException] | None, *args: object) -> None:
        """Leave; raises what the application raised."""
        exchange = entered(self._exchange)
        self._portal = self._exchange = None
        self._entered.close()
        settle(exchange, kind)

    def send(self, message: Message) -> None:
        """Hand an ASGI message to the application; nothing happens once the connection is closed."""
        entered(self._portal).call(entered(self._exchange).send, message)

    def send_text(self, data: str) -> None:
        """Send a text message."""
        self.send({"type": "websocket.receive", "text": data})

    def send_bytes(self, data: bytes) -> None:
        """Send a binary message."""
        self.send({"type": "websocket.receive", "bytes": data})

    def send_json(self, data: Any, mode: JSONMode = "text") -> None:
        """Send `data` as JSON, in a text or a binary message."""
        self.send(json_message(data, mode))

    def close(self, code: int = 1000, reason: str | None = None) -> None:
        """Close the connection; what the application has sent can still be received."""
        self.send({"type": "websocket.disconnect", "code": code, "reason": reason})

    def receive(self) -> Message:
        """The application's next ASGI message, its `websocket.close` included.

        Raises what the application raised, and `WebSocketDisconnect` when no message can come.
        """
        exchange = entered(self._exchange)
        return expect_message(exchange, entered(self._portal).call(exchange.receive))

    def receive_text(self) -> str:
        """The next message as text; raises `WebSocketDisconnect` when the application closes."""
        return str(content(self.receive(), "text"))

    def receive_bytes(self) -> bytes:
        """The next message as bytes; raises `WebSocketDisconnect` when the application closes."""
        return bytes(content(self.receive(), "bytes"))

    def receive_json(self, mode: JSONMode = "text") -> Any:
        """The next message read as JSON; raises `WebSocketDisconnect` when the application closes."""
        return json.loads(content(self.receive(), frame_of(mode)))


class AsyncWebSocketTestSession:
    """As `WebSocketTestSession`, in the event loop of the test itself."""

    __test__ = False

    def __init__(self, app: ASGIApp, scope: Callable[[], Awaitable[Scope]]) -> None:
        self.app = app
        self.accepted_subprotocol: str | None = None
        self.extra_headers: list[tuple[bytes, bytes]] | None = None
        self._exchange: WebSocketExchange | None = None
        self._make_scope = scope

    async def __aenter__(self) -> Self:
        """Open the connection; raises as `WebSocketTestSession` does."""
        self.scope: Scope = await self._make_scope()
        exchange = WebSocketExchange(self.app, self.scope)
        accepted = expect_acceptance(exchange, await exchange.open())
        self._exchange = exchange
        self.accepted_subprotocol, self.extra_headers = agreed(accepted)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *args: object) -> None:
        """Leave; raises what the application raised."""
        exchange = entered(self._exchange)
        self._exchange = None
        await exchange.close()
        settle(exchange, kind)

    async def send(self, message: Message) -> None:
        """Hand an ASGI message to the application; nothing happens once the connection is closed."""
        await entered(self._exchange).send(message)

    async def send_text(self, data: str) -> None:
        """Send a text message."""
        await self.send({"type": "websocket.receive", "text": data})

    async def send_bytes(self, data: bytes) -> None:
        """Send a binary message."""
        await self.send({"type": "websocket.receive", "bytes": data})

    async def send_json(self, data: Any, mode: JSONMode = "text") -> None:
        """Send `data` as JSON, in a text or a binary message."""
        await self.send(json_message(data, mode))

    async def close(self, code: int = 1000, reason: str | None = None) -> None:
        """Close the connection; what the application has sent can still be received."""
        await self.send({"type": "websocket.disconnect", "code": code, "reason": reason})

    async def receive(self) -> Message:
        """The application's next ASGI message, as `WebSocketTestSession.receive` gives it."""
        exchange = entered(self._exchange)
        return expect_message(exchange, await exchange.receive())

    async def receive_text(self) -> str:
        """The next message as text; raises `WebSocketDisconnect` when the application closes."""
        return str(content(await self.receive(), "text"))

    async def receive_bytes(self) -> bytes:
        """The next message as bytes; raises `WebSocketDisconnect` when the application closes."""
        return bytes(content(await self.receive(), "bytes"))

    async def receive_json(self, mode: JSONMode = "text") -> Any:
        """The next message read as JSON; raises `WebSocketDisconnect` when the application closes."""
        return json.loads(content(await self.receive(), frame_of(mode)))


class WebSocketDenialResponse(  # type: ignore[misc]  # both have an `__init__`; httpx's is meant
    httpx.Response, WebSocketDisconnect
):
    """The response that the application gave instead of accepting a WebSocket."""

    code = 1006
    reason = ""


class Transport(httpx.BaseTransport):
    """Hands a `TestClient`'s requests to its application."""

    def __init__(
        self, app: ASGIApp, scopes: Scopes, portal_factory: PortalFactory, raises: bool
    ) -> None:
        self._app = app
        self._scopes = scopes
        self._portal_factory = portal_factory
        self._raises = raises

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, as soon as it starts."""
        if WEBSOCKET in request.extensions:
            return switch_protocols(self._scopes.websocket(request))
        with ExitStack() as stack:
            portal = stack.enter_context(self._portal_factory())
            scope = self._scopes.http(request)
            exchange = portal.call(HTTPExchange, self._app, scope, upload(request.stream))
            start = expect_start(exchange, portal.call(exchange.open), self._raises)
            stack.callback(portal.call, exchange.close)
            body = ResponseBody(portal, exchange, self._raises, stack.pop_all())
        return response(exchange, start, body)


class AsyncTransport(httpx.AsyncBaseTransport):
    """Hands an `AsyncTestClient`'s requests to its application."""

    def __init__(self, app: ASGIApp, scopes: Scopes, raises: bool) -> None:
        self._app = app
        self._scopes = scopes
        self._raises = raises

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response, as soon as it starts."""
        if WEBSOCKET in request.extensions:
            return switch_protocols(self._scopes.websocket(request))
        exchange = HTTPExchange(self._app, self._scopes.http(request), upload(request.stream))
        start = expect_start(exchange, await exchange.open(), self._raises)
        return response(exchange, start, AsyncResponseBody(exchange, self._raises))


class ResponseBody(httpx.SyncByteStream):
    """The body of a response, read as the application sends it."""

    def __init__(
        self, portal: BlockingPortal, exchange: HTTPExchange, raises: bool, stack: ExitStack
    ) -> None:
        self._portal = portal
        self._exchange = exchange
        self._raises = raises
        self._stack = stack

    def __iter__(self) -> Iterator[bytes]:
        while (part := self._portal.call(self._exchange.read)) is not None:
            yield part
        expect_success(self._exchange, self._raises)

    def close(self) -> None:
        """Leave the application, which is cancelled if it has not sent all of the response."""
        self._stack.close()


class AsyncResponseBody(httpx.AsyncByteStream):
    """The body of a response, read as the application sends it."""

    def __init__(self, exchange: HTTPExchange, raises: bool) -> None:
        self._exchange = exchange
        self._raises = raises

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (part := await self._exchange.read()) is not None:
            yield part
        expect_success(self._exchange, self._raises)

    async def aclose(self) -> None:
        """Leave the application, which is cancelled if it has not sent all of the response."""
        await self._exchange.close()


def named(headers: Mapping[str, str] | None) -> dict[str, str]:
    """The headers that a client sends with every request; its name, unless they give another."""
    return {"user-agent": "testclient", **(headers or {})}


def warn_of_timeout(options: Mapping[str, Any]) -> None:
    """Warn where a request is given a timeout: it would be silently without effect."""
    if options.get("timeout", httpx.USE_CLIENT_DEFAULT) is not httpx.USE_CLIENT_DEFAULT:
        warnings.warn(
            "You should not use the 'timeout' argument with the TestClient. There is no network to "
            "wait for, so it has no effect; remove it.",
            StarletteDeprecationWarning,
            stacklevel=5,
        )


def with_handshake(options: dict[str, Any], subprotocols: Sequence[str] | None) -> dict[str, Any]:
    """The options of a request that asks for a WebSocket; headers they have go before ours."""
    handshake = dict(HANDSHAKE)
    if subprotocols is not None:
        handshake["sec-websocket-protocol"] = ", ".join(subprotocols)
    given = httpx.Headers(options.get("headers"))
    missing = [(name, value) for name, value in handshake.items() if name not in given]
    return {
        **options,
        "headers": [*given.multi_items(), *missing],
        "extensions": {**(options.get("extensions") or {}), WEBSOCKET: True},
    }


def switch_protocols(scope: Scope) -> httpx.Response:
    """The answer to a request for a WebSocket: its scope, to be used by a session."""
    return httpx.Response(101, extensions={WEBSOCKET: scope})


def settle_lifespan(lifespan: LifespanExchange, wrong: str | None) -> None:
    """Raise what went wrong in a start-up or shutdown: what the application raised, if it did."""
    if wrong is not None:
        raise lifespan.failure or RuntimeError(f"The application's lifespan failed: {wrong}")


def expect_start(exchange: HTTPExchange, start: Message | None, raises: bool) -> Message:
    """The start of a response. Where there is none, that is an error, raised or of status 500."""
    if start is None:
        expect_success(exchange, raises)
        if raises:
            raise AssertionError("TestClient did not receive any response.")
    return start or {"status": 500}


def expect_success(exchange: HTTPExchange, raises: bool) -> None:
    """Raise what went wrong: an error if errors are to be raised, an exit in any case."""
    failure = exchange.failure
    if failure is not None and (raises or not isinstance(failure, Exception)):
        raise failure


def response(
    exchange: HTTPExchange, start: Message, body: httpx.SyncByteStream | httpx.AsyncByteStream
) -> httpx.Response:
    """The response; it has `template` and `context` where a template made it."""
    made = httpx.Response(
        start["status"],
        headers=list(start.get("headers", ())),
        stream=body,
        extensions=exchange.extensions,
    )
    debug = exchange.extensions.get("http.response.debug", {})
    if "template" in debug:
        vars(made).update(template=debug["template"], context=debug["context"])
    return made


def expect_acceptance(exchange: WebSocketExchange, answer: Message | None) -> Message:
    """The acceptance of a WebSocket; raises what is the case when it is not accepted."""
    kind = None if answer is None else answer["type"]
    if answer is None or (exchange.failure is not None and kind != "websocket.accept"):
        raise exchange.failure or AssertionError(
            "TestClient did not receive any answer to the WebSocket's handshake."
        )
    if kind == "websocket.http.response.start":
        raise WebSocketDenialResponse(
            answer["status"], headers=answer.get("headers"), content=answer["body"]
        )
    if kind != "websocket.accept":
        raise disconnect(answer)
    return answer


def agreed(accepted: Message) -> tuple[str | None, list[tuple[bytes, bytes]]]:
    """The sub-protocol and the headers with which the application accepted."""
    return accepted.get("subprotocol"), list(accepted.get("headers") or ())


def expect_message(exchange: WebSocketExchange, message: Message | None) -> Message:
    """The message; where the application ended instead, raises why."""
    if message is None:
        raise exchange.failure or WebSocketDisconnect(exchange.close_code)
    return message


def content(message: Message, kind: str) -> Any:
    """What the message carries as `kind`, `"text"` or `"bytes"`."""
    if message["type"] == "websocket.close":
        raise disconnect(message)
    data = message.get(kind)
    if data is None:
        raise AssertionError(f"Expected {kind} from the application, received {message!r}.")
    return data


def disconnect(close: Message) -> WebSocketDisconnect:
    """What a client is told by the application's close."""
    return WebSocketDisconnect(close.get("code", 1000), close.get("reason"))


def json_message(data: Any, mode: JSONMode) -> Message:
    """A message of the client that carries `data` as JSON."""
    kind = frame_of(mode)
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    return {"type": "websocket.receive", kind: text if kind == "text" else text.encode()}


def settle(exchange: WebSocketExchange, raised: type[BaseException] | None) -> None:
    """Raise what the application raised.

    A test that fails by itself is not told that the application noticed it leaving.
    """
    failure = exchange.failure
    if failure is not None and not (raised and isinstance(failure, WebSocketDisconnect)):
        raise failure


def entered(part: T | None) -> T:
    """`part` of a session, which is there while the session is entered."""
    if part is None:
        raise RuntimeError(
            "The WebSocket is not open. Enter it first: `with client.websocket_connect(…) as session`."
        )
    return part
