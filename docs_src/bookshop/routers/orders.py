"""The orders. All of them take the key: the application includes them so."""

import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from docs_src.bookshop.database import (
    Database,
    Row,
    connect,
    find,
    insert,
    select_page,
    transaction,
)
from docs_src.bookshop.errors import OutOfStock
from docs_src.bookshop.models import (
    LARGEST_ID,
    UNREADABLE,
    Maybe,
    NewOrder,
    Order,
    OrderSearch,
    OrderSummary,
    Page,
    Problem,
    Responses,
    StockProblem,
)
from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Depends,
    Header,
    HTTPException,
    Path,
    Query,
    Request,
    Response,
)

logger = logging.getLogger("bookshop")
router = APIRouter()

FILTERS = {"customer": "customer = :customer", "status": "status = :status"}


def existing_order(order_id: Annotated[int, Path(ge=1, le=LARGEST_ID)], db: Database) -> Row:
    """The order that the path names, or 404."""
    order = find(db, "orders", order_id)
    if order is None:
        raise HTTPException(404, f"There is no order {order_id}.")
    return order


ExistingOrder = Annotated[Row, Depends(existing_order)]
MISSING: Responses = {
    404: {"model": Problem, "description": "There is no such order, or no such book."}
}


@router.get("", response_model=Page[OrderSummary])
def search_orders(search: Annotated[OrderSearch, Query()], db: Database) -> Row:
    """The orders, the latest first."""
    return select_page(db, "orders", FILTERS, search, order="id DESC")


@router.get("/{order_id:int}", response_model=Order, responses=MISSING)
def read_order(order: ExistingOrder, db: Database) -> Row:
    """One order, with its lines."""
    return with_lines(db, order)


@router.post(
    "",
    status_code=201,
    response_model=Order,
    responses=UNREADABLE
    | MISSING
    | {
        200: {"model": Order, "description": "The order was placed before, with the same key."},
        409: {"model": StockProblem | Problem, "description": "It cannot be had so."},
    },
)
def place_order(
    new: NewOrder,
    db: Database,
    tasks: BackgroundTasks,
    request: Request,
    response: Response,
    idempotency_key: Annotated[
        Maybe[UUID], Header(description="The same order sent again with its key is placed once.")
    ] = None,
) -> Row:
    """Take the books out of the stock, and confirm the order a little later."""
    if len({line.book_id for line in new.lines}) < len(new.lines):
        raise HTTPException(409, "Each book may be named in one line only.")
    key = idempotency_key and str(idempotency_key)
    with transaction(db):
        order = db.execute("SELECT * FROM orders WHERE key = ?", [key]).fetchone()
        if order is not None:
            response.status_code = 200
            return with_lines(db, order)
        order_id = insert(
            db,
            "orders",
            {"key": key, "customer": new.customer, "status": "placed", "placed_at": now()},
        )
        for line in new.lines:
            take_from_stock(db, order_id, line.book_id, line.quantity)
    tasks.add_task(confirm, order_id)
    response.headers["Location"] = str(request.url_for("read_order", order_id=order_id))
    return with_lines(db, find(db, "orders", order_id) or {})


@router.delete(
    "/{order_id:int}",
    status_code=204,
    responses=MISSING | {409: {"model": Problem, "description": "It is cancelled already."}},
)
def cancel_order(order: ExistingOrder, db: Database) -> None:
    """Put the books back."""
    with transaction(db):
        changed = db.execute(
            "UPDATE orders SET status = 'cancelled' WHERE id = ? AND status = 'placed'",
            [order["id"]],
        )
        if not changed.rowcount:
            raise HTTPException(409, f"Order {order['id']} is cancelled already.")
        db.execute(
            "UPDATE books SET stock = stock + quantity FROM order_lines"
            " WHERE book_id = books.id AND order_id = ?",
            [order["id"]],
        )


def take_from_stock(db: sqlite3.Connection, order_id: int, book_id: int, quantity: int) -> None:
    """Make a line of an order, at today's price."""
    book = find(db, "books", book_id)
    if book is None:
        raise HTTPException(404, f"There is no book {book_id}.")
    if book["stock"] < quantity:
        raise OutOfStock(book_id, book["stock"])
    db.execute("UPDATE books SET stock = stock - ? WHERE id = ?", [quantity, book_id])
    line = {"order_id": order_id, "book_id": book_id, "quantity": quantity}
    insert(db, "order_lines", {**line, "price": book["price"]})


def with_lines(db: sqlite3.Connection, order: Row) -> Row:
    """An order and its lines."""
    lines = db.execute(
        "SELECT order_lines.*, title FROM order_lines JOIN books ON books.id = book_id"
        " WHERE order_id = ?",
        [order["id"]],
    )
    return {**order, "lines": lines.fetchall()}


def confirm(order_id: int) -> None:
    """Tell the customer: what takes long, so after the answer, on a connection of its own."""
    with closing(connect()) as db:
        db.execute("UPDATE orders SET confirmed_at = ? WHERE id = ?", [now(), order_id])
    logger.info("Order %d is confirmed.", order_id)


def now() -> str:
    """The time, as it is kept."""
    return datetime.now(UTC).isoformat()
