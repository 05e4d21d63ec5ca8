from pydantic import BaseModel

from fastapi_lite import FastAPI, HTTPException
from fastapi_lite.encoders import jsonable_encoder

app = FastAPI()


class Item(BaseModel):
    name: str
    price: float = 1
    tags: list[str] = []


class ItemChange(BaseModel):
    name: str | None = None
    price: float | None = None
    tags: list[str] | None = None


stored: dict[str, dict[str, object]] = {"lamp": {"name": "Lamp", "price": 35.4}}


@app.put("/items/{key}")
async def replace(key: str, item: Item) -> Item:
    stored[key] = jsonable_encoder(item)
    return item


@app.patch("/items/{key}")
async def change(key: str, change: ItemChange) -> Item:
    if key not in stored:
        raise HTTPException(404)
    changed = {**stored[key], **change.model_dump(exclude_unset=True)}
    stored[key] = jsonable_encoder(Item.model_validate(changed))
    return Item.model_validate(changed)
