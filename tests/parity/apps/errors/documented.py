"""When the document has the automatic 422, and when it is declared otherwise."""

from pydantic import BaseModel

from fastapi_lite import APIRouter, FastAPI


class Problem(BaseModel):
    title: str


app = FastAPI()


def path(n: int):
    return n


def nothing():
    return 0


app.get("/automatic/{n}")(path)
app.get("/none")(nothing)
app.get("/own/{n}", responses={422: {"model": Problem, "description": "Mine"}})(path)
app.get("/text/{n}", responses={"422": {"description": "Text"}})(path)
app.get("/range/{n}", responses={"4XX": {"model": Problem}})(path)
app.get("/lower/{n}", responses={"4xx": {"description": "lower"}})(path)
app.get("/default/{n}", responses={"default": {"model": Problem, "description": "Any"}})(path)
app.get("/server/{n}", responses={"5XX": {"description": "Ours"}, 503: {"model": Problem}})(path)
app.get(
    "/content/{n}",
    responses={
        400: {
            "model": Problem,
            "content": {"application/problem+json": {"example": {"title": "x"}}},
            "headers": {"Retry-After": {"schema": {"type": "integer"}}},
            "links": {"next": {"operationId": "other"}},
        },
        200: {"content": {"image/png": {}}, "description": "A picture, or JSON"},
    },
)(path)
router = APIRouter(responses={422: {"description": "Of the router"}})
router.get("/router/{n}")(path)
app.include_router(router)

REQUESTS = [
    {"url": f"/{name}/x"}
    for name in ("automatic", "own", "text", "range", "default", "server", "content", "router")
]
