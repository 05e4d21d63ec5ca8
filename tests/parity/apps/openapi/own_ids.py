"""Identifiers that a function makes: of the application, of a router, of one operation."""

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.routing import APIRoute
from fastapi_lite.utils import generate_unique_id


def of_app(route: APIRoute) -> str:
    return f"app-{route.name}"


def of_router(route: APIRoute) -> str:
    return f"router-{route.name}-{'-'.join(sorted(route.methods or ()))}-{route.path_format}"


app = FastAPI(generate_unique_id_function=of_app)
inner = APIRouter(generate_unique_id_function=of_router)
plain = APIRouter()


@app.get("/a")
def a() -> None: ...


@inner.post("/b/{id}")
def b(id: int, x: dict[str, int]) -> None: ...


@plain.put("/c", generate_unique_id_function=generate_unique_id)
def c(x: int) -> None: ...


@plain.get("/d", operation_id="own")
def d() -> None: ...


@plain.get("/e")
def e() -> None: ...


app.include_router(inner, prefix="/inner")
app.include_router(plain, prefix="/given", generate_unique_id_function=of_router)
app.include_router(plain, prefix="/plain")

REQUESTS = [{"url": "/a"}]
