import base64
import binascii
import secrets

from fastapi_lite.applications import Starlette
from fastapi_lite.authentication import (
    AuthCredentials,
    AuthenticationBackend,
    AuthenticationError,
    BaseUser,
    SimpleUser,
    requires,
)
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.authentication import AuthenticationMiddleware
from fastapi_lite.requests import HTTPConnection, Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing import Route

PASSWORDS = {"ada": "engine"}


class BasicAuthentication(AuthenticationBackend):
    async def authenticate(self, conn: HTTPConnection) -> tuple[AuthCredentials, BaseUser] | None:
        scheme, _, value = conn.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(value).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError) as exc:
            raise AuthenticationError("Malformed credentials") from exc
        expected = PASSWORDS.get(name, secrets.token_hex())
        if not secrets.compare_digest(expected.encode(), password.encode()):
            raise AuthenticationError("Wrong name or password")
        return AuthCredentials(["authenticated"]), SimpleUser(name)


def ask_for_password(conn: HTTPConnection, exc: AuthenticationError) -> Response:
    return PlainTextResponse(str(exc), 401, {"WWW-Authenticate": "Basic"})


async def home(request: Request) -> Response:
    return PlainTextResponse(f"Hello {request.user.display_name or 'stranger'}")


@requires("authenticated", status_code=404)
async def secret(request: Request) -> Response:
    return PlainTextResponse("The answer is 42")


app = Starlette(
    routes=[Route("/", home), Route("/secret", secret)],
    middleware=[
        Middleware(
            AuthenticationMiddleware, backend=BasicAuthentication(), on_error=ask_for_password
        )
    ],
)
