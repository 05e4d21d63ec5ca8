"""Path, query, header and cookie parameters with bounds, defaults and lists."""

from datetime import date
from enum import Enum
from typing import Annotated
from uuid import UUID

from fastapi_lite import Cookie, FastAPI, Header, Path, Query

app = FastAPI()


class Size(str, Enum):
    small = "small"
    large = "large"


@app.get("/items/{item_id}")
def item(
    item_id: Annotated[int, Path(ge=1, le=1000, title="The item")],
    size: Size = Size.small,
    tags: Annotated[list[str], Query(max_length=3)] = [],
    since: date | None = None,
    x_token: Annotated[str | None, Header(min_length=3)] = None,
    session: Annotated[UUID | None, Cookie()] = None,
) -> dict[str, object]:
    return {
        "item_id": item_id,
        "size": size,
        "tags": tags,
        "since": since,
        "x_token": x_token,
        "session": session,
    }


REQUESTS = [
    {"url": "/items/7"},
    {"url": "/items/0"},
    {"url": "/items/1001?size=huge&since=tomorrow"},
    {"url": "/items/x"},
    {"url": "/items/7?tags=a&tags=b&tags=c&tags=d"},
    {"url": "/items/7?tags=a&tags=b&since=2026-02-28&size=large"},
    {"url": "/items/7", "headers": {"X-Token": "ab"}},
    {"url": "/items/7", "headers": {"X-Token": "abc"}, "cookies": {"session": "nonsense"}},
    {"url": "/items/7", "cookies": {"session": "6a1d6a1c-6d39-4d5b-9a42-0a8f5f9d4c11"}},
    {"url": "/items/7?size="},
    {"url": "/items/" + "9" * 4300},
]
