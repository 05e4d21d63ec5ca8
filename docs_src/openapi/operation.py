from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import Body, FastAPI, HTTPException

app = FastAPI()


class Book(BaseModel):
    title: str
    pages: int = 1


class Problem(BaseModel):
    detail: str


@app.put(
    "/books/{isbn}",
    summary="Put a book on the shelf",
    response_description="The book as it stands there now",
    responses={404: {"model": Problem, "description": "No shelf is free"}},
    operation_id="putBook",
    openapi_extra={"x-rate-limit": 10},
)
def put_book(
    isbn: str,
    book: Annotated[
        Book,
        Body(openapi_examples={"short": {"summary": "A short one", "value": {"title": "Ode"}}}),
    ],
) -> Book:
    if book.pages > 1000:
        raise HTTPException(404, "No shelf is free")
    return book


@app.get("/shelves", deprecated=True)
def list_shelves() -> list[str]:
    return ["A", "B"]
