"""Without handlers of one's own: plain text for the client, the exception for the server."""

import anyio

from fastapi_lite import FastAPI, Response
from fastapi_lite.responses import JSONResponse

app = FastAPI()


class Quiet(BaseException):
    pass


@app.get("/error")
async def error():
    raise ValueError("not for clients")


@app.get("/no-json")
def no_json():
    return object()


@app.get("/render")
def render():
    return JSONResponse({"x": {1}})


@app.get("/nan")
def nan():
    return JSONResponse(float("nan"))


@app.get("/header")
def header(response: Response):
    response.headers["x-snow"] = "☃"
    return 1


@app.get("/timeout")
async def timeout():
    with anyio.fail_after(0):
        await anyio.sleep(1)


@app.get("/recursion")
def recursion():
    return recursion()


@app.get("/not-a-class")
def not_an_exception():
    raise "text"  # noqa: B016


REQUESTS = [
    {"url": f"/{name}"}
    for name in (
        "error",
        "no-json",
        "render",
        "nan",
        "header",
        "timeout",
        "recursion",
        "not-a-class",
    )
] + [{"method": "POST", "url": "/error"}]
