"""Routes that are added while the application runs are served, and documented."""

from fastapi_lite import APIRouter, FastAPI, Request

app = FastAPI()
child = APIRouter()
app.include_router(child, prefix="/child")


def added(request: Request):
    return f"added: {request.url.path}"


@app.get("/documented")
def documented():
    return list(app.openapi()["paths"])


@app.post("/grow/{name}")
def grow(name: str, where: str = "app"):
    router = app if where == "app" else child
    router.add_api_route(f"/{name}", added, name=name)
    return str(app.url_path_for(name))


@app.post("/keep")
def keep():
    app.openapi_schema = {"info": "kept"}
    return app.openapi()


REQUESTS = [
    {"url": "/documented"},
    {"url": "/a"},
    {"method": "POST", "url": "/grow/a"},
    {"url": "/a"},
    {"method": "POST", "url": "/grow/b?where=child"},
    {"url": "/child/b"},
    {"url": "/b"},
    {"url": "/documented"},
    {"url": "/openapi.json"},
    {"method": "POST", "url": "/keep"},
    {"url": "/documented"},
    {"url": "/openapi.json"},
]
