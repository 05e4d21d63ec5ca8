"""Mounts in mounts: paths, root paths, names, URLs, and what is beside them."""

from fastapi_lite.applications import Starlette
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Mount, Route, Router


def show(request):
    scope = request.scope
    return JSONResponse(
        {
            "path": scope["path"],
            "root_path": scope["root_path"],
            "app_root_path": scope.get("app_root_path"),
            "params": request.path_params,
            "url": str(request.url),
            "base": str(request.base_url),
            "to": str(request.url_for("users:posts:one", user="u", post=3)),
            "path_to": request.app.url_path_for("users:all", user="x"),
        }
    )


async def raw(scope, receive, send):
    await PlainTextResponse(f"{scope['path']} {scope['root_path']}")(scope, receive, send)


posts = Router([Route("/", show, name="all"), Route("/{post:int}", show, name="one")])
app = Starlette(
    routes=[
        Mount(
            "/users/{user}",
            name="users",
            routes=[Route("/", show, name="all"), Mount("/posts", posts, name="posts")],
        ),
        Mount("/raw", raw),
        Mount("/users/{user}/late", raw),
        Route("/rawer", show, methods=["GET", "POST"]),
        Mount("", routes=[Route("/rest", show)]),
    ]
)
REQUESTS = [
    {"url": url, "root_path": root}
    for root in ("", "/proxy")
    for url in (
        "/users/a",
        "/users/a/",
        "/users/a/posts",
        "/users/a/posts/",
        "/users/a/posts/3",
        "/users/a/posts/x",
        "/users/a%2Fb/posts/3",
        "/raw",
        "/raw/",
        "/raw/x/y",
        "/rawer",
        "/users/a/late/x",
        "/rest",
        "/",
        "//rest",
    )
]
