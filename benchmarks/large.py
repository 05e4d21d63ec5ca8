"""A large application: one source, for FastAPI and for fastapi_lite.

Its routes are spread over the routers of fifty shelves, which are included three deep: by sections,
by areas, by the application. Each shelf has a model of its own, in its bodies and its answers.
"""

from collections.abc import Sequence
from importlib import import_module
from itertools import product
from json import dumps
from typing import Annotated, Any

from pydantic import create_model

from benchmarks.domain import ITEM, Item
from benchmarks.exchanges import Request

AREAS, SECTIONS, SHELVES = 2, 5, 5
PREFIXES = [
    f"/area{area}/section{section}/shelf{shelf}"
    for area, section, shelf in product(range(AREAS), range(SECTIONS), range(SHELVES))
]
OPERATIONS = 4
"""Of each resource."""


def models() -> list[type[Item]]:
    """One of ten fields for each shelf."""
    return [create_model(f"Item{number}", __base__=Item) for number in range(len(PREFIXES))]


def application(package: str, routes: int, models: Sequence[Any]) -> Any:
    """So many routes, each shelf having the next one in turn, with the `package` imported."""
    web = import_module(package)
    FastAPI, APIRouter, Path, Query = web.FastAPI, web.APIRouter, web.Path, web.Query  # noqa: N806

    def create(router: Any, path: str, model: Any) -> None:
        @router.post(path, status_code=201)
        async def create(item: model) -> model:
            return item

    def search(router: Any, path: str, model: Any) -> None:
        @router.get(path)
        async def search(
            q: str | None = None, limit: Annotated[int, Query(ge=1, le=100)] = 20
        ) -> list[model]:
            return []

    def replace(router: Any, path: str, model: Any) -> None:
        @router.put(path + "/{item_id}")
        async def replace(item_id: Annotated[int, Path(ge=1)], item: model) -> model:
            return item

    def remove(router: Any, path: str, model: Any) -> None:
        @router.delete(path + "/{item_id}", status_code=204)
        async def remove(item_id: Annotated[int, Path(ge=1)]) -> None: ...

    def shelf(number: int) -> Any:
        router = APIRouter(tags=[f"shelf {number}"])
        for nth in range(len(range(number, routes, len(PREFIXES)))):
            declare = (create, search, replace, remove)[nth % OPERATIONS]
            declare(router, f"/items{nth // OPERATIONS}", models[number])
        return router

    app, numbers = FastAPI(), iter(range(len(PREFIXES)))
    for area in range(AREAS):
        in_area = APIRouter()
        for section in range(SECTIONS):
            in_section = APIRouter()
            for number in range(SHELVES):
                in_section.include_router(shelf(next(numbers)), prefix=f"/shelf{number}")
            in_area.include_router(in_section, prefix=f"/section{section}")
        app.include_router(in_area, prefix=f"/area{area}")
    return app


def requests(routes: int) -> list[Request]:
    """One to each route."""
    sent = {"headers": ((b"content-type", b"application/json"),), "body": dumps(ITEM).encode()}
    made = []
    for number in range(routes):
        nth, shelf = divmod(number, len(PREFIXES))
        path = f"{PREFIXES[shelf]}/items{nth // OPERATIONS}"
        made.append(
            (
                Request(path, "POST", **sent),
                Request(path, query=b"q=lamp&limit=5"),
                Request(f"{path}/7", "PUT", **sent),
                Request(f"{path}/7", "DELETE"),
            )[nth % OPERATIONS]
        )
    return made
