"""Addresses by name, across inclusions and mounts, from every side."""

from fastapi_lite import APIRouter, FastAPI, Request
from fastapi_lite.routing import NoMatchFound

app = FastAPI()
shop = APIRouter(prefix="/shops/{shop}")
sub = FastAPI()


@shop.get("/items/{item:path}", name="item")
def item(shop: str, item: str):
    return [shop, item]


@sub.get("/things/{thing}", name="thing")
def thing(request: Request, thing: float):
    return {
        "own": str(request.url_for("thing", thing=2.5)),
        "path": request.app.url_path_for("thing", thing=1.5),
        "base": str(request.base_url),
    }


@app.get("/to/{name}")
def to(request: Request, name: str):
    query = dict(request.query_params)
    try:
        return [
            str(request.url_for(name, **query)),
            app.url_path_for(name, **query),
            str(request.url_for(name, **query).include_query_params(a=1)),
        ]
    except NoMatchFound as error:
        return str(error)
    except AssertionError:
        return "asserted"


app.include_router(shop, prefix="/v1")
app.mount("/sub/{x}", sub, name="sub")

REQUESTS = [
    {"url": "/to/item?shop=a&item=b/c"},
    {"url": "/to/item?shop=a"},
    {"url": "/to/item?shop=a&item=b&more=c"},
    {"url": "/to/item?shop=&item="},
    {"url": "/to/item?shop=%3F%23&item=%20%C3%A9%25"},
    {"url": "/to/to?name=x"},
    {"url": "/to/sub:thing?x=1&thing=1"},
    {"url": "/to/sub?x=1&path=/y"},
    {"url": "/to/sub?path=y"},
    {"url": "/to/thing?thing=1"},
    {"url": "/to/nothing"},
    {"url": "/to/openapi"},
    {"url": "/to/swagger_ui_html"},
    {"url": "/sub/a/things/1.5"},
    {"url": "/sub/a/things/1.5", "root_path": "/root"},
    {"url": "/to/item?shop=a&item=b", "root_path": "/root"},
    {"url": "/v1/shops/a/items/b/c"},
]
