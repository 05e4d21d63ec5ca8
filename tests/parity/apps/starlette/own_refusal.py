"""Credentials that cannot be read, answered in its own way; users of its own."""

from fastapi_lite import FastAPI, Request
from fastapi_lite.authentication import (
    AuthCredentials,
    AuthenticationBackend,
    AuthenticationError,
    BaseUser,
)
from fastapi_lite.middleware.authentication import AuthenticationMiddleware
from fastapi_lite.responses import JSONResponse


class User(BaseUser):
    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def is_authenticated(self) -> bool:
        return self.name != "guest"

    @property
    def display_name(self) -> str:
        return self.name.title()

    @property
    def identity(self) -> str:
        return f"id-{self.name}"


class Backend(AuthenticationBackend):
    async def authenticate(self, conn):
        name = conn.query_params.get("name", "guest")
        if name == "bad":
            raise AuthenticationError("who?")
        return AuthCredentials([name]), User(name)


def refuse(conn, exc):
    return JSONResponse({"error": str(exc), "path": conn.url.path}, 499)


app = FastAPI()
app.add_middleware(AuthenticationMiddleware, backend=Backend(), on_error=refuse)


@app.get("/")
def read(request: Request) -> list:
    user = request.user
    return [user.is_authenticated, user.display_name, user.identity, request.auth.scopes]


REQUESTS = [{"url": "/"}, {"url": "/?name=ada"}, {"url": "/?name=bad"}, {"websocket": "/?name=bad"}]
