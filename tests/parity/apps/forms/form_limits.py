"""Limits on fields, files and the size of parts, at every level."""

from typing import Annotated

from fastapi_lite import APIRouter, FastAPI, Form, Request, UploadFile

app = FastAPI(form_limits={"max_fields": 3})
router = APIRouter(prefix="/router", form_limits={"max_files": 1, "max_part_size": 10})


@app.post("/app")
async def on_app(a: Annotated[list[str], Form()]):
    return a


@app.post("/own", form_limits={"max_fields": 1})
async def own(a: Annotated[list[str], Form()]):
    return a


@router.post("/")
async def on_router(a: Annotated[list[str], Form()] = [], files: list[UploadFile] = []):
    return [a, [file.filename for file in files]]


@app.post("/by-hand")
async def by_hand(request: Request):
    async with request.form(max_fields=1, max_files=1, max_part_size=5) as form:
        return sorted(form)


app.include_router(router)
REQUESTS = [
    {"method": "POST", "url": "/app", "data": {"a": ["1", "2", "3"]}},
    {"method": "POST", "url": "/app", "data": {"a": ["1", "2", "3", "4"]}},
    {"method": "POST", "url": "/app", "files": [("a", (None, str(n))) for n in range(4)]},
    {"method": "POST", "url": "/own", "data": {"a": ["1", "2"]}},
    {"method": "POST", "url": "/own", "files": [("a", (None, str(n))) for n in range(2)]},
    {"method": "POST", "url": "/router/", "files": [("files", (f"{n}", b"")) for n in range(2)]},
    {"method": "POST", "url": "/router/", "files": [("a", (None, "x" * 11))]},
    {
        "method": "POST",
        "url": "/router/",
        "files": [("a", (None, "x" * 10)), ("files", ("f", b"x" * 100))],
    },
    {"method": "POST", "url": "/by-hand", "data": {"a": "1", "b": "2"}},
    {"method": "POST", "url": "/by-hand", "files": [("a", (None, "123456"))]},
    {"method": "POST", "url": "/by-hand", "data": {"a": "1"}},
]
