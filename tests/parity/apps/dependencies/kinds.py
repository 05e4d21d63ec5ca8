"""Dependencies of every kind of callable, nested, cached and not, with values and without."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi_lite import Depends, FastAPI, Header, HTTPException, Query, Request, Response

calls: list[str] = []


def noted(name: str):
    async def dependency() -> str:
        calls.append(name)
        return name

    return dependency


first, second, everywhere = noted("first"), noted("second"), noted("everywhere")
app = FastAPI(dependencies=[Depends(everywhere)])


class Paging:
    def __init__(self, skip: int = 0, limit: Annotated[int, Query(le=100)] = 10):
        self.skip, self.limit = skip, limit


@dataclass
class Filters:
    word: str = ""
    exact: bool = False


class Counter:
    def __init__(self, step: int):
        self.step = step

    def __call__(self, start: int = 0) -> int:
        return start + self.step

    async def method(self, start: int = 0) -> int:
        return start - self.step

    @classmethod
    def made(cls, by: int = 7) -> "Counter":
        return cls(by)


def together(
    a: Annotated[str, Depends(first)], b: Annotated[str, Depends(second)], c: str = Depends(first)
) -> list[str]:
    return [a, b, c]


def fresh(
    a: Annotated[str, Depends(first, use_cache=False)],
    b: Annotated[str, Depends(first, use_cache=False)],
):
    return [a, b]


def generator(x_gen: Annotated[str | None, Header()] = None):
    yield f"generated {x_gen}"


async def async_generator():
    yield "generated asynchronously"


def guard(q: str | None = None):
    if q == "stop":
        raise HTTPException(403, {"why": "stop"}, headers={"x-why": "q"})


@app.get("/")
def read(
    paging: Annotated[Paging, Depends()],
    filters: Annotated[Filters, Depends(Filters)],
    counter: Annotated[int, Depends(Counter(5))],
    method: Annotated[int, Depends(Counter(2).method)],
    made: Annotated[Counter, Depends(Counter.made)],
    part: Annotated[Any, Depends(partial(together, c="given"))],
    all_: Annotated[list[str], Depends(together)],
    new: Annotated[list[str], Depends(fresh)],
    gen: Annotated[str, Depends(generator)],
    agen: Annotated[str, Depends(async_generator)],
):
    said, calls[:] = list(calls), []
    return [
        vars(paging),
        vars(filters),
        counter,
        method,
        made.step,
        part,
        all_,
        new,
        gen,
        agen,
        said,
    ]


@app.get("/guarded", dependencies=[Depends(guard), Depends(second)])
def guarded(response: Response, request: Request, q: str | None = None):
    response.headers["x-seen"] = request.url.path
    calls.clear()
    return q


@app.get("/required")
def required(needs: Annotated[str, Depends(lambda must, other=1: must)]):
    return needs


STATEFUL = True
REQUESTS = [
    {"url": "/"},
    {"url": "/?skip=1&limit=2&word=a&exact=1&start=10&by=3"},
    {"url": "/?skip=x&limit=101&exact=maybe&start=z&by=q", "headers": {"x-gen": "a"}},
    {"url": "/", "headers": {"x-gen": "header"}},
    {"url": "/guarded"},
    {"url": "/guarded?q=stop"},
    {"url": "/required"},
    {"url": "/required?must=1&other=2"},
]
