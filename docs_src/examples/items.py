from typing import Annotated

from pydantic import BaseModel, Field

from fastapi_lite import Body, FastAPI, Query

app = FastAPI()


class Item(BaseModel):
    name: str = Field(examples=["Lamp"])
    price: float

    model_config = {"json_schema_extra": {"examples": [{"name": "Lamp", "price": 35.4}]}}


@app.put("/items/{item_id}")
async def update_item(
    item_id: int,
    item: Annotated[
        Item,
        Body(
            openapi_examples={
                "normal": {"summary": "As it should be", "value": {"name": "Lamp", "price": 3}},
                "wrong": {"description": "Is **refused**", "value": {"name": "Lamp"}},
            }
        ),
    ],
    unit: Annotated[str, Query(examples=["EUR", "USD"])] = "EUR",
) -> Item:
    return item
