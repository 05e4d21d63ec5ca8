"""JSON at its edges: big numbers, deep nesting, repeated keys, escapes, empty names."""

from typing import Any

from pydantic import BaseModel

from fastapi_lite import Body, FastAPI

app = FastAPI()


class Row(BaseModel):
    number: int | None = None
    ratio: float | None = None
    text: str | None = None


@app.post("/row")
def row(row: Row) -> Row:
    return row


@app.post("/any")
def anything(value: Any = Body()):
    return {"value": value}


def raw(path: str, content: bytes) -> dict:
    return {
        "method": "POST",
        "url": path,
        "content": content,
        "headers": {"content-type": "application/json"},
    }


REQUESTS = [
    raw("/row", b'{"number": 123456789012345678901234567890}'),
    raw("/row", b'{"number": 1e3, "ratio": 1e400}'),
    raw("/row", b'{"ratio": -0.0, "text": "\\u00e9\\ud83d\\ude00\\n"}'),
    raw("/row", b'{"number": 1, "number": 2}'),
    raw("/row", b'{"": 1, "text": ""}'),
    raw("/row", b'{"number": 01}'),
    raw("/row", b'{"number": 1,}'),
    raw("/row", b"{'number': 1}"),
    raw("/row", b'{"text": "\x01"}'),
    raw("/row", b' \n{"number": 1}\t '),
    raw("/row", b'{"number": 1} x'),
    raw("/any", b"[" * 50 + b"]" * 50),
    raw("/any", b'"\\u2028\\u0000"'),
    raw("/any", b"1.10"),
    raw("/any", b"true"),
    raw("/any", b"Infinity"),
    raw("/any", b'{"a": 1e5, "b": 1E-7, "c": 12345678.9}'),
    raw("/any", b'"\xff"'),
    raw("/any", b""),
]
