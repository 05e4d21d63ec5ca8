"""An application that documents nothing, except what it is told to."""

from fastapi_lite import APIRouter, FastAPI

app = FastAPI(include_in_schema=False)
router = APIRouter(include_in_schema=True)


@app.get("/a")
def a():
    return "a"


@app.get("/b", include_in_schema=True)
def b():
    return "b"


@router.get("/c", include_in_schema=True)
def c():
    return "c"


app.include_router(router, include_in_schema=True)

REQUESTS = [{"url": "/a"}, {"url": "/b"}, {"url": "/c"}, {"url": "/openapi.json"}]
