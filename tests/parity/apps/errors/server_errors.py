"""A handler of all that is not handled: it answers, and the exception goes on to the server."""

from fastapi_lite import Depends, FastAPI, HTTPException, Request
from fastapi_lite.responses import JSONResponse, StreamingResponse

app = FastAPI()


@app.exception_handler(Exception)
async def unexpected(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"oops": type(error).__name__, "path": request.url.path}, 503)


@app.middleware("http")
async def marked(request: Request, call_next):
    response = await call_next(request)
    response.headers["x-marked"] = "yes"
    return response


def failing():
    raise KeyError("in a dependency")
    yield


@app.get("/value")
async def value():
    raise ValueError("secret")


@app.get("/sync")
def sync():
    return 1 / 0


@app.get("/dependency")
def dependency(x=Depends(failing)):
    return x


@app.get("/http")
def http():
    raise HTTPException(500, "told")


@app.get("/response", response_model=int)
def response():
    return "x"


@app.get("/started")
def started():
    def parts():
        yield "a"
        raise OSError("later")

    return StreamingResponse(parts())


@app.get("/exit")
async def leave():
    raise RuntimeError from ValueError("cause")


REQUESTS = [
    {"url": "/value"},
    {"url": "/sync"},
    {"url": "/dependency"},
    {"url": "/http"},
    {"url": "/response"},
    {"url": "/started"},
    {"url": "/exit"},
    {"url": "/nowhere"},
]
