"""What counts as JSON, strictly and not; raw bytes; declared media types."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import APIRouter, Body, FastAPI

app = FastAPI()
lenient = APIRouter(prefix="/lenient", strict_content_type=False)


class Item(BaseModel):
    name: str


@app.post("/item")
def item(item: Item):
    return item


@lenient.post("/item")
def lenient_item(item: Item):
    return item


@app.post("/bytes")
def raw(data: Annotated[bytes, Body()]):
    return {"length": len(data), "start": data[:5].decode("latin-1")}


@app.post("/xml", openapi_extra={"x-xml": True})
def xml(data: Annotated[str, Body(media_type="application/xml")]):
    return data


@app.post("/vendor")
def vendor(item: Annotated[Item, Body(media_type="application/vnd.api+json")]):
    return item


app.include_router(lenient)
J = b'{"name": "a"}'
TYPES = [
    "application/json",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/vnd.api+json",
    "application/geo+json;v=1",
    "application/json+x",
    "text/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "application",
    "",
    "/json",
    "application/problem+JSON",
]
REQUESTS = [
    {"method": "POST", "url": path, "content": J, "headers": {"content-type": kind}}
    for path in ("/item", "/lenient/item", "/bytes", "/vendor")
    for kind in TYPES
] + [
    {"method": "POST", "url": "/item", "content": J},
    {"method": "POST", "url": "/lenient/item", "content": J},
    {
        "method": "POST",
        "url": "/bytes",
        "content": b"\x00\xff",
        "headers": {"content-type": "image/png"},
    },
    {
        "method": "POST",
        "url": "/bytes",
        "content": b'"text"',
        "headers": {"content-type": "application/json"},
    },
    {
        "method": "POST",
        "url": "/xml",
        "content": b"<a/>",
        "headers": {"content-type": "application/xml"},
    },
    {
        "method": "POST",
        "url": "/xml",
        "content": b'"<a/>"',
        "headers": {"content-type": "application/json"},
    },
    {
        "method": "POST",
        "url": "/item",
        "content": b"\xef\xbb\xbf" + J,
        "headers": {"content-type": "application/json"},
    },
    {
        "method": "POST",
        "url": "/item",
        "content": J.decode().encode("utf-16"),
        "headers": {"content-type": "application/json"},
    },
]
