"""The applications on Robyn, which has a server of its own, with what is validated by pydantic."""

from collections.abc import Callable
from functools import partial
from json import dumps
from socket import socket
from typing import Any

from pydantic import TypeAdapter, ValidationError
from robyn import Headers, Request, Response, Robyn

from benchmarks.domain import (
    BOOKS,
    HELLO,
    MESSAGE,
    Book,
    Connection,
    Item,
    Repository,
    Settings,
)


def answer(content: str, status: int = 200, media_type: str = "application/json") -> Response:
    return Response(
        status_code=status, headers=Headers({"content-type": media_type}), description=content
    )


def text() -> Any:
    app = Robyn(__file__)

    @app.get("/")
    async def read() -> Response:
        return answer(HELLO, media_type="text/plain")

    return app


def json() -> Any:
    app = Robyn(__file__)

    @app.get("/")
    async def read() -> Response:
        return answer(dumps(MESSAGE))

    return app


def parameters() -> Any:
    app = Robyn(__file__)

    @app.get("/items/:item_id")
    async def read(request: Request) -> Response:
        item_id = int(request.path_params["item_id"])
        limit = int(request.query_params.get("limit", "20"))
        if item_id < 1 or not 1 <= limit <= 100:
            return answer('{"error": "out of range"}', 422)
        cookies = dict(
            pair.split("=", 1) for pair in (request.headers.get("cookie") or "").split("; ")
        )
        result = {
            "item_id": item_id,
            "q": request.query_params.get("q", ""),
            "limit": limit,
            "tag": request.query_params.get_all("tag"),
            "x_token": request.headers.get("x-token"),
            "session": cookies["session"],
        }
        return answer(dumps(result))

    return app


def body() -> Any:
    app = Robyn(__file__)

    @app.post("/items")
    async def create(request: Request) -> Response:
        try:
            item = Item.model_validate_json(request.body)
        except ValidationError as error:
            return answer(error.json(include_url=False), 422)
        return answer(item.model_dump_json(), 201)

    return app


def dependencies() -> Any:
    app = Robyn(__file__)

    @app.get("/me")
    async def read(request: Request) -> Response:
        settings = Settings()
        connection = Connection(settings)
        try:
            user = await Repository(connection).user(request.headers.get("x-token") or "")
            return answer(dumps({"user": user, "role": settings.role}))
        finally:
            connection.close()

    return app


def models(count: int) -> Any:
    app = Robyn(__file__)
    books = [Book(**book) for book in BOOKS[:count]]
    dump = TypeAdapter(list[Book]).dump_json

    @app.get("/books")
    async def read() -> Response:
        return answer(dump(books).decode())

    return app


def sync() -> Any:
    app = Robyn(__file__)

    @app.get("/")
    def read() -> Response:
        return answer(dumps(MESSAGE))

    return app


def applications(package: str = "") -> dict[str, Callable[[], Any]]:
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
        "sync": sync,
    }


def serve(app: Robyn, listening: socket) -> None:
    """Serve `app` on the port of the socket, which it opens itself, until it is terminated."""
    host, port = listening.getsockname()
    listening.close()
    app.start(host=host, port=port, _check_port=False)
