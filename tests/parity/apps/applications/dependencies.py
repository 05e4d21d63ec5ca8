"""Dependencies of a whole application guard each operation, and what is not one is not guarded."""

from typing import Annotated

from fastapi_lite import Depends, FastAPI, Header, HTTPException, Request
from fastapi_lite.responses import PlainTextResponse


def key(x_key: Annotated[str, Header(min_length=2)]) -> str:
    if x_key == "forbidden":
        raise HTTPException(403, {"key": x_key})
    return x_key


def count(request: Request, key: Annotated[str, Depends(key)]) -> None:
    request.state.seen = f"{key} in {request.url.path}"


app = FastAPI(dependencies=[Depends(key), Depends(count)])


@app.get("/items/{item}")
def item(request: Request, item: int) -> str:
    return request.state.seen


@app.post("/items", dependencies=[Depends(count)], status_code=201)
def add(request: Request, body: dict[str, int]):
    return {"seen": request.state.seen, "body": body}


def plain(request: Request) -> PlainTextResponse:
    return PlainTextResponse("not guarded")


app.add_route("/plain", plain)


ANN = {"x-key": "ann"}
REQUESTS = [
    {"url": "/items/1", "headers": ANN},
    {"url": "/items/1"},
    {"url": "/items/x"},
    {"url": "/items/x", "headers": {"x-key": "forbidden"}},
    {"url": "/items/x", "headers": ANN},
    {"url": "/items/1", "headers": {"x-key": "a"}},
    {"method": "POST", "url": "/items", "headers": ANN, "json": {"a": 1}},
    {"method": "POST", "url": "/items", "headers": ANN, "json": {"a": "b"}},
    {"method": "POST", "url": "/items", "json": {"a": "b"}},
    {"method": "POST", "url": "/items", "headers": {"x-key": "forbidden"}, "json": 3},
    {"url": "/plain"},
    {"url": "/nowhere"},
    {"method": "PUT", "url": "/items"},
]
