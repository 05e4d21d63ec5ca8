"""Operation ids of one's own making."""

from pydantic import BaseModel

from fastapi_lite import APIRouter, Body, FastAPI
from fastapi_lite.routing import APIRoute


def by_name(route: APIRoute):
    return f"app-{route.name}"


def by_tag(route: APIRoute):
    return f"router-{route.tags[0] if route.tags else 'none'}-{route.name}"


def by_method(route: APIRoute):
    return f"route-{min(route.methods).lower()}-{route.path_format}"


class Item(BaseModel):
    name: str


app = FastAPI(generate_unique_id_function=by_name)
router = APIRouter(generate_unique_id_function=by_tag)
plain = APIRouter()


@app.get("/a")
def a(): ...


@app.post("/two-bodies")
def two_bodies(item: Item, other: Item): ...


@app.post("/b", generate_unique_id_function=by_method)
def b(item: Item, n: int = Body()): ...


@router.get("/c", tags=["t"])
def c(): ...


@router.get("/d", operation_id="explicit")
def d(): ...


@plain.post("/e")
def e(item: Item, n: int = Body()): ...


app.include_router(router, prefix="/r")
app.include_router(router, prefix="/again", generate_unique_id_function=by_name, tags=["again"])
app.include_router(plain, prefix="/plain", generate_unique_id_function=by_tag)
