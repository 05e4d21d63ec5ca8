"""Scalar types in every place outside the body."""

import datetime
import decimal
import enum
import ipaddress
import pathlib
import uuid
from typing import Annotated, Any, Literal, NewType

from pydantic import AnyUrl, HttpUrl, SecretStr

from fastapi_lite import Cookie, FastAPI, Header, Path, Query

app = FastAPI()
Serial = NewType("Serial", int)


class Colour(str, enum.Enum):  # noqa: UP042  # as most applications write it
    red = "red"
    green = "green"


class Size(enum.IntEnum):
    """How big it is."""

    small = 1
    big = 2


@app.get("/a/{integer}/{number}/{text}/{flag}/{file:path}")
def paths(integer: int, number: float, text: str, flag: bool, file: str): ...


@app.get("/b/{colour}/{size}/{identity}/{day}/{p}")
def typed_paths(
    colour: Colour, size: Size, identity: uuid.UUID, day: datetime.date, p: pathlib.PurePath
): ...


@app.get("/c")
def queries(
    integer: int,
    number: float = 1.5,
    text: str = "hello",
    nothing: str | None = None,
    flag: bool = False,
    colour: Colour = Colour.green,
    size: Size | None = Size.big,
    when: datetime.datetime | None = None,
    at: datetime.time = datetime.time(12),
    length: datetime.timedelta = datetime.timedelta(hours=1, seconds=2),
    amount: decimal.Decimal = decimal.Decimal("1.50"),
    raw: bytes = b"raw",
    choice: Literal["x", "y", 3] = "x",
    serial: Serial = Serial(4),
    secret: SecretStr | None = None,
    url: HttpUrl | None = None,
    any_url: AnyUrl = AnyUrl("http://here.example"),
    address: ipaddress.IPv4Address | ipaddress.IPv6Address | None = None,
    anything: Any = None,
    untyped=None,
    untyped_text="text",
    either: int | str = 3,
): ...


@app.get("/d/{p}")
def declared(
    p: Annotated[int, Path(title="P", description="The *p*", ge=1, le=10, examples=[3, 4])],
    q: Annotated[str, Query(min_length=2, max_length=5, pattern="^[a-z]+$", alias="Q")],
    r: Annotated[float | None, Query(gt=0, lt=1.5, multiple_of=0.25)] = None,
    h: Annotated[str | None, Header()] = None,
    user_agent: Annotated[str | None, Header()] = None,
    x_token: Annotated[list[str] | None, Header()] = None,
    strange_name: Annotated[int, Header(convert_underscores=False)] = 1,
    session: Annotated[str | None, Cookie(description="who you are")] = None,
    hidden: Annotated[str | None, Query(include_in_schema=False)] = None,
    hidden_header: Annotated[str | None, Header(include_in_schema=False)] = None,
    old: Annotated[str | None, Query(deprecated=True)] = None,
    why_old: Annotated[str | None, Query(deprecated="use new")] = None,
): ...


@app.get("/e")
def defaults(
    a: int = Query(1, ge=0),
    b: str = Query(...),
    c: str | None = Query(None, title="C", description="c"),
    d: list[int] = Query([]),
    e: list[str] = Query(["x"], min_length=1, max_length=3),
    f: set[int] = Query(set()),
    g: tuple[int, str] = Query((1, "a")),
    h: str = Header("x", alias="X-Alias"),
    i: str = Cookie("c"),
    j: list[str] = Query(default_factory=list),
    k: frozenset[Colour] = Query(frozenset({Colour.red})),
    m: int = Query(validation_alias="emm"),
    n: list[int] | None = Query(None),
    o: decimal.Decimal = Query(max_digits=5, decimal_places=2),
    q: dict[str, int] | None = None,
): ...
