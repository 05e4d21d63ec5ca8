"""A lifespan that is a bare generator, and one that is a class."""

from fastapi_lite.applications import Starlette
from fastapi_lite.responses import JSONResponse
from fastapi_lite.routing import Mount, Route, Router

SEEN: list[str] = []


async def lifespan(app):
    SEEN.append("generator")
    yield {"kind": "generator"}
    SEEN.append("generator ends")


class Whole:
    def __init__(self, app):
        self.app = app

    async def __aenter__(self):
        SEEN.append("class")
        return {"kind": "class"}

    async def __aexit__(self, *error):
        SEEN.append("class ends")


async def seen(request):
    return JSONResponse([SEEN, request.state.kind])


mounted = Starlette(routes=[Route("/", seen)], lifespan=Whole)
app = Starlette(
    routes=[Route("/", seen), Mount("/mounted", mounted), Mount("/router", Router(lifespan=Whole))],
    lifespan=lifespan,
)

REQUESTS = [{"url": "/"}, {"url": "/mounted/"}, {"url": "/router/"}]
