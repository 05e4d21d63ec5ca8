"""Which response class an operation has: the nearest that was named."""

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response


class Csv(Response):
    media_type = "text/csv"

    def render(self, content) -> bytes:
        return "\n".join(",".join(map(str, row)) for row in content).encode()


class Wrapped(JSONResponse):
    media_type = "application/wrapped+json"

    def render(self, content) -> bytes:
        return super().render({"data": content})


class Nothing(Response):
    pass


app = FastAPI(default_response_class=HTMLResponse)
named = APIRouter(default_response_class=PlainTextResponse)
plain = APIRouter()


@app.get("/html")
def html():
    return "<b>é</b>"


@app.get("/csv", response_class=Csv)
def csv():
    return [[1, 2], ["a", "b"]]


@app.get("/wrapped", response_class=Wrapped, status_code=202)
def wrapped() -> list[int]:
    return [1]


@app.get("/json", response_class=JSONResponse)
def json():
    return {"é": 1.0, "none": None}


@app.get("/nothing", response_class=Nothing)
def nothing():
    return "x"


@app.get("/returned", response_class=JSONResponse)
def returned():
    return PlainTextResponse("returned", headers={"x-a": "1"})


@named.get("/text")
def text():
    return "text"


@named.get("/none")
def none() -> None:
    return None


@plain.get("/text")
def inherited():
    return "inherited"


app.include_router(named, prefix="/named")
app.include_router(named, prefix="/renamed", default_response_class=Wrapped)
app.include_router(plain, prefix="/plain")
app.include_router(plain, prefix="/replaced", default_response_class=Wrapped)

REQUESTS = [
    {"url": "/html"},
    {"url": "/csv"},
    {"url": "/wrapped"},
    {"url": "/json"},
    {"url": "/nothing"},
    {"url": "/returned"},
    {"url": "/named/text"},
    {"url": "/named/none"},
    {"url": "/renamed/text"},
    {"url": "/plain/text"},
    {"url": "/replaced/text"},
]
