"""Declarations as defaults, with what is deprecated: regex, example."""

from typing import List, Optional

from pydantic import BaseModel

from fastapi_lite import Body, Cookie, FastAPI, Header, Path, Query

app = FastAPI()


class Item(BaseModel):
    name: str
    description: Optional[str] = None


@app.get("/items/{item_id}")
async def read(
    *,
    item_id: int = Path(..., title="The ID", gt=0, le=1000),
    q: str = Query(..., min_length=3, max_length=50, regex="^fixed"),
    size: float = Query(1.0, gt=0, lt=10.5),
    tags: List[str] = Query(["foo", "bar"]),
    optional: Optional[str] = Query(
        None, title="T", description="D", alias="item-query", deprecated=True
    ),
    user_agent: Optional[str] = Header(None),
    x_token: Optional[List[str]] = Header(None),
    ads_id: Optional[str] = Cookie(None, example="an-id"),
):
    return {name: value for name, value in locals().items()}


@app.put("/items/{item_id}")
async def update(
    item_id: int,
    item: Item = Body(..., example={"name": "Foo"}, embed=True),
    importance: int = Body(1, gt=0),
):
    return {"item_id": item_id, "item": item, "importance": importance}


REQUESTS = [
    {"url": "/items/1?q=fixedquery"},
    {"url": "/items/0?q=other&size=10.5"},
    {
        "url": "/items/1?q=fixedquery&tags=a&item-query=x",
        "headers": {"user-agent": "u", "x-token": "t"},
        "cookies": {"ads_id": "1"},
    },
    {"url": "/items/1"},
    {"method": "PUT", "url": "/items/1", "json": {"item": {"name": "a"}, "importance": 2}},
    {"method": "PUT", "url": "/items/1", "json": {"name": "a"}},
]
