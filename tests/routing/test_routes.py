"""Routes by themselves: endpoints of every kind, methods, names, exceptions."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from fastapi_lite.applications import Starlette
from fastapi_lite.exceptions import DeclarationError, HTTPException
from fastapi_lite.middleware import Middleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing.router import Router
from fastapi_lite.routing.routes import (
    BaseRoute,
    Match,
    NoMatchFound,
    PathRoute,
    Route,
    WebSocketRoute,
    wrap_app_handling_exceptions,
)
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from fastapi_lite.websockets import WebSocket, WebSocketDisconnect
from tests.conftest import ClientFactory


async def show(request: Request) -> Response:
    """The parameters of the path."""
    return PlainTextResponse(str(request.path_params))


async def echo(websocket: WebSocket) -> None:
    """Send back one message."""
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """An ASGI application."""
    await PlainTextResponse(f"hello {scope.get('method')}")(scope, receive, send)


class Hello:
    """An ASGI application as an object."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await hello(scope, receive, send)

    async def bound(self, request: Request) -> Response:
        """A method as an endpoint."""
        return PlainTextResponse("bound")


class HelloEndpoint:
    """An ASGI application as a class that is awaited, as `HTTPEndpoint` is."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.answer = hello(scope, receive, send)

    def __await__(self) -> Any:
        return self.answer.__await__()


class Application:
    """An application with handlers of exceptions around another one."""

    def __init__(self, app: ASGIApp, handlers: dict[Any, Any] | None = None) -> None:
        self.app = app
        self.exception_handlers = handlers or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = self
        await self.app(scope, receive, send)


class Tagged:
    """A middleware that puts its tag before those that are there."""

    def __init__(self, app: ASGIApp, tag: str) -> None:
        self.app = app
        self.tag = tag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["path_params"] = {"tags": scope["path_params"].get("tags", "") + self.tag}
        await self.app(scope, receive, send)


def http(path: str, method: str = "GET", **more: Any) -> Scope:
    """The scope of a request."""
    return {"type": "http", "method": method, "path": path, **more}


# Endpoints.


def test_coroutine_function_answers(client_for: ClientFactory) -> None:
    assert client_for(Route("/a/{x}", show)).get("/a/1").text == "{'x': '1'}"


def test_function_answers_in_a_thread(client_for: ClientFactory) -> None:
    def where(request: Request) -> Response:
        return PlainTextResponse(threading.current_thread().name)

    main = threading.current_thread().name
    assert client_for(Route("/", where)).get("/").text not in ("", main)


def test_method_answers(client_for: ClientFactory) -> None:
    assert client_for(Route("/", Hello().bound)).get("/").text == "bound"


def test_partial_function_answers(client_for: ClientFactory) -> None:
    async def greet(name: str, request: Request) -> Response:
        return PlainTextResponse(name)

    assert client_for(Route("/", partial(greet, "ada"))).get("/").text == "ada"


@pytest.mark.parametrize("endpoint", [Hello(), HelloEndpoint])
def test_asgi_application_answers_every_method(endpoint: Any, client_for: ClientFactory) -> None:
    assert client_for(Route("/", endpoint)).request("PURGE", "/").text == "hello PURGE"


def test_asgi_application_answers_the_methods_it_is_given(client_for: ClientFactory) -> None:
    client = client_for(Route("/", Hello(), methods=["post"]))
    assert [client.post("/").status_code, client.get("/").status_code] == [200, 405]


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [(show, "show"), (Hello(), "Hello"), (HelloEndpoint, "HelloEndpoint")],
)
def test_route_is_called_as_its_endpoint(endpoint: Any, name: str) -> None:
    assert Route("/", endpoint).name == name


def test_route_is_called_as_it_is_told() -> None:
    assert Route("/", show, name="home").name == "home"


# Methods.


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        (None, {"GET", "HEAD"}),
        (["get"], {"GET", "HEAD"}),
        (["POST"], {"POST"}),
        ([], set()),
    ],
)
def test_methods_of_a_function(methods: list[str] | None, expected: set[str]) -> None:
    assert Route("/", show, methods=methods).methods == expected


def test_no_methods_at_all_are_all_of_them(client_for: ClientFactory) -> None:
    assert client_for(Route("/", show, methods=[])).delete("/").status_code == 200


def test_other_method_is_refused_with_those_there_are(client_for: ClientFactory) -> None:
    response = client_for(Route("/", show, methods=["PUT", "GET"])).post("/")
    assert (response.status_code, response.text) == (405, "Method Not Allowed")
    assert response.headers["allow"] == "GET, HEAD, PUT"


def test_other_method_is_an_exception_within_an_application(client_for: ClientFactory) -> None:
    client = client_for(Application(Route("/", show)))
    with pytest.raises(HTTPException) as caught:
        client.post("/")
    assert (caught.value.status_code, caught.value.headers) == (405, {"Allow": "GET, HEAD"})


# Matching.


def test_request_matches_fully() -> None:
    assert Route("/{x:int}", show).matches(http("/1", path_params={"a": 0})) == (
        Match.FULL,
        {"endpoint": show, "path_params": {"a": 0, "x": 1}},
    )


def test_request_with_another_method_matches_in_part() -> None:
    assert Route("/", show).matches(http("/", "PUT"))[0] is Match.PARTIAL


@pytest.mark.parametrize(
    "scope", [http("/b"), {"type": "websocket", "path": "/"}, {"type": "lifespan"}]
)
def test_anything_else_does_not_match(scope: Scope) -> None:
    assert Route("/", show).matches(scope) == (Match.NONE, {})


def test_other_path_is_not_found(client_for: ClientFactory) -> None:
    response = client_for(Route("/", show)).get("/a")
    assert (response.status_code, response.text) == (404, "Not Found")


def test_other_path_is_an_exception_within_an_application(client_for: ClientFactory) -> None:
    with pytest.raises(HTTPException) as caught:
        client_for(Application(Route("/", show))).get("/a")
    assert caught.value.status_code == 404


def test_expression_that_was_set_decides(client_for: ClientFactory) -> None:
    route = Route("/Users/{id:int}", show)
    route.path_regex = re.compile(route.path_regex.pattern, re.IGNORECASE)
    assert client_for(Router([route])).get("/users/7").text == "{'id': 7}"


@pytest.mark.parametrize("path", ["/x", f"/{'9' * 5_000}"])
def test_expression_that_was_set_and_does_not_match(path: str) -> None:
    route = Route("/{id:int}", show)
    route.path_regex = re.compile("/(?P<id>[0-9]+)")
    assert route.matches(http(path))[0] is Match.NONE


def test_path_may_be_set() -> None:
    route = Route("/a", show)
    route.path = "/b/{x}"
    assert route.matches(http("/b/1"))[0] is Match.FULL


def test_format_and_convertors_follow_from_the_path() -> None:
    route = Route("/a/{x:int}", show)
    assert (route.path_format, [*route.param_convertors]) == ("/a/{x}", ["x"])


def test_class_shows_what_follows_from_the_path() -> None:
    assert PathRoute.path_format is vars(PathRoute)["path_format"]


@pytest.mark.parametrize("declare", [Route, WebSocketRoute])
def test_path_without_a_slash_is_refused(declare: Callable[..., Any]) -> None:
    with pytest.raises(DeclarationError, match="Routed paths must start with '/', which 'a'"):
        declare("a", show)


@pytest.mark.parametrize("declare", [Route, WebSocketRoute])
def test_mistake_in_a_path_is_seen_when_it_is_declared(declare: Callable[..., Any]) -> None:
    with pytest.raises(DeclarationError, match="Unknown path convertor"):
        declare("/{x:unknown}", show)


# URLs.


def test_url_of_a_route() -> None:
    path = Route("/u/{id:int}", show, name="user").url_path_for("user", id=7)
    assert (path, path.protocol) == ("/u/7", "http")


def test_url_of_a_websocket() -> None:
    path = WebSocketRoute("/chat", echo).url_path_for("echo")
    assert (path, path.protocol) == ("/chat", "websocket")


@pytest.mark.parametrize(("name", "params"), [("user", {}), ("user", {"id": 1, "x": 2}), ("u", {})])
def test_url_of_another_name_or_parameters_is_not_found(name: str, params: dict[str, Any]) -> None:
    with pytest.raises(NoMatchFound, match=f'No route exists for name "{name}" and params'):
        Route("/u/{id:int}", show, name="user").url_path_for(name, **params)


# Around endpoints.


def test_middleware_is_around_the_endpoint_in_its_order(client_for: ClientFactory) -> None:
    middleware = [Middleware(Tagged, "a"), Middleware(Tagged, tag="b")]
    client = client_for(Route("/", show, middleware=middleware))
    assert client.get("/").text == "{'tags': 'ab'}"


def test_middleware_is_around_a_websocket(client_for: ClientFactory) -> None:
    async def tell(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_json(websocket.path_params)
        await websocket.close()

    route = WebSocketRoute("/", tell, middleware=[Middleware(Tagged, "a")])
    with client_for(route).websocket_connect("/") as session:
        assert session.receive_json() == {"tags": "a"}


def test_body_beyond_the_limit_is_refused(client_for: ClientFactory) -> None:
    async def read(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    client = client_for(Route("/", read, methods=["POST"], max_body_size=3))
    sent = [client.post("/", content=body).status_code for body in (b"abc", b"abcd")]
    assert sent == [200, 413]


# Exceptions.


async def fail(request: Request) -> Response:
    """Read the body, then raise."""
    await request.body()
    raise LookupError("gone")


def test_exception_goes_to_the_handler_with_the_request_of_the_endpoint(
    client_for: ClientFactory,
) -> None:
    async def answer(request: Request, exc: Exception) -> Response:
        body = await request.body()
        return PlainTextResponse(body.decode() + str(exc), status_code=410)

    app = Application(Route("/", fail, methods=["POST"]), {LookupError: answer})
    response = client_for(app).post("/", content=b"sent, ")
    assert (response.status_code, response.text) == (410, "sent, gone")


def test_exception_without_a_handler_is_raised(client_for: ClientFactory) -> None:
    with pytest.raises(LookupError):
        client_for(Application(Route("/", fail))).get("/")


def test_exception_outside_of_an_application_is_raised(client_for: ClientFactory) -> None:
    with pytest.raises(LookupError):
        client_for(Route("/", fail)).get("/")


def test_exception_after_the_start_of_the_response_is_no_second_response(
    client_for: ClientFactory,
) -> None:
    class Broken(Response):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await super().__call__(scope, receive, send)
            raise LookupError

    async def respond(request: Request) -> Response:
        return Broken()

    app = Application(Route("/", respond), {LookupError: show})
    with pytest.raises(RuntimeError, match="response already started"):
        client_for(app).get("/")


# WebSockets.


def test_websocket_is_answered(client_for: ClientFactory) -> None:
    with client_for(WebSocketRoute("/{x}", echo)).websocket_connect("/a") as session:
        session.send_text("hi")
        assert session.receive_text() == "hi"


def test_websocket_elsewhere_is_closed(client_for: ClientFactory) -> None:
    client = client_for(WebSocketRoute("/a", echo))
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/b"):
        pass  # pragma: no cover - never opens


def test_websocket_class_answers(client_for: ClientFactory) -> None:
    class Closing:
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "websocket.close", "code": 4000, "reason": ""})

    client = client_for(WebSocketRoute("/", Closing()))
    with pytest.raises(WebSocketDisconnect) as caught, client.websocket_connect("/"):
        pass  # pragma: no cover - never opens
    assert caught.value.code == 4000


async def fail_open(websocket: WebSocket) -> None:
    """Accept, then raise."""
    await websocket.accept()
    raise LookupError("gone")


def test_exception_goes_to_the_handler_with_the_websocket_of_the_endpoint(
    client_for: ClientFactory,
) -> None:
    async def answer(websocket: WebSocket, exc: Exception) -> None:
        await websocket.close(4001, str(exc))

    app = Application(WebSocketRoute("/", fail_open), {LookupError: answer})
    client = client_for(app)
    with client.websocket_connect("/") as session, pytest.raises(WebSocketDisconnect) as caught:
        session.receive_text()
    assert (caught.value.code, caught.value.reason) == (4001, "gone")


def test_exception_of_a_websocket_without_a_handler_is_raised(client_for: ClientFactory) -> None:
    client = client_for(Application(WebSocketRoute("/", fail_open)))
    with pytest.raises(LookupError), client.websocket_connect("/") as session:
        session.receive_text()


# Routes of one's own.


class Teapot(BaseRoute):
    """Matches one path and answers with a text."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Fully, for one path."""
        return (Match.FULL if scope["path"] == "/tea" else Match.NONE), {"kind": "green"}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say the kind of tea."""
        await PlainTextResponse(scope["kind"], status_code=418)(scope, receive, send)


@pytest.mark.parametrize("app", [Teapot(), Router([Route("/", show), Teapot()])])
def test_route_of_ones_own_answers(app: ASGIApp, client_for: ClientFactory) -> None:
    response = client_for(app).get("/tea")
    assert (response.status_code, response.text) == (418, "green")


def test_route_that_decides_by_itself_is_asked(client_for: ClientFactory) -> None:
    class ForRobots(Route):
        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            robot = (b"user-agent", b"robot") in scope["headers"]
            return super().matches(scope) if robot else (Match.NONE, {})

    client = client_for(Router([ForRobots("/{robot}", show), Route("/{human}", show)]))
    seen = [client.get("/x", headers={"user-agent": agent}).text for agent in ("robot", "fox")]
    assert seen == ["{'robot': 'x'}", "{'human': 'x'}"]


def test_route_that_handles_by_itself_is_called(client_for: ClientFactory) -> None:
    class Shouting(Route):
        async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
            await PlainTextResponse("LOUD")(scope, receive, send)

    assert client_for(Router([Shouting("/", show)])).put("/").text == "LOUD"


@pytest.mark.anyio
async def test_route_that_does_not_say_how_it_answers_raises() -> None:
    with pytest.raises(NotImplementedError, match="BaseRoute does not say how it answers"):
        await BaseRoute().handle({}, None, None)  # type: ignore[arg-type]  # never called


def test_route_that_does_not_say_what_it_matches_raises() -> None:
    with pytest.raises(NotImplementedError, match="BaseRoute does not say what it matches"):
        BaseRoute().matches({})


def test_route_that_does_not_say_what_its_urls_are_raises() -> None:
    with pytest.raises(NotImplementedError, match="BaseRoute does not say what its URLs are"):
        BaseRoute().url_path_for("x")


# Comparing and showing.


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Route("/", show), Route("/", show), True),
        (Route("/", show), Route("/", show, name="x"), True),
        (Route("/", show), Route("/a", show), False),
        (Route("/", show), Route("/", fail), False),
        (Route("/", show), Route("/", show, methods=["PUT"]), False),
        (Route("/", show), WebSocketRoute("/", show), False),
        (WebSocketRoute("/", echo), WebSocketRoute("/", echo), True),
        (WebSocketRoute("/", echo), WebSocketRoute("/a", echo), False),
    ],
)
def test_routes_are_equal_if_they_say_the_same(one: Any, other: Any, equal: bool) -> None:
    assert (one == other) is equal


@pytest.mark.parametrize(
    ("route", "shown"),
    [
        (Route("/a", show), "Route(path='/a', name='show', methods=['GET', 'HEAD'])"),
        (Route("/a", Hello()), "Route(path='/a', name='Hello', methods=[])"),
        (WebSocketRoute("/a", echo), "WebSocketRoute(path='/a', name='echo')"),
    ],
)
def test_route_shows_what_it_is(route: BaseRoute, shown: str) -> None:
    assert repr(route) == shown


class Failing:
    """An application as packages write them, which lets the handlers see the request it has had."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request: Request = Request(scope, receive, send)

        async def fail(scope: Scope, receive: Receive, send: Send) -> None:
            await request.body()
            raise self.error

        await wrap_app_handling_exceptions(fail, request)(scope, receive, send)


def test_exceptions_of_a_wrapped_application_are_handled_with_its_own_request(
    client_for: ClientFactory,
) -> None:
    async def repeat(request: Request, exc: Exception) -> Response:
        return PlainTextResponse(await request.body())

    app = Starlette(
        routes=[Route("/", Failing(KeyError()), methods=["POST"])],
        exception_handlers={KeyError: repeat},
    )
    assert client_for(app).post("/", content=b"read already").text == "read already"


def test_exceptions_of_a_wrapped_application_without_a_handler_pass(
    client_for: ClientFactory,
) -> None:
    app = Starlette(routes=[Route("/", Failing(KeyError("unhandled")))])
    with pytest.raises(KeyError, match="unhandled"):
        client_for(app).get("/")
