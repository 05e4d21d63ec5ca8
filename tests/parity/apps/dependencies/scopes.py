"""Generators of both scopes: nested, cached, one function with both, with answers that are streamed."""

from typing import Annotated

from fastapi_lite import APIRouter, Depends, FastAPI, HTTPException, Response
from fastapi_lite.exceptions import FastAPIError
from fastapi_lite.responses import StreamingResponse

log: list[str] = []


async def outer():
    log.append("+outer")
    try:
        yield "outer"
    finally:
        log.append("-outer")


def inner(outer: Annotated[str, Depends(outer, scope="request")], response: Response):
    log.append("+inner")
    response.headers["x-inner"] = "yes"
    try:
        yield f"{outer}/inner"
    except HTTPException as error:
        log.append(f"{error.status_code} in inner")
        raise
    finally:
        response.headers["x-late"] = "clean-up"
        log.append("-inner")


app = FastAPI(dependencies=[Depends(outer, scope="request")])
router = APIRouter(dependencies=[Depends(inner, scope="function")])


@router.get("/read")
def read(
    value: Annotated[str, Depends(inner, scope="function")],
    both: Annotated[str, Depends(outer, scope="function")],
    third: Annotated[str, Depends(outer)],
):
    log.append("endpoint")
    return [value, both, third]


@router.get("/fails/{status}")
async def fails(status: int, value: Annotated[str, Depends(inner, scope="function")]):
    raise HTTPException(status, value)


@router.get("/streams")
async def streams(value: Annotated[str, Depends(inner, scope="function")]):
    async def parts():
        for part in value.split("/"):
            log.append(part)
            yield part

    return StreamingResponse(parts())


def wide(inner: Annotated[str, Depends(inner, scope="function")]):
    yield inner


@app.get("/log")
def said():
    found, log[:] = list(log), []
    return found


@app.get("/refused")
def refused():
    try:
        app.get("/never")(lambda x=Depends(wide, scope="request"): x)
    except FastAPIError as error:
        return type(error).__name__


app.include_router(router)
STATEFUL = True
REQUESTS = [
    part
    for path in ("/read", "/fails/404", "/fails/x", "/fails/503", "/streams", "/refused")
    for part in ({"url": path}, {"url": "/log"})
]
