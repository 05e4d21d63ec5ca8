"""The same endpoints by hand, on ASGI and pydantic's core: what a framework can come near to.

As an expert would write them for speed: a dictionary of paths, one validation of all that a
request carries, JSON from pydantic's serialiser, and the status and headers that belong to it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from itertools import product
from typing import Annotated, Any, NotRequired
from urllib.parse import parse_qsl

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import to_json
from typing_extensions import TypedDict

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

Handler = Callable[[Any, Any, Any], Awaitable[None]]
JSON = (b"content-type", b"application/json")
TEXT = (b"content-type", b"text/plain; charset=utf-8")


async def answer(
    send: Any, body: bytes, status: int = 200, content_type: tuple[bytes, bytes] = JSON
) -> None:
    length = (b"content-length", b"%d" % len(body))
    headers = [length, content_type]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def answer_errors(send: Any, error: ValidationError, *outer: str) -> None:
    detail = [
        {**one, "loc": [*outer, *one["loc"]]}
        for one in error.errors(include_url=False, include_context=True)
    ]
    await answer(send, to_json({"detail": detail}), 422)


async def read_body(receive: Any) -> bytes:
    message = await receive()
    if not message.get("more_body"):
        whole: bytes = message["body"]
        return whole
    parts = [message["body"]]
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
    return b"".join(parts)


Handlers = dict[tuple[str, str], Handler]
"""By method and path."""


def serve(exact: Handlers, below: Handlers | None = None) -> Handler:
    """An application; `below` is for paths that end in a parameter, which the handler reads."""
    endings = below or {}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        method, path = scope["method"], scope["path"]
        handler = exact.get((method, path)) or endings.get((method, path.rpartition("/")[0]))
        if handler is None:
            await answer(send, b'{"detail":"Not Found"}', 404)
        else:
            await handler(scope, receive, send)

    return app


def text() -> Handler:
    async def read(scope: Any, receive: Any, send: Any) -> None:
        await answer(send, HELLO.encode(), content_type=TEXT)

    return serve({("GET", "/"): read})


def json() -> Handler:
    async def read(scope: Any, receive: Any, send: Any) -> None:
        await answer(send, to_json(MESSAGE))

    return serve({("GET", "/"): read})


def parameters() -> Handler:
    class InPath(TypedDict):
        item_id: Annotated[int, Field(ge=1)]

    class InQuery(TypedDict):
        q: str
        limit: NotRequired[Annotated[int, Field(ge=1, le=100)]]
        tag: list[str]

    Header = TypedDict("Header", {"x-token": str})

    class InCookie(TypedDict):
        session: str

    Parameters = TypedDict(  # noqa: UP013 - written as its keys are
        "Parameters", {"path": InPath, "query": InQuery, "header": Header, "cookie": InCookie}
    )
    validate = TypeAdapter(Parameters).validator.validate_python

    async def read(scope: Any, receive: Any, send: Any) -> None:
        query = read_query(scope["query_string"].decode("latin-1"))
        header: dict[str, str] = {}
        cookie: dict[str, str] = {}
        for name, value in scope["headers"]:
            if name == b"x-token":
                header["x-token"] = value.decode("latin-1")
            elif name == b"cookie":
                for part in value.decode("latin-1").split("; "):
                    key, _, text = part.partition("=")
                    cookie[key] = text
        item_id = scope["path"].rpartition("/")[2]
        try:
            valid = validate(
                {"path": {"item_id": item_id}, "query": query, "header": header, "cookie": cookie}
            )
        except ValidationError as error:
            await answer_errors(send, error)
            return
        given = valid["query"]
        result = {
            "item_id": valid["path"]["item_id"],
            "q": given["q"],
            "limit": given.get("limit", 20),
            "tag": given["tag"],
            "x_token": valid["header"]["x-token"],
            "session": valid["cookie"]["session"],
        }
        await answer(send, to_json(result))

    return serve({}, {("GET", "/items"): read})


def read_query(text: str) -> dict[str, Any]:
    if "%" in text or "+" in text:
        pairs = parse_qsl(text, keep_blank_values=True)
    else:
        pairs = [(name, value) for name, _, value in (p.partition("=") for p in text.split("&"))]
    query: dict[str, Any] = {}
    tags: list[str] = []
    for name, value in pairs:
        if name == "tag":
            tags.append(value)
        else:
            query[name] = value
    if tags:
        query["tag"] = tags
    return query


def body() -> Handler:
    item = TypeAdapter(Item)
    validate, dump = item.validator.validate_json, item.serializer.to_json

    async def create(scope: Any, receive: Any, send: Any) -> None:
        try:
            valid = validate(await read_body(receive))
        except ValidationError as error:
            await answer_errors(send, error, "body")
            return
        await answer(send, dump(valid), 201)

    return serve({("POST", "/items"): create})


def token_of(headers: Any) -> str:
    for name, value in headers:
        if name == b"x-token":
            given: str = value.decode("latin-1")
            return given
    raise KeyError("x-token")


async def answer_no_token(send: Any) -> None:
    error = {"type": "missing", "loc": ["header", "x-token"], "msg": "Field required"}
    await answer(send, to_json({"detail": [{**error, "input": None}]}), 422)


async def role_in(user: str, settings: Settings) -> str:
    return settings.role


async def guest(user: str, settings: Settings) -> str:
    return "guest"


def dependencies(role: Callable[[str, Settings], Awaitable[str]] = role_in) -> Handler:
    async def settings() -> Settings:
        return Settings()

    async def token(headers: Any) -> str:
        return token_of(headers)

    async def read(scope: Any, receive: Any, send: Any) -> None:
        chosen = await settings()
        connection = Connection(chosen)
        try:
            repository = Repository(connection)
            user = await repository.user(await token(scope["headers"]))
            await answer(send, to_json({"user": user, "role": await role(user, chosen)}))
        except KeyError:
            await answer_no_token(send)
        finally:
            connection.close()

    return serve({("GET", "/me"): read})


def models(count: int) -> Handler:
    books = [Book(**book) for book in BOOKS[:count]]
    dump = TypeAdapter(list[Book]).serializer.to_json

    async def read(scope: Any, receive: Any, send: Any) -> None:
        await answer(send, dump(books))

    return serve({("GET", "/books"): read})


def sync() -> Handler:
    def read() -> Any:
        return MESSAGE

    async def serve_read(scope: Any, receive: Any, send: Any) -> None:
        await answer(send, to_json(await asyncio.to_thread(read)))

    return serve({("GET", "/"): serve_read})


def sync_dependencies() -> Handler:
    def read(headers: Any) -> dict[str, str]:
        settings = Settings()
        return {"user": f"user of {token_of(headers)}", "role": settings.role}

    async def serve_read(scope: Any, receive: Any, send: Any) -> None:
        try:
            result = await asyncio.to_thread(read, scope["headers"])
        except KeyError:
            await answer_no_token(send)
            return
        await answer(send, to_json(result))

    return serve({("GET", "/me"): serve_read})


def form() -> Handler:
    class Fields(TypedDict):
        name: str
        price: Annotated[str, Field(pattern=PRICE)]
        colours: str
        note: Annotated[str, Field(max_length=100)]

    validate = TypeAdapter(Fields).validator.validate_python

    async def read(scope: Any, receive: Any, send: Any) -> None:
        sent = (await read_body(receive)).decode()
        try:
            valid = validate(dict(parse_qsl(sent, keep_blank_values=True)))
        except ValidationError as error:
            await answer_errors(send, error, "body")
            return
        await answer(send, to_json(valid))

    return serve({("POST", "/"): read})


def error_handler() -> Handler:
    async def read(scope: Any, receive: Any, send: Any) -> None:
        try:
            raise OutOfStock(scope["path"].rpartition("/")[2])
        except OutOfStock as error:
            await answer(send, to_json({"out_of_stock": error.name}), 409)

    return serve({}, {("GET", "/items"): read})


def head() -> Handler:
    length = (b"content-length", b"%d" % len(HELLO))

    async def read(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [length, TEXT]})
        await send({"type": "http.response.body", "body": b""})

    return serve({("HEAD", "/"): read})


def events() -> Handler:
    dump = TypeAdapter(Thing).serializer.to_json
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-cache"),
        (b"x-accel-buffering", b"no"),
    ]

    async def read(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for size in range(EVENTS):
            event = b"data: %b\n\n" % dump(Thing(name="lamp", size=size))
            await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    return serve({("GET", "/"): read})


def routes() -> Handler:
    places = product(range(ROUTERS), range(RESOURCES))
    return things(f"/section{section}/things{resource}" for section, resource in places)


def few_routes() -> Handler:
    return things(f"/things{number}" for number in range(FEW))


def deep_routes(branches: tuple[int, ...]) -> Handler:
    return things(
        "/a{}/b{}/c{}/things{}".format(*place) for place in product(*map(range, branches))
    )


def things(below: Iterable[str]) -> Handler:
    paths = list(below)

    async def read(scope: Any, receive: Any, send: Any) -> None:
        thing_id = scope["path"].rpartition("/")[2]
        if not thing_id.isdecimal():
            error = {"type": "int_parsing", "loc": ["path", "thing_id"], "input": thing_id}
            await answer(send, to_json({"detail": [error]}), 422)
            return
        await answer(send, to_json({"thing_id": int(thing_id)}))

    return serve(
        {(method, path): read for path in paths for method in ("POST", "GET")},
        {(method, path): read for path in paths for method in ("DELETE", "GET")},
    )


def applications(package: str = "") -> dict[str, Callable[[], Handler]]:
    """What makes the application of each workload."""
    return {
        "text": text,
        "json": json,
        "parameters": parameters,
        "body": body,
        "dependencies": dependencies,
        "overrides": partial(dependencies, guest),
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
