"""What `openapi_extra` and `responses` merge into: parameters, bodies, vendor keys, content types."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import FastAPI, Query, Request, Response
from fastapi_lite.responses import JSONResponse

app = FastAPI()


class Item(BaseModel):
    name: str


@app.post(
    "/yaml",
    openapi_extra={
        "requestBody": {
            "content": {"application/x-yaml": {"schema": Item.model_json_schema()}},
            "required": True,
        },
        "x-aperture": {"blue": True},
    },
)
async def yaml(request: Request):
    return (await request.body()).decode()


@app.put(
    "/merged/{key}",
    tags=["a"],
    openapi_extra={
        "tags": ["b"],
        "summary": "Replaced",
        "parameters": [{"in": "query", "name": "extra"}],
        "requestBody": {
            "description": "Described",
            "content": {"application/json": {"example": {"name": "x"}}},
        },
    },
)
async def merged(key: int, item: Item, q: Annotated[str, Query()] = ""):
    return [key, item, q]


@app.get(
    "/media",
    responses={
        200: {
            "description": "JSON or text",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        "5XX": {"description": "Broken", "model": Item},
        201: {
            "model": list[Item],
            "content": {"application/json": {"examples": {"one": {"value": []}}}},
        },
        "default": {"model": Item | None},
    },
)
async def media(text: bool = False) -> Item:
    return Response("text") if text else Item(name="a")


@app.get("/no-422/{n}", responses={"4XX": {"description": "Anything"}})
async def no_422(n: int):
    return n


@app.get("/own-422/{n}", responses={422: {"description": "Own", "content": {"text/plain": {}}}})
async def own_422(n: int):
    return n


@app.get("/class", response_class=JSONResponse, responses={200: {"description": "Overridden"}})
async def class_():
    return {}


REQUESTS = [
    {"method": "POST", "url": "/yaml", "content": b"name: a"},
    {"method": "PUT", "url": "/merged/1?q=x", "json": {"name": "a"}},
    {"method": "PUT", "url": "/merged/x", "json": {}},
    {"url": "/media"},
    {"url": "/media?text=1"},
    {"url": "/no-422/x"},
    {"url": "/own-422/x"},
    {"url": "/class"},
]
