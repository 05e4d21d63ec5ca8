"""Routers stay live: routes added after the inclusion, shared ones, empty paths."""

from fastapi_lite import APIRouter, FastAPI

app = FastAPI()
router = APIRouter()
shared = APIRouter(prefix="/shared")
app.include_router(router, prefix="/router")
app.include_router(shared, prefix="/a")
app.include_router(shared, prefix="/b/{tenant}")


@router.get("")
def empty():
    return "empty"


@router.get("/late")
def late():
    return "late"


@shared.get("/{x}")
def item(x: int):
    return x


@shared.get("/tenant/of")
def tenant(tenant: str = "none"):
    return tenant


nested = APIRouter(prefix="/nested")
router.include_router(nested)


@nested.put("/deep/")
def deep():
    return "deep"


REQUESTS = [
    {"url": path}
    for path in (
        "/router",
        "/router/",
        "/router/late",
        "/router/late/",
        "/a/shared/1",
        "/a/shared/x",
        "/b/acme/shared/2",
        "/b/acme/shared/tenant/of",
        "/a/shared/tenant/of",
        "/router/nested/deep",
    )
] + [
    {"method": "PUT", "url": "/router/nested/deep"},
    {"method": "PUT", "url": "/router/nested/deep/"},
]
