"""Behind a proxy: root paths, servers, redirects and URLs."""

from fastapi_lite import FastAPI, Request

app = FastAPI(servers=[{"url": "/api"}, {"url": "https://prod.example.com"}])


@app.get("/app/{x}", name="named")
def read(request: Request, x: int):
    return {
        "root": request.scope.get("root_path"),
        "url": str(request.url),
        "base": str(request.base_url),
        "for": str(request.url_for("named", x=2)),
        "path": app.url_path_for("named", x=3),
    }


sub = FastAPI(title="sub")


@sub.get("/deep", name="deep")
def deep(request: Request):
    return [
        request.scope["root_path"],
        str(request.url),
        str(request.base_url),
        str(request.url_for("deep")),
    ]


app.mount("/sub", sub, name="sub")
REQUESTS = [
    {"url": "/app/1"},
    {"url": "/app/1", "root_path": "/api"},
    {"url": "/app/1/", "root_path": "/api"},
    {"url": "/sub/deep"},
    {"url": "/sub/deep", "root_path": "/api"},
    {"url": "/sub", "root_path": "/api"},
    {"url": "/app/1", "headers": {"host": "other.example:8000"}, "scheme": "https"},
    {"url": "/app/1", "headers": {"host": "[::1]:80"}},
]
