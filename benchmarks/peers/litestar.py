"""The typed applications on Litestar: pydantic's models, and what `Provide` injects."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Annotated, Any

from litestar import Litestar, MediaType, Request, Router, WebSocket, delete, get, post, websocket
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.exceptions import WebSocketDisconnect
from litestar.params import Body, Parameter
from litestar.response import Response

from benchmarks.domain import (
    BOOKS,
    HELLO,
    MESSAGE,
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
    """What makes the application of each workload."""
    return {
        "text": text,
        "json": json,
        "parameters": parameters,
        "body": body,
        "dependencies": dependencies,
        "models": partial(models, 100),
        "models-1000": partial(models, 1_000),
        "invalid": body,
        "first-route": routes,
        "last-route": routes,
        "no-route": routes,
        "sync": sync,
        "form": form,
        "error-handler": error_handler,
        "websocket": echo,
    }


def text() -> Litestar:
    @get("/", media_type=MediaType.TEXT)
    async def read() -> str:
        return HELLO

    return Litestar([read])


def json() -> Litestar:
    @get("/")
    async def read() -> dict[str, Any]:
        return MESSAGE

    return Litestar([read])


def parameters() -> Litestar:
    @get("/items/{item_id:int}")
    async def read(
        item_id: Annotated[int, Parameter(ge=1)],
        q: str,
        tag: list[str],
        x_token: Annotated[str, Parameter(header="X-Token")],
        session: Annotated[str, Parameter(cookie="session")],
        limit: Annotated[int, Parameter(ge=1, le=100)] = 20,
    ) -> dict[str, Any]:
        return {
            "item_id": item_id,
            "q": q,
            "limit": limit,
            "tag": tag,
            "x_token": x_token,
            "session": session,
        }

    return Litestar([read])


def body() -> Litestar:
    @post("/items")
    async def create(data: Item) -> Item:
        return data

    return Litestar([create])


def dependencies() -> Litestar:
    async def settings() -> Settings:
        return Settings()

    async def connection(settings: Settings) -> AsyncIterator[Connection]:
        connection = Connection(settings)
        try:
            yield connection
        finally:
            connection.close()

    async def repository(connection: Connection) -> Repository:
        return Repository(connection)

    async def token(x_token: Annotated[str, Parameter(header="X-Token")]) -> str:
        return x_token

    async def user(token: str, repository: Repository) -> str:
        return await repository.user(token)

    async def role(user: str, settings: Settings) -> str:
        return settings.role

    @get("/me")
    async def read(user: str, role: str) -> dict[str, str]:
        return {"user": user, "role": role}

    provided = (settings, connection, repository, token, user, role)
    return Litestar([read], dependencies={one.__name__: Provide(one) for one in provided})


def models(count: int) -> Litestar:
    books = [Book(**book) for book in BOOKS[:count]]

    @get("/books")
    async def read() -> list[Book]:
        return books

    return Litestar([read])


def routes() -> Litestar:
    return Litestar(
        [
            Router(
                f"/section{number}",
                route_handlers=[
                    handler
                    for resource in range(RESOURCES)
                    for handler in resource_handlers(f"/things{resource}")
                ],
            )
            for number in range(ROUTERS)
        ]
    )


def resource_handlers(path: str) -> list[Any]:
    @post(path)
    async def create(data: Thing) -> Thing:
        return data

    @get(path)
    async def search(q: str | None = None, limit: int = 20) -> list[Thing]:
        return []

    @delete(path + "/{thing_id:int}")
    async def remove(thing_id: int) -> None: ...

    @get(path + "/{thing_id:int}")
    async def read(thing_id: int, q: str | None = None) -> dict[str, int]:
        return {"thing_id": thing_id}

    return [create, search, remove, read]


def sync() -> Litestar:
    @get("/", sync_to_thread=True)
    def read() -> dict[str, Any]:
        return MESSAGE

    return Litestar([read])


def form() -> Litestar:
    @post("/", status_code=200)
    async def read(
        data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
    ) -> dict[str, str]:
        return data

    return Litestar([read])


def error_handler() -> Litestar:
    def refuse(request: Request[Any, Any, Any], error: OutOfStock) -> Response[dict[str, str]]:
        return Response({"out_of_stock": error.name}, status_code=409)

    @get("/items/{name:str}")
    async def read(name: str) -> dict[str, str]:
        raise OutOfStock(name)

    return Litestar([read], exception_handlers={OutOfStock: refuse})


def echo() -> Litestar:
    @websocket("/")
    async def read(socket: WebSocket[Any, Any, Any]) -> None:
        await socket.accept()
        try:
            while True:
                await socket.send_text(await socket.receive_text())
        except WebSocketDisconnect:
            pass

    return Litestar([read])
