"""An end that fails is told to the server."""

from contextlib import asynccontextmanager

from fastapi_lite import FastAPI

SEEN: list[str] = []


@asynccontextmanager
async def lifespan(app):
    SEEN.append("opened")
    yield {"x": 1}
    raise RuntimeError("the database is gone")


app = FastAPI(lifespan=lifespan)


@app.get("/seen")
def seen():
    return SEEN


REQUESTS = [{"url": "/seen"}]
