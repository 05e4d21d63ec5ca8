"""What is kept for a client from request to request."""

import re

from fastapi_lite import FastAPI, Request
from fastapi_lite.middleware.sessions import SessionMiddleware


class Unsigned:
    """Cuts the signature of cookies, which depends on the time and the version of the signer."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def cut(message):
            if message["type"] == "http.response.start":
                headers = [
                    (name, re.sub(rb"=[\w=+/-]+\.[\w.=-]+;", b"=signed;", value))
                    for name, value in message["headers"]
                ]
                headers += [
                    (b"x-set", str(len(value)).encode())
                    for name, value in message["headers"]
                    if name == b"set-cookie" and b"null" in value
                ]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, cut if scope["type"] == "http" else send)


def part(**options) -> FastAPI:
    made = FastAPI(openapi_url=None)
    made.add_middleware(SessionMiddleware, secret_key="secret", **options)

    @made.get("/")
    def read(request: Request):
        return dict(request.session)

    @made.get("/untouched")
    def untouched():
        return "untouched"

    @made.post("/")
    async def write(request: Request):
        request.session.update(await request.json())
        return request.session

    @made.delete("/")
    def clear(request: Request):
        request.session.clear()
        return request.session

    return made


app = FastAPI()
app.add_middleware(Unsigned)
app.mount("/default", part())
app.mount(
    "/told",
    part(
        session_cookie="own",
        max_age=None,
        path="/told",
        same_site="strict",
        https_only=True,
        domain="shop.example",
    ),
)

REQUESTS = [
    {"url": "/default/"},
    {"url": "/default/untouched"},
    {"method": "POST", "url": "/default/", "json": {"a": [1, "é"]}},
    {"method": "POST", "url": "/default/", "json": {}},
    {"method": "DELETE", "url": "/default/"},
    {"url": "/default/", "cookies": {"session": "e30=.forged.signature"}},
    {"url": "/default/", "cookies": {"session": ""}},
    {"url": "/default/", "cookies": {"session": "no base64!"}},
    {"method": "DELETE", "url": "/default/", "cookies": {"session": "x"}},
    {"method": "POST", "url": "/told/", "json": {"b": None}},
    {"url": "/told/"},
    {"method": "POST", "url": "/told/", "json": [1]},
]
