"""Dependencies that take bodies and forms, together with those of the endpoint."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import Body, Depends, FastAPI, File, Form, UploadFile

app = FastAPI()


class Item(BaseModel):
    name: str


def body(item: Item):
    return item


def same(item: Item):
    return item


def field(field: Annotated[str, Form()]):
    return field


@app.post("/one")
def one(item: Annotated[Item, Depends(body)]):
    return item


@app.post("/same")
def two(item: Item, again: Annotated[Item, Depends(same)]):
    return [item, again]


@app.post("/other")
def other(number: Annotated[int, Body()], item: Annotated[Item, Depends(body)]):
    return [number, item]


@app.post("/form")
def form(
    field: Annotated[str, Depends(field)],
    upload: UploadFile | None = None,
    raw: Annotated[bytes, File()] = b"",
):
    return [field, upload and upload.filename, len(raw)]


REQUESTS = [
    {"method": "POST", "url": "/one", "json": {"name": "a"}},
    {"method": "POST", "url": "/same", "json": {"name": "a"}},
    {"method": "POST", "url": "/same", "json": {"item": {"name": "a"}}},
    {"method": "POST", "url": "/other", "json": {"number": 1, "item": {"name": "a"}}},
    {"method": "POST", "url": "/form", "data": {"field": "a"}},
    {
        "method": "POST",
        "url": "/form",
        "data": {"field": "a"},
        "files": {"upload": ("n", b"1"), "raw": ("m", b"22")},
    },
    {"method": "POST", "url": "/form"},
]
