"""A root path that the application is told, one that the server tells, and both."""

from fastapi_lite import FastAPI, Request

app = FastAPI(root_path="/api/v1", servers=[{"url": "https://shop.example"}])


@app.get("/items/{item}", name="item")
def item(request: Request, item: str):
    return {
        "url": str(request.url),
        "base": str(request.base_url),
        "for": str(request.url_for("item", item="x")),
        "root": request.scope.get("root_path"),
        "path": request.scope["path"],
    }


REQUESTS = [
    {"url": "/items/a"},
    {"url": "/api/v1/items/a"},
    {"url": "/items/a", "root_path": "/api/v1"},
    {"url": "/items/a", "root_path": "/other"},
    {"url": "/items/a/", "root_path": "/api/v1"},
    {"url": "/api/v1/items/a/"},
    {"url": "/api/v1"},
    {"url": "/openapi.json"},
    {"url": "/api/v1/openapi.json"},
    {"url": "/openapi.json", "root_path": "/third"},
    {"url": "/openapi.json", "root_path": "/api/v1"},
]
