"""The applications on Quart, with what is validated by pydantic."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

from pydantic import TypeAdapter, ValidationError
from quart import Quart, Response, abort, jsonify, request, send_file

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


def text() -> Any:
    app = Quart(__name__)

    @app.get("/")
    async def read() -> Any:
        return Response(HELLO, mimetype="text/plain")

    return app


def json() -> Any:
    app = Quart(__name__)

    @app.get("/")
    async def read() -> Any:
        return jsonify(MESSAGE)

    return app


def parameters() -> Any:
    app = Quart(__name__)

    @app.get("/items/<int(min=1):item_id>")
    async def read(item_id: int) -> Any:
        limit = request.args.get("limit", 20, type=int)
        if not 1 <= limit <= 100:
            abort(422)
        return jsonify(
            {
                "item_id": item_id,
                "q": request.args["q"],
                "limit": limit,
                "tag": request.args.getlist("tag"),
                "x_token": request.headers["X-Token"],
                "session": request.cookies["session"],
            }
        )

    return app


def body() -> Any:
    app = Quart(__name__)

    @app.errorhandler(ValidationError)
    async def refuse(error: ValidationError) -> Any:
        return Response(error.json(include_url=False), 422, mimetype=JSON)

    @app.post("/items")
    async def create() -> Any:
        item = Item.model_validate_json(await request.get_data())
        return Response(item.model_dump_json(), 201, mimetype=JSON)

    return app


def dependencies() -> Any:
    app = Quart(__name__)

    @app.get("/me")
    async def read() -> Any:
        settings = Settings()
        connection = Connection(settings)
        try:
            user = await Repository(connection).user(request.headers["X-Token"])
            return jsonify({"user": user, "role": settings.role})
        finally:
            connection.close()

    return app


def models(count: int) -> Any:
    app = Quart(__name__)
    books = [Book(**book) for book in BOOKS[:count]]
    dump = TypeAdapter(list[Book]).dump_json

    @app.get("/books")
    async def read() -> Any:
        return Response(dump(books), mimetype=JSON)

    return app


def routes() -> Any:
    app = Quart(__name__)

    async def create() -> Any:
        thing = Thing.model_validate_json(await request.get_data())
        return Response(thing.model_dump_json(), 201, mimetype=JSON)

    async def search() -> Any:
        return jsonify([])

    async def remove(thing_id: int) -> Any:
        return "", 204

    async def read(thing_id: int) -> Any:
        return jsonify({"thing_id": thing_id})

    for number in range(ROUTERS):
        for nth in range(RESOURCES):
            path, one = f"/section{number}/things{nth}", f"{number}-{nth}"
            app.add_url_rule(path, f"create-{one}", create, methods=["POST"])
            app.add_url_rule(path, f"search-{one}", search, methods=["GET"])
            path += "/<int:thing_id>"
            app.add_url_rule(path, f"remove-{one}", remove, methods=["DELETE"])
            app.add_url_rule(path, f"read-{one}", read, methods=["GET"])
    return app


def sync() -> Any:
    app = Quart(__name__)

    @app.get("/")
    def read() -> Any:
        return jsonify(MESSAGE)

    return app


def form() -> Any:
    app = Quart(__name__)

    @app.post("/")
    async def read() -> Any:
        return jsonify(dict(await request.form))

    return app


def file() -> Any:
    app, path = Quart(__name__), site() / "large.bin"

    @app.get("/")
    async def read() -> Any:
        return await send_file(path, mimetype="application/octet-stream")

    return app


def stream() -> Any:
    app = Quart(__name__)

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(CHUNKS):
            yield CHUNK

    @app.get("/")
    async def read() -> Any:
        return Response(chunks(), mimetype="application/octet-stream")

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
