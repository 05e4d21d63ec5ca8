"""The lifespans and the events of included routers, in turn, beside those of the application."""

from contextlib import asynccontextmanager

from fastapi_lite import APIRouter, FastAPI, Request

SEEN = []


def lifespan(name: str):
    @asynccontextmanager
    async def run(app):
        SEEN.append(f"{name} starts for {type(app).__name__}")
        yield {name: f"state of {name}", "last": name}
        SEEN.append(f"{name} ends")

    return run


inner = APIRouter(lifespan=lifespan("inner"))
outer = APIRouter(lifespan=lifespan("outer"), prefix="/outer")
mounted = FastAPI(lifespan=lifespan("mounted"))
app = FastAPI(lifespan=lifespan("app"))


@inner.get("/state")
def state(request: Request):
    return {key: getattr(request.state, key, None) for key in ("app", "outer", "inner", "last")}


@app.get("/seen")
def seen():
    return SEEN


outer.include_router(inner)
app.include_router(outer)
app.mount("/mounted", mounted)

REQUESTS = [{"url": "/seen"}, {"url": "/outer/state"}, {"url": "/mounted/x"}]
