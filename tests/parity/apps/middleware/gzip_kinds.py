"""What is compressed, and what is not."""

import gzip as _gzip

from fastapi_lite import FastAPI, Response
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.responses import EventSourceResponse, PlainTextResponse, StreamingResponse


class Unpacked:
    """Unpacks what was packed, since compressors differ in their bytes."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        packed, start = [], {}

        async def unpack(message):
            if message["type"] == "http.response.start":
                start.update(message)
                return
            packed.append(message.get("body", b""))
            if not message.get("more_body"):
                headers = [one for one in start["headers"] if one[0] != b"content-length"]
                body = b"".join(packed)
                if (b"content-encoding", b"gzip") in headers and body:
                    body = _gzip.decompress(body)
                await send({**start, "headers": headers})
                await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, unpack if scope["type"] == "http" else send)


app = FastAPI()
app.add_middleware(GZipMiddleware, minimum_size=100, compresslevel=5)
app.add_middleware(Unpacked)


@app.get("/text", response_class=PlainTextResponse)
def text(n: int = 200, response: Response = None):
    return "x" * n


@app.get("/varied")
def varied():
    return PlainTextResponse("x" * 200, headers={"vary": "Accept", "etag": 'W/"1"'})


@app.get("/encoded")
def encoded():
    return PlainTextResponse("x" * 200, headers={"content-encoding": "br"})


@app.get("/stream")
def stream():
    return StreamingResponse(iter(["x" * 150, "y"]), media_type="text/plain")


@app.get("/events")
def events():
    return EventSourceResponse(iter([f"data: {'x' * 200}\n\n"]))


@app.get("/partial")
def partial():
    return PlainTextResponse("x" * 200, 206, {"content-range": "bytes 0-199/400"})


@app.get("/picture")
def picture():
    return Response(b"x" * 200, media_type="image/png")


@app.get("/nothing", status_code=204)
def nothing() -> None: ...


PATHS = ("text", "text?n=99", "text?n=100", "varied", "encoded", "stream", "events", "partial")
REQUESTS = [
    *({"url": f"/{path}", "headers": {"accept-encoding": "gzip"}} for path in PATHS),
    {"url": "/picture", "headers": {"accept-encoding": "gzip"}},
    {"url": "/nothing", "headers": {"accept-encoding": "gzip"}},
    {"url": "/text"},
    {"url": "/text", "headers": {"accept-encoding": "br, gzip;q=0.5"}},
    {"url": "/text", "headers": {"accept-encoding": "GZIP"}},
    {"url": "/text", "headers": {"accept-encoding": "deflate"}},
    {"url": "/text", "headers": {"accept-encoding": ""}},
]
