"""Tags, dependencies and responses of three layers: what is joined, and who wins."""

from fastapi_lite import APIRouter, Depends, FastAPI, Request


def note(name: str):
    def noted(request: Request) -> None:
        request.state.notes = [*getattr(request.state, "notes", []), name]

    return Depends(noted)


app = FastAPI(dependencies=[note("app")], responses={400: {"description": "app"}})
outer = APIRouter(
    prefix="/outer",
    tags=["outer", "both"],
    dependencies=[note("outer")],
    responses={400: {"description": "outer"}, 401: {"description": "outer"}},
)
inner = APIRouter(
    prefix="/inner",
    tags=["inner", "both"],
    dependencies=[note("inner")],
    responses={401: {"description": "inner"}, 402: {"description": "inner"}},
)


@inner.get(
    "/notes",
    tags=["own"],
    dependencies=[note("operation")],
    responses={402: {"description": "own"}, "default": {"description": "own"}},
)
def notes(request: Request):
    return request.state.notes


@outer.get("/notes")
def outer_notes(request: Request):
    return request.state.notes


outer.include_router(
    inner,
    prefix="/included",
    tags=["inclusion"],
    dependencies=[note("inclusion")],
    responses={401: {"description": "inclusion"}, 403: {"description": "inclusion"}},
)
app.include_router(outer, tags=["last"], dependencies=[note("app's inclusion")])
app.include_router(inner, prefix="/again", responses={402: {"description": "again"}})

REQUESTS = [
    {"url": "/outer/included/inner/notes"},
    {"url": "/outer/notes"},
    {"url": "/again/inner/notes"},
    {"url": "/inner/notes"},
    {"url": "/outer/inner/notes"},
]
