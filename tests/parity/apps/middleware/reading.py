"""Middleware that reads the body before the endpoint does, as bytes, JSON and a form."""

from fastapi_lite import FastAPI, Form, Request
from fastapi_lite.middleware.base import BaseHTTPMiddleware


class Reader(BaseHTTPMiddleware):
    def __init__(self, app, header="X-Length"):
        super().__init__(app)
        self.header = header

    async def dispatch(self, request: Request, call_next):
        content = await request.body()
        response = await call_next(request)
        response.headers[self.header] = str(len(content))
        return response


app = FastAPI()
app.add_middleware(Reader, header="X-Bytes")


@app.post("/json")
async def json(item: dict) -> dict:
    return item


@app.post("/form")
async def form(a: str = Form()) -> str:
    return a


@app.post("/stream")
async def stream(request: Request) -> list[int]:
    return [len(chunk) async for chunk in request.stream()]


REQUESTS = [
    {"method": "POST", "url": "/json", "json": {"a": 1}},
    {"method": "POST", "url": "/json", "content": b"{"},
    {"method": "POST", "url": "/form", "data": {"a": "b"}},
    {"method": "POST", "url": "/form", "files": {"a": ("x", b"y")}},
    {"method": "POST", "url": "/stream", "chunks": [b"a", b"bc", b""]},
]
