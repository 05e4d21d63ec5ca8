"""A handler of refused requests sees what was refused, and where."""

from typing import Annotated

from pydantic import BaseModel, Field, field_validator

from fastapi_lite import Depends, FastAPI, Header, HTTPException, Query, Request
from fastapi_lite.encoders import jsonable_encoder
from fastapi_lite.exception_handlers import request_validation_exception_handler
from fastapi_lite.exceptions import RequestValidationError
from fastapi_lite.responses import JSONResponse, PlainTextResponse

app = FastAPI()


class Item(BaseModel):
    name: str = Field(max_length=3)
    size: int

    @field_validator("size")
    @classmethod
    def even(cls, size: int) -> int:
        if size % 2:
            raise ValueError("must be even")
        return size


def token(x_token: Annotated[int, Header()]) -> int:
    return x_token


@app.exception_handler(RequestValidationError)
async def refused(request: Request, error: RequestValidationError):
    style = request.headers.get("x-style")
    if style == "text":
        return PlainTextResponse(str(error).split("\n")[0], 400)
    if style == "default":
        return await request_validation_exception_handler(request, error)
    if style == "http":
        raise HTTPException(418, "refused")
    body = (await request.body()).decode("latin-1")
    errors = jsonable_encoder(error.errors())
    return JSONResponse({"errors": errors, "body": jsonable_encoder(error.body), "raw": body}, 400)


@app.post("/items/{n}")
async def create(
    n: int, item: Item, q: Annotated[int, Query(le=5)] = 0, token: int = Depends(token)
) -> Item:
    return item


@app.get("/own")
def own():
    raise RequestValidationError([{"loc": ("a", 0), "msg": "mine", "type": "t"}], body="b")


@app.get("/attributes")
def attributes():
    error = RequestValidationError([{"loc": ["x"]}])
    return [error.errors(), error.body, isinstance(error, Exception)]


GOOD = {"x-token": "1"}
REQUESTS = [
    {"method": "POST", "url": "/items/1", "json": {"name": "a", "size": 2}, "headers": GOOD},
    {"method": "POST", "url": "/items/x?q=9", "json": {"name": "long", "size": 1}},
    {"method": "POST", "url": "/items/1", "json": {"name": "a", "size": 3}, "headers": GOOD},
    {"method": "POST", "url": "/items/1", "headers": {**GOOD, "x-style": "default"}, "json": {}},
    {"method": "POST", "url": "/items/1", "headers": {**GOOD, "x-style": "http"}, "json": {}},
    {"method": "POST", "url": "/items/1", "headers": {**GOOD, "x-style": "text"}, "json": {}},
    {"method": "POST", "url": "/items/1", "headers": GOOD},
    {
        "method": "POST",
        "url": "/items/1",
        "headers": {**GOOD, "content-type": "application/json"},
        "content": b"{",
    },
    {"method": "POST", "url": "/items/1", "headers": GOOD, "data": {"name": "form"}},
    {"url": "/own"},
    {"url": "/own", "headers": {"x-style": "default"}},
    {"url": "/attributes"},
]
