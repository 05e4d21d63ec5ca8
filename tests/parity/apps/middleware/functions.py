"""Middleware as functions, one around the other; one answers alone, one changes what comes."""

from fastapi_lite import FastAPI, HTTPException, Request
from fastapi_lite.responses import JSONResponse

app = FastAPI()


@app.middleware("http")
async def inner(request: Request, call_next):
    request.state.seen = "inner"
    response = await call_next(request)
    response.headers.append("X-Order", "inner")
    return response


@app.middleware("http")
async def outer(request: Request, call_next):
    if request.query_params.get("stop"):
        return JSONResponse({"stopped": str(request.url)}, 418)
    response = await call_next(request)
    response.headers.append("X-Order", "outer")
    response.status_code = 299 if response.status_code == 200 else response.status_code
    if request.query_params.get("delete"):
        del response.headers["content-length"]
        response.set_cookie("a", "b")
    return response


@app.get("/")
async def read(request: Request) -> str:
    return request.state.seen


@app.post("/body")
async def body(request: Request) -> str:
    return (await request.body()).decode()


@app.get("/error")
async def error():
    raise HTTPException(409, "conflict")


@app.get("/broken")
async def broken():
    raise RuntimeError


REQUESTS = [
    {"url": "/"},
    {"url": "/?stop=1"},
    {"url": "/?delete=1"},
    {"method": "POST", "url": "/body", "content": b"abc"},
    {"method": "POST", "url": "/body", "chunks": [b"a", b"b"]},
    {"url": "/error"},
    {"url": "/broken"},
    {"url": "/nowhere"},
]
