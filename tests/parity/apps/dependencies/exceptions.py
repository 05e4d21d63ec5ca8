"""What generators may do with exceptions: pass, change, swallow, raise in their clean-up."""

from contextlib import contextmanager
from typing import Annotated

from fastapi_lite import Depends, FastAPI, HTTPException, Request
from fastapi_lite.responses import JSONResponse

app = FastAPI()


class Own(Exception):
    pass


class Other(Exception):
    pass


@app.exception_handler(Own)
async def handle_own(request: Request, exc: Own):
    return JSONResponse({"own": str(exc)}, 418)


def changes():
    try:
        yield
    except Own as error:
        raise HTTPException(409, f"changed {error}") from error


def changes_to_own():
    try:
        yield
    except Other as error:
        raise Own("from other") from error


def swallows():
    try:
        yield
    except Exception:
        pass


async def swallows_async():
    try:
        yield
    except Own:
        pass


def raises_after():
    yield
    raise Own("after")


def raises_early():
    yield
    raise HTTPException(410, "early")


def never_yields():
    if False:
        yield


def yields_twice():
    yield 1
    yield 2


class Manager:
    def __enter__(self):
        return "entered"

    def __exit__(self, *exc):
        return False


def managed():
    with Manager() as entered:
        yield entered


@contextmanager
def decorated():
    yield "decorated"


@app.get("/changes")
def one(_: Annotated[None, Depends(changes)]):
    raise Own("x")


@app.get("/nested")
def two(a: Annotated[None, Depends(changes)], b: Annotated[None, Depends(changes_to_own)]):
    raise Other


@app.get("/swallows")
def three(_: Annotated[None, Depends(swallows)]):
    raise Own("swallowed")


@app.get("/swallows-async")
async def four(_: Annotated[None, Depends(swallows_async)]):
    raise Own("swallowed")


@app.get("/swallows-http")
async def five(_: Annotated[None, Depends(swallows)]):
    raise HTTPException(404)


@app.get("/after")
def six(_: Annotated[None, Depends(raises_after)]):
    return "sent"


@app.get("/early")
def seven(_: Annotated[None, Depends(raises_early, scope="function")]):
    return "not sent"


@app.get("/own-early")
def eight(_: Annotated[None, Depends(raises_after, scope="function")]):
    return "not sent"


@app.get("/never")
def nine(_: Annotated[None, Depends(never_yields)]):
    return "never"


@app.get("/twice")
def ten(_: Annotated[int, Depends(yields_twice)]):
    return _


@app.get("/managed")
def eleven(a: Annotated[str, Depends(managed)]):
    return a


REQUESTS = [
    {"url": f"/{path}"}
    for path in (
        "changes",
        "nested",
        "swallows",
        "swallows-async",
        "swallows-http",
        "after",
        "early",
        "own-early",
        "never",
        "twice",
        "managed",
    )
]
