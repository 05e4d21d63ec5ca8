"""A body of nested models, with what may be left out."""

from decimal import Decimal

from pydantic import BaseModel, Field

from fastapi_lite import FastAPI

app = FastAPI()


class Part(BaseModel):
    name: str = Field(min_length=1)
    price: Decimal = Field(gt=0, max_digits=6, decimal_places=2)


class Machine(BaseModel):
    name: str
    parts: list[Part]
    labels: dict[str, str] = {}
    notes: str | None = None


@app.post("/machines", status_code=201)
def build(machine: Machine) -> Machine:
    return machine


REQUESTS = [
    {"method": "POST", "url": "/machines", "json": {"name": "a", "parts": []}},
    {
        "method": "POST",
        "url": "/machines",
        "json": {"name": "a", "parts": [{"name": "bolt", "price": "1.50"}], "labels": {"a": "b"}},
    },
    {"method": "POST", "url": "/machines", "json": {"parts": [{"name": "", "price": -1}]}},
    {"method": "POST", "url": "/machines", "json": [1]},
    {"method": "POST", "url": "/machines", "json": None},
    {"method": "POST", "url": "/machines", "content": b'{"name": "a", "parts": []}'},
    {"method": "POST", "url": "/machines", "data": {"name": "a"}},
]
