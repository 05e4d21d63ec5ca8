"""Cookies: quoted, repeated, broken."""

from typing import Annotated, Literal

from fastapi_lite import Cookie, FastAPI, Request

app = FastAPI()


@app.get("/")
def read(
    ads_id: Annotated[str | None, Cookie(min_length=2)] = None,
    count: Annotated[int, Cookie()] = 0,
    mode: Literal["dark", "light"] = Cookie("light"),
):
    return [ads_id, count, mode]


@app.get("/all")
def everything(request: Request):
    return request.cookies


REQUESTS = [
    {"url": "/"},
    {"url": "/", "cookies": {"ads_id": "abc", "count": "2", "mode": "dark"}},
    {"url": "/", "cookies": {"ads_id": "a", "count": "x", "mode": "grey"}},
    {"url": "/all", "headers": {"cookie": 'a="1 2"; b=; c; =d; a=2'}},
    {"url": "/all", "headers": {"cookie": "a=1;b=2;;  c = 3 ; d=e=f"}},
    {"url": "/all", "headers": {"cookie": 'a="\\303\\244"; b="x\\"y"; c="open'}},
    {"url": "/all", "raw_headers": [("cookie", "a=1"), ("cookie", "b=2")]},
    {"url": "/all", "headers": {"cookie": "a=%20; b=a,b; c=[1]"}},
]
