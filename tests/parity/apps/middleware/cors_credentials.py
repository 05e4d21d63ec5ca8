"""Requests from other origins, announced and plain, where few are allowed."""

from fastapi_lite import FastAPI, HTTPException, Response
from fastapi_lite.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://shop.example", "http://localhost:8080"],
    allow_origin_regex=r"https://.*\.trusted\.example",
    allow_methods=["GET", "PUT"],
    allow_headers=["X-Own", "Authorization"],
    allow_credentials=True,
    expose_headers=["X-Count", "X-More"],
    max_age=60,
)


@app.get("/items")
def items(response: Response):
    response.headers["vary"] = "Accept"
    response.headers["x-count"] = "1"
    return ["item"]


@app.put("/items")
def put():
    raise HTTPException(409, "no")


def preflight(origin: str, method: str = "GET", headers: str | None = None, **more):
    asked = {"origin": origin, "access-control-request-method": method}
    if headers is not None:
        asked["access-control-request-headers"] = headers
    return {"method": "OPTIONS", "url": "/items", "headers": {**asked, **more}}


SHOP = "https://shop.example"
REQUESTS = [
    {"url": "/items"},
    {"url": "/items", "headers": {"origin": SHOP}},
    {"url": "/items", "headers": {"origin": SHOP}, "cookies": {"a": "b"}},
    {"url": "/items", "headers": {"origin": "https://evil.example"}},
    {"url": "/items", "headers": {"origin": "https://a.trusted.example"}},
    {"url": "/items", "headers": {"origin": "https://a.trusted.example.evil.example"}},
    {"url": "/items", "headers": {"origin": "null"}},
    {"method": "PUT", "url": "/items", "headers": {"origin": SHOP}},
    {"url": "/nowhere", "headers": {"origin": SHOP}},
    preflight(SHOP),
    preflight(SHOP, "PUT", "x-own"),
    preflight(SHOP, "PUT", "X-OWN,  authorization, accept"),
    preflight(SHOP, "DELETE"),
    preflight(SHOP, "GET", "x-other"),
    preflight(SHOP, "DELETE", "x-other"),
    preflight("https://evil.example"),
    preflight("https://evil.example", "DELETE", "x-other"),
    preflight(SHOP, "GET", ""),
    preflight(SHOP, **{"access-control-request-private-network": "true"}),
    {"method": "OPTIONS", "url": "/items", "headers": {"origin": SHOP}},
    {"method": "OPTIONS", "url": "/items"},
]
