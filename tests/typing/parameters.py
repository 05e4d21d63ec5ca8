"""Parameters keep their types, as `Annotated` and as default values."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated, assert_type

from pydantic import BaseModel

from fastapi_lite import (
    Body,
    Cookie,
    Depends,
    FastAPI,
    File,
    Form,
    Header,
    Path,
    Query,
    Request,
    Security,
    UploadFile,
    WebSocket,
)
from fastapi_lite.datastructures import URL, Address, FormData, Headers, QueryParams
from fastapi_lite.security import APIKeyHeader, HTTPBasic, HTTPBasicCredentials, SecurityScopes

app = FastAPI()


class Book(BaseModel):
    title: str


@dataclass
class Pages:
    limit: int = 10


def open_session() -> Iterator[str]:
    yield "session"


async def open_transaction(session: Annotated[str, Depends(open_session)]) -> AsyncIterator[bytes]:
    yield session.encode()


@app.post("/books/{book_id}")
async def annotated(
    book_id: Annotated[int, Path(ge=1)],
    book: Annotated[Book, Body(embed=True)],
    transaction: Annotated[bytes, Depends(open_transaction)],
    pages: Annotated[Pages, Depends()],
    user: Annotated[HTTPBasicCredentials, Security(HTTPBasic(), scopes=["write"])],
    scopes: SecurityScopes,
    q: Annotated[list[str] | None, Query(max_length=3)] = None,
    x_token: Annotated[str, Header(convert_underscores=False)] = "",
    session: Annotated[str | None, Cookie()] = None,
) -> Book:
    assert_type(book_id, int)
    assert_type(book, Book)
    assert_type(transaction, bytes)
    assert_type(pages, Pages)
    assert_type(user.username, str)
    assert_type(q, list[str] | None)
    assert_type(x_token, str)
    return book


@app.post("/forms")
def with_defaults(
    title: str = Form(),
    size: int = Form(1, ge=1),
    file: UploadFile = File(...),
    files: list[UploadFile] = File([]),
    key: str = Depends(APIKeyHeader(name="key")),
    page: int = Query(default=1),
) -> str:
    assert_type(title, str)
    assert_type(file.filename, str | None)
    assert_type(files, list[UploadFile])
    return title


async def read_request(request: Request, websocket: WebSocket) -> None:
    assert_type(request.url, URL)
    assert_type(request.headers, Headers)
    assert_type(request.query_params, QueryParams)
    assert_type(request.client, Address | None)
    assert_type(await request.body(), bytes)
    assert_type(await request.form(), FormData)
    async with request.form() as form:
        assert_type(form, FormData)
    async for chunk in request.stream():
        assert_type(chunk, bytes)
    assert_type(await websocket.receive_text(), str)
    async for text in websocket.iter_text():
        assert_type(text, str)


# Mistakes.
Query(minimum_length=1)  # type: ignore[call-arg]
Path(title=1)  # type: ignore[arg-type]
Depends("not callable")  # type: ignore[arg-type]
Security(open_session, scope=["write"])  # type: ignore[call-arg]
