"""Where everything is kept: one file of SQLite, from the standard library.

It is `bookshop.sqlite3` in the working directory, or what the environment says in
`BOOKSHOP_DATABASE`; the first start makes it and fills it.
"""

import os
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import Annotated, Any

from docs_src.bookshop.models import Window
from docs_src.bookshop.seed import SHELVES
from fastapi_lite import Depends

SCHEMA = """
CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    born INTEGER NOT NULL,
    died INTEGER
);
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES authors (id),
    title TEXT NOT NULL,
    year INTEGER NOT NULL,
    genre TEXT NOT NULL,
    price MONEY NOT NULL,
    cost MONEY NOT NULL,
    stock INTEGER NOT NULL CHECK (stock >= 0),
    UNIQUE (author_id, title)
);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    key TEXT UNIQUE,
    customer TEXT NOT NULL,
    status TEXT NOT NULL,
    placed_at TEXT NOT NULL,
    confirmed_at TEXT
);
CREATE TABLE order_lines (
    order_id INTEGER NOT NULL REFERENCES orders (id),
    book_id INTEGER NOT NULL REFERENCES books (id),
    quantity INTEGER NOT NULL,
    price MONEY NOT NULL,
    PRIMARY KEY (order_id, book_id)
);
CREATE VIEW catalogue AS
    SELECT books.*, authors.name AS author FROM books JOIN authors ON authors.id = author_id;
"""

Row = dict[str, Any]

# Money is a Decimal in Python and a whole number of cents in the file: no binary fractions.
sqlite3.register_adapter(Decimal, lambda amount: int(amount * 100))
sqlite3.register_converter("MONEY", lambda cents: Decimal(cents.decode()).scaleb(-2))


def connect() -> sqlite3.Connection:
    """A connection whose rows are dictionaries, and on which nothing begins by itself.

    The steps of one request run one after the other, but not always in the same thread.
    """
    db = sqlite3.connect(
        os.environ.get("BOOKSHOP_DATABASE", "bookshop.sqlite3"),
        isolation_level=None,
        check_same_thread=False,
        detect_types=sqlite3.PARSE_DECLTYPES,
        timeout=10,
    )
    db.row_factory = lambda cursor, row: {
        column[0]: value for column, value in zip(cursor.description, row, strict=True)
    }
    db.create_function("fold", 1, str.casefold, deterministic=True)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def connection() -> Iterator[sqlite3.Connection]:
    """The connection of one request, closed when the answer has been sent."""
    with closing(connect()) as db:
        yield db


Database = Annotated[sqlite3.Connection, Depends(connection)]


@contextmanager
def transaction(db: sqlite3.Connection) -> Generator[None]:
    """All that is done within, or none of it where an exception leaves it.

    It locks the file for writing from the start, so that what was read within is still true when
    the writing begins. Open and close it in one function: a lock held from a dependency to an
    endpoint is held while the endpoint waits for a thread, and the threads wait for the lock.
    """
    db.execute("BEGIN IMMEDIATE")
    with db:  # commits, or rolls back
        yield


def prepare() -> None:
    """Make the tables and fill the shelves, unless that has been done."""
    with closing(connect()) as db, transaction(db):
        if db.execute("PRAGMA user_version").fetchone()["user_version"]:
            return
        for statement in SCHEMA.split(";"):
            db.execute(statement)
        for (name, born, died), books in SHELVES.items():
            author = insert(db, "authors", {"name": name, "born": born, "died": died})
            for title, year, genre, price, stock in books:
                money = {"price": Decimal(price), "cost": Decimal(price) * 6 / 10}
                book = {"author_id": author, "title": title, "year": year, "genre": genre}
                insert(db, "books", {**book, **money, "stock": stock})
        db.execute("PRAGMA user_version = 1")


def insert(db: sqlite3.Connection, table: str, values: Row) -> int:
    """Add a row, and say its id. The names of columns are the program's, never a client's."""
    columns = ", ".join(values)
    places = ", ".join(f":{column}" for column in values)
    added = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)
    return added.lastrowid or 0


def find(db: sqlite3.Connection, table: str, row_id: int) -> Row | None:
    """The row with this id, if there is one."""
    row: Row | None = db.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id]).fetchone()
    return row


def select_page(
    db: sqlite3.Connection, table: str, filters: dict[str, str], window: Window, order: str
) -> Row:
    """One page of a table: the rows that pass the filters of all that the client has given."""
    given = window.model_dump(exclude_none=True)
    where = " AND ".join(filters[name] for name in filters if name in given) or "1"
    total = db.execute(f"SELECT count(*) AS total FROM {table} WHERE {where}", given).fetchone()
    rows = db.execute(
        f"SELECT * FROM {table} WHERE {where} ORDER BY {order}, id LIMIT :limit OFFSET :offset",
        given,
    )
    return {"items": rows.fetchall(), **total, "limit": window.limit, "offset": window.offset}
