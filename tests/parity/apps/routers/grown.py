"""A router that is included is the router itself: what is added to it later is there, everywhere."""

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.routing import iter_route_contexts

app = FastAPI()
leaf = APIRouter(prefix="/leaf", tags=["leaf"])
branch = APIRouter(prefix="/branch")
branch.include_router(leaf)
app.include_router(branch)
app.include_router(leaf, prefix="/again")


@leaf.get("/late")
def late():
    return "late"


twig = APIRouter()


@twig.get("/twig")
def in_twig():
    return "twig"


leaf.include_router(twig, prefix="/of")


@app.post("/more/{name}")
def more(name: str):
    @leaf.get(f"/{name}")
    def added():
        return name

    return [one.path for one in iter_route_contexts(app.routes) if name in one.path]


@app.delete("/more")
def less():
    leaf.routes.clear()


REQUESTS = [
    {"url": "/branch/leaf/late"},
    {"url": "/again/leaf/late"},
    {"url": "/again/leaf/of/twig"},
    {"url": "/branch/leaf/x"},
    {"method": "POST", "url": "/more/x"},
    {"url": "/branch/leaf/x"},
    {"url": "/again/leaf/x"},
    {"url": "/openapi.json"},
    {"method": "DELETE", "url": "/more"},
    {"url": "/again/leaf/x"},
    {"url": "/branch/leaf/of/twig"},
    {"url": "/openapi.json"},
]
