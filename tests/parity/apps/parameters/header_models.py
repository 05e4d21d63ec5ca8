"""Models as headers and as cookies."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fastapi_lite import Cookie, FastAPI, Header

app = FastAPI()


class Common(BaseModel):
    host: str
    save_data: bool
    if_modified_since: str | None = None
    traceparent: str | None = None
    x_tag: list[str] = []


class Cookies(BaseModel):
    model_config = ConfigDict(extra="forbid")
    session_id: str = Field(min_length=2)
    fatebook_tracker: str | None = None


@app.get("/headers")
def headers(headers: Annotated[Common, Header()]):
    return headers


@app.get("/underscores")
def underscores(headers: Annotated[Common, Header(convert_underscores=False)]):
    return headers


@app.get("/cookies")
def cookies(cookies: Annotated[Cookies, Cookie()]):
    return cookies


@app.get("/both")
def both(
    headers: Annotated[Common, Header()],
    cookies: Annotated[Cookies, Cookie()],
    x_more: Annotated[int, Header()] = 1,
):
    return [headers, cookies, x_more]


REQUESTS = [
    {"url": "/headers"},
    {"url": "/headers", "headers": {"Save-Data": "true"}},
    {"url": "/headers", "headers": {"save_data": "true"}},
    {"url": "/headers", "headers": {"save-data": "x", "If-Modified-Since": "yesterday"}},
    {
        "url": "/headers",
        "headers": {"save-data": "1"},
        "raw_headers": [("x-tag", "a"), ("x-tag", "b")],
    },
    {"url": "/underscores", "headers": {"save_data": "true", "save-data": "false"}},
    {"url": "/underscores", "headers": {"save-data": "true"}},
    {"url": "/cookies"},
    {"url": "/cookies", "cookies": {"session_id": "abc"}},
    {"url": "/cookies", "cookies": {"session_id": "a", "santa": "x"}},
    {
        "url": "/both",
        "headers": {"save-data": "1", "x-more": "y"},
        "cookies": {"session_id": "abc"},
    },
    {
        "url": "/both",
        "headers": {"save-data": "1", "x-more": "2"},
        "cookies": {"session_id": "abc"},
    },
]
