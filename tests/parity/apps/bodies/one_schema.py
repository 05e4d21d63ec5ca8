"""The same with one schema for input and output."""

from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, Field

from fastapi_lite import FastAPI

app = FastAPI(separate_input_output_schemas=False)


class Part(BaseModel):
    name: str
    price: Decimal = Decimal("1.5")


class Whole(BaseModel):
    parts: list[Part] = []
    made: datetime = Field(default=datetime(2026, 1, 1))
    by_key: dict[str, Part] | None = None


@app.post("/")
def post(whole: Whole) -> Whole:
    return whole


@app.get("/", response_model=dict[str, Whole])
def get():
    return {"a": Whole()}


REQUESTS = [
    {
        "method": "POST",
        "url": "/",
        "json": {"parts": [{"name": "a", "price": 2}], "by_key": {"k": {"name": "b"}}},
    },
    {"method": "POST", "url": "/", "json": {"by_key": {"k": {}}}},
    {"url": "/"},
]
