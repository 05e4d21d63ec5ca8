"""One router at several places, with parameters that only its prefix has."""

from typing import Annotated

from fastapi_lite import APIRouter, Depends, FastAPI, HTTPException, Path

app = FastAPI()
items = APIRouter(tags=["items"])


def shop(shop: Annotated[int, Path(ge=1)]) -> int:
    if shop == 13:
        raise HTTPException(404, "no such shop")
    return shop


@items.get("/items/{item}")
def item(item: int, kind: str = "plain"):
    return {"item": item, "kind": kind}


@items.get("/items/{item}/shop")
def of_shop(item: int, shop: Annotated[int, Depends(shop)]):
    return {"item": item, "shop": shop}


app.include_router(items, prefix="/shops/{shop}", dependencies=[Depends(shop)], tags=["shops"])
app.include_router(items, prefix="/v2/{shop:int}")

REQUESTS = [
    {"url": "/shops/1/items/2"},
    {"url": "/shops/0/items/x"},
    {"url": "/shops/13/items/x"},
    {"url": "/shops/13/items/1"},
    {"url": "/shops/x/items/1/shop"},
    {"url": "/v2/3/items/2"},
    {"url": "/v2/x/items/2"},
    {"url": "/v2/3/items/2/shop"},
    {"url": "/v2/0/items/2/shop"},
    {"url": "/items/1"},
    {"url": "/shops//items/1"},
]
