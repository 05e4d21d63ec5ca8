"""The catalogue."""

import sqlite3
from typing import Annotated

from docs_src.bookshop.database import Database, Row, find, insert, select_page, transaction
from docs_src.bookshop.models import (
    LARGEST_ID,
    UNREADABLE,
    Book,
    BookChange,
    BookSearch,
    NewBook,
    Page,
    Problem,
    Responses,
)
from fastapi_lite import APIRouter, Cookie, Depends, HTTPException, Path, Query, Request, Response

router = APIRouter()
staff = APIRouter()  # what takes the key

FILTERS = {
    "q": "instr(fold(title || ' ' || author), fold(:q))",
    "genre": "genre = :genre",
    "published_from": "year >= :published_from",
    "published_to": "year <= :published_to",
    "max_price": "price <= :max_price",
    "min_stock": "stock >= :min_stock",
}
ORDERS = {"title": "fold(title)", "oldest": "year", "newest": "year DESC", "cheapest": "price"}
REMEMBERED = 5


def existing_book(book_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], db: Database) -> Row:
    """The book that the path names, or 404."""
    book = find(db, "catalogue", book_id)
    if book is None:
        raise HTTPException(404, f"There is no book {book_id}.")
    return book


def viewed_books(
    viewed: Annotated[
        str | None,
        Cookie(pattern=r"^[0-9]{1,9}(\.[0-9]{1,9})*$", max_length=60, include_in_schema=False),
    ] = None,
) -> list[int]:
    """The books this browser has looked at, the last one first; kept in a cookie."""
    return [int(book_id) for book_id in viewed.split(".")] if viewed else []


ExistingBook = Annotated[Row, Depends(existing_book)]
ViewedBooks = Annotated[list[int], Depends(viewed_books)]
MISSING: Responses = {404: {"model": Problem, "description": "There is no such book."}}
CONFLICT: Responses = {409: {"model": Problem, "description": "Something else stands against it."}}


@router.get("", response_model=Page[Book])
def search_books(search: Annotated[BookSearch, Query()], db: Database) -> Row:
    """The books for which everything asked is true."""
    return select_page(db, "catalogue", FILTERS, search, order=ORDERS[search.sort])


@router.get("/viewed", response_model=list[Book])
def read_viewed_books(viewed: ViewedBooks, db: Database) -> list[Row]:
    """What this browser has looked at, the last one first."""
    books = (find(db, "catalogue", book_id) for book_id in viewed)
    return [book for book in books if book is not None]


@router.get("/{book_id:int}", response_model=Book, responses=MISSING)
def read_book(book: ExistingBook, viewed: ViewedBooks, response: Response) -> Row:
    """One book."""
    latest = [book["id"], *(book_id for book_id in viewed if book_id != book["id"])][:REMEMBERED]
    response.set_cookie("viewed", ".".join(map(str, latest)), httponly=True, samesite="lax")
    return book


@staff.post("", status_code=201, response_model=Book, responses=UNREADABLE | MISSING | CONFLICT)
def add_book(new: NewBook, db: Database, request: Request, response: Response) -> Row | None:
    """Add a book by an author that is known."""
    with transaction(db):
        if find(db, "authors", new.author_id) is None:
            raise HTTPException(404, f"There is no author {new.author_id}.")
        try:
            book_id = insert(db, "books", new.model_dump())
        except sqlite3.IntegrityError:
            raise HTTPException(409, f"There is a book {new.title!r} by this author.") from None
    response.headers["Location"] = str(request.url_for("read_book", book_id=book_id))
    return find(db, "catalogue", book_id)


@staff.patch("/{book_id:int}", response_model=Book, responses=UNREADABLE | MISSING | CONFLICT)
def change_book(change: BookChange, book: ExistingBook, db: Database) -> Row | None:
    """Change what is given."""
    changes = change.model_dump(exclude_none=True)
    assignments = ", ".join(f"{column} = :{column}" for column in changes) or "id = id"
    try:
        db.execute(f"UPDATE books SET {assignments} WHERE id = :id", {**changes, "id": book["id"]})
    except sqlite3.IntegrityError:
        raise HTTPException(409, f"There is a book {change.title!r} by this author.") from None
    return find(db, "catalogue", book["id"])


@staff.delete("/{book_id:int}", status_code=204, responses=MISSING | CONFLICT)
def remove_book(book: ExistingBook, db: Database) -> None:
    """Take a book out of the catalogue, unless somebody has ordered it."""
    try:
        db.execute("DELETE FROM books WHERE id = ?", [book["id"]])
    except sqlite3.IntegrityError:
        raise HTTPException(409, f"{book['title']} has been ordered.") from None
