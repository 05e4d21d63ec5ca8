"""Response classes for one operation that document themselves; ORJSON and UJSON."""

from pydantic import BaseModel

from fastapi_lite import FastAPI
from fastapi_lite.responses import HTMLResponse, ORJSONResponse, Response, UJSONResponse

app = FastAPI()


class Item(BaseModel):
    name: str
    ratio: float = 0.5


class Xml(Response):
    media_type = "application/xml"

    def render(self, content):
        return f"<{content}/>".encode()


class Silent(Response):
    media_type = None


@app.get("/xml", response_class=Xml)
def xml():
    return "a"


@app.get("/silent", response_class=Silent)
def silent():
    return b"silent"


@app.get("/html", response_class=HTMLResponse, responses={200: {"description": "A page"}})
def html() -> str:
    return "<p>"


@app.get("/orjson", response_class=ORJSONResponse)
def orjson():
    return {"a": 1, "b": [None, 1.5]}


@app.get("/orjson-model", response_class=ORJSONResponse)
def orjson_model() -> Item:
    return Item(name="a")


@app.get("/ujson", response_class=UJSONResponse)
def ujson():
    return {"a/b": "é</"}


REQUESTS = [
    {"url": f"/{name}"} for name in ("xml", "silent", "html", "orjson", "orjson-model", "ujson")
]
