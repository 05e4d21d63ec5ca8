"""The root path is left out of the servers; what a proxy says counts for addresses all the same."""

from fastapi_lite import FastAPI, Request

app = FastAPI(root_path_in_servers=False)


@app.get("/where")
def where(request: Request):
    return [str(request.url), str(request.base_url), str(request.url_for("where"))]


REQUESTS = [
    {"url": "/where"},
    {"url": "/where?x=1", "root_path": "/p"},
    {"url": "/where", "root_path": "/p/"},
    {"url": "/where", "root_path": "p"},
    {"url": "/openapi.json", "root_path": "/p"},
    {"url": "/openapi.json", "root_path": "/p/"},
    {"url": "/nowhere", "root_path": "/p"},
]
