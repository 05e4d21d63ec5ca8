"""Applications of other hosts, added to the application, and addresses of them."""

from fastapi_lite import APIRouter, FastAPI, Request
from fastapi_lite.requests import HTTPConnection

app = FastAPI()
shop = FastAPI()
tenants = APIRouter()


@app.get("/here")
def here(request: Request) -> dict[str, str]:
    return {"item": str(request.url_for("shop:read", id="3"))}


@shop.get("/items/{id}")
def read(id: int, request: Request) -> dict[str, str | int]:
    return {"id": id, "host": request.url.hostname or ""}


@tenants.get("/who")
def who(connection: HTTPConnection) -> dict[str, str]:
    return dict(connection.path_params)


app.host("shop.example", shop, name="shop")
app.host("{tenant}.tenants.example", tenants)

REQUESTS = [
    {"url": "/here"},
    {"url": "/items/3"},
    {"url": "/items/3", "headers": {"host": "shop.example"}},
    {"url": "/items/x", "headers": {"host": "shop.example:8000"}},
    {"url": "/items/3", "headers": {"host": "SHOP.example"}},
    {"url": "/here", "headers": {"host": "shop.example"}},
    {"url": "/openapi.json", "headers": {"host": "shop.example"}},
    {"url": "/who", "headers": {"host": "ann.tenants.example"}},
    {"url": "/who", "headers": {"host": "ann.bob.tenants.example"}},
    {"url": "/who", "headers": {"host": ""}},
]
