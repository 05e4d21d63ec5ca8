"""The applications on Sanic, with what is validated by pydantic."""

import asyncio
from collections.abc import Callable
from functools import partial
from itertools import count as counter
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sanic import HTTPResponse, Request, Sanic, response
from sanic.exceptions import BadRequest

from benchmarks.domain import (
    BOOKS,
    CHUNK,
    CHUNKS,
    HELLO,
    MESSAGE,
    RESOURCES,
    ROUTERS,
    Book,
    Connection,
    Item,
    Repository,
    Settings,
    Thing,
    site,
)

JSON = "application/json"
NUMBER = counter()


def new() -> Any:
    """An application; each needs a name of its own."""
    number = next(NUMBER)
    app = Sanic(f"bench{number}", configure_logging=False)
    app.config.TOUCHUP = number == 0  # it rewrites what all share, and cannot do so twice
    return app


def text() -> Any:
    app = new()

    @app.get("/")
    async def read(request: Request) -> HTTPResponse:
        return response.text(HELLO)

    return app


def json() -> Any:
    app = new()

    @app.get("/")
    async def read(request: Request) -> HTTPResponse:
        return response.json(MESSAGE)

    return app


def parameters() -> Any:
    app = new()

    @app.get("/items/<item_id:int>")
    async def read(request: Request, item_id: int) -> HTTPResponse:
        limit = int(request.args.get("limit", 20))
        if item_id < 1 or not 1 <= limit <= 100:
            raise BadRequest("out of range")
        return response.json(
            {
                "item_id": item_id,
                "q": request.args["q"][0],
                "limit": limit,
                "tag": request.args.getlist("tag"),
                "x_token": request.headers["x-token"],
                "session": request.cookies.get("session"),
            }
        )

    return app


def body() -> Any:
    app = new()

    @app.exception(ValidationError)
    async def refuse(request: Request, error: ValidationError) -> HTTPResponse:
        return response.raw(error.json(include_url=False).encode(), 422, content_type=JSON)

    @app.post("/items")
    async def create(request: Request) -> HTTPResponse:
        item = Item.model_validate_json(request.body)
        return response.raw(item.model_dump_json().encode(), 201, content_type=JSON)

    return app


def dependencies() -> Any:
    app = new()

    @app.get("/me")
    async def read(request: Request) -> HTTPResponse:
        settings = Settings()
        connection = Connection(settings)
        try:
            user = await Repository(connection).user(request.headers["x-token"])
            return response.json({"user": user, "role": settings.role})
        finally:
            connection.close()

    return app


def models(count: int) -> Any:
    app = new()
    books = [Book(**book) for book in BOOKS[:count]]
    dump = TypeAdapter(list[Book]).dump_json

    @app.get("/books")
    async def read(request: Request) -> HTTPResponse:
        return response.raw(dump(books), content_type=JSON)

    return app


def routes() -> Any:
    app = new()

    async def create(request: Request) -> HTTPResponse:
        thing = Thing.model_validate_json(request.body)
        return response.raw(thing.model_dump_json().encode(), 201, content_type=JSON)

    async def search(request: Request) -> HTTPResponse:
        return response.json([])

    async def remove(request: Request, thing_id: int) -> HTTPResponse:
        return response.empty()

    async def read(request: Request, thing_id: int) -> HTTPResponse:
        return response.json({"thing_id": thing_id})

    for number in range(ROUTERS):
        for nth in range(RESOURCES):
            path, one = f"/section{number}/things{nth}", f"{number}_{nth}"
            app.add_route(create, path, ["POST"], name=f"create_{one}")
            app.add_route(search, path, ["GET"], name=f"search_{one}")
            path += "/<thing_id:int>"
            app.add_route(remove, path, ["DELETE"], name=f"remove_{one}")
            app.add_route(read, path, ["GET"], name=f"read_{one}")
    return app


def sync() -> Any:
    app = new()

    @app.get("/")
    async def read(request: Request) -> HTTPResponse:
        return response.json(await asyncio.to_thread(lambda: MESSAGE))

    return app


def form() -> Any:
    app = new()

    @app.post("/")
    async def read(request: Request) -> HTTPResponse:
        assert request.form is not None
        return response.json({name: request.form.get(name) for name in request.form})

    return app


def file() -> Any:
    app, path = new(), site() / "large.bin"

    @app.get("/")
    async def read(request: Request) -> HTTPResponse:
        return await response.file(path, mime_type="application/octet-stream")

    return app


def stream() -> Any:
    app = new()

    @app.get("/")
    async def read(request: Request) -> None:
        answer = await request.respond(content_type="application/octet-stream")
        assert answer is not None
        for _ in range(CHUNKS):
            await answer.send(CHUNK)
        await answer.eof()

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
        "first-route": routes,
        "last-route": routes,
        "no-route": routes,
        "sync": sync,
        "form": form,
        "file": file,
        "stream": stream,
    }
