"""The authors."""

import sqlite3
from typing import Annotated

from docs_src.bookshop.database import Database, Row, find, insert, select_page
from docs_src.bookshop.models import (
    LARGEST_ID,
    UNREADABLE,
    Author,
    AuthorSearch,
    Book,
    Genre,
    Maybe,
    NewAuthor,
    Page,
    Problem,
    Responses,
)
from fastapi_lite import APIRouter, Depends, HTTPException, Path, Query, Request, Response

router = APIRouter()
staff = APIRouter()  # what takes the key

FILTERS = {
    "name": "instr(fold(name), fold(:name))",
    "living": "(died IS NULL) = :living",
}


def existing_author(author_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], db: Database) -> Row:
    """The author that the path names, or 404."""
    author = find(db, "authors", author_id)
    if author is None:
        raise HTTPException(404, f"There is no author {author_id}.")
    return author


ExistingAuthor = Annotated[Row, Depends(existing_author)]
MISSING: Responses = {404: {"model": Problem, "description": "There is no such author."}}


@router.get("", response_model=Page[Author])
def search_authors(search: Annotated[AuthorSearch, Query()], db: Database) -> Row:
    """The authors, by name."""
    return select_page(db, "authors", FILTERS, search, order="fold(name)")


@router.get("/{author_id:int}", response_model=Author, responses=MISSING)
def read_author(author: ExistingAuthor) -> Row:
    """One author."""
    return author


@router.get("/{author_id:int}/books", response_model=list[Book], responses=MISSING)
def read_books_of_author(
    author: ExistingAuthor,
    db: Database,
    genre: Annotated[Maybe[Genre], Query(description="Only the books of this kind.")] = None,
) -> list[Row]:
    """All an author has written, the oldest first."""
    return db.execute(
        "SELECT * FROM catalogue WHERE author_id = ? AND genre = ifnull(?, genre) ORDER BY year",
        [author["id"], genre],
    ).fetchall()


@staff.post(
    "",
    status_code=201,
    response_model=Author,
    responses=UNREADABLE | {409: {"model": Problem, "description": "The author is known."}},
)
def add_author(new: NewAuthor, db: Database, request: Request, response: Response) -> Row:
    """Add an author."""
    try:
        author_id = insert(db, "authors", new.model_dump())
    except sqlite3.IntegrityError:
        raise HTTPException(409, f"{new.name} is known.") from None
    response.headers["Location"] = str(request.url_for("read_author", author_id=author_id))
    return {"id": author_id, **new.model_dump()}
