from typing import Annotated, Literal

from pydantic import BaseModel, Field, HttpUrl

from fastapi_lite import FastAPI

app = FastAPI()


class Picture(BaseModel):
    url: HttpUrl
    title: str = ""


class Book(BaseModel):
    kind: Literal["book"]
    pages: int


class Record(BaseModel):
    kind: Literal["record"]
    minutes: int


class Offer(BaseModel):
    name: str
    things: list[Annotated[Book | Record, Field(discriminator="kind")]]
    pictures: list[Picture] = []
    prices: dict[str, float] = {}


@app.post("/offers")
async def create_offer(offer: Offer) -> Offer:
    return offer


@app.post("/weights")
async def store_weights(weights: dict[int, float]) -> float:
    return sum(weights.values())
