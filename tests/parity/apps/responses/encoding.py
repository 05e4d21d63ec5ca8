"""What values become in JSON, without a model: dates, enums, sets, dataclasses, bytes, paths."""

from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import IPv4Address, IPv6Network
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import AnyUrl, BaseModel, Field, SecretStr

from fastapi_lite import FastAPI
from fastapi_lite.encoders import jsonable_encoder

app = FastAPI()


class Colour(Enum):
    red = "r"
    green = ("g", 1)


class Level(IntEnum):
    low = 1


@dataclass
class Point:
    x: int
    y: "Point | None" = None


class Pair(NamedTuple):
    a: int
    b: Any


class Model(BaseModel):
    name: str = Field("n", alias="Name")
    secret: SecretStr = SecretStr("hidden")
    when: datetime = datetime(2026, 1, 1, tzinfo=timezone.utc)


class Plain:
    def __init__(self):
        self.a, self.b = 1, Colour.red


VALUES = {
    "dates": lambda: [
        date(2026, 1, 2),
        datetime(2026, 1, 2, 3, 4, 5, 6),
        time(1, 2),
        timedelta(days=1, seconds=1.5),
    ],
    "zones": lambda: [
        datetime(2026, 1, 2, tzinfo=timezone.utc),
        datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=2))),
    ],
    "decimals": lambda: [Decimal("1"), Decimal("1.50"), Decimal("1E+3"), Decimal("-0.0")],
    "enums": lambda: [Colour.red, Level.low, {Colour.red: Level.low}],
    "sets": lambda: [sorted({3, 1}), frozenset([1]), deque([1, 2]), (1, 2), range(3)],
    "maps": lambda: [
        OrderedDict(b=1, a=2),
        defaultdict(list, c=[1]),
        {1: "a", 2.5: "b", None: "c"},
    ],
    "dataclasses": lambda: Point(1, Point(2)),
    "tuples": lambda: Pair(1, Pair(2, None)),
    "models": lambda: [Model(), {"nested": Model(Name="x")}],
    "plain": lambda: Plain(),
    "texts": lambda: ["é", "\u2028", "\x00", "</script>", b"bytes", PurePosixPath("/a/b")],
    "numbers": lambda: [1.0, 1e100, -0.0, 10**30, 0.1 + 0.2],
    "others": lambda: [
        UUID(int=1),
        IPv4Address("1.2.3.4"),
        IPv6Network("::/8"),
        AnyUrl("http://a.b/ c"),
    ],
    "generator": lambda: (n for n in (1, 2)),
    "nan": lambda: float("nan"),
    "bad-bytes": lambda: b"\xff",
    "lambda": lambda: {"x": lambda: 1},
    "tuple-enum": lambda: Colour.green,
    "sqlalchemy": lambda: {"_sa_instance": 1, "kept": 2},
}


@app.get("/value/{name}")
def value(name: str):
    return VALUES[name]()


@app.get("/encoded/{name}")
def encoded(name: str):
    return jsonable_encoder(
        VALUES[name](), exclude_none=True, custom_encoder={UUID: lambda value: "uuid"}
    )


@app.get("/any/{name}", response_model=Any)
def any_(name: str):
    return VALUES[name]()


REQUESTS = [{"url": f"/{kind}/{name}"} for kind in ("value", "encoded", "any") for name in VALUES]
