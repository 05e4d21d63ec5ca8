"""Compression: what is small, large, streamed, encoded already, excluded."""

import gzip

from fastapi_lite import FastAPI, Response
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.responses import PlainTextResponse, StreamingResponse

app = FastAPI()
app.add_middleware(GZipMiddleware, minimum_size=100, compresslevel=5)


@app.get("/small")
def small():
    return PlainTextResponse("x" * 99)


@app.get("/large")
def large():
    return PlainTextResponse("x" * 4000, headers={"Vary": "Accept", "ETag": 'W/"1"'})


@app.get("/stream")
def stream():
    return StreamingResponse((b"x" * 400 for _ in range(10)), media_type="text/plain")


@app.get("/encoded")
def encoded():
    body = gzip.compress(b"x" * 4000, mtime=0)
    return Response(body, headers={"Content-Encoding": "gzip"}, media_type="text/plain")


@app.get("/events")
def events():
    return StreamingResponse((b"data: x\n\n" for _ in range(100)), media_type="text/event-stream")


@app.get("/picture")
def picture():
    return Response(b"x" * 4000, media_type="image/png")


@app.get("/part")
def part():
    return Response(b"x" * 4000, status_code=206, media_type="text/plain")


@app.get("/empty", status_code=204)
def empty() -> None: ...


REQUESTS = [
    {"url": path, "headers": {"Accept-Encoding": accepted}}
    for path in ("/small", "/encoded", "/events", "/picture", "/part", "/empty")
    for accepted in ("gzip", "identity")
] + [{"url": "/large", "headers": {"Accept-Encoding": "br"}}, {"url": "/large"}]
