import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import Depends, FastAPI, HTTPException

DATABASE = "file:heroes?mode=memory&cache=shared"
keep = sqlite3.connect(DATABASE, uri=True, check_same_thread=False)
keep.execute("CREATE TABLE IF NOT EXISTS hero (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")


class NewHero(BaseModel):
    name: str


class Hero(NewHero):
    id: int


def connect() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(DATABASE, uri=True, check_same_thread=False)
    # The inner one is a transaction: committed, or rolled back where something is raised.
    with closing(opened), opened as connection:
        yield connection


Connection = Annotated[sqlite3.Connection, Depends(connect, scope="function")]
app = FastAPI()


@app.post("/heroes", status_code=201)
def create(hero: NewHero, connection: Connection) -> Hero:
    cursor = connection.execute("INSERT INTO hero (name) VALUES (?)", [hero.name])
    return Hero(id=cursor.lastrowid or 0, name=hero.name)


@app.get("/heroes/{key}")
def read(key: int, connection: Connection) -> Hero:
    row = connection.execute("SELECT name FROM hero WHERE id = ?", [key]).fetchone()
    if row is None:
        raise HTTPException(404, "There is no such hero")
    return Hero(id=key, name=row[0])
