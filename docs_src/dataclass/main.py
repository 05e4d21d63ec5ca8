from dataclasses import field

from pydantic.dataclasses import dataclass

from fastapi_lite import FastAPI

app = FastAPI()


@dataclass
class Item:
    name: str
    price: float
    tags: list[str] = field(default_factory=list[str])


@app.post("/items")
async def create(item: Item) -> Item:
    return item
