"""Scalars of many types in the query, required and not."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Optional, Union
from uuid import UUID

from pydantic import AnyUrl, IPvAnyAddress

from fastapi_lite import FastAPI, Query

app = FastAPI()


@app.get("/all")
def all_of_them(
    number: int,
    ratio: float = 1.5,
    flag: bool = False,
    name: Optional[str] = None,
    day: date | None = None,
    moment: datetime | None = None,
    clock: time | None = None,
    span: timedelta = timedelta(minutes=5),
    price: Decimal | None = None,
    key: UUID | None = None,
    file: Path | None = None,
    url: AnyUrl | None = None,
    address: IPvAnyAddress | None = None,
    kind: Literal["a", "b", 3] = "a",
    either: Union[int, str] = "x",
    anything: Any = None,
    raw: bytes = b"",
):
    return {name: repr(value) for name, value in locals().items()}


@app.get("/bounds")
def bounds(
    a: Annotated[int, Query(gt=0, lt=10, multiple_of=2)] = 2,
    b: Annotated[float, Query(ge=0.5, le=1, allow_inf_nan=False)] = 0.5,
    c: Annotated[str, Query(min_length=2, max_length=4, pattern="^[a-z]+$")] = "ab",
    d: Annotated[Decimal, Query(max_digits=4, decimal_places=2)] = Decimal("1.00"),
    e: Annotated[int, Query(strict=True)] = 1,
):
    return [a, b, c, str(d), e]


REQUESTS = [
    {"url": "/all"},
    {"url": "/all?number=3"},
    {"url": "/all?number=3&number=4"},
    {"url": "/all?number=+3"},
    {"url": "/all?number=3.0&ratio=nan&flag=maybe"},
    {"url": "/all?number=1_000&flag=on&ratio=1e3"},
    {"url": "/all?number=1&day=2026-13-01&moment=2026-01-01T10:00:00Z&clock=25:00"},
    {"url": "/all?number=1&day=2026-12-01&moment=1700000000&clock=05:00&span=P1DT2H"},
    {"url": "/all?number=1&price=1.10&key=x&file=/a/b&url=nothing&address=1.2.3"},
    {"url": "/all?number=1&url=http://a.b/c%3Fd&address=::1&kind=3&either=4"},
    {"url": "/all?number=1&kind=b&anything=%7B%7D&raw=%C3%A9"},
    {"url": "/all?number=&name="},
    {"url": "/bounds"},
    {"url": "/bounds?a=3&b=2&c=ABC&d=123.456&e=1"},
    {"url": "/bounds?a=10&b=inf&c=abcde&d=1e5"},
    {"url": "/bounds?a=0&b=0.4&c=a&d=12345"},
    {"url": "/bounds?a=4&b=1&c=abcd&d=12.34"},
]
