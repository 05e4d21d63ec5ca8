"""What is asked of the applications, and what they have to answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any
from urllib.parse import urlencode

from benchmarks.domain import (
    BOOKS,
    BRANCHES,
    CHANGED,
    CHUNK,
    CHUNKS,
    ECHOES,
    EVENTS,
    FILE,
    FORM,
    HELLO,
    ITEM,
    MANY_BRANCHES,
    MESSAGE,
    PAGE,
    RESOURCES,
    ROUTERS,
)
from benchmarks.exchanges import Answer, Request

JSON_BODY = ((b"content-type", b"application/json"),)
TOKEN = ((b"x-token", b"secret"),)


@dataclass(frozen=True, slots=True)
class Workload:
    """A request, and the answer to it."""

    title: str
    request: Request
    content: Any
    """What the body holds: text, bytes, or what the JSON stands for."""
    status: int = 200
    media_type: str | None = None
    """Where neither text nor JSON is answered; empty for none."""
    untyped_content: Any = None
    """What Starlette's body holds, where that is something else."""

    refused: bool = False
    """Whether it is the framework that answers, with an error of its own form."""

    def problem(self, answer: Answer, *, typed: bool, peer: bool = False) -> str | None:
        """What is wrong with an answer, if something is; a `peer` words errors as it likes."""
        wanted = self.content if typed or self.untyped_content is None else self.untyped_content
        usual = "text/plain; charset=utf-8" if isinstance(wanted, str) else "application/json"
        media_type = usual if self.media_type is None else self.media_type
        answered_type = answer.headers.get("content-type", "")
        if peer and self.refused and 400 <= answer.status < 500:
            return None
        if peer:  # whether it names the charset, and how, is its own affair
            media_type, answered_type = (
                one.partition(";")[0] for one in (media_type, answered_type)
            )
        if answer.status != self.status:
            return f"status {answer.status}, not {self.status}: {answer.body[:200]!r}"
        if answered_type != media_type:
            return f"content-type {answer.headers.get('content-type')}, not {media_type}"
        if isinstance(wanted, bytes):
            return None if answer.body == wanted else f"{len(answer.body)} other bytes"
        text = answer.body.decode()
        if peer:  # UTC has two spellings (RFC 3339, section 5.6)
            text = text.replace("+00:00", "Z")
        content = text if isinstance(wanted, str) else json.loads(text)
        return None if content == wanted else f"{content!r:.300}, not {wanted!r:.300}"


def invalid_item() -> dict[str, Any]:
    """An item with two mistakes."""
    return {**ITEM, "price": "cheap", "maker": {"name": "Lumen"}}


