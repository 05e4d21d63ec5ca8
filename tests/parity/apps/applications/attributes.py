"""What an application has as attributes, and that they count when changed before the first request."""

from fastapi_lite import APIRouter, Depends, FastAPI, Request
from fastapi_lite.responses import PlainTextResponse

app = FastAPI()
app.state.greeting = "hello"
app.state["count"] = 1


class Teapot(Exception):
    pass


def who() -> str:
    return "nobody"


async def teapot(request: Request, error: Exception) -> PlainTextResponse:
    return PlainTextResponse(f"{request.app.state.greeting} {error}", 418)


app.exception_handlers[Teapot] = teapot
app.dependency_overrides[who] = lambda: "someone"
app.docs_url = "/changed"
app.debug = False


@app.get("/")
def attributes(request: Request, who: str = Depends(who)):
    return {
        "same": request.app is app,
        "who": who,
        "router": type(app.router).__name__,
        "webhooks": isinstance(app.webhooks, APIRouter),
        "handlers": sorted(str(getattr(one, "__name__", one)) for one in app.exception_handlers),
        "stack": type(app.middleware_stack).__name__,
        "user": app.user_middleware,
        "debug": app.debug,
        "root_path": app.root_path,
        "extra": app.extra,
        "state": request.app.state.count,
        "schema": app.openapi_schema is app.openapi(),
        "url": str(app.url_path_for("attributes")),
    }


@app.get("/teapot")
def boil():
    raise Teapot("short")


@app.get("/gone")
def gone():
    app.dependency_overrides = {}
    del app.state.greeting
    return hasattr(app.state, "greeting")


REQUESTS = [
    {"url": "/"},
    {"url": "/teapot"},
    {"url": "/gone"},
    {"url": "/"},
    {"url": "/teapot"},
    {"url": "/changed"},
]
