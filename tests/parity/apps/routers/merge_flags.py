"""Deprecation and hiding of layers; an inclusion cannot show what a router hides."""

from fastapi_lite import APIRouter, FastAPI

app = FastAPI()


def name():
    return "x"


def router(path: str, **options) -> APIRouter:
    made = APIRouter(**options)
    made.add_api_route(f"/{path}/plain", name)
    made.add_api_route(f"/{path}/true", name, deprecated=True, include_in_schema=True)
    made.add_api_route(f"/{path}/false", name, deprecated=False, include_in_schema=False)
    return made


app.include_router(router("nothing"))
app.include_router(router("deprecated", deprecated=True))
app.include_router(router("inclusion"), deprecated=True)
app.include_router(router("contradicted", deprecated=True), deprecated=False)
app.include_router(router("hidden", include_in_schema=False))
app.include_router(router("hidden_inclusion"), include_in_schema=False)
app.include_router(router("shown", include_in_schema=False), include_in_schema=True)
parent = APIRouter(prefix="/parent", deprecated=True)
parent.include_router(router("child", deprecated=False))
app.include_router(parent)

REQUESTS = [
    {"url": "/nothing/plain"},
    {"url": "/hidden/true"},
    {"url": "/hidden_inclusion/false"},
    {"url": "/parent/child/plain"},
    {"url": "/openapi.json"},
]
