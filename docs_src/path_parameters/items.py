from enum import StrEnum
from typing import Annotated

from fastapi_lite import FastAPI, Path

app = FastAPI()


class Size(StrEnum):
    small = "small"
    large = "large"


@app.get("/items/mine")
async def read_mine() -> str:
    return "mine"


@app.get("/items/{item_id}")
async def read_item(item_id: Annotated[int, Path(title="The item", ge=1)]) -> int:
    return item_id


@app.get("/sizes/{size}")
async def read_size(size: Size) -> bool:
    return size is Size.large


@app.get("/files/{path:path}")
async def read_file(path: str) -> str:
    return path
