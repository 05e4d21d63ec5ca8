"""Authentication of connections, and `requires` on functions, classes and WebSockets."""

import base64
import binascii

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


class Basic(AuthenticationBackend):
    async def authenticate(self, conn):
        if "Authorization" not in conn.headers:
            return None
        try:
            _, credentials = conn.headers["Authorization"].split()
            name, _, password = base64.b64decode(credentials).decode("ascii").partition(":")
        except (ValueError, UnicodeDecodeError, binascii.Error):
            raise AuthenticationError("Invalid basic auth credentials") from None
        scopes = ["authenticated", "admin"] if name == "admin" else ["authenticated"]
        return AuthCredentials(scopes), SimpleUser(name)


async def home(request):
    return JSONResponse(
        {
            "authenticated": request.user.is_authenticated,
            "name": request.user.display_name,
            "scopes": request.auth.scopes,
            "admin": has_required_scope(request, ["admin"]),
        }
    )


@requires("authenticated")
async def dashboard(request):
    return JSONResponse(request.user.display_name)


@requires(["authenticated", "admin"], status_code=404)
def admin(request):
    return JSONResponse("admin")


@requires("authenticated", redirect="home")
async def redirected(request):
    return JSONResponse("there")


class Both(HTTPEndpoint):
    @requires("authenticated")
    async def get(self, request):
        return JSONResponse("class")


@requires("authenticated")
async def ws(websocket):
    await websocket.accept()
    await websocket.send_json({"name": websocket.user.display_name})
    await websocket.close()


app = Starlette(
    routes=[
        Route("/", home, name="home"),
        Route("/dashboard", dashboard),
        Route("/admin", admin),
        Route("/redirected", redirected),
        Route("/class", Both),
        WebSocketRoute("/ws", ws),
    ],
    middleware=[Middleware(AuthenticationMiddleware, backend=Basic())],
)
TOM = {"authorization": "Basic dG9tOng="}
ADMIN = {"authorization": "Basic YWRtaW46eA=="}
BAD = {"authorization": "Basic ###"}
PATHS = ("/", "/dashboard", "/admin", "/redirected?q=1", "/class")
REQUESTS = [
    {"url": path, "headers": headers} for path in PATHS for headers in ({}, TOM, ADMIN, BAD)
] + [{"websocket": "/ws", "headers": headers} for headers in ({}, TOM, BAD)]
