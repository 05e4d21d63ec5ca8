"""Bodies above a limit are refused, by a layer around the application."""

from fastapi_lite.applications import Starlette
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.body_limit import RequestBodyLimitMiddleware
from fastapi_lite.responses import PlainTextResponse
from fastapi_lite.routing import Mount, Route


async def size(request):
    return PlainTextResponse(str(len(await request.body())))


async def ignores(request):
    return PlainTextResponse("ignored")


async def streams(request):
    return PlainTextResponse(str([len(chunk) async for chunk in request.stream()]))


def routes(**options):
    return [
        Route("/size", size, methods=["POST"], **options),
        Route("/streams", streams, methods=["POST"], **options),
    ]


app = Starlette(
    routes=[
        *routes(),
        Route("/ignores", ignores, methods=["POST"]),
        Mount("/small", routes=routes(), middleware=[Middleware(RequestBodyLimitMiddleware, 3)]),
        Mount("/route", routes=routes(max_body_size=5)),
    ],
    middleware=[Middleware(RequestBodyLimitMiddleware, max_body_size=10)],
)

REQUESTS = [
    *(
        {"method": "POST", "url": f"{mount}/size", "content": b"x" * n}
        for mount in ("", "/small", "/route")
        for n in (0, 3, 4, 6, 10, 11)
    ),
    {"method": "POST", "url": "/streams", "chunks": [b"x" * 6, b"y" * 4]},
    {"method": "POST", "url": "/streams", "chunks": [b"x" * 6, b"y" * 5]},
    {"method": "POST", "url": "/small/streams", "chunks": [b"x" * 2, b"y" * 2]},
    {"method": "POST", "url": "/size", "headers": {"content-length": "99"}, "content": b"x"},
]
