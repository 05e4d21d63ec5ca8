"""The applications on aiohttp, which has a server of its own, with what is validated by pydantic."""

import asyncio
from collections.abc import Callable
from functools import partial
from socket import socket
from typing import Any

import uvloop
from aiohttp import web
from pydantic import TypeAdapter, ValidationError

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
    site,
)


def app_of(method: str, path: str, handler: Any) -> web.Application:
    app = web.Application()
    app.router.add_route(method, path, handler)
    return app


def text() -> Any:
    async def read(request: web.Request) -> web.Response:
        return web.Response(text=HELLO)

    return app_of("GET", "/", read)


def json() -> Any:
    async def read(request: web.Request) -> web.Response:
        return web.json_response(MESSAGE)

    return app_of("GET", "/", read)


def parameters() -> Any:
    async def read(request: web.Request) -> web.Response:
        item_id, limit = int(request.match_info["item_id"]), int(request.query.get("limit", "20"))
        if item_id < 1 or not 1 <= limit <= 100:
            raise web.HTTPUnprocessableEntity
        return web.json_response(
            {
                "item_id": item_id,
                "q": request.query["q"],
                "limit": limit,
                "tag": request.query.getall("tag"),
                "x_token": request.headers["X-Token"],
                "session": request.cookies["session"],
            }
        )

    return app_of("GET", r"/items/{item_id:\d+}", read)


def body() -> Any:
    async def create(request: web.Request) -> web.Response:
        try:
            item = Item.model_validate_json(await request.read())
        except ValidationError as error:
            return web.json_response(text=error.json(include_url=False), status=422)
        return web.json_response(text=item.model_dump_json(), status=201)

    return app_of("POST", "/items", create)


def dependencies() -> Any:
    async def read(request: web.Request) -> web.Response:
        settings = Settings()
        connection = Connection(settings)
        try:
            user = await Repository(connection).user(request.headers["X-Token"])
            return web.json_response({"user": user, "role": settings.role})
        finally:
            connection.close()

    return app_of("GET", "/me", read)


def models(count: int) -> Any:
    books = [Book(**book) for book in BOOKS[:count]]
    dump = TypeAdapter(list[Book]).dump_json

    async def read(request: web.Request) -> web.Response:
        return web.Response(body=dump(books), content_type="application/json")

    return app_of("GET", "/books", read)


def routes() -> Any:
    async def read(request: web.Request) -> web.Response:
        return web.json_response({"thing_id": int(request.match_info.get("thing_id", "0"))})

    app = web.Application()
    for number in range(ROUTERS):
        for nth in range(RESOURCES):
            path = f"/section{number}/things{nth}"
            for method, rest in (
                ("POST", ""),
                ("GET", ""),
                ("DELETE", r"/{thing_id:\d+}"),
                ("GET", r"/{thing_id:\d+}"),
            ):
                app.router.add_route(method, path + rest, read)
    return app


def sync() -> Any:
    async def read(request: web.Request) -> web.Response:
        return web.json_response(await asyncio.to_thread(lambda: MESSAGE))

    return app_of("GET", "/", read)


def form() -> Any:
    async def read(request: web.Request) -> web.Response:
        return web.json_response(dict(await request.post()))

    return app_of("POST", "/", read)


def file() -> Any:
    path = site() / "large.bin"

    async def read(request: web.Request) -> web.FileResponse:
        return web.FileResponse(path, headers={"Content-Type": "application/octet-stream"})

    return app_of("GET", "/", read)


def stream() -> Any:
    async def read(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
        await response.prepare(request)
        for _ in range(CHUNKS):
            await response.write(CHUNK)
        return response

    return app_of("GET", "/", read)


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


def serve(app: web.Application, listening: socket) -> None:
    """Serve `app` on the socket until the process is terminated."""
    web.run_app(app, sock=listening, access_log=None, print=None, loop=uvloop.new_event_loop())
