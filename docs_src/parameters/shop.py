"""A shop whose parameters come from everywhere."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from fastapi_lite import Body, Cookie, FastAPI, Form, Header, Path, Query, UploadFile

app = FastAPI()


class Search(BaseModel):
    text: str = ""
    tags: list[str] = []
    order: Literal["name", "price"] = "name"
    limit: int = Field(20, ge=1, le=100)


class Item(BaseModel):
    name: str = Field(min_length=1)
    price: Decimal = Field(gt=0)


class Login(BaseModel):
    user: str
    password: str
    remember: bool = False


@app.get("/items")
def search(search: Annotated[Search, Query()]) -> Search:
    return search


@app.get("/items/{item_id}")
def read(
    item_id: Annotated[int, Path(ge=1)],
    accept_language: Annotated[str, Header()] = "en",
    theme: Annotated[str, Cookie()] = "light",
) -> dict[str, int | str]:
    return {"id": item_id, "language": accept_language, "theme": theme}


@app.post("/items")
def create(item: Item) -> Item:
    return item


@app.put("/items/{item_id}")
def replace(item_id: int, item: Item, reason: Annotated[str, Body()]) -> str:
    return f"{item_id} is now {item.name}: {reason}"


@app.post("/login")
def login(login: Annotated[Login, Form()]) -> str:
    return login.user


@app.post("/pictures")
async def upload(title: Annotated[str, Form()], pictures: list[UploadFile]) -> dict[str, int]:
    return {f"{title}/{one.filename}": len(await one.read()) for one in pictures}
