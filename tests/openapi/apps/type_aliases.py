"""Bodies and responses by the alias of a type."""

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from fastapi_lite import FastAPI

app = FastAPI()
Count = TypeAliasType("Count", int)
Names = TypeAliasType("Names", list[str])


class Item(BaseModel):
    name: str
    count: Count = 1


ItemAlias = TypeAliasType("ItemAlias", Item)


@app.post("/item")
def item(item: ItemAlias) -> ItemAlias: ...


@app.post("/names")
def names(names: Names) -> Names: ...
