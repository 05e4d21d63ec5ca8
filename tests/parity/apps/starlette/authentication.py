"""Who asks, by a backend, and what they may."""

from fastapi_lite.applications import Starlette
from fastapi_lite.authentication import (
    AuthCredentials,
    AuthenticationBackend,
    AuthenticationError,
    SimpleUser,
    has_required_scope,
    requires,
)
from fastapi_lite.endpoints import HTTPEndpoint
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.authentication import AuthenticationMiddleware
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Route, WebSocketRoute


class Backend(AuthenticationBackend):
    async def authenticate(self, conn):
        said = conn.headers.get("authorization", "")
        if said == "bad":
            raise AuthenticationError("bad credentials")
        if not said:
            return None
        name, *scopes = said.split()
        return AuthCredentials(scopes), SimpleUser(name)


def who(request):
    user = request.user
    return JSONResponse(
        {
            "known": user.is_authenticated,
            "name": user.display_name,
            "scopes": list(request.auth.scopes),
            "may": has_required_scope(request, ["a", "b"]),
        }
    )


@requires("a")
async def one(request):
    return JSONResponse("one")


@requires(["a", "b"], status_code=404)
def two(request):
    return JSONResponse("two")


@requires("a", redirect="who")
async def led(request, *args):
    return JSONResponse("led")


class Endpoint(HTTPEndpoint):
    @requires("b")
    async def get(self, request):
        return JSONResponse("endpoint")


@requires("a")
async def socket(websocket):
    await websocket.accept()
    await websocket.send_text(websocket.user.display_name)
    await websocket.close()


app = Starlette(
    routes=[
        Route("/who", who, name="who"),
        Route("/one", one),
        Route("/two", two),
        Route("/led", led),
        Route("/endpoint", Endpoint),
        WebSocketRoute("/ws", socket),
    ],
    middleware=[Middleware(AuthenticationMiddleware, backend=Backend())],
)
REQUESTS = [
    {kind: path, "headers": {"Authorization": said} if said else {}}
    for kind, path in (
        ("url", "/who"),
        ("url", "/one"),
        ("url", "/two"),
        ("url", "/led?x=y"),
        ("url", "/endpoint"),
        ("websocket", "/ws"),
    )
    for said in ("", "ada", "ada a", "ada a b", "bad")
]
