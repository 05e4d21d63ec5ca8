"""Operations that describe their own body: read by hand, merged deep, with parameters replaced."""

from pydantic import BaseModel, ValidationError

from fastapi_lite import FastAPI, HTTPException, Request


class Item(BaseModel):
    name: str
    tags: list[str] = []


app = FastAPI()
BODY = {"requestBody": {"content": {"text/csv": {"schema": {"type": "string"}}}, "required": True}}


@app.post("/csv", openapi_extra=BODY)
async def csv(request: Request):
    return [line.split(",") for line in (await request.body()).decode().splitlines()]


@app.post(
    "/by-hand",
    openapi_extra={
        "requestBody": {"content": {"application/x-item": {"schema": Item.model_json_schema()}}}
    },
)
async def by_hand(request: Request):
    try:
        return Item.model_validate_json(await request.body())
    except ValidationError as error:
        raise HTTPException(422, error.errors(include_url=False, include_context=False)) from None


@app.put(
    "/merged/{key}",
    tags=["a"],
    openapi_extra={
        "tags": ["b"],
        "summary": "Replaced",
        "x-list": [1, {"a": None}],
        "security": [{"External": []}],
        "servers": [{"url": "https://other"}],
        "requestBody": {
            "description": "Added",
            "content": {"application/json": {"examples": {"one": {"value": {"name": "n"}}}}},
        },
        "responses": {"200": {"description": "Better"}, "503": {"description": "Busy"}},
    },
)
def merged(key: str, item: Item) -> Item:
    """Kept."""
    return item


REQUESTS = [
    {"method": "POST", "url": "/csv", "content": b"a,b\nc"},
    {"method": "POST", "url": "/csv", "json": {"a": 1}},
    {"method": "POST", "url": "/by-hand", "json": {"name": "n"}},
    {"method": "POST", "url": "/by-hand", "json": {"name": 1, "tags": "x"}},
    {"method": "PUT", "url": "/merged/k", "json": {"name": "n", "tags": ["t"]}},
    {"method": "PUT", "url": "/merged/k", "json": {"tags": [1]}},
    {"method": "PUT", "url": "/merged/k"},
]
