from pathlib import Path
from typing import Any

from pydantic import BaseModel

from fastapi_lite import FastAPI, Response
from fastapi_lite.responses import FileResponse, JSONResponse

app = FastAPI()


class Item(BaseModel):
    name: str


class Problem(BaseModel):
    message: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such item"}
}


@app.get("/items/{item}", responses={**PROBLEMS, 302: {"description": "It has moved"}})
async def read_item(item: str) -> Item:
    if item != "lamp":
        return JSONResponse({"message": "None"}, status_code=404)  # type: ignore[return-value]
    return Item(name=item)


@app.get(
    "/picture",
    response_model=Item,
    responses={200: {"content": {"image/png": {}}, "description": "The item, or its picture"}},
)
async def picture(img: bool = False) -> Item | Response:
    return FileResponse(Path(__file__), media_type="image/png") if img else Item(name="lamp")
