"""Redirects to the path with or without its slash: where to, and what they keep."""

from fastapi_lite import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/shop")


@app.get("/a")
def without():
    return "without"


@app.post("/b/")
def with_slash():
    return "with"


@router.get("/")
def shop():
    return "shop"


@router.get("/{item}")
def item(item: str):
    return item


app.include_router(router)

REQUESTS = [
    {"url": "/a/"},
    {"url": "/a/?x=1&y=%20&z=é"},
    {"url": "/a//"},
    {"url": "/a/", "headers": {"host": "other.example:8000"}},
    {"url": "/a/", "scheme": "https"},
    {"url": "/a/", "headers": {"host": "a b"}},
    {"url": "/a/", "headers": {"host": ""}},
    {"url": "/a/", "headers": {"host": "[::1]:80"}},
    {"url": "/a/", "root_path": "/api"},
    {"method": "POST", "url": "/b", "json": 1},
    {"method": "GET", "url": "/b"},
    {"url": "/shop"},
    {"url": "/shop/%C3%A9/"},
    {"url": "/shop/a%2Fb/"},
    {"url": "//"},
    {"url": "//evil.example//"},
    {"url": "/a/?next=//evil.example"},
]
