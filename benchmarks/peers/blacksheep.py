"""The applications on BlackSheep: bound parameters, and the services of its container."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from blacksheep import (
    Application,
    FromCookie,
    FromForm,
    FromHeader,
    FromJSON,
    Request,
    Response,
    Router,
    WebSocket,
    WebSocketDisconnectError,
)
from blacksheep.server.responses import created
from blacksheep.server.responses import json as json_response
from blacksheep.server.responses import text as text_response

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


class Token(FromHeader[str]):
    name = "X-Token"


class Session(FromCookie[str]):
    name = "session"


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


def text() -> Application:
    app = Application(router=Router())

    @app.router.get("/")
    async def read() -> Response:
        return text_response(HELLO)

    return app


def json() -> Application:
    app = Application(router=Router())

    @app.router.get("/")
    async def read() -> Response:
        return json_response(MESSAGE)

    return app


def parameters() -> Application:
    app = Application(router=Router())

    @app.router.get("/items/{item_id}")
    async def read(
        item_id: int, q: str, tag: list[str], x_token: Token, session: Session, limit: int = 20
    ) -> Response:
        return json_response(
            {
                "item_id": item_id,
                "q": q,
                "limit": limit,
                "tag": tag,
                "x_token": x_token.value,
                "session": session.value,
            }
        )

    return app


def body() -> Application:
    app = Application(router=Router())

    @app.router.post("/items")
    async def create(item: FromJSON[Item]) -> Response:
        return created(item.value)

    return app


def dependencies() -> Application:
    app = Application(router=Router())
    app.services.add_scoped(Settings)
    app.services.add_scoped(Connection)
    app.services.add_scoped(Repository)

    @app.router.get("/me")
    async def read(token: Token, settings: Settings, repository: Repository) -> Response:
        try:
            user = await repository.user(token.value)
            return json_response({"user": user, "role": settings.role})
        finally:
            repository.connection.close()

    return app


def models(count: int) -> Application:
    app = Application(router=Router())
    books = [Book(**book) for book in BOOKS[:count]]

    @app.router.get("/books")
    async def read() -> list[Book]:
        return books

    return app


def routes() -> Application:
    app = Application(router=Router())
    for number in range(ROUTERS):
        for resource in range(RESOURCES):
            declare(app, f"/section{number}/things{resource}")
    return app


def declare(app: Application, path: str) -> None:
    @app.router.post(path)
    async def create(thing: FromJSON[Thing]) -> Response:
        return created(thing.value)

    @app.router.get(path)
    async def search(q: str | None = None, limit: int = 20) -> list[Thing]:
        return []

    @app.router.delete(path + "/{thing_id}")
    async def remove(thing_id: int) -> None: ...

    @app.router.get(path + "/{thing_id}")
    async def read(thing_id: int, q: str | None = None) -> Response:
        return json_response({"thing_id": thing_id})


def sync() -> Application:
    app = Application(router=Router())

    @app.router.get("/")
    async def read() -> Response:
        return json_response(await asyncio.to_thread(lambda: MESSAGE))

    return app


def form() -> Application:
    app = Application(router=Router())

    @app.router.post("/")
    async def read(data: FromForm[dict[str, Any]]) -> Response:
        return json_response(data.value)

    return app


def error_handler() -> Application:
    app = Application(router=Router())

    async def refuse(app: Application, request: Request, error: OutOfStock) -> Response:
        return json_response({"out_of_stock": error.name}, 409)

    app.exceptions_handlers[OutOfStock] = refuse

    @app.router.get("/items/{name}")
    async def read(name: str) -> Response:
        raise OutOfStock(name)

    return app


def echo() -> Application:
    app = Application(router=Router())

    @app.router.ws("/")
    async def read(socket: WebSocket) -> None:
        await socket.accept()
        try:
            while True:
                await socket.send_text(await socket.receive_text())
        except WebSocketDisconnectError:
            pass

    return app
