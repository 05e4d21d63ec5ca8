from typing import Annotated

from pydantic import BaseModel, Field

from fastapi_lite import Body, FastAPI

app = FastAPI()


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: float = Field(gt=0, description="In euros")
    tax: float = 0


class Buyer(BaseModel):
    email: str


@app.post("/items", status_code=201)
async def create_item(item: Item) -> float:
    return item.price + item.tax


@app.put("/items/{item_id}/order")
async def order(
    item_id: int,
    item: Item,
    buyer: Buyer,
    number: Annotated[int, Body(ge=1)] = 1,
    note: str | None = None,
) -> str:
    return f"{buyer.email}: {number} {item.name} ({item_id}, {note})"


@app.post("/embedded")
async def embedded(item: Annotated[Item, Body(embed=True)]) -> str:
    return item.name
