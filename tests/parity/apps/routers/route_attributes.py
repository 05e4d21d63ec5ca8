"""What other packages read from a route."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import Body, Depends, FastAPI, Header, Query
from fastapi_lite.routing import APIRoute, APIWebSocketRoute


class Item(BaseModel):
    name: str


def token(x_token: Annotated[str, Header()]) -> str:
    return x_token


app = FastAPI(openapi_url=None)


async def read(
    item: int,
    q: Annotated[str, Query(alias="query")],
    token: Annotated[str, Depends(token)],
    body: Annotated[Item, Body(embed=True)],
) -> list[Item]:
    """Reads.\fUnseen."""
    return [body]


app.add_api_route(
    "/items/{item:int}",
    read,
    methods=["POST"],
    tags=["a"],
    status_code=201,
    responses={404: {"model": Item, "description": "gone"}},
    openapi_extra={"x-a": 1},
    response_model_exclude_unset=True,
    response_description="made",
)


@app.websocket("/ws/{room}")
async def ws(room: int, token: Annotated[str, Depends(token)]) -> None: ...


@app.get("/route")
def route():
    one = next(one for one in app.routes if isinstance(one, APIRoute))
    return {
        "path": [one.path, one.path_format, one.path_regex.groups],
        "convertors": sorted(one.param_convertors),
        "methods": sorted(one.methods),
        "name": one.name,
        "endpoint": one.endpoint is read,
        "status": one.status_code,
        "tags": one.tags,
        "ids": [one.operation_id, one.unique_id],
        "model": str(one.response_model),
        "field": str(one.response_field.field_info.annotation),
        "body": [one.body_field.name, one.body_field.alias],
        "responses": sorted(one.responses),
        "fields": sorted(one.response_fields),
        "extra": one.openapi_extra,
        "description": [one.summary, one.description, one.response_description],
        "flags": [one.deprecated, one.include_in_schema, one.response_model_exclude_unset],
        "callbacks": one.callbacks,
        "dependencies": one.dependencies,
    }


@app.get("/dependant")
def dependant():
    found = next(one for one in app.routes if isinstance(one, APIRoute)).dependant
    return {
        "path": [one.name for one in found.path_params],
        "query": [[one.name, one.alias] for one in found.query_params],
        "header": [one.alias for one in found.header_params],
        "cookie": found.cookie_params,
        "body": [one.name for one in found.body_params],
        "call": found.call is read,
        "inside": [[one.name, one.call is token] for one in found.dependencies],
        "inner headers": [one.alias for one in found.dependencies[0].header_params],
    }


@app.get("/socket")
def socket():
    one = next(one for one in app.routes if isinstance(one, APIWebSocketRoute))
    return [one.path, one.name, one.path_format, len(one.dependant.dependencies)]


REQUESTS = [
    {"url": "/route"},
    {"url": "/dependant"},
    {"url": "/socket"},
    {
        "method": "POST",
        "url": "/items/1?query=a",
        "headers": {"x-token": "t"},
        "json": {"body": {"name": "n"}},
    },
    {"method": "POST", "url": "/items/1", "json": {"name": "n"}},
    {"method": "POST", "url": "/items/x", "json": {}},
]
