"""Without redirects, a slash more or less is another path; a router of its own does not change that."""

from fastapi_lite import APIRouter, FastAPI

app = FastAPI(redirect_slashes=False)
router = APIRouter(prefix="/shop", redirect_slashes=True)


@app.get("/a")
def without():
    return "without"


@app.get("/b/")
def with_slash():
    return "with"


@app.get("/c")
@app.get("/c/")
def both():
    return "both"


@router.get("")
def shop():
    return "shop"


@router.get("/{item}/")
def item(item: str):
    return item


app.include_router(router)

REQUESTS = [
    {"url": "/a"},
    {"url": "/a/"},
    {"url": "/b"},
    {"url": "/b/"},
    {"url": "/c"},
    {"url": "/c/"},
    {"url": "/shop"},
    {"url": "/shop/"},
    {"url": "/shop/x"},
    {"url": "/shop/x/"},
    {"url": "/shop//"},
    {"url": "/docs/"},
    {"url": "/openapi.json/"},
]
