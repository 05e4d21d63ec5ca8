"""What is asked of the examples of the documentation."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any
from unittest.mock import patch
from uuid import UUID

from tests.docs.answers import ANSWERS

Request = dict[str, Any]

KEY = {"X-API-Key": "demo"}
ADA = {"Authorization": "Basic YWRhOmVuZ2luZQ=="}  # ada:engine
READER = {"Authorization": "Basic YWRhOmxvdmVsYWNl"}  # ada:lovelace
STRANGER = {"Authorization": "Basic YWRhOndyb25n"}  # ada:wrong
GARBAGE = {"Authorization": "Basic @@@"}
TOKEN = {"Authorization": "Bearer the-token"}
WANTS_HTML = {"Accept": "text/html"}


def get(url: str | bytes, **more: Any) -> Request:
    """A GET request."""
    return {"url": url, **more}


def post(url: str, json: Any = None, **more: Any) -> Request:
    """A POST request, with JSON if nothing else is given."""
    content = {} if {"content", "data", "files"} & more.keys() else {"json": json}
    return {"method": "POST", "url": url, **content, **more}


def order(*lines: tuple[int, int], **more: Any) -> Request:
    """An order of `(book, quantity)` in each line."""
    books = [{"book_id": book, "quantity": quantity} for book, quantity in lines]
    return post("/orders", {"customer": "Ada", "lines": books}, headers=KEY, **more)


BOOK = {
    "title": "Fledgling",
    "author_id": 2,
    "year": 2005,
    "genre": "science fiction",
    "price": "12.50",
    "cost": "7.00",
    "stock": 3,
}

EXAMPLES: dict[str, list[Request]] = {
    "docs_src.authentication.basic": [
        get("/", headers=headers) for headers in ({}, ADA, STRANGER, GARBAGE, TOKEN)
    ]
    + [get("/secret"), get("/secret", headers=ADA)],
    "docs_src.background.orders": [post("/orders")],
    "docs_src.bookshop.main": [
        get("/"),
        get("/books"),
        get("/books?q=austen&sort=newest&limit=2"),
        get("/books?genre=opera&limit=101&offset=-1&q=x&titel=Emma"),
        get("/books?max_price=1.234"),
        get("/books/1", cookies={"viewed": "3.2.1"}),
        get("/books/viewed", cookies={"viewed": "3.2.1"}),
        get("/books/viewed", cookies={"viewed": "3,2"}),
        get("/books/9999"),
        get("/books/0"),
        get("/books/" + "9" * 30),
        post("/books", BOOK),
        post("/books", BOOK, headers={"X-API-Key": "wrong"}),
        post("/books", BOOK, headers=KEY),
        post("/books", BOOK, headers=KEY),
        post("/books", {**BOOK, "author_id": 9999}, headers=KEY),
        post("/books", {"title": "", "price": "free", "colour": "red"}, headers=KEY),
        {"method": "PATCH", "url": "/books/1", "json": {"stock": 2}, "headers": KEY},
        {"method": "PATCH", "url": "/books/1", "json": {"stock": -2}, "headers": KEY},
        get("/authors?name=su&living=true"),
        get("/authors/1"),
        get("/authors/1/books?genre=fantasy"),
        get("/authors/9999/books"),
        post("/authors", {"name": "Octavia", "born": 1947}, headers=KEY),
        post("/authors", {"name": "Octavia", "born": 1947}, headers=KEY),
        get("/orders"),
        order((1, 1), (2, 1)),
        order((1, 1), (1, 1)),
        order((1, 50)),
        order((9999, 1)),
        order(),
        get("/orders?status=placed", headers=KEY),
        get("/orders/1", headers=KEY),
        get("/orders/77", headers=KEY),
        {"method": "DELETE", "url": "/books/2", "headers": KEY},
        {"method": "DELETE", "url": "/orders/1", "headers": KEY},
        {"method": "DELETE", "url": "/orders/1", "headers": KEY},
        {"method": "DELETE", "url": "/books/3", "headers": KEY},
    ],
    "docs_src.class_endpoints.shelf": [
        get("/books"),
        post("/books", "Dracula"),
        {"method": "PUT", "url": "/books"},
        get("/schema"),
        {"websocket": "/echo", "send": ['{"a": 1}', '"b"']},
    ],
    "docs_src.configuration.settings": [get("/settings")],
    "docs_src.documentation_pages.settings": [get("/books"), get("/redoc")],
    "docs_src.errors.handlers": [
        *[post(f"/orders/{title}") for title in ("emma", "ulysses", "dracula")],
        get("/report"),
    ],
    "docs_src.events.sales": [
        get("/sales"),
        get("/sales", headers={"Last-Event-ID": "1"}),
        get("/sales", headers={"Last-Event-ID": "x"}),
    ],
    "docs_src.forms.upload": [
        post(
            "/pictures", files={"picture": ("a.png", b"\x89PNG", "image/png")}, data={"title": "A"}
        ),
        post("/pictures", data={"title": "A"}),
        post("/pictures", files=[("picture", (f"{n}.png", b"x", "image/png")) for n in range(3)]),
    ],
    "docs_src.frontends.protected": [
        get("/admin/", headers=WANTS_HTML),
        get("/admin/", headers=WANTS_HTML, cookies={"staff": "yes"}),
        get("/admin/books/3", headers=WANTS_HTML, cookies={"staff": "yes"}),
        get("/admin/assets/nothing.js", cookies={"staff": "yes"}),
    ],
    "docs_src.frontends.shop": [
        get("/api/books"),
        get("/", headers=WANTS_HTML),
        get("/books/3", headers=WANTS_HTML),
        get("/nothing.js"),
        get("/assets/../../shop.py"),
    ],
    "docs_src.middleware.own": [get("/"), get("/nowhere")],
    "docs_src.middleware.provided": [
        get("/books", headers={"Host": "api.example.com"}),
        get("/books", headers={"Host": "other.example.com"}),
        get(
            "/books",
            headers={
                "Host": "api.example.com",
                "Origin": "https://shop.example.com",
                "Accept-Encoding": "gzip",
            },
        ),
        {
            "method": "OPTIONS",
            "url": "/books",
            "headers": {
                "Host": "api.example.com",
                "Origin": "https://shop.example.com",
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "X-API-Key",
            },
        },
    ],
    "docs_src.middleware.timing": [get("/"), get("/nowhere")],
    "docs_src.middleware.visits": [
        get("/", jar=True, scheme="https"),
        get("/", jar=True, scheme="https"),
        {"method": "DELETE", "url": "/", "jar": True, "scheme": "https"},
        get("/", cookies={"session": "forged"}),
    ],
    "docs_src.openapi.callbacks": [
        post("/orders", {"isbn": "1", "notify": "https://a.example/x"}),
        post("/orders", {"isbn": "1", "notify": "nowhere"}),
    ],
    "docs_src.openapi.extend": [get("/books"), get("/openapi.json")],
    "docs_src.openapi.metadata": [get("/books"), get("/openapi.json")],
    "docs_src.openapi.operation": [
        {"method": "PUT", "url": "/books/1", "json": {"title": "Ode"}},
        {"method": "PUT", "url": "/books/1", "json": {"title": "Ode", "pages": 2000}},
        {"method": "PUT", "url": "/books/1", "json": {"pages": "many"}},
        get("/shelves"),
    ],
    "docs_src.parameters.shop": [
        get("/items?text=a&tags=b&tags=c&order=price&limit=3"),
        get("/items?order=colour&limit=0"),
        get("/items/3", headers={"Accept-Language": "de"}, cookies={"theme": "dark"}),
        get("/items/0"),
        post("/items", {"name": "a", "price": "1.10"}),
        post("/items", {"name": "", "price": 0}),
        {
            "method": "PUT",
            "url": "/items/1",
            "json": {"item": {"name": "a", "price": 1}, "reason": "r"},
        },
        {"method": "PUT", "url": "/items/1", "json": {"name": "a", "price": 1}},
        post("/login", data={"user": "ada", "password": "x", "remember": "on"}),
        post("/login", data={"user": "ada"}),
        post("/pictures", data={"title": "t"}, files={"pictures": ("a", b"abc")}),
        post("/pictures", data={"title": "t", "pictures": "text"}),
    ],
    "docs_src.requests.look": [
        get("/items/3?tag=a&tag=b", headers={"Accept-Language": "de"}, cookies={"theme": "dark"}),
        get("/items/x"),
    ],
    "docs_src.requests.stream": [post("/digest", chunks=[b"a", b"b", b""]), get("/digest")],
    "docs_src.requests.state": [get("/")],
    "docs_src.responses.custom": [get("/books")],
    "docs_src.responses.kinds": [
        *map(get, ("/", "/start", "/login", "/sales.csv", "/source", "/cover")),
        get("/source", headers={"Range": "bytes=0-9"}),
        get("/source", headers={"Range": "bytes=99999-"}),
    ],
    "docs_src.routing.dates": [get("/weekday/2026-02-28"), get("/weekday/2026-02-31")],
    "docs_src.routing.library": [
        *map(get, ("/books/", "/books", "/books/newest", "/books/17", "/books/x", "/pages/a/b")),
        {"method": "DELETE", "url": "/books/17"},
        {"websocket": "/news/top"},
        {"websocket": "/news"},
    ],
    "docs_src.security.api_key": [
        get("/loans"),
        get("/loans", headers={"X-API-Key": "correct-horse"}),
        get("/loans", headers={"X-API-Key": "lame"}),
    ],
    "docs_src.security.basic": [
        get("/me", headers=headers) for headers in ({}, READER, STRANGER, GARBAGE, TOKEN)
    ],
    "docs_src.security.oauth2": [
        post("/token", data={"username": "ada", "password": "lovelace", "grant_type": "password"}),
        get("/me", headers=TOKEN),
        get("/loans", headers=TOKEN),
        post("/token", data={"username": "ada", "password": "lovelace", "scope": "loans admin"}),
        get("/loans", headers=TOKEN),
        get("/me", headers={"Authorization": "Bearer other"}),
        get("/me"),
        post("/token", data={"username": "ada", "password": "wrong"}),
        post("/token", data={"username": "ada", "grant_type": "code"}),
    ],
    "docs_src.security.optional": [get("/"), get("/", headers=TOKEN), get("/", headers=ADA)],
    "docs_src.security.own_answer": [get("/"), get("/", headers=KEY)],
    "docs_src.settings.main": [get("/about")],
    "docs_src.static_files.cached": [get("/static/style.css"), get("/static/nothing")],
    "docs_src.static_files.pages": [
        get("/api/books"),
        get("/"),
        get("/index.html", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        get("/nothing"),
        get("/style.css", headers={"Range": "bytes=0-4"}),
        {"method": "POST", "url": "/style.css"},
    ],
    "docs_src.static_files.serve": [get("/static/style.css"), get("/static"), get("/static/")],
    "docs_src.telemetry.shop": [get("/customers/3"), get("/customers/x"), get("/health")],
    "docs_src.templates.books": [get("/"), get("/books/1"), get("/books/3"), get("/books/x")],
    "docs_src.templates.visitors": [get("/"), get("/", cookies={"name": "<b>Ada</b>"})],
    "docs_src.testing.notes": [
        get("/notes"),
        post("/notes", {"text": "bread"}),
        post("/notes", {"text": ""}),
        {"websocket": "/echo", "send": ["hello", "you"]},
    ],
    "docs_src.websockets.chat": [{"websocket": "/chat/ada", "send": ["hello", {"code": 1001}]}],
    "docs_src.websockets.orders": [
        {"websocket": "/orders"},
        {"websocket": "/orders?token=wrong"},
        {"websocket": "/orders?token=wrong", "denials": False},
        {"websocket": "/orders?token=secret"},
        {
            "websocket": "/orders?token=secret",
            "subprotocols": ["orders.v1"],
            "send": ['{"item": "tea"}'],
        },
        {"websocket": "/orders?token=secret", "subprotocols": ["orders.v1"], "send": ["tea"]},
    ],
}
EXAMPLES |= {
    f"docs_src.{example}": [request for module, request, *_ in ANSWERS if module == example]
    for example, *_ in ANSWERS
}
EXAMPLES |= {
    "docs_src.dependencies.sessions": [
        get(path) for path in ("/items/a", "/items/none", "/early", "/log")
    ],
    "docs_src.custom_routes.named": [get("/named/1"), get("/named/x"), get("/plain")],
    "docs_src.streaming.lines": [get("/readings?count=2"), get("/table")],
    "docs_src.cors.main": [
        get("/", headers={"Origin": origin})
        for origin in ("https://shop.example", "https://shop.example:8443")
    ],
    "docs_src.proxy.main": [get("/where"), get("/where", root_path="/api")],
    "docs_src.test_overrides.weather": [get("/weather")],
}

NOT_COMPARED = {
    "docs_src.lifespan.models": "`Request | None` and `Request[State]` are given the request",
    "docs_src.documentation_pages.own_page": "`packaged_asset()`",
    "docs_src.responses.trailers": "`StreamingResponse(trailers=)`",
    "docs_src.routing.tenants": "`mount_lifespans=`",
}
"""Examples of what the peers do not have, with words of the bullet that says so."""

STATEFUL = {"docs_src.dependencies.nested", "docs_src.dependencies.sessions"}
"""What says how often it was asked."""

ENDLESS = {"docs_src.testing.notes": {"/numbers"}}
"""What says something for as long as somebody listens."""

SHARED = {"docs_src.database.heroes"}
"""What can be imported once only, since it keeps something outside."""

ENVIRONMENT = {
    "docs_src.bookshop.main": {"BOOKSHOP_DATABASE": "{directory}/books", "BOOKSHOP_KEY": "demo"},
    "docs_src.settings.main": {"SHOP_TOKEN": "secret"},
}
"""The variables that examples read; `{directory}` is empty, and theirs alone."""

REPLACED: dict[str, dict[str, Any]] = {
    "docs_src.bookshop.main": {"docs_src.bookshop.routers.orders.now": lambda: "2026-01-01"},
    "docs_src.middleware.own": {"docs_src.middleware.own.uuid4": lambda: UUID(int=1)},
    "docs_src.security.oauth2": {"secrets.token_urlsafe": lambda: "the-token"},
}
"""What stands for functions that chance or time have their part in."""

ENDED: dict[str, Callable[[ModuleType], None]] = {
    "docs_src.telemetry.shop": lambda module: module.tracers.shutdown(),
}
"""How an example gives back what it would keep until the process ends."""


@contextmanager
def staged(name: str) -> Iterator[ModuleType]:
    """An application's module, made for this occasion, where it finds what it needs."""
    with (
        tempfile.TemporaryDirectory() as directory,
        patch.dict(
            os.environ,
            {
                variable: value.format(directory=directory)
                for variable, value in ENVIRONMENT.get(name, {}).items()
            },
        ),
        fresh(name) as module,
        ExitStack() as replaced,
    ):
        for target, replacement in REPLACED.get(name, {}).items():
            replaced.enter_context(patch(target, replacement))
        yield module
        if name in ENDED:
            ENDED[name](module)


@contextmanager
def fresh(name: str) -> Iterator[ModuleType]:
    """A module that is imported anew; afterwards the one that was there is there again."""
    if name in SHARED:
        yield import_module(name)
        return
    before = sys.modules.pop(name, None)
    try:
        yield import_module(name)
    finally:
        sys.modules.pop(name, None)
        if before is not None:
            package, _, leaf = name.rpartition(".")
            sys.modules[name] = before
            setattr(sys.modules[package], leaf, before)
