"""Headers: underscores, several of one name, odd values."""

from typing import Annotated

from fastapi_lite import FastAPI, Header, Request

app = FastAPI()


@app.get("/")
def read(
    user_agent: Annotated[str | None, Header()] = None,
    x_count: Annotated[int | None, Header(ge=1)] = None,
    under_score: Annotated[str | None, Header(convert_underscores=False)] = None,
    accept_language: str = Header("en", deprecated=True),
    content_length: Annotated[int | None, Header()] = None,
    authorization: Annotated[str | None, Header()] = None,
    if_none_match: Annotated[list[str], Header()] = [],
):
    return {key: value for key, value in locals().items()}


@app.get("/raw")
def raw(request: Request):
    return request.headers.items()


REQUESTS = [
    {"url": "/"},
    {"url": "/", "headers": {"User-Agent": "me", "X-Count": "2", "under_score": "a"}},
    {"url": "/", "headers": {"x_count": "2", "under-score": "a"}},
    {"url": "/", "headers": {"x-count": "0", "accept-language": ""}},
    {"url": "/", "headers": {"x-count": "1.0", "user-agent": "\xe9\xff"}},
    {"url": "/", "raw_headers": [("if-none-match", '"a", "b"'), ("if-none-match", "*")]},
    {"url": "/", "raw_headers": [("x-count", "1"), ("x-count", "2")]},
    {"url": "/", "headers": {"authorization": "Basic x", "content-length": "nine"}},
    {"url": "/raw", "raw_headers": [("A", "1"), ("a", "2"), ("B-c", "\xe9")]},
]
