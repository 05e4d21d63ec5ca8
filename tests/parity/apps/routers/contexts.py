"""Looking at routes: contexts, attributes that others read, names and URLs across inclusions."""

from fastapi_lite import APIRouter, FastAPI, Request
from fastapi_lite.routing import APIRoute, iter_route_contexts

app = FastAPI()
router = APIRouter(prefix="/router", tags=["r"])


@router.get("/items/{item_id:int}", name="item")
def item(item_id: int, q: str = "x"):
    return item_id


@router.websocket("/ws", name="ws")
async def ws(websocket):
    await websocket.close()


app.include_router(router, prefix="/v1")
app.include_router(router, prefix="/v2")


@app.get("/contexts")
def contexts():
    return [
        [
            type(one.original_route).__name__,
            one.path,
            one.path_format,
            one.name,
            sorted(one.methods or ()),
        ]
        for one in iter_route_contexts(app.routes)
    ]


@app.get("/attributes")
def attributes():
    route = next(one for one in router.routes if isinstance(one, APIRoute))
    return {
        "path": route.path,
        "format": route.path_format,
        "regex": route.path_regex.match("/router/items/3").groupdict()
        if route.path_regex.match("/router/items/3")
        else None,
        "convertors": sorted(route.param_convertors),
        "methods": sorted(route.methods),
        "name": route.name,
        "tags": route.tags,
        "id": route.unique_id,
        "operation": route.operation_id,
        "status": route.status_code,
        "shown": route.include_in_schema,
        "query": [field.name for field in route.dependant.query_params],
        "path_params": [field.name for field in route.dependant.path_params],
        "body": route.body_field,
        "model": str(route.response_model),
    }


@app.get("/urls")
def urls(request: Request):
    return [
        str(request.url_for("item", item_id=5)),
        app.url_path_for("contexts"),
        router.url_path_for("item", item_id=6),
        str(app.url_path_for("ws").make_absolute_url("https://x.y/")),
    ]


REQUESTS = [
    {"url": path}
    for path in ("/contexts", "/attributes", "/urls", "/v1/router/items/1", "/v2/router/items/x")
]
