"""What all the applications are about: the same models and data for each."""

from __future__ import annotations

import atexit
import os
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field


class Maker(BaseModel):
    name: str
    country: str = Field(min_length=2, max_length=2)


class Item(BaseModel):
    """Ten fields."""

    name: str = Field(min_length=1, max_length=100)
    description: str | None = None
    price: float = Field(gt=0)
    quantity: int = Field(ge=0)
    active: bool
    tags: list[str]
    ratings: dict[str, int]
    made_at: datetime
    code: UUID
    maker: Maker


class Book(BaseModel):
    id: int
    title: str
    author: str
    year: int
    price: float
    tags: list[str]


class Thing(BaseModel):
    name: str
    size: int = 1


ITEM: dict[str, Any] = {
    "name": "Lamp",
    "description": "It gives light.",
    "price": 49.5,
    "quantity": 12,
    "active": True,
    "tags": ["home", "light", "new"],
    "ratings": {"anna": 5, "bert": 4},
    "made_at": "2026-03-01T12:30:00Z",
    "code": "7e9f9d2a-3f0a-4c6e-9a55-0d5d0f6c6f00",
    "maker": {"name": "Lumen", "country": "DK"},
}

BOOKS: list[dict[str, Any]] = [
    {
        "id": number,
        "title": f"Title {number}",
        "author": f"Author {number % 7}",
        "year": 1900 + number,
        "price": 9.5,
        "tags": ["novel", "paperback"],
    }
    for number in range(1_000)
]

HELLO = "Hello, world!"
MESSAGE = {"message": HELLO, "number": 42, "list": [1, 2, 3]}

ROUTERS = 50
RESOURCES = 5
"""In each router; each has four operations: a thousand routes altogether."""
BRANCHES = (5, 5, 2, 5)
MANY_BRANCHES = (5, 5, 10, 5)
"""How many routers include how many, four deep; the innermost have four operations:
a thousand and five thousand routes."""
FEW = 10
"""Routes of the smallest application that has several."""


class Settings:
    role = "admin"


class Connection:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


class Repository:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def user(self, token: str) -> str:
        return f"user of {token}"


class OutOfStock(Exception):
    def __init__(self, name: str) -> None:
        self.name = name


PRICE = r"^[0-9]+\.[0-9]{2}$"
FORM = {"name": "Lamp", "price": "12.50", "colours": "red", "note": "fragile, as all glass is"}
FILE = bytes(range(256)) * 4096
"""One MiB."""
CHUNKS, CHUNK = 1_000, b"x" * 100
PAGE = "<!doctype html><title>A page</title><p>It says little." * 20
CHANGED = 1_700_000_000
"""When the files were changed: seconds since the epoch."""
ECHOES = 100
EVENTS = 100


def site() -> Path:
    """A new directory with a file of one MiB and a page; removed when the process ends."""
    directory = Path(mkdtemp(prefix="bench-"))
    atexit.register(rmtree, directory)
    for name, content in {"large.bin": FILE, "page.html": PAGE.encode()}.items():
        file = directory / name
        file.write_bytes(content)
        os.utime(file, (CHANGED, CHANGED))
    return directory
