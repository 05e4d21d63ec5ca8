"""A route class that catches what its operations raise, bodies that do not fit included."""

from collections.abc import Callable
from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import APIRouter, Body, FastAPI, HTTPException, Request, Response
from fastapi_lite.exceptions import RequestValidationError, ResponseValidationError
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import APIRoute


class Item(BaseModel):
    name: str


class Catching(APIRoute):
    def get_route_handler(self) -> Callable:
        original = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await original(request)
            except RequestValidationError as error:
                body = (await request.body()).decode("utf-8", "replace")
                detail = {"errors": len(error.errors()), "body": body, "parsed": error.body}
                raise HTTPException(status_code=422, detail=detail) from None
            except ResponseValidationError as error:
                return JSONResponse({"wrong": [list(one["loc"]) for one in error.errors()]}, 502)
            except ZeroDivisionError:
                return JSONResponse("divided", 500)

        return handler


app = FastAPI()
router = APIRouter(route_class=Catching)
inside = APIRouter(prefix="/inside")


@router.post("/sum")
async def total(numbers: Annotated[list[int], Body()]):
    return sum(numbers)


@router.post("/item", response_model=Item)
async def item(body: dict):
    return body


@router.get("/divide/{by}")
def divide(by: int):
    return 1 / by


@inside.get("/{by}")
def not_caught(by: int):
    return by


router.include_router(inside)
app.include_router(router)

REQUESTS = [
    {"method": "POST", "url": "/sum", "json": [1, 2]},
    {"method": "POST", "url": "/sum", "json": ["a", "b"]},
    {"method": "POST", "url": "/sum", "json": None},
    {
        "method": "POST",
        "url": "/sum",
        "headers": {"content-type": "application/json"},
        "content": b"{",
    },
    {"method": "POST", "url": "/sum"},
    {"method": "POST", "url": "/item", "json": {"name": "a"}},
    {"method": "POST", "url": "/item", "json": {"name": 1}},
    {"url": "/divide/2"},
    {"url": "/divide/0"},
    {"url": "/divide/x"},
    {"url": "/inside/x"},
]
