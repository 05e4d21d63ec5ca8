"""The typed applications: one source, for FastAPI and for fastapi_lite."""

from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial
from importlib import import_module
from typing import Annotated, Any

from benchmarks.domain import (
    BOOKS,
    BRANCHES,
    EVENTS,
    FEW,
    HELLO,
    MANY_BRANCHES,
    MESSAGE,
    PRICE,
    RESOURCES,
    ROUTERS,
    Book,
    Connection,
    Item,
    OutOfStock,
    Repository,
    Settings,
    Thing,
)


def applications(package: str) -> dict[str, Callable[[], Any]]:
    """What makes the application of each workload, with the `package` imported."""
    web = import_module(package)
    responses = import_module(f"{package}.responses")
    FastAPI, APIRouter, Depends = web.FastAPI, web.APIRouter, web.Depends  # noqa: N806 - classes
    Path, Query, Header, Cookie = web.Path, web.Query, web.Header, web.Cookie  # noqa: N806

    def text() -> Any:
        app = FastAPI()

        @app.get("/", response_class=responses.PlainTextResponse)
        async def read():  # type: ignore[no-untyped-def]
            return HELLO

        return app

    def json() -> Any:
        app = FastAPI()

        @app.get("/")
        async def read():  # type: ignore[no-untyped-def]
            return MESSAGE

        return app

    def parameters() -> Any:
        app = FastAPI()

        @app.get("/items/{item_id}")
        async def read(
            item_id: Annotated[int, Path(ge=1)],
            q: str,
            tag: Annotated[list[str], Query()],
            x_token: Annotated[str, Header()],
            session: Annotated[str, Cookie()],
            limit: Annotated[int, Query(ge=1, le=100)] = 20,
        ) -> dict[str, Any]:
            return {
                "item_id": item_id,
                "q": q,
                "limit": limit,
                "tag": tag,
                "x_token": x_token,
                "session": session,
            }

        return app

    def body() -> Any:
        app = FastAPI()

        @app.post("/items", status_code=201)
        async def create(item: Item) -> Item:
            return item

        return app

    def form() -> Any:
        app = FastAPI()
        Form = web.Form  # noqa: N806

        @app.post("/")
        async def read(
            name: Annotated[str, Form()],
            price: Annotated[str, Form(pattern=PRICE)],
            colours: Annotated[str, Form()],
            note: Annotated[str, Form(max_length=100)],
        ) -> dict[str, str]:
            return {"name": name, "price": price, "colours": colours, "note": note}

        return app

    def overrides() -> Any:
        async def guest() -> str:
            return "guest"

        app = dependencies()
        app.dependency_overrides[app.state.role] = guest
        return app

    def dependencies() -> Any:
        app = FastAPI()

        async def settings() -> Settings:
            return Settings()

        async def connection(
            settings: Annotated[Settings, Depends(settings)],
        ) -> AsyncIterator[Connection]:
            connection = Connection(settings)
            try:
                yield connection
            finally:
                connection.close()

        async def repository(
            connection: Annotated[Connection, Depends(connection)],
        ) -> Repository:
            return Repository(connection)

        async def token(x_token: Annotated[str, Header()]) -> str:
            return x_token

        async def user(
            token: Annotated[str, Depends(token)],
            repository: Annotated[Repository, Depends(repository)],
        ) -> str:
            return await repository.user(token)

        async def role(
            user: Annotated[str, Depends(user)],
            settings: Annotated[Settings, Depends(settings)],
        ) -> str:
            return settings.role

        app.state.role = role

        @app.get("/me")
        async def read(
            user: Annotated[str, Depends(user)], role: Annotated[str, Depends(role)]
        ) -> dict[str, str]:
            return {"user": user, "role": role}

        return app

    def models(count: int) -> Any:
        app = FastAPI()
        books = [Book(**book) for book in BOOKS[:count]]

        @app.get("/books")
        async def read() -> list[Book]:
            return books

        return app

    def sync() -> Any:
        app = FastAPI()

        @app.get("/")
        def read():  # type: ignore[no-untyped-def]
            return MESSAGE

        return app

    def sync_dependencies() -> Any:
        app = FastAPI()

        def settings() -> Settings:
            return Settings()

        def user(x_token: Annotated[str, Header()]) -> str:
            return f"user of {x_token}"

        def role(
            user: Annotated[str, Depends(user)],
            settings: Annotated[Settings, Depends(settings)],
        ) -> str:
            return settings.role

        @app.get("/me")
        def read(
            user: Annotated[str, Depends(user)], role: Annotated[str, Depends(role)]
        ) -> dict[str, str]:
            return {"user": user, "role": role}

        return app

    def error_handler() -> Any:
        app = FastAPI()

        @app.exception_handler(OutOfStock)
        async def refuse(request: Any, error: OutOfStock) -> Any:
            return responses.JSONResponse({"out_of_stock": error.name}, 409)

        @app.get("/items/{name}")
        async def read(name: str) -> dict[str, str]:
            raise OutOfStock(name)

        return app

    def head() -> Any:
        app = FastAPI()

        @app.head("/", response_class=responses.PlainTextResponse)
        async def read():  # type: ignore[no-untyped-def]
            return HELLO

        return app

    def events() -> Any:
        app = FastAPI()
        kind = import_module(f"{package}.sse").EventSourceResponse

        @app.get("/", response_class=kind)
        async def read() -> AsyncIterator[Thing]:
            for size in range(EVENTS):
                yield Thing(name="lamp", size=size)

        return app

    def few_routes() -> Any:
        app = FastAPI()
        for number in range(FEW):

            @app.get(f"/things{number}/{{thing_id}}")
            async def read(thing_id: int, q: str | None = None) -> dict[str, int]:
                return {"thing_id": thing_id}

        return app

    def deep_routes(branches: tuple[int, ...]) -> Any:
        app = FastAPI()
        include(app, zip(("/a", "/b", "/c", "/things"), branches, strict=True))
        return app

    def include(outer: Any, branches: Iterable[tuple[str, int]]) -> None:
        (letter, count), *inner = branches
        for number in range(count):
            router = APIRouter()
            if inner:
                include(router, inner)
                outer.include_router(router, prefix=f"{letter}{number}")
            else:
                declare(router, f"{letter}{number}")
                outer.include_router(router)

    def routes() -> Any:
        app = FastAPI()
        for number in range(ROUTERS):
            router = APIRouter(tags=[f"section {number}"])
            for resource in range(RESOURCES):
                declare(router, f"/things{resource}")
            app.include_router(router, prefix=f"/section{number}")
        return app

    def declare(router: Any, path: str) -> None:
        @router.post(path, status_code=201)
        async def create(thing: Thing) -> Thing:
            return thing

        @router.get(path)
        async def search(q: str | None = None, limit: int = 20) -> list[Thing]:
            return []

        @router.delete(path + "/{thing_id}", status_code=204)
        async def remove(thing_id: int) -> None: ...

        @router.get(path + "/{thing_id}")
        async def read(thing_id: int, q: str | None = None) -> dict[str, int]:
            return {"thing_id": thing_id}

    return {
        "text": text,
        "json": json,
        "parameters": parameters,
        "body": body,
        "dependencies": dependencies,
        "overrides": overrides,
        "models": partial(models, 100),
        "models-1000": partial(models, 1_000),
        "invalid": body,
        "first-route": routes,
        "last-route": routes,
        "no-route": routes,
        "deep-first-route": partial(deep_routes, BRANCHES),
        "deep-last-route": partial(deep_routes, BRANCHES),
        "deep-no-route": partial(deep_routes, BRANCHES),
        "few-first-route": few_routes,
        "many-last-route": partial(deep_routes, MANY_BRANCHES),
        "sync": sync,
        "sync-dependencies": sync_dependencies,
        "error-handler": error_handler,
        "form": form,
        "head": head,
        "events": events,
    }
