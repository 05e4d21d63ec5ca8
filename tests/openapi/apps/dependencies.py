"""Parameters of dependencies, merged into the operation's."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import (
    BackgroundTasks,
    Body,
    Cookie,
    Depends,
    FastAPI,
    Form,
    Header,
    Path,
    Query,
    Request,
    Response,
)

app = FastAPI()


class Item(BaseModel):
    a: int


class Paging:
    def __init__(self, limit: int = 10, offset: Annotated[int, Query(ge=0)] = 0):
        self.limit = limit


class Checker:
    def __call__(self, q: str, x_check: Annotated[str, Header()] = "x"):
        return q


async def inner(
    deep: Annotated[str | None, Cookie()] = None,
    q: Annotated[str, Query(description="inner")] = "i",
):
    return deep


def outer(
    found: Annotated[str, Depends(inner)], limit: Annotated[int, Query(description="outer")] = 3
):
    yield found


def with_body(item: Item):
    return item


def with_path(a: Annotated[int, Path(description="from the dependency")]):
    return a


def with_form(f: Annotated[str, Form()]):
    return f


def anything(
    request: Request,
    response: Response,
    tasks: BackgroundTasks,
    hidden: Annotated[int, Query(include_in_schema=False)] = 1,
):
    return None


@app.get("/class")
def by_class(paging: Annotated[Paging, Depends()]): ...


@app.get("/object")
def by_object(checked: Annotated[str, Depends(Checker())]): ...


@app.get("/same/{z}")
def same_name(z: int, found: Annotated[str, Depends(outer)], limit: int): ...


@app.get("/order", dependencies=[Depends(outer)])
def order(
    z: int,
    y: Annotated[str, Header()],
    x: Annotated[str, Cookie()],
    p: Annotated[Paging, Depends()],
    w: int = 1,
): ...


@app.post("/body")
def body(item: Annotated[Item, Depends(with_body)]): ...


@app.post("/bodies")
def bodies(item: Annotated[Item, Depends(with_body)], other: Item, n: Annotated[int, Body()]): ...


@app.post("/same-body")
def same_body(
    item: Annotated[Item, Depends(with_body)], found: Annotated[Item, Depends(with_body)]
): ...


@app.get("/path/{a}/{b}")
def path(b: str, found: Annotated[int, Depends(with_path)]): ...


@app.post("/form")
def form(f: Annotated[str, Depends(with_form)], g: Annotated[str, Form()]): ...


@app.get("/special", dependencies=[Depends(anything)])
def special(request: Request): ...


@app.get("/clash")
def clash(
    name: Annotated[str, Query()],
    other: Annotated[str, Header(alias="name")],
    third: Annotated[str, Cookie(alias="name")],
): ...


@app.get("/no-cache")
def no_cache(
    a: Annotated[str, Depends(inner, use_cache=False)],
    b: Annotated[str, Depends(inner, use_cache=False)],
): ...
