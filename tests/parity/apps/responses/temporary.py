"""What the temporary response gives to the one that is sent, also to errors and redirects."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import Depends, FastAPI, HTTPException, Response
from fastapi_lite.responses import RedirectResponse

app = FastAPI()


class Item(BaseModel):
    name: str


def mark(response: Response):
    response.headers["x-mark"] = "dependency"
    response.set_cookie("mark", "1")
    return response


@app.get("/model", status_code=201)
def model(response: Response, _: Annotated[Response, Depends(mark)]) -> Item:
    response.headers["X-Own"] = "é"
    return Item(name="a")


@app.get("/status")
def status(response: Response, code: int = 202) -> Item:
    response.status_code = code
    return Item(name="a")


@app.get("/none", status_code=204)
def none(response: Response):
    response.headers["x-own"] = "1"


@app.get("/redirect")
def redirect(response: Response, _: Annotated[Response, Depends(mark)]):
    return RedirectResponse("/elsewhere", headers={"x-mark": "own"})


@app.get("/raises")
def raises(_: Annotated[Response, Depends(mark)]):
    raise HTTPException(400, headers={"x-error": "1"})


@app.get("/media")
def media(response: Response):
    response.headers["cache-control"] = "no-store"
    response.headers["vary"] = "a"
    response.headers.append("vary", "b")
    return {"a": 1}


@app.get("/returned-itself")
def itself(response: Response):
    response.headers["x-own"] = "1"
    response.status_code = 203
    return response


STATEFUL = True
REQUESTS = [
    {"url": path}
    for path in (
        "/model",
        "/status",
        "/status?code=299",
        "/status?code=204",
        "/none",
        "/redirect",
        "/raises",
        "/media",
        "/returned-itself",
    )
]
