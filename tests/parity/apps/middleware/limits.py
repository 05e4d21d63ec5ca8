"""A limit of bodies as middleware, and as an option of applications, routes and mounts."""

from fastapi_lite.applications import Starlette
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Mount, Route


async def length(request):
    return PlainTextResponse(str(len(await request.body())))


async def unread(request):
    return PlainTextResponse("unread")


app = Starlette(
    routes=[
        Route("/app", length, methods=["POST"]),
        Route("/own", length, methods=["POST"], max_body_size=5),
        Route("/wide", length, methods=["POST"], max_body_size=100),
        Route("/unread", unread, methods=["POST"]),
        Mount("/mount", routes=[Route("/", length, methods=["POST"])], max_body_size=3),
    ],
    max_body_size=10,
)
REQUESTS = [
    {"method": "POST", "url": path, "content": b"x" * size}
    for path in ("/app", "/own", "/wide", "/unread", "/mount/")
    for size in (0, 3, 5, 10, 11, 101)
] + [{"method": "POST", "url": "/app", "chunks": [b"x" * 6, b"x" * 6]}]
