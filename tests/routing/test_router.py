"""The router: what it finds, redirects, refuses; mounts and hosts; URLs; changes."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from fastapi_lite.exceptions import DeclarationError, HTTPException
from fastapi_lite.middleware import Middleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing.index import Entry
from fastapi_lite.routing.paths import parse_path
from fastapi_lite.routing.router import Host, Mount, Router
from fastapi_lite.routing.routes import BaseRoute, Match, NoMatchFound, Route, WebSocketRoute
from fastapi_lite.types import ASGIApp, Receive, Scope, Send
from fastapi_lite.websockets import WebSocketDisconnect
from tests.conftest import ClientFactory
from tests.routing.test_routes import Application, Tagged, echo, hello, show


async def where(scope: Scope, receive: Receive, send: Send) -> None:
    """An ASGI application that tells where it is."""
    told = "|".join(str(scope.get(key)) for key in ("path", "root_path", "app_root_path"))
    await PlainTextResponse(told)(scope, receive, send)


def saying(text: str) -> Callable[[Request], Response]:
    """A function that answers with `text`."""

    async def say(request: Request) -> Response:
        return PlainTextResponse(text)

    return say  # type: ignore[return-value]  # a coroutine function does as well


def http(path: str, **more: Any) -> Scope:
    """The scope of a request."""
    return {"type": "http", "method": "GET", "path": path, "headers": [], **more}


# Finding.


def test_route_is_found(client_for: ClientFactory) -> None:
    router = Router([Route("/a", saying("a")), Route("/b/{x}", show)])
    assert client_for(router).get("/b/1").text == "{'x': '1'}"


def test_first_route_wins(client_for: ClientFactory) -> None:
    router = Router([Route("/{x}", saying("first")), Route("/a", saying("second"))])
    assert client_for(router).get("/a").text == "first"


def test_methods_of_one_path_may_be_apart(client_for: ClientFactory) -> None:
    router = Router([Route("/", saying("get")), Route("/", saying("put"), methods=["PUT"])])
    assert client_for(router).put("/").text == "put"


def test_websocket_and_request_to_one_path_are_apart(client_for: ClientFactory) -> None:
    client = client_for(Router([WebSocketRoute("/a", echo), Route("/a", saying("http"))]))
    with client.websocket_connect("/a") as session:
        session.send_text("socket")
        assert [session.receive_text(), client.get("/a").text] == ["socket", "http"]


def test_scope_says_what_was_found(client_for: ClientFactory) -> None:
    async def tell(request: Request) -> Response:
        told = [request.scope[key] for key in ("router", "route", "endpoint", "path_params")]
        return PlainTextResponse(str(told == [router, route, tell, {"x": "1"}]))

    route = Route("/{x}", tell)
    router = Router([route])
    assert client_for(router).get("/1").text == "True"


def test_routes_below_the_root_path_are_found(client_for: ClientFactory) -> None:
    client = client_for(Router([Route("/a", saying("a"))]), root_path="/api")
    assert client.get("/api/a").text == "a"


def test_middleware_of_the_router_is_around_its_routes(client_for: ClientFactory) -> None:
    async def tell(request: Request) -> Response:
        return PlainTextResponse(request.headers["x-seen"])

    class Seen:
        def __init__(self, app: ASGIApp) -> None:
            self.app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            scope["headers"] = [*scope["headers"], (b"x-seen", b"yes")]
            await self.app(scope, receive, send)

    router = Router([Route("/", tell)], middleware=[Middleware(Seen)])
    assert client_for(router).get("/").text == "yes"


def test_body_beyond_the_limit_of_the_router_is_refused(client_for: ClientFactory) -> None:
    async def read(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    client = client_for(Router([Route("/", read, methods=["POST"])], max_body_size=3))
    assert client.post("/", content=b"abcd").status_code == 413


@pytest.mark.anyio
async def test_connection_of_another_kind_is_refused() -> None:
    with pytest.raises(RuntimeError, match="no connections of type 'carrier-pigeon'"):
        await Router()({"type": "carrier-pigeon", "path": "/"}, None, None)  # type: ignore[arg-type]


# Refusing.


def test_unknown_path_is_not_found(client_for: ClientFactory) -> None:
    response = client_for(Router([Route("/a", show)])).get("/b")
    assert (response.status_code, response.text) == (404, "Not Found")


def test_unknown_path_is_an_exception_within_an_application(client_for: ClientFactory) -> None:
    with pytest.raises(HTTPException) as caught:
        client_for(Application(Router())).get("/b")
    assert caught.value.status_code == 404


def test_default_answers_unknown_paths(client_for: ClientFactory) -> None:
    assert client_for(Router(default=hello)).get("/b").text == "hello GET"


def test_line_feed_does_not_reach_another_route(client_for: ClientFactory) -> None:
    client = client_for(Router([Route("/admin", saying("secret"))]))
    assert client.get("/admin%0A").status_code == 404


def test_number_beyond_all_bounds_is_not_found(client_for: ClientFactory) -> None:
    client = client_for(Router([Route("/{n:int}", show)]))
    assert client.get("/" + "9" * 5_000).status_code == 404


def test_wrong_method_is_answered_with_all_that_there_are(client_for: ClientFactory) -> None:
    router = Router(
        [
            Route("/a", show, methods=["PUT"]),
            Route("/{x}", show),
            Route("/{n:int}", show, methods=["DELETE"]),
        ]
    )
    response = client_for(router).post("/a")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, PUT")


def test_route_of_ones_own_that_matches_in_part_answers(client_for: ClientFactory) -> None:
    class Picky(BaseRoute):
        methods = ("PATCH",)

        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            return Match.PARTIAL, {"picky": True}

        async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
            await PlainTextResponse(f"picky {scope['picky']}")(scope, receive, send)

    assert client_for(Router([Picky()])).get("/").text == "picky True"


def test_methods_of_a_route_that_decides_by_itself_are_named_too(
    client_for: ClientFactory,
) -> None:
    class Own(Route):
        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            return super().matches(scope)

    router = Router([Route("/", show), Own("/", show, methods=["PUT"])])
    assert client_for(router).post("/").headers["allow"] == "GET, HEAD, PUT"


def test_unknown_websocket_is_closed(client_for: ClientFactory) -> None:
    client = client_for(Application(Router([Route("/", show)])))
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass  # pragma: no cover - never opens


# Slashes.


@pytest.mark.parametrize(
    ("path", "requested", "location"),
    [
        ("/a", "/a/", "http://testserver/a"),
        ("/a/", "/a", "http://testserver/a/"),
        ("/a/", "/a?x=1&y=%20", "http://testserver/a/?x=1&y=%20"),
        ("/{n:int}/", "/7", "http://testserver/7/"),
        ("/a", "/a//", "http://testserver/a"),
        ("/é", "/%C3%A9/", "http://testserver/%C3%A9"),
    ],
)
def test_other_ending_is_redirected(
    path: str, requested: str, location: str, client_for: ClientFactory
) -> None:
    client = client_for(Router([Route(path, show)]), follow_redirects=False)
    response = client.get(requested)
    assert (response.status_code, response.headers["location"]) == (307, location)


def test_request_of_any_method_is_redirected(client_for: ClientFactory) -> None:
    client = client_for(Router([Route("/a/", show)]), follow_redirects=False)
    assert client.post("/a").status_code == 307


def test_redirect_stays_below_the_root_path(client_for: ClientFactory) -> None:
    client = client_for(Router([Route("/a", show)]), root_path="/api", follow_redirects=False)
    assert client.get("/api/a/").headers["location"] == "http://testserver/api/a"


def test_redirects_can_be_switched_off(client_for: ClientFactory) -> None:
    client = client_for(Router([Route("/a", show)], redirect_slashes=False))
    assert client.get("/a/").status_code == 404


@pytest.mark.parametrize("requested", ["/", "/b/", "/b"])
def test_what_is_not_there_with_the_other_ending_is_not_redirected(
    requested: str, client_for: ClientFactory
) -> None:
    assert client_for(Router([Route("/a", show)])).get(requested).status_code == 404


@pytest.mark.parametrize("path", ["//evil.example/x", "/\\evil.example/x", "///evil.example/x"])
@pytest.mark.parametrize("server", [("site.example", 80), None])
@pytest.mark.anyio
async def test_redirect_does_not_leave_the_site(path: str, server: Any) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    router = Router([Route("/{p:path}/", show)])
    await router(http(path, server=server, scheme="http"), None, send)  # type: ignore[arg-type]
    location = dict(sent[0]["headers"])[b"location"]
    assert location.startswith((b"http://site.example/", b"/%2F", b"/%5C"))


def test_websocket_is_not_redirected(client_for: ClientFactory) -> None:
    client = client_for(Router([WebSocketRoute("/a", echo)]))
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/a/"):
        pass  # pragma: no cover - never opens


# Mounts.


@pytest.mark.parametrize(
    ("mounted_at", "requested", "told"),
    [
        ("/m", "/m/x/y", "/m/x/y|/m|"),
        ("/m/", "/m/", "/m/|/m|"),
        ("", "/x", "/x||"),
        ("/", "/x", "/x||"),
        ("/u/{id:int}", "/u/7/x", "/u/7/x|/u/7|"),
        ("/{p:path}/z", "/a/b/z/c", "/a/b/z/c|/a/b/z|"),
    ],
)
def test_application_is_mounted(
    mounted_at: str, requested: str, told: str, client_for: ClientFactory
) -> None:
    client = client_for(Router([Mount(mounted_at, where)]))
    assert client.get(requested).text == told


def test_mount_without_a_slash_is_redirected(client_for: ClientFactory) -> None:
    client = client_for(Router([Mount("/m", where)]), follow_redirects=False)
    assert client.get("/m").headers["location"] == "http://testserver/m/"


def test_mounts_in_mounts(client_for: ClientFactory) -> None:
    inner = Mount("/{b}", routes=[Route("/{c}", show)])
    client = client_for(Router([Mount("/{a}", routes=[inner])]))
    assert client.get("/1/2/3").text == "{'a': '1', 'b': '2', 'c': '3'}"


def test_mount_in_a_mount_tells_the_whole_root_path(client_for: ClientFactory) -> None:
    client = client_for(Router([Mount("/a", routes=[Mount("/b", where)])]), root_path="/api")
    assert client.get("/api/a/b/c").text == "/api/a/b/c|/api/a/b|/api"


def test_outermost_router_stays_in_the_scope(client_for: ClientFactory) -> None:
    async def tell(request: Request) -> Response:
        return PlainTextResponse(str(request.scope["router"] is router))

    router = Router([Mount("/a", routes=[Route("/b", tell)])])
    assert client_for(router).get("/a/b").text == "True"


def test_mount_takes_websockets(client_for: ClientFactory) -> None:
    router = Router([Mount("/a", routes=[WebSocketRoute("/b", echo)])])
    with client_for(router).websocket_connect("/a/b") as session:
        session.send_text("hi")
        assert session.receive_text() == "hi"


def test_mount_takes_what_is_declared_after_it(client_for: ClientFactory) -> None:
    router = Router([Mount("/a", where), Route("/a/b", show)])
    assert client_for(router).get("/a/b").text == "/a/b|/a|"


def test_middleware_of_a_mount(client_for: ClientFactory) -> None:
    router = Router([Mount("/a", routes=[Route("/", show)], middleware=[Middleware(Tagged, "t")])])
    assert client_for(router).get("/a/").text == "{'tags': 't'}"


def test_body_beyond_the_limit_of_a_mount_is_refused(client_for: ClientFactory) -> None:
    async def read(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    mount = Mount("/a", routes=[Route("/", read, methods=["POST"])], max_body_size=3)
    client = client_for(Router([mount]))
    assert client.post("/a/", content=b"abcd").status_code == 413


def test_mount_by_itself_is_an_application(client_for: ClientFactory) -> None:
    assert client_for(Mount("/a", where)).get("/a/b").text == "/a/b|/a|"


def test_mount_that_decides_by_itself_is_asked(client_for: ClientFactory) -> None:
    class Quiet(Mount):
        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            return (Match.NONE, {}) if "x" in scope["path"] else super().matches(scope)

    client = client_for(Router([Quiet("/a", where)]))
    assert [client.get(path).status_code for path in ("/a/x", "/a/y")] == [404, 200]


def test_mount_needs_an_application_or_routes() -> None:
    with pytest.raises(DeclarationError, match=r"Either 'app=...', or 'routes=' must be"):
        Mount("/a")


@pytest.mark.parametrize("path", ["a", "a/"])
def test_mount_needs_a_slash(path: str) -> None:
    with pytest.raises(DeclarationError, match="Routed paths must start with '/'"):
        Mount(path, where)


def test_mount_needs_the_name_path_for_itself() -> None:
    with pytest.raises(ValueError, match="Duplicated param name path"):
        Mount("/{path}", where)


def test_routes_of_a_mount() -> None:
    route = Route("/b", show)
    assert Mount("/a", routes=[route]).routes == [route]


def test_application_without_routes_has_none() -> None:
    assert Mount("/a", where).routes == []


def test_application_below_middleware_keeps_its_routes() -> None:
    route = Route("/b", show)
    assert Mount("/a", Router([route]), middleware=[Middleware(Tagged, "t")]).routes == [route]


# Hosts.


@pytest.mark.parametrize(
    ("host", "text"),
    [
        ("api.example.org", "{'sub': 'api'}"),
        ("API.Example.org:8000", "{'sub': 'api'}"),
        ("example.org", "elsewhere"),
        ("a/b.example.org", "elsewhere"),
        ("x" * 250 + ".example.org", "elsewhere"),
        ("", "elsewhere"),
    ],
)
def test_host_is_found(host: str, text: str, client_for: ClientFactory) -> None:
    router = Router(
        [
            Host("{sub}.example.org", Router([Route("/", show)])),
            Route("/", saying("elsewhere")),
        ]
    )
    assert client_for(router).get("/", headers={"host": host}).text == text


def test_request_without_a_host_is_none_of_any() -> None:
    assert Host("a.example", where).matches(http("/")) == (Match.NONE, {})


def test_host_takes_no_other_connections() -> None:
    assert Host("a.example", where).matches({"type": "lifespan"}) == (Match.NONE, {})


def test_host_that_is_a_path_is_refused() -> None:
    with pytest.raises(DeclarationError, match="Host must not start with '/'"):
        Host("/a", where)


def test_routes_of_a_host() -> None:
    route = Route("/b", show)
    assert Host("a.example", Router([route])).routes == [route]


# URLs.

urls = Router(
    [
        Route("/u/{id:int}", show, name="user"),
        Route("/u/{id:int}/{page}", show, name="user"),
        WebSocketRoute("/chat", echo, name="chat"),
        Mount("/static", where, name="static"),
        Mount(
            "/shops/{shop}",
            name="shop",
            routes=[
                Route("/", show, name="home"),
                Mount("/i/{item:int}", name="item", routes=[Route("/{page}", show, name="page")]),
            ],
        ),
        Mount("/open", routes=[Route("/here", show, name="here"), Mount("/f", where, name="f")]),
        Host("{sub}.example.org", Router([Route("/z", show, name="z")]), name="sub"),
        Host("example.org:8000", Router([Route("/y", show, name="y")])),
        Mount("/hosted", routes=[Host("h.example", Router([Route("/q", show, name="q")]))]),
    ]
)


@pytest.mark.parametrize(
    ("name", "params", "path", "protocol", "host"),
    [
        ("user", {"id": 7}, "/u/7", "http", ""),
        ("user", {"id": 7, "page": "a"}, "/u/7/a", "http", ""),
        ("chat", {}, "/chat", "websocket", ""),
        ("static", {"path": "css/a.css"}, "/static/css/a.css", "", ""),
        ("static", {"path": "/css/a.css"}, "/static/css/a.css", "", ""),
        ("shop:home", {"shop": "x"}, "/shops/x/", "http", ""),
        ("shop", {"shop": "x", "path": "y"}, "/shops/x/y", "", ""),
        ("shop:item:page", {"shop": "x", "item": 3, "page": "p"}, "/shops/x/i/3/p", "http", ""),
        ("here", {}, "/open/here", "http", ""),
        ("f", {"path": "/a"}, "/open/f/a", "", ""),
        ("sub:z", {"sub": "api"}, "/z", "http", "api.example.org"),
        ("sub", {"sub": "api", "path": "/a"}, "/a", "", "api.example.org"),
        ("y", {}, "/y", "http", "example.org:8000"),
        ("q", {}, "/hosted/q", "http", "h.example"),
    ],
)
def test_url_is_found(
    name: str, params: dict[str, Any], path: str, protocol: str, host: str
) -> None:
    found = urls.url_path_for(name, **params)
    assert (found, found.protocol, found.host) == (path, protocol, host)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("nobody", {}),
        ("user", {}),
        ("static", {}),
        ("home", {"shop": "x"}),
        ("shop:home", {}),
        ("shop:nobody", {"shop": "x"}),
        ("sub:z", {}),
        ("sub", {"sub": "x", "path": "/", "more": 1}),
        ("z", {"sub": "x"}),
    ],
)
def test_url_that_does_not_exist_is_not_found(name: str, params: dict[str, Any]) -> None:
    with pytest.raises(NoMatchFound) as caught:
        urls.url_path_for(name, **params)
    assert str(caught.value) == (
        f'No route exists for name "{name}" and params "{", ".join(params)}".'
    )


def test_url_of_a_request(client_for: ClientFactory) -> None:
    async def tell(request: Request) -> Response:
        return PlainTextResponse(str(request.url_for("m:tell", x="a b")))

    client = client_for(Router([Mount("/m", routes=[Route("/{x}", tell)], name="m")]))
    assert client.get("/m/1").text == "http://testserver/m/a b"


# Changes.

Change = Callable[[Router], Any]
extra = Route("/extra", saying("extra"))


@pytest.mark.parametrize(
    "change",
    [
        lambda router: router.routes.append(extra),
        lambda router: router.routes.extend([extra]),
        lambda router: router.routes.insert(0, extra),
        lambda router: router.routes.__setitem__(0, extra),
        lambda router: router.routes.__iadd__([extra]),
        lambda router: setattr(router, "routes", [extra]),
        lambda router: router.add_route("/extra", saying("extra")),
        lambda router: router.mount("/extra", Router([Route("/", saying("extra"))])),
        lambda router: router.host("testserver", Router([extra])),
    ],
)
def test_route_that_is_added_later_is_found(change: Change, client_for: ClientFactory) -> None:
    router = Router([Route("/a", show)])
    client = client_for(router)
    client.get("/a")
    change(router)
    assert client.get("/extra").text == "extra"


@pytest.mark.parametrize(
    "change",
    [
        lambda router: router.routes.pop(),
        lambda router: router.routes.remove(extra),
        lambda router: router.routes.clear(),
        lambda router: router.routes.__delitem__(-1),
        lambda router: router.routes.__imul__(0),
    ],
)
def test_route_that_is_taken_away_is_not_found(change: Change, client_for: ClientFactory) -> None:
    router = Router([Route("/a", show), extra])
    client = client_for(router)
    client.get("/extra")
    change(router)
    assert client.get("/extra").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda router: router.routes.reverse(),
        lambda router: router.routes.sort(key=lambda route: route.name),
    ],
)
def test_route_that_moves_up_wins(change: Change, client_for: ClientFactory) -> None:
    router = Router([Route("/{x}", show, name="z"), Route("/extra", saying("up"), name="a")])
    client = client_for(router)
    client.get("/extra")
    change(router)
    assert client.get("/extra").text == "up"


def test_websocket_that_is_added_later_is_found(client_for: ClientFactory) -> None:
    router = Router()
    client = client_for(router)
    client.get("/")
    router.add_websocket_route("/ws", echo, name="ws")
    with client.websocket_connect("/ws") as session:
        session.send_text("hi")
        assert session.receive_text() == "hi"


class Parent:
    """Counts the changes it hears of."""

    def __init__(self) -> None:
        self.count = 0

    def changed(self) -> None:
        """Count."""
        self.count += 1


def test_parent_hears_of_changes() -> None:
    router, parent = Router(), Parent()
    router.add_parent(parent)
    router.mount("/a", where)
    assert parent.count == 1


def test_parent_that_is_added_twice_hears_once() -> None:
    router, parent = Router(), Parent()
    router.add_parent(parent)
    router.add_parent(parent)
    router.changed()
    assert parent.count == 1


def test_router_does_not_keep_its_parents_alive() -> None:
    router, parent = Router(), Parent()
    router.add_parent(parent)
    reference = weakref.ref(parent)
    del parent
    gc.collect()
    router.changed()
    assert reference() is None


def test_router_of_another_kind_has_entries_of_its_own(client_for: ClientFactory) -> None:
    class Flat(Router):
        def entries(self) -> list[Entry]:
            return [Entry(hello, route="made up", pattern=parse_path("/a"))]

    assert client_for(Flat()).get("/a").text == "hello GET"


def test_application_of_an_entry_may_replace_itself(client_for: ClientFactory) -> None:
    made: list[int] = []

    async def compile_and_serve(scope: Scope, receive: Receive, send: Send) -> None:
        made.append(1)
        entry.app = hello
        await entry.app(scope, receive, send)

    entry = Entry(compile_and_serve, route="made up", pattern=parse_path("/a"))

    class Flat(Router):
        def entries(self) -> list[Entry]:
            return [entry]

    client = client_for(Flat())
    assert [client.get("/a").text for _ in range(2)] + made == ["hello GET", "hello GET", 1]


def test_change_while_the_index_is_made_is_not_lost() -> None:
    class Slow(Router):
        def entries(self) -> Any:
            yield from super().entries()
            if len(self.routes) == 1:
                self.routes.append(extra)

    router = Slow([Route("/a", show)])
    router.index("http")
    assert router.index("http").find(http("/extra"), "GET", "/extra") is not None


# Comparing and showing.


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Router([Route("/", show)]), Router([Route("/", show)]), True),
        (Router([Route("/", show)]), Router(), False),
        (Router(), "router", False),
        (Mount("/a", where), Mount("/a/", where, name="x"), True),
        (Mount("/a", where), Mount("/b", where), False),
        (Host("a.example", where), Host("a.example", where), True),
        (Host("a.example", where), Host("b.example", where), False),
    ],
)
def test_equal_if_they_say_the_same(one: Any, other: Any, equal: bool) -> None:
    assert (one == other) is equal


@pytest.mark.parametrize(
    ("route", "shown"),
    [
        (Mount("/a", where), f"Mount(path='/a', name='', app={where!r})"),
        (Mount("/a/", where, name="n"), f"Mount(path='/a', name='n', app={where!r})"),
        (Host("h", where, name="n"), f"Host(host='h', name='n', app={where!r})"),
    ],
)
def test_shows_what_it_is(route: BaseRoute, shown: str) -> None:
    assert repr(route) == shown
