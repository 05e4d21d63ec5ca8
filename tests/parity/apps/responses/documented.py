"""Answers that are documented: ranges, the default, models, other media, headers and links, at every level."""

from http import HTTPStatus

from pydantic import BaseModel, Field

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.responses import FileResponse, HTMLResponse, JSONResponse, Response


class Problem(BaseModel):
    detail: str = Field(examples=["It is gone"])


class Item(BaseModel):
    id: int


app = FastAPI(responses={404: {"description": "Not here"}, "5XX": {"model": Problem}})
router = APIRouter(
    prefix="/r",
    responses={404: {"model": Problem}, 418: {"description": "Tea", "headers": {"X-Tea": {}}}},
)


@router.get(
    "/item",
    response_model=Item,
    responses={
        200: {
            "description": "The item",
            "content": {"image/png": {}, "application/json": {"example": {"id": 1}}},
            "links": {"self": {"operationId": "item", "parameters": {"id": "$response.body#/id"}}},
            "headers": {"X-Rate": {"schema": {"type": "integer"}, "description": "Left"}},
        },
        "default": {"model": Problem, "description": "Anything else"},
        "4XX": {"model": list[Problem]},
        409: {"model": Item | Problem},
        HTTPStatus.GONE: {},
    },
)
def item(image: bool = False):
    return Response(b"png", media_type="image/png") if image else {"id": 1, "more": 2}


@router.get("/html", response_class=HTMLResponse, responses={422: {"description": "My own"}})
def html(n: int = 1):
    return f"<p>{n}</p>"


@router.get("/file", response_class=FileResponse, responses={200: {"content": {"text/x": {}}}})
def file():
    return JSONResponse([1], 203)


@router.delete("/item", status_code=HTTPStatus.NO_CONTENT, response_description="It is gone")
def delete() -> None: ...


@router.get("/plain", response_class=Response, status_code=299)
def plain():
    return b"plain"


app.include_router(router, responses={418: {"description": "Coffee"}, 402: {"model": Problem}})


REQUESTS = [
    {"url": "/r/item"},
    {"url": "/r/item?image=1"},
    {"url": "/r/item?image=x"},
    {"url": "/r/html"},
    {"url": "/r/html?n=x"},
    {"url": "/r/file"},
    {"method": "DELETE", "url": "/r/item"},
    {"url": "/r/plain"},
    {"url": "/r/none"},
]
