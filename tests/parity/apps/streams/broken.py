"""What goes wrong in a stream: before its first item, and after it."""

from collections.abc import AsyncIterator, Iterator

from fastapi_lite import Depends, FastAPI, HTTPException, Request
from fastapi_lite.exceptions import ResponseValidationError
from fastapi_lite.responses import JSONResponse

app = FastAPI()
SEEN: list[str] = []


@app.exception_handler(KeyError)
async def handled(request: Request, error: KeyError) -> JSONResponse:
    return JSONResponse({"key": str(error)}, 400)


@app.exception_handler(ResponseValidationError)
async def invalid(request: Request, error: ResponseValidationError) -> JSONResponse:
    return JSONResponse({"invalid": len(error.errors())}, 502)


def resource():
    SEEN.append("opened")
    try:
        yield "resource"
    except Exception as error:
        SEEN.append(type(error).__name__)
        raise
    finally:
        SEEN.append("closed")


@app.get("/invalid-first")
async def invalid_first() -> AsyncIterator[int]:
    yield "x"


@app.get("/invalid-later")
async def invalid_later() -> AsyncIterator[int]:
    yield 1
    yield "x"


@app.get("/raises-first")
def raises_first() -> Iterator[int]:
    raise KeyError("first")
    yield 1


@app.get("/raises-later")
def raises_later(resource: str = Depends(resource)) -> Iterator[int]:
    yield 1
    raise KeyError("later")


@app.get("/refuses")
async def refuses() -> AsyncIterator[int]:
    raise HTTPException(404, "nothing to stream")
    yield 1


@app.get("/unserialisable")
def unserialisable():
    yield 1
    yield object()


@app.get("/seen")
def seen():
    return SEEN[-3:]


REQUESTS = [
    {"url": "/invalid-first"},
    {"url": "/invalid-later"},
    {"url": "/raises-first"},
    {"url": "/raises-later"},
    {"url": "/seen"},
    {"url": "/refuses"},
    {"url": "/unserialisable"},
]
