"""Exceptions that middleware raises, and that it catches."""

from fastapi_lite import FastAPI, HTTPException, Request
from fastapi_lite.responses import PlainTextResponse

app = FastAPI()


class Ours(Exception): ...


@app.exception_handler(Ours)
async def answer(request: Request, exc: Ours):
    return PlainTextResponse("ours", 410)


@app.exception_handler(500)
async def sorry(request: Request, exc: Exception):
    return PlainTextResponse(f"sorry: {type(exc).__name__}", 500)


@app.middleware("http")
async def guard(request: Request, call_next):
    where = request.query_params.get("where")
    if where == "before":
        raise Ours
    if where == "http":
        raise HTTPException(418)
    try:
        response = await call_next(request)
    except LookupError:
        return PlainTextResponse("caught", 404)
    if where == "after":
        raise ValueError
    return response


@app.get("/")
async def read(what: str = ""):
    if what == "ours":
        raise Ours
    if what == "key":
        raise KeyError
    return "fine"


REQUESTS = [
    {"url": f"/?where={where}&what={what}"}
    for where in ("", "before", "http", "after")
    for what in ("", "ours", "key")
]
