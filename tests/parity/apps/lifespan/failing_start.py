"""A start that fails is told to the server; nothing that was opened stays so."""

from contextlib import asynccontextmanager

from fastapi_lite import FastAPI

SEEN: list[str] = []


@asynccontextmanager
async def lifespan(app):
    SEEN.append("opened")
    try:
        raise RuntimeError("no database")
        yield
    finally:
        SEEN.append("closed")


app = FastAPI(lifespan=lifespan)


@app.get("/seen")
def seen():
    return SEEN


REQUESTS = [{"url": "/seen"}, {"url": "/nowhere"}]
