"""Strict parameters, coercion, failing fast, and values at the edges of their types."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Strict, StrictBool, StrictInt, StrictStr

from fastapi_lite import Body, FastAPI, Query

app = FastAPI()


class Exact(BaseModel):
    model_config = ConfigDict(strict=True)
    number: int
    ratio: float = 1.0
    when: datetime | None = None
    text: str = ""


@app.get("/query")
def query(
    number: Annotated[int, Query(strict=True)] = 1,
    flag: Annotated[bool, Strict(), Query()] = True,
    text: StrictStr = "x",
    ratio: Annotated[float, Query(allow_inf_nan=False)] = 1.0,
    fast: Annotated[list[int], Query(fail_fast=True)] = [],
):
    return [number, flag, text, ratio, fast]


@app.post("/exact")
def exact(body: Exact) -> Exact:
    return body


@app.post("/mixed")
def mixed(
    a: Annotated[StrictInt, Body()],
    b: Annotated[StrictBool, Body()],
    c: Annotated[int, Body()],
    d: Annotated[date, Body()],
    e: Annotated[timedelta, Body()] = timedelta(0),
):
    return [a, b, c, d, e]


REQUESTS = [
    {"url": "/query?number=2"},
    {"url": "/query?flag=true"},
    {"url": "/query?text=1&ratio=inf"},
    {"url": "/query?fast=a&fast=b&fast=c"},
    {
        "method": "POST",
        "url": "/exact",
        "json": {"number": 1, "ratio": 2, "when": "2026-01-01T00:00:00"},
    },
    {"method": "POST", "url": "/exact", "json": {"number": 1.0, "ratio": "2", "text": 1}},
    {"method": "POST", "url": "/exact", "json": {"number": True}},
    {"method": "POST", "url": "/mixed", "json": {"a": 1, "b": True, "c": "3", "d": "2026-01-01"}},
    {"method": "POST", "url": "/mixed", "json": {"a": "1", "b": 1, "c": 3.5, "d": 1e20, "e": "x"}},
    {
        "method": "POST",
        "url": "/mixed",
        "json": {"a": 10**30, "b": False, "c": 10**30, "d": 0, "e": "P1D"},
    },
]
