"""FastAPI, Starlette and plain ASGI below an application: scopes, documents, errors, slashes."""

from fastapi_lite import FastAPI, Request
from fastapi_lite.applications import Starlette
from fastapi_lite.responses import JSONResponse, PlainTextResponse
from fastapi_lite.routing import Mount, Route

app = FastAPI(title="outer")
typed = FastAPI(title="inner", root_path="")


@typed.get("/items/{n}", name="item")
def item(n: int, request: Request):
    return {
        "n": n,
        "root": request.scope["root_path"],
        "path": request.scope["path"],
        "url": str(request.url),
        "base": str(request.base_url),
    }


class Own(Exception):
    pass


@typed.get("/error")
def error():
    raise Own


@typed.exception_handler(Own)
async def handle(request: Request, exc: Own):
    return JSONResponse({"handled": "inside"}, 418)


async def home(request: Request):
    return JSONResponse({"root": request.scope["root_path"], "params": request.path_params})


starlette = Starlette(
    routes=[
        Route("/", home),
        Mount("/deeper", routes=[Route("/{x:int}", home, name="x")], name="deeper"),
    ]
)


async def plain(scope, receive, send):
    await PlainTextResponse(f"{scope['type']} {scope['root_path']} {scope['path']}")(
        scope, receive, send
    )


app.mount("/typed", typed, name="typed")
app.mount("/starlette/{tenant}", starlette, name="starlette")
app.mount("/plain", plain)


@app.get("/typed/shadowed")
def shadowed():
    return "never"


@app.get("/urls")
def urls(request: Request):
    return [
        str(request.url_for("starlette:deeper:x", tenant="t", x=3)),
        str(request.url_for("typed", path="/some")),
    ]


PATHS = (
    "/typed/items/1",
    "/typed/items/x",
    "/typed/items/1/",
    "/typed",
    "/typed/",
    "/typed/error",
    "/typed/openapi.json",
    "/typed/shadowed",
    "/starlette/a",
    "/starlette/a/",
    "/starlette/a/deeper/4",
    "/starlette/a/deeper/x",
    "/plain",
    "/plain/x/y",
    "/urls",
    "/plainer",
)
REQUESTS = [{"url": path} for path in PATHS] + [{"url": "/typed/items/1", "root_path": "/proxy"}]
