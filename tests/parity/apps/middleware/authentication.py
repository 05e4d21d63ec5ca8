"""Who asks, found out before the application; and what needs which scopes."""

import base64

from fastapi_lite import FastAPI, Request, WebSocket
from fastapi_lite.authentication import (
    AuthCredentials,
    AuthenticationBackend,
    AuthenticationError,
    SimpleUser,
    has_required_scope,
    requires,
)
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.authentication import AuthenticationMiddleware
from fastapi_lite.responses import JSONResponse, PlainTextResponse


class Basic(AuthenticationBackend):
    async def authenticate(self, conn):
        if "authorization" not in conn.headers:
            return None
        try:
            scheme, text = conn.headers["authorization"].split()
            name, _, scope = base64.b64decode(text).decode("ascii").partition(":")
        except ValueError as error:
            raise AuthenticationError("Invalid basic auth credentials") from error
        return AuthCredentials(["authenticated", scope]), SimpleUser(name)


def refused(conn, error):
    return JSONResponse({"refused": str(error)}, 401, {"www-authenticate": "Basic"})


app = FastAPI(middleware=[Middleware(AuthenticationMiddleware, backend=Basic(), on_error=refused)])
plain = FastAPI(openapi_url=None)
plain.add_middleware(AuthenticationMiddleware, backend=Basic())


@app.get("/who")
@plain.get("/who")
def who(request: Request):
    user = request.user
    scopes = request.auth.scopes
    return [user.is_authenticated, user.display_name, scopes, has_required_scope(request, ["a"])]


@requires("authenticated")
async def dashboard(request):
    return PlainTextResponse("dashboard")


@requires(["authenticated", "admin"], status_code=404)
def admin(request):
    return PlainTextResponse("admin")


@requires("authenticated", redirect="home")
async def sent_home(request):
    return PlainTextResponse("not home")


@requires("admin")
async def socket(websocket: WebSocket):
    await websocket.accept()
    await websocket.send_text(websocket.user.display_name)
    await websocket.close()


async def home(request):
    return PlainTextResponse("home")


for function in (dashboard, admin, sent_home, home):
    app.add_route(f"/{function.__name__}", function)
app.router.add_websocket_route("/ws", socket)
app.mount("/plain", plain)


def header(text: str, scheme: str = "Basic") -> dict[str, str]:
    return {"authorization": f"{scheme} {base64.b64encode(text.encode()).decode()}"}


ANN, BOSS = header("ann:a"), header("boss:admin")
REQUESTS = [
    {"url": "/who"},
    {"url": "/who", "headers": ANN},
    {"url": "/who", "headers": {"authorization": "nonsense"}},
    {"url": "/who", "headers": {"authorization": "Basic ==="}},
    {"url": "/who", "headers": header("é:x")},
    {"url": "/plain/who", "headers": {"authorization": "nonsense"}},
    {"url": "/plain/who", "headers": ANN},
    {"url": "/dashboard"},
    {"url": "/dashboard", "headers": ANN},
    {"url": "/admin", "headers": ANN},
    {"url": "/admin", "headers": BOSS},
    {"url": "/sent_home?x=1"},
    {"url": "/sent_home", "headers": ANN},
    {"websocket": "/ws"},
    {"websocket": "/ws", "headers": BOSS},
]
