"""Routes, mounts and hosts at their edges: order, empty mounts, hosts with parameters, defaults."""

from fastapi_lite.applications import Starlette
from fastapi_lite.middleware import Middleware
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Host, Mount, NoMatchFound, Route, Router, WebSocketRoute


def named(name):
    async def endpoint(request: Request):
        return JSONResponse(
            {
                "name": name,
                "params": {k: str(v) for k, v in request.path_params.items()},
                "root": request.scope.get("root_path"),
            }
        )

    endpoint.__name__ = name
    return endpoint


class Tag:
    def __init__(self, app, tag):
        self.app, self.tag = app, tag

    async def __call__(self, scope, receive, send):
        async def tagged(message):
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-tag", self.tag.encode())]
            await send(message)

        await self.app(scope, receive, tagged)


async def asgi(scope, receive, send):
    await PlainTextResponse(f"asgi {scope['path']}")(scope, receive, send)


async def ws(websocket):
    await websocket.accept()
    await websocket.send_json({key: str(value) for key, value in websocket.path_params.items()})
    await websocket.close()


async def urls(request):
    found = {}
    for name, params in [
        ("users", {"path": "/x"}),
        ("users:one", {"n": 3}),
        ("api", {"path": "/y", "sub": "s"}),
        ("api:thing", {"sub": "s"}),
        ("float", {"x": 1.5}),
        ("nothing", {}),
        ("users:one", {"n": "z"}),
    ]:
        try:
            found[f"{name} {params}"] = str(request.url_for(name, **params))
        except (NoMatchFound, AssertionError, ValueError):
            found[f"{name} {params}"] = "no"
    return JSONResponse(found)


async def fallback(scope, receive, send):
    if scope["type"] == "http":
        await PlainTextResponse("fallback", 404)(scope, receive, send)


users = Router(
    routes=[
        Route("/", named("list"), name="list"),
        Route("/{n:int}", named("one"), name="one", methods=["GET", "DELETE"]),
        Route("/{rest:path}", named("rest")),
    ]
)
app = Starlette(
    routes=[
        Host(
            "{sub}.example.org", Router([Route("/thing", named("thing"), name="thing")]), name="api"
        ),
        Route("/", named("home")),
        Route("/methods", named("get"), methods=["GET"]),
        Route("/methods", named("post"), methods=["POST"]),
        Route("/tagged", named("tagged"), middleware=[Middleware(Tag, tag="route")]),
        Mount("/users", users, name="users"),
        Mount(
            "/group/{g}",
            routes=[Route("/a", named("a")), WebSocketRoute("/ws/{x}", ws)],
            middleware=[Middleware(Tag, tag="mount")],
            name="group",
        ),
        Route("/asgi", asgi),
        Route("/float/{x:float}", named("float"), name="float"),
        Route("/uuid/{u:uuid}", named("uuid")),
        Route("/urls", urls),
        Route("/slash/", named("slash")),
        Mount("", app=Router([Route("/inner", named("inner"))])),
    ]
)
PATHS = (
    "/",
    "/methods",
    "/tagged",
    "/users",
    "/users/",
    "/users/3",
    "/users/x/y",
    "/group/q/a",
    "/group/q",
    "/asgi",
    "/float/1.50",
    "/float/1",
    "/uuid/x",
    "/urls",
    "/slash",
    "/slash/",
    "/inner",
    "/inner/",
    "/nothing",
    "/thing",
)
REQUESTS = [{"url": path} for path in PATHS] + [
    {"method": "POST", "url": "/methods"},
    {"method": "DELETE", "url": "/users/3"},
    {"method": "PUT", "url": "/users/3"},
    {"method": "POST", "url": "/asgi"},
    {"url": "/thing", "headers": {"host": "api.example.org"}},
    {"url": "/thing", "headers": {"host": "api.example.org:8000"}},
    {"url": "/other", "headers": {"host": "api.example.org"}},
    {"url": "/slash?q=1", "headers": {"host": "evil.example"}},
    {"url": "//evil.example/"},
    {"websocket": "/group/q/ws/3"},
    {"websocket": "/users/3"},
    {"websocket": "/nothing"},
]
