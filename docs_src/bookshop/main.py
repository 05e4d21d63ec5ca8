"""The bookshop: books, authors and orders, kept in one file of SQLite.

    fastapi-lite dev --entrypoint docs_src.bookshop.main:app

Then open http://127.0.0.1:8000/docs. To change things, press *Authorize* and give the key, `demo`.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from docs_src.bookshop.database import prepare
from docs_src.bookshop.errors import OutOfStock
from docs_src.bookshop.routers import authors, books, orders
from docs_src.bookshop.security import REFUSALS, check_key
from fastapi_lite import APIRouter, Depends, FastAPI, Request
from fastapi_lite.concurrency import run_in_threadpool
from fastapi_lite.responses import JSONResponse, RedirectResponse


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Have the database ready before the first request."""
    await run_in_threadpool(prepare)
    yield


app = FastAPI(
    title="Bookshop",
    summary="Books, their authors, and orders of them.",
    description="Everybody may read the catalogue. Changing it, and all orders, take a key.",
    version="1.0.0",
    openapi_tags=[
        {"name": "books", "description": "What the shop sells."},
        {"name": "authors", "description": "Who wrote it."},
        {"name": "orders", "description": "Who gets it; for the shop's staff."},
    ],
    lifespan=lifespan,
)
app.include_router(books.router, prefix="/books", tags=["books"])
app.include_router(authors.router, prefix="/authors", tags=["authors"])

staff = APIRouter(dependencies=[Depends(check_key)], responses=REFUSALS)
staff.include_router(books.staff, prefix="/books", tags=["books"])
staff.include_router(authors.staff, prefix="/authors", tags=["authors"])
staff.include_router(orders.router, prefix="/orders", tags=["orders"])
app.include_router(staff)


@app.exception_handler(OutOfStock)
async def answer_out_of_stock(request: Request, problem: OutOfStock) -> JSONResponse:
    """Say how many there are, so that the client can order fewer."""
    answer = {"detail": str(problem), "book_id": problem.book_id, "in_stock": problem.in_stock}
    return JSONResponse(answer, status_code=409)


@app.get("/", include_in_schema=False)
async def show_documentation() -> RedirectResponse:
    """Lead whoever opens the bare address to the documentation."""
    return RedirectResponse("/docs")
