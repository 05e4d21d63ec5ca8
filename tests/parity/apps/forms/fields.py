"""Form fields: scalars, lists, defaults, empty texts, odd encodings."""

from typing import Annotated

from pydantic import AliasChoices

from fastapi_lite import FastAPI, Form

app = FastAPI()


@app.post("/login")
def login(
    username: Annotated[str, Form(min_length=2)], password: Annotated[str, Form(alias="pass-word")]
):
    return {"username": username, "password": password}


@app.post("/lists")
def lists(
    tags: Annotated[list[str], Form()],
    numbers: Annotated[list[int], Form()] = [],
    flag: Annotated[bool, Form()] = False,
    maybe: Annotated[int | None, Form()] = None,
    text: Annotated[str | None, Form()] = None,
    pair: Annotated[tuple[int, int], Form()] = (0, 0),
    unique: Annotated[set[str], Form()] = set(),
):
    return [tags, numbers, flag, maybe, text, pair, sorted(unique)]


@app.post("/alias")
def alias(
    a: Annotated[int, Form(validation_alias=AliasChoices("a1", "a2"))] = 0,
    b: Annotated[int, Form()] = 0,
):
    return [a, b]


URLENCODED = {"content-type": "application/x-www-form-urlencoded"}
REQUESTS = [
    {"method": "POST", "url": "/login", "data": {"username": "ab", "pass-word": "c"}},
    {"method": "POST", "url": "/login", "data": {"username": "a", "password": "c"}},
    {"method": "POST", "url": "/login"},
    {"method": "POST", "url": "/login", "json": {"username": "ab", "pass-word": "c"}},
    {
        "method": "POST",
        "url": "/login",
        "content": b"username=%C3%A9%2B+x&pass-word=",
        "headers": URLENCODED,
    },
    {
        "method": "POST",
        "url": "/login",
        "content": b"username=ab&pass-word=a=b&pass-word=c",
        "headers": URLENCODED,
    },
    {
        "method": "POST",
        "url": "/login",
        "content": b"username=ab;pass-word=c",
        "headers": URLENCODED,
    },
    {
        "method": "POST",
        "url": "/login",
        "content": b"&&username=ab&pass-word=c&",
        "headers": URLENCODED,
    },
    {
        "method": "POST",
        "url": "/login",
        "content": b"username=\xff\xfe&pass-word=%ZZ",
        "headers": URLENCODED,
    },
    {
        "method": "POST",
        "url": "/login",
        "files": {"username": (None, "ab"), "pass-word": (None, "c")},
    },
    {
        "method": "POST",
        "url": "/login",
        "files": {"username": ("file.txt", "ab"), "pass-word": (None, "c")},
    },
    {
        "method": "POST",
        "url": "/lists",
        "data": {"tags": ["a", "b"], "numbers": ["1", "2"], "flag": "on"},
    },
    {
        "method": "POST",
        "url": "/lists",
        "data": {"tags": "", "numbers": "x", "maybe": "", "text": ""},
    },
    {"method": "POST", "url": "/lists", "data": {"numbers": "1"}},
    {
        "method": "POST",
        "url": "/lists",
        "data": {"tags": "a", "pair": ["1", "2"], "unique": ["a", "a"]},
    },
    {"method": "POST", "url": "/lists", "data": {"tags": "a", "pair": "1"}},
    {"method": "POST", "url": "/alias", "data": {"a1": "1", "b": "2"}},
    {"method": "POST", "url": "/alias", "data": {"a2": "1"}},
]
