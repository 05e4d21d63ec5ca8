"""Limits of bodies on application, router, inclusion and operation, and what 413 says."""

from pydantic import BaseModel

from fastapi_lite import APIRouter, FastAPI, Request, UploadFile

app = FastAPI(max_body_size=100)
router = APIRouter(prefix="/router", max_body_size=50)
inner = APIRouter(prefix="/inner")
sub = FastAPI(max_body_size=30)


class Item(BaseModel):
    name: str


@app.post("/app")
async def on_app(item: Item):
    return item


@app.post("/own", max_body_size=10)
async def own(item: Item):
    return item


@app.post("/wide", max_body_size=1000)
async def wide(item: Item):
    return item


@app.post("/stream")
async def stream(request: Request):
    return len(await request.body())


@app.post("/upload")
async def upload(file: UploadFile):
    return len(await file.read())


@router.post("/")
async def on_router(item: Item):
    return item


@inner.post("/")
async def on_inner(item: Item):
    return item


@sub.post("/")
async def on_sub(item: Item):
    return item


router.include_router(inner, max_body_size=40)
app.include_router(router)
app.mount("/sub", sub)


def post(path: str, size: int, **more: object) -> dict:
    return {"method": "POST", "url": path, "json": {"name": "x" * size}, **more}


REQUESTS = [
    *[
        post(path, size)
        for path in ("/app", "/own", "/wide", "/router/", "/router/inner/", "/sub/")
        for size in (1, 25, 35, 45, 95, 300)
    ],
    {"method": "POST", "url": "/stream", "content": b"x" * 100},
    {"method": "POST", "url": "/stream", "content": b"x" * 101},
    {"method": "POST", "url": "/stream", "chunks": [b"x" * 60, b"x" * 60]},
    {
        "method": "POST",
        "url": "/app",
        "chunks": [b'{"name": "', b"x" * 100, b'"}'],
        "headers": {"content-type": "application/json"},
    },
    {"method": "POST", "url": "/stream", "content": b"x", "headers": {"content-length": "1000"}},
    {"method": "POST", "url": "/stream", "content": b"x", "headers": {"content-length": "-1"}},
    {"method": "POST", "url": "/stream", "content": b"x", "headers": {"content-length": "x"}},
    {"method": "POST", "url": "/upload", "files": {"file": ("a", b"x" * 200)}},
    {"method": "GET", "url": "/nowhere", "headers": {"content-length": "1000"}},
]
