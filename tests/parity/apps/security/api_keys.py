"""Keys in the query, a header and a cookie, required and not, with names of their own."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI, Security
from fastapi_lite.security import APIKeyCookie, APIKeyHeader, APIKeyQuery

app = FastAPI()
query = APIKeyQuery(name="key")
header = APIKeyHeader(name="X-Key", scheme_name="TheHeader", description="A **key**")
cookie = APIKeyCookie(name="key", auto_error=False)


@app.get("/query")
def by_query(key: Annotated[str, Security(query)]):
    return key


@app.get("/header")
def by_header(key: Annotated[str, Depends(header)]):
    return key


@app.get("/cookie")
def by_cookie(key: Annotated[str | None, Depends(cookie)]):
    return key


REQUESTS = [
    {"url": "/query"},
    {"url": "/query?key=1&key=2"},
    {"url": "/query?key="},
    {"url": "/header"},
    {"url": "/header", "headers": {"x-key": "a"}},
    {"url": "/header", "headers": {"x-key": ""}},
    {"url": "/cookie"},
    {"url": "/cookie", "cookies": {"key": "c"}},
]
