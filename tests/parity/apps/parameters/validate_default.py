"""Defaults that are validated as if they had been sent, and defaults that are not."""

from typing import Annotated

from fastapi_lite import Body, Cookie, FastAPI, Form, Header, Query

app = FastAPI()


@app.get("/validated")
def validated(
    limit: Annotated[int, Query(ge=10, validate_default=True)] = 1,
    text: Annotated[int, Header(validate_default=True)] = "7",  # type: ignore[assignment]
    token: Annotated[int, Cookie(validate_default=True)] = "x",  # type: ignore[assignment]
) -> list[int]:
    return [limit, text, token]


@app.get("/converted")
def converted(
    text: Annotated[int, Query(validate_default=True)] = "7",  # type: ignore[assignment]
) -> dict[str, str]:
    return {"kind": type(text).__name__}


@app.get("/taken")
def taken(
    limit: Annotated[int, Query(ge=10, validate_default=False)] = 1,
    text: Annotated[int, Query()] = "7",  # type: ignore[assignment]
) -> dict[str, str]:
    return {"limit": str(limit), "kind": type(text).__name__}


@app.post("/body")
def body(x: Annotated[int, Body(ge=3, validate_default=True)] = 1) -> int:
    return x


@app.post("/form")
def form(x: Annotated[int, Form(ge=3, validate_default=True)] = 1) -> int:
    return x


REQUESTS = [
    {"url": "/validated"},
    {"url": "/validated?limit=20", "headers": {"text": "1"}, "cookies": {"token": "2"}},
    {"url": "/converted"},
    {"url": "/taken"},
    {"method": "POST", "url": "/body"},
    {"method": "POST", "url": "/body", "json": 4},
    {"method": "POST", "url": "/form"},
    {"method": "POST", "url": "/form", "data": {"x": "4"}},
]
