"""Which handler is taken: the nearest class of an exception, or the status of an HTTPException."""

from fastapi_lite import FastAPI, HTTPException, Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse


class Base(Exception):
    pass


class Middle(Base):
    pass


class Leaf(Middle, KeyError):
    pass


class Own(HTTPException):
    def __init__(self) -> None:
        super().__init__(410, "own")


async def base(request: Request, error: Base) -> PlainTextResponse:
    return PlainTextResponse(f"base: {type(error).__name__}", 400)


def key(request: Request, error: KeyError) -> PlainTextResponse:
    return PlainTextResponse(f"key: {request.url.path}", 400)


app = FastAPI(exception_handlers={Base: base, KeyError: key})


@app.exception_handler(404)
async def not_found(request: Request, error: HTTPException) -> JSONResponse:
    return JSONResponse({"missing": request.url.path, "detail": error.detail}, 404)


@app.exception_handler(409)
def conflict(request: Request, error: HTTPException) -> JSONResponse:
    return JSONResponse({"conflict": error.detail}, 200, {"x-a": "1"})


@app.exception_handler(Own)
async def own(request: Request, error: Own) -> JSONResponse:
    return JSONResponse("own", 410)


@app.exception_handler(405)
async def not_allowed(request: Request, error: HTTPException) -> JSONResponse:
    return JSONResponse("no such method", 405, error.headers)


@app.exception_handler(LookupError)
async def lookup(request: Request, error: LookupError) -> JSONResponse:
    raise HTTPException(404, "raised in a handler")


@app.exception_handler(ZeroDivisionError)
async def answers_nothing(request: Request, error: Exception) -> None:
    return None


ERRORS = {
    "base": Base,
    "middle": Middle,
    "leaf": Leaf,
    "key": lambda: KeyError("k"),
    "index": lambda: IndexError("i"),
    "missing": lambda: HTTPException(404, "my item"),
    "conflict": lambda: HTTPException(409, [1]),
    "own": Own,
    "zero": ZeroDivisionError,
    "group": lambda: ExceptionGroup("several", [Base()]),
}


@app.get("/raise/{name}")
async def fail(name: str):
    raise ERRORS[name]()


REQUESTS = [
    *({"url": f"/raise/{name}"} for name in ERRORS if name != "index"),
    {"url": "/raise/unknown"},
    {"url": "/nowhere"},
    {"method": "DELETE", "url": "/raise/x"},
    {"method": "POST", "url": "/nowhere", "json": 1},
]
