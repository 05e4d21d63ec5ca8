"""Aliases of every kind, and how they show in the document and in errors."""

from typing import Annotated

from pydantic import AliasChoices

from fastapi_lite import Cookie, FastAPI, Header, Path, Query

app = FastAPI()


@app.get("/{item-id}")
def read(
    item_id: Annotated[int, Path(alias="item-id", title="An id")],
    q: Annotated[int, Query(alias="the query")],
    v: Annotated[int, Query(validation_alias="v-alias")] = 0,
    s: Annotated[int, Query(serialization_alias="s-alias")] = 0,
    c: Annotated[int, Query(validation_alias=AliasChoices("c1", "c2"))] = 0,
    p: Annotated[int, Query(alias="p-alias", alias_priority=2)] = 0,
    h: Annotated[int, Header(alias="X-Own")] = 0,
    k: Annotated[int, Cookie(alias="own-cookie")] = 0,
):
    return [item_id, q, v, s, c, p, h, k]


REQUESTS = [
    {"url": "/1?the%20query=2"},
    {"url": "/1?q=2"},
    {"url": "/x?the+query=x&v-alias=x&s=x&p-alias=x", "headers": {"x-own": "x"}},
    {"url": "/1?the+query=2&v-alias=3&s=4&p-alias=5", "headers": {"X-OWN": "6"}},
    {"url": "/1?the+query=2&v=3&s-alias=4&c=5&p=5", "cookies": {"own-cookie": "7"}},
    {"url": "/1?the+query=2&c1=5"},
    {"url": "/1?the+query=2&c2=5"},
    {"url": "/1?the+query=2&c1=x"},
    {"url": "/1?the+query=2", "cookies": {"own-cookie": "x"}},
]
