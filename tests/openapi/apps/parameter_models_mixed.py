"""Several models, and models beside scalars (new in FastAPI's later releases)."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import Cookie, Depends, FastAPI, Header, Query

app = FastAPI()


class Filters(BaseModel):
    limit: int = 10
    needed: str


class Paging(BaseModel):
    page: int = 1


def paging(paging: Annotated[Paging, Query()]):
    return paging


@app.get("/two")
def two(a: Annotated[Filters, Query()], b: Annotated[Paging, Query()]): ...


@app.get("/mixed")
def mixed(a: Annotated[Filters, Query()], q: int, r: str = "x"): ...


@app.get("/dependency")
def dependency(a: Annotated[Paging, Depends(paging)], q: Annotated[int | None, Query()] = None): ...


@app.get("/optional")
def optional(
    a: Annotated[Paging | None, Query()] = None, b: Annotated[Paging | None, Header()] = None
): ...


@app.get("/cookie")
def cookie(a: Annotated[Paging, Cookie()], b: Annotated[str, Cookie()] = "b"): ...
