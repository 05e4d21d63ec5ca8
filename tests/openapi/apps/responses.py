"""Response models, classes, statuses and further responses."""

import dataclasses
import enum
from typing import Annotated, Any

from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from fastapi_lite import FastAPI, Response, status
from fastapi_lite.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)

app = FastAPI()


class Item(BaseModel):
    name: str
    size: int | None = None


class Message(BaseModel):
    message: str


class Problem(BaseModel):
    title: str


@dataclasses.dataclass
class Plain:
    a: int


class Typed(TypedDict):
    a: int


class Level(enum.Enum):
    low = "low"


class Xml(Response):
    media_type = "application/xml"


class NoMedia(Response):
    media_type = None


@app.get("/annotation")
def annotation() -> Item: ...


@app.get("/option", response_model=list[Item])
def option() -> Any: ...


@app.get("/none", response_model=None)
def none() -> Item: ...


@app.get("/null")
def null() -> None: ...


@app.get("/union")
def union() -> Item | Message: ...


@app.get("/optional")
def optional() -> Item | None: ...


@app.get("/mapping")
def mapping() -> dict[str, Item]: ...


@app.get("/dataclass")
def dataclass() -> Plain: ...


@app.get("/typed")
def typed() -> Typed: ...


@app.get("/scalar")
def scalar() -> int: ...


@app.get("/enum")
def enumeration() -> Level: ...


@app.get("/annotated")
def annotated() -> Annotated[list[int], Field(description="Ints", min_length=1)]: ...


@app.get("/any")
def anything() -> Any: ...


@app.get("/response")
def response() -> Response: ...


@app.get("/redirect")
def redirect() -> RedirectResponse: ...


@app.get("/html", response_class=HTMLResponse)
def html(): ...


@app.get("/text", response_class=PlainTextResponse)
def text() -> str: ...


@app.get("/text-model", response_class=PlainTextResponse, response_model=Item)
def text_model(): ...


@app.get("/xml", response_class=Xml)
def xml(): ...


@app.get("/no-media", response_class=NoMedia)
def no_media(): ...


@app.get("/file", response_class=FileResponse)
def file(): ...


@app.get("/stream", response_class=StreamingResponse)
def stream(): ...


@app.get("/to", response_class=RedirectResponse)
def to(): ...


@app.get("/to-302", response_class=RedirectResponse, status_code=302)
def to_302(): ...


@app.get("/bare", response_class=Response)
def bare(): ...


@app.get("/json", response_class=JSONResponse)
def json() -> Item: ...


@app.post("/created", status_code=201, response_description="Made it")
def created() -> Item: ...


@app.post("/enum-status", status_code=status.HTTP_202_ACCEPTED)
def enum_status(): ...


@app.delete("/gone", status_code=204)
def gone(): ...


@app.delete("/gone-none", status_code=204)
def gone_none() -> None: ...


@app.get("/not-modified", status_code=304)
def not_modified(): ...


@app.get("/odd", status_code=299)
def odd(): ...


@app.get(
    "/head-and-more",
    responses={404: {"model": Message}, "5XX": {"description": "Sorry", "model": Problem}},
)
def more() -> Item: ...


@app.get(
    "/many/{a}",
    responses={
        200: {
            "description": "It is there",
            "content": {
                "image/png": {},
                "application/json": {"example": {"name": "x", "size": None}},
            },
            "headers": {"X-Rate": {"schema": {"type": "integer"}, "description": "left"}},
            "links": {"self": {"operationId": "many", "parameters": {"a": "$request.path.a"}}},
        },
        302: {"description": "Elsewhere"},
        403: {
            "model": Message,
            "description": "No",
            "content": {"application/json": {"example": {"message": "m"}}},
        },
        404: {"model": Message | None},
        409: {"model": list[Message], "x-why": "clash"},
        418: {},
        499: {"description": "Custom"},
        "default": {"model": Problem},
    },
)
def many(a: int) -> Item: ...


@app.get(
    "/status-string", responses={"404": {"description": "str"}, "4xx": {"description": "lower"}}
)
def status_string(a: int): ...


@app.get("/range/{a}", responses={"4XX": {"model": Message}, "1XX": {}, "2XX": {}, "3XX": {}})
def ranged(a: int): ...


@app.get("/own-422/{a}", responses={422: {"model": Message}})
def own_422(a: int): ...


@app.get("/xml-more", response_class=Xml, responses={404: {"model": Message}})
def xml_more(): ...


@app.get("/no-media-more", response_class=NoMedia, responses={404: {"model": Message}})
def no_media_more(): ...


@app.get("/default/{a}", responses={"default": {"description": "Anything"}})
def default(a: int): ...


@app.get("/200-model", responses={200: {"model": Message}})
def model_of_200() -> Item: ...


@app.get("/201-model", status_code=201, responses={200: {"model": Message}})
def model_of_other() -> Item: ...


@app.get(
    "/filtered",
    response_model=Item,
    response_model_exclude={"size"},
    response_model_exclude_unset=True,
)
def filtered(): ...


@app.get("/by-name", response_model_by_alias=False)
def by_name() -> Item: ...
