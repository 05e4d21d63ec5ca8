"""Types in the path: identifiers, dates, enums, literals, bounds, decimals, several in one segment."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import IntEnum
from ipaddress import IPv4Address
from typing import Annotated, Literal
from uuid import UUID

from pydantic import PositiveInt, StringConstraints

from fastapi_lite import FastAPI, Path

app = FastAPI()


class Level(IntEnum):
    low = 1
    high = 2


@app.get("/uuid/{x}")
def by_uuid(x: UUID):
    return x


@app.get("/when/{day}/{moment}/{at}/{span}")
def when(day: date, moment: datetime, at: time, span: timedelta):
    return [day, moment, at, span]


@app.get("/enum/{level}/{word}")
def by_enum(level: Level, word: Literal["up", "down"] | PositiveInt):
    return [level, word]


@app.get("/number/{x}")
def by_number(
    x: Annotated[Decimal, Path(gt=0, max_digits=5, decimal_places=2, examples=["1.50"])],
):
    return x


@app.get("/flag/{x}")
def by_flag(x: bool):
    return x


@app.get("/address/{x}")
def by_address(x: IPv4Address):
    return x


@app.get("/code/{a}-{b}.{c}")
def by_code(
    a: Annotated[str, StringConstraints(to_upper=True, max_length=3)],
    b: Annotated[int, Path(multiple_of=5)],
    c: Annotated[str, Path(pattern="^[a-z]+$")],
):
    return [a, b, c]


REQUESTS = [
    {"url": url}
    for url in (
        "/uuid/00000000-0000-0000-0000-00000000000A",
        "/uuid/{0}",
        "/uuid/x",
        "/when/2024-02-29/2024-02-29T12:00:00Z/12:00/P1D",
        "/when/2023-02-29/x/25:00/1d",
        "/when/0/0/0/0",
        "/enum/1/up",
        "/enum/low/0",
        "/enum/3/-1",
        "/number/1.50",
        "/number/1.505",
        "/number/NaN",
        "/number/1e400",
        "/flag/yes",
        "/flag/2",
        "/address/127.0.0.1",
        "/address/::1",
        "/code/ab-10.x",
        "/code/abcd-7.X",
        "/code/a-b-10.x.y",
        "/code/-.",
    )
]