WORKLOADS = {
    "text": Workload("plain text", Request("/"), HELLO),
    "json": Workload("JSON", Request("/"), MESSAGE),
    "parameters": Workload(
        "six parameters",
        Request(
            "/items/7",
            query=b"q=lamp&limit=10&tag=home&tag=new",
            headers=(*TOKEN, (b"cookie", b"theme=dark; session=abc123")),
        ),
        {
            "item_id": 7,
            "q": "lamp",
            "limit": 10,
            "tag": ["home", "new"],
            "x_token": "secret",
            "session": "abc123",
        },
    ),
    "body": Workload(
        "ten-field body",
        Request("/items", "POST", headers=JSON_BODY, body=json.dumps(ITEM).encode()),
        ITEM,
        201,
    ),
    "dependencies": Workload(
        "six dependencies",
        Request("/me", headers=TOKEN),
        {"user": "user of secret", "role": "admin"},
    ),
    "overrides": Workload(
        "six dependencies, overridden",
        Request("/me", headers=TOKEN),
        {"user": "user of secret", "role": "guest"},
    ),
    "models": Workload("list of 100 models", Request("/books"), BOOKS[:100]),
    "models-1000": Workload("list of 1,000 models", Request("/books"), BOOKS),
    "invalid": Workload(
        "invalid body",
        Request("/items", "POST", headers=JSON_BODY, body=json.dumps(invalid_item()).encode()),
        {
            "detail": [
                {
                    "type": "float_parsing",
                    "loc": ["body", "price"],
                    "msg": "Input should be a valid number, unable to parse string as a number",
                    "input": "cheap",
                },
                {
                    "type": "missing",
                    "loc": ["body", "maker", "country"],
                    "msg": "Field required",
                    "input": {"name": "Lumen"},
                },
            ]
        },
        422,
        refused=True,
    ),
    "first-route": Workload(
        "1,000 routes, the first", Request("/section0/things0/7"), {"thing_id": 7}
    ),
    "last-route": Workload(
        "1,000 routes, the last",
        Request(f"/section{ROUTERS - 1}/things{RESOURCES - 1}/7"),
        {"thing_id": 7},
    ),
    "no-route": Workload(
        "1,000 routes, none",
        Request("/section7/nothing/7"),
        {"detail": "Not Found"},
        404,
        untyped_content="Not Found",
        refused=True,
    ),
    "deep-first-route": Workload(
        "1,000 routes 4 deep, the first", Request("/a0/b0/c0/things0/7"), {"thing_id": 7}
    ),
    "deep-last-route": Workload(
        "1,000 routes 4 deep, the last",
        Request("/a{}/b{}/c{}/things{}/7".format(*(count - 1 for count in BRANCHES))),
        {"thing_id": 7},
    ),
    "deep-no-route": Workload(
        "1,000 routes 4 deep, none",
        Request("/a3/b2/c1/nothing/7"),
        {"detail": "Not Found"},
        404,
        refused=True,
    ),
    "few-first-route": Workload("10 routes, the first", Request("/things0/7"), {"thing_id": 7}),
    "many-last-route": Workload(
        "5,000 routes 4 deep, the last",
        Request("/a{}/b{}/c{}/things{}/7".format(*(count - 1 for count in MANY_BRANCHES))),
        {"thing_id": 7},
    ),
    "sync": Workload("a sync endpoint", Request("/"), MESSAGE),
    "sync-dependencies": Workload(
        "three sync dependencies",
        Request("/me", headers=TOKEN),
        {"user": "user of secret", "role": "admin"},
    ),
    "error-handler": Workload(
        "a handled exception", Request("/items/lamp"), {"out_of_stock": "lamp"}, 409
    ),
    "head": Workload("HEAD", Request("/", "HEAD"), ""),
    "events": Workload(
        "100 server-sent events",
        Request("/"),
        "".join(f'data: {{"name":"lamp","size":{size}}}\n\n' for size in range(EVENTS)),
        media_type="text/event-stream; charset=utf-8",
    ),
    "form": Workload(
        "urlencoded form",
        Request(
            "/",
            "POST",
            headers=((b"content-type", b"application/x-www-form-urlencoded"),),
            body=urlencode(FORM).encode(),
        ),
        FORM,
    ),
    "upload": Workload(
        "1 MiB upload",
        Request(
            "/",
            "POST",
            headers=((b"content-type", b"multipart/form-data; boundary=limit"),),
            body=b'--limit\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n%b\r\n--limit--\r\n" % FILE,
        ),
        {"name": "large.bin", "size": len(FILE)},
    ),
    "file": Workload("1 MiB file", Request("/"), FILE, media_type="application/octet-stream"),
    "static": Workload(
        "static file",
        Request("/static/page.html"),
        PAGE,
        media_type="text/html; charset=utf-8",
    ),
    "not-modified": Workload(
        "static file, 304",
        Request(
            "/static/page.html",
            headers=((b"if-modified-since", formatdate(CHANGED, usegmt=True).encode()),),
        ),
        b"",
        304,
        media_type="",
    ),
    "stream": Workload(
        "stream of 1,000 chunks",
        Request("/"),
        CHUNK * CHUNKS,
        media_type="application/octet-stream",
    ),
    "middlewares": Workload("five middlewares", Request("/"), HELLO),
    "websocket": Workload(
        "WebSocket, 100 echoes",
        Request("/", texts=tuple(map(str, range(ECHOES)))),
        "".join(map(str, range(ECHOES))).encode(),
        101,
        media_type="",
    ),
}
