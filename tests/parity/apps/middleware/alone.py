"""The layers that every application has, around ASGI functions of one's own."""

from fastapi_lite.exceptions import HTTPException
from fastapi_lite.middleware.errors import ServerErrorMiddleware
from fastapi_lite.middleware.exceptions import ExceptionMiddleware
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Mount, Router


async def endpoint(scope, receive, send):
    path = scope["path"].rpartition("/")[2]
    if path == "value":
        raise ValueError("v")
    if path == "http":
        raise HTTPException(418, "short")
    if path == "key":
        raise KeyError("k")
    await PlainTextResponse("fine")(scope, receive, send)
    if path == "late":
        raise ValueError("after the answer")


def handled(request, error):
    return JSONResponse([type(error).__name__, request.url.path], 400)


app = Router(
    [
        Mount("/server", ServerErrorMiddleware(endpoint)),
        Mount("/handled", ServerErrorMiddleware(endpoint, handler=handled)),
        Mount(
            "/exceptions", ExceptionMiddleware(endpoint, handlers={KeyError: handled, 418: handled})
        ),
        Mount("/default", ExceptionMiddleware(endpoint)),
    ]
)
PATHS = ("fine", "value", "key", "late")
REQUESTS = [
    {"url": f"/{mount}/{path}"}
    for mount in ("server", "handled", "exceptions", "default")
    for path in PATHS
] + [{"url": "/nowhere"}]
