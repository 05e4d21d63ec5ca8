"""The applications on Falcon: resources, with pydantic's models in their responders."""

from collections.abc import Callable
from functools import partial
from typing import Any

import falcon.asgi
from pydantic import TypeAdapter, ValidationError

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

BOOK_LIST = TypeAdapter(list[Book])


def applications(package: str) -> dict[str, Callable[[], Any]]:
    """What makes the application of each workload."""
    return {
        "text": partial(serving, "/", Text),
        "json": partial(serving, "/", Json),
        "parameters": partial(serving, "/items/{item_id:int(min=1)}", Parameters),
        "body": partial(serving, "/items", Items),
        "dependencies": partial(serving, "/me", partial(Me, Settings)),
        "models": partial(serving, "/books", partial(Books, 100)),
        "models-1000": partial(serving, "/books", partial(Books, 1_000)),
        "invalid": partial(serving, "/items", Items),
        "first-route": routes,
        "last-route": routes,
        "no-route": routes,
        "sync": partial(serving, "/", Sync),
        "form": partial(serving, "/", Form),
        "error-handler": error_handler,
        "head": partial(serving, "/", Text),
    }


def serving(path: str, resource: Callable[[], Any]) -> Any:
    app = falcon.asgi.App()
    app.add_route(path, resource())
    return app


class Text:
    async def on_get(self, request: Any, response: Any) -> None:
        response.content_type = falcon.MEDIA_TEXT
        response.text = HELLO

    on_head = on_get


class Json:
    async def on_get(self, request: Any, response: Any) -> None:
        response.media = MESSAGE


class Parameters:
    async def on_get(self, request: Any, response: Any, item_id: int) -> None:
        response.media = {
            "item_id": item_id,
            "q": request.get_param("q", required=True),
            "limit": request.get_param_as_int("limit", default=20, min_value=1, max_value=100),
            "tag": request.get_param_as_list("tag", required=True),
            "x_token": request.get_header("X-Token", required=True),
            "session": request.cookies["session"],
        }


class Items:
    async def on_post(self, request: Any, response: Any) -> None:
        try:
            item = Item.model_validate_json(await request.stream.read())
        except ValidationError as error:
            raise falcon.HTTPUnprocessableEntity(description=error.json()) from error
        response.status = falcon.HTTP_201
        response.text = item.model_dump_json()


class Me:
    """What is made per request is made in the responder; the rest is given to the resource."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self.settings = settings

    async def on_get(self, request: Any, response: Any) -> None:
        settings = self.settings()
        connection = Connection(settings)
        try:
            token = request.get_header("X-Token", required=True)
            user = await Repository(connection).user(token)
            response.media = {"user": user, "role": settings.role}
        finally:
            connection.close()


class Books:
    def __init__(self, count: int) -> None:
        self.books = [Book(**book) for book in BOOKS[:count]]

    async def on_get(self, request: Any, response: Any) -> None:
        response.data = BOOK_LIST.dump_json(self.books)


class Things:
    async def on_post(self, request: Any, response: Any) -> None:
        thing = Thing.model_validate_json(await request.stream.read())
        response.status = falcon.HTTP_201
        response.text = thing.model_dump_json()

    async def on_get(self, request: Any, response: Any) -> None:
        response.media = []

    async def on_delete_one(self, request: Any, response: Any, thing_id: int) -> None:
        response.status = falcon.HTTP_204

    async def on_get_one(self, request: Any, response: Any, thing_id: int) -> None:
        response.media = {"thing_id": thing_id}


def routes() -> Any:
    app = falcon.asgi.App()
    for number in range(ROUTERS):
        for resource in range(RESOURCES):
            path, things = f"/section{number}/things{resource}", Things()
            app.add_route(path, things)
            app.add_route(path + "/{thing_id:int}", things, suffix="one")
    return app


class Sync:
    async def on_get(self, request: Any, response: Any) -> None:
        response.media = await falcon.sync_to_async(lambda: MESSAGE)


class Form:
    async def on_post(self, request: Any, response: Any) -> None:
        response.media = await request.get_media()


class Shop:
    async def on_get(self, request: Any, response: Any, name: str) -> None:
        raise OutOfStock(name)


def error_handler() -> Any:
    async def refuse(request: Any, response: Any, error: OutOfStock, parameters: Any) -> None:
        response.status = falcon.HTTP_409
        response.media = {"out_of_stock": error.name}

    app = serving("/items/{name}", Shop)
    app.add_error_handler(OutOfStock, refuse)
    return app
