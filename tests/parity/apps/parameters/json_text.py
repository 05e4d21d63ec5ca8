"""JSON written in a query, a header, a cookie and a form."""

from typing import Annotated

from pydantic import BaseModel, Json

from fastapi_lite import Cookie, FastAPI, Form, Header, Query

app = FastAPI()


class Point(BaseModel):
    x: int
    y: int = 0


@app.get("/")
def read(
    a: Json[list[int]],
    b: Annotated[Json[list[str]], Query()] = [],
    c: Annotated[Json | None, Query()] = None,
    x_d: Annotated[Json[list[str]], Header()] = [],
    e: Annotated[Json[int], Cookie()] = 0,
):
    return [a, b, c, x_d, e]


@app.post("/form")
def form(items: Annotated[Json[list[int]], Form()]):
    return items


REQUESTS = [
    {"url": "/?a=%5B1,2%5D"},
    {"url": "/"},
    {"url": "/?a=1"},
    {"url": "/?a=["},
    {"url": '/?a=[1]&b=["a"]&c=[null]', "headers": {"x-d": '["q"]'}, "cookies": {"e": "5"}},
    {"url": '/?a=["x"]&b=[1]', "headers": {"x-d": "nope"}},
    {"method": "POST", "url": "/form", "data": {"items": "[1, 2]"}},
    {"method": "POST", "url": "/form", "data": {"items": "1, 2"}},
    {"method": "POST", "url": "/form", "data": {}},
]
