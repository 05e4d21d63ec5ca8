"""Pages of an application under development: which kind is sent, not what is on it."""

from fastapi_lite import FastAPI
from fastapi_lite.exceptions import HTTPException

inner = FastAPI(debug=True)


@inner.get("/error")
async def error():
    raise ValueError("seen in the page")


@inner.get("/http")
async def http():
    raise HTTPException(500, "told")


class FirstLine:
    """Sends the beginning of a text, and of a page that it is one."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def shorten(message):
            if message["type"] == "http.response.start":
                headers = [one for one in message["headers"] if one[0] != b"content-length"]
                message = {**message, "headers": headers}
            elif message["type"] == "http.response.body":
                seen = b"seen in the page" in message["body"]
                page = message["body"].lstrip().lower().startswith((b"<html", b"<!doctype"))
                body = b"a page" if page else message["body"].split(b"\n")[0]
                message = {**message, "body": body + b" with the error" * seen}
            await send(message)

        await self.app(scope, receive, shorten)


app = FirstLine(inner)
REQUESTS = [
    {"url": "/error"},
    {"url": "/error", "headers": {"accept": "text/html"}},
    {"url": "/error", "headers": {"accept": "*/*"}},
    {"url": "/error", "headers": {"accept": "application/json, text/html;q=0.5"}},
    {"url": "/error", "headers": {"accept": "text/plain"}},
    {"url": "/error", "headers": {"accept": ""}},
    {"url": "/http", "headers": {"accept": "text/html"}},
    {"url": "/nowhere", "headers": {"accept": "text/html"}},
]
