"""Routers that cannot be included, and why."""

from fastapi_lite import APIRouter, FastAPI

app = FastAPI()


def answer():
    return "x"


def nested() -> APIRouter:
    one, two = APIRouter(prefix="/one"), APIRouter(prefix="/two")
    one.include_router(two)
    two.include_router(one)
    return two


def itself() -> None:
    router = APIRouter(prefix="/x")
    router.include_router(router)


def empty() -> None:
    router = APIRouter()
    router.add_api_route("", answer)
    FastAPI().include_router(router)


def empty_with_prefix() -> None:
    router = APIRouter()
    router.add_api_route("", answer)
    FastAPI().include_router(router, prefix="/x")


ATTEMPTS = {
    "prefix": lambda: app.include_router(APIRouter(), prefix="x"),
    "slash": lambda: app.include_router(APIRouter(), prefix="/x/"),
    "itself": itself,
    "nested": nested,
    "empty": empty,
    "empty_with_prefix": empty_with_prefix,
    "app": lambda: FastAPI().include_router(FastAPI().router),
    "path": lambda: APIRouter().add_api_route("x", answer),
    "prefixed path": lambda: APIRouter(prefix="/a").add_api_route("x", answer),
    "twice a parameter": lambda: APIRouter().add_api_route("/{a}/{a}", answer),
    "convertor": lambda: APIRouter().add_api_route("/{a:nothing}", answer),
    "body of 204": lambda: APIRouter().add_api_route(
        "/", answer, response_model=int, status_code=204
    ),
    "response model": lambda: APIRouter().add_api_route("/", answer, response_model=object()),
}


@app.get("/{name}")
def attempt(name: str):
    try:
        ATTEMPTS[name]()
    except Exception:
        return "refused"
    return "accepted"


REQUESTS = [{"url": f"/{name}"} for name in ATTEMPTS]
