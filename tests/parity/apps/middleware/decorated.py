"""Functions around requests: what they may read, change, replace and refuse."""

from fastapi_lite import BackgroundTasks, FastAPI, HTTPException, Request, Response
from fastapi_lite.responses import JSONResponse, StreamingResponse

app = FastAPI()
DONE: list[str] = []


@app.middleware("http")
async def outer(request: Request, call_next):
    if "refuse" in request.query_params:
        return JSONResponse({"refused": request.url.path}, 403)
    if "raise" in request.query_params:
        raise HTTPException(418, "raised outside")
    if "fail" in request.query_params:
        raise ValueError("fails")
    request.state.outer = "set outside"
    request.scope["path"] = request.scope["path"].replace("/old", "/new")
    response = await call_next(request)
    if "replace" in request.query_params:
        body = b"".join([chunk async for chunk in response.body_iterator])
        return Response(body.upper(), 299, dict(response.headers))
    response.headers["x-state"] = request.state.inner
    response.headers.append("x-state", "twice")
    del response.headers["x-secret"]
    if response.status_code == 200:
        response.status_code = 203
    return response


@app.middleware("http")
async def inner(request: Request, call_next):
    request.state.inner = f"{request.method} {len(await request.body())}"
    response = await call_next(request)
    response.set_cookie("inner", "1")
    if "twice" in request.query_params:
        return await call_next(request)
    return response


@app.get("/new")
def new(request: Request, response: Response, tasks: BackgroundTasks):
    tasks.add_task(DONE.append, "task")
    response.headers["x-secret"] = "s"
    return request.state.outer


@app.post("/echo")
async def echo(request: Request, body: dict):
    return {"body": body, "raw": len(await request.body())}


@app.get("/stream")
def stream():
    return StreamingResponse(iter(["a", "b"]), media_type="text/plain")


@app.get("/done")
def done():
    return DONE[:1]


REQUESTS = [
    {"url": "/new"},
    {"url": "/old"},
    {"url": "/new?refuse"},
    {"url": "/new?raise"},
    {"url": "/new?fail"},
    {"url": "/new?replace"},
    {"url": "/stream"},
    {"url": "/stream?replace"},
    {"method": "POST", "url": "/echo", "json": {"a": 1}},
    {"method": "POST", "url": "/echo?replace", "json": {"a": 1}},
    {
        "method": "POST",
        "url": "/echo",
        "chunks": [b'{"a"', b": 2}"],
        "headers": {"content-type": "application/json"},
    },
    {"method": "POST", "url": "/echo", "json": 1},
    {"url": "/done"},
    {"url": "/nowhere"},
]
