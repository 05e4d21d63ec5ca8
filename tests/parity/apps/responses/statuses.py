"""Status codes: declared, temporary, bodyless, from enums; more documented ones."""

from http import HTTPStatus

from pydantic import BaseModel

from fastapi_lite import FastAPI, HTTPException, Response, status
from fastapi_lite.responses import JSONResponse

app = FastAPI(responses={400: {"description": "Bad in general"}})


class Message(BaseModel):
    message: str


class Item(BaseModel):
    name: str


@app.post("/created", status_code=201)
def created(item: Item) -> Item:
    return item


@app.get("/enum", status_code=HTTPStatus.ACCEPTED)
def enum():
    return 1


@app.get("/temporary")
def temporary(response: Response, code: int = 203):
    response.status_code = code
    return {"code": code}


@app.delete("/none", status_code=status.HTTP_204_NO_CONTENT)
def none():
    return None


@app.get("/reset", status_code=205)
def reset():
    pass


@app.get("/same", status_code=304, response_class=Response)
def same():
    pass


@app.get(
    "/documented",
    response_description="All good",
    responses={
        404: {"model": Message, "description": "Not there"},
        "4XX": {"model": Message},
        "default": {"description": "Anything else", "content": {"text/plain": {"example": "x"}}},
        200: {
            "content": {"image/png": {}},
            "headers": {"X-Count": {"schema": {"type": "integer"}}},
        },
        302: {"description": "Moved", "links": {"next": {"operationId": "created_created_post"}}},
        422: {"description": "Own", "model": list[Message]},
    },
)
def documented(q: int = 0) -> Item:
    if q == 1:
        return JSONResponse({"message": "none"}, status_code=404)
    if q == 2:
        raise HTTPException(status_code=499)
    if q == 3:
        raise HTTPException(
            status_code=404, detail=["any", {"json": True}], headers={"X-Error": "1"}
        )
    return Item(name="a")


REQUESTS = [
    {"method": "POST", "url": "/created", "json": {"name": "a"}},
    {"url": "/enum"},
    {"url": "/temporary"},
    {"url": "/temporary?code=204"},
    {"url": "/temporary?code=500"},
    {"method": "DELETE", "url": "/none"},
    {"url": "/reset"},
    {"url": "/same"},
    *[{"url": f"/documented?q={q}"} for q in (0, 1, 3, "x")],
]
