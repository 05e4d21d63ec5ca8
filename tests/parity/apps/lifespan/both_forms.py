"""An application with a lifespan does not run the handlers it was also given."""

from contextlib import asynccontextmanager

from fastapi_lite import APIRouter, FastAPI

SEEN: list[str] = []


@asynccontextmanager
async def lifespan(app):
    SEEN.append("lifespan")
    yield


app = FastAPI(
    lifespan=lifespan,
    on_startup=[lambda: SEEN.append("on_startup")],
    on_shutdown=[lambda: SEEN.append("on_shutdown")],
)
router = APIRouter(lifespan=lifespan)


@router.get("/seen")
def seen():
    return SEEN


app.include_router(router)
app.include_router(router, prefix="/again")

REQUESTS = [{"url": "/seen"}, {"url": "/again/seen"}]
