from pydantic import BaseModel, HttpUrl

from fastapi_lite import APIRouter, FastAPI

app = FastAPI()
callbacks = APIRouter()


class Arrival(BaseModel):
    isbn: str


@callbacks.post("{$request.body.notify}/arrivals")
def book_arrived(arrival: Arrival) -> None:
    """What we send to the address that was given with the order."""


class Order(BaseModel):
    isbn: str
    notify: HttpUrl


@app.post("/orders", callbacks=callbacks.routes, status_code=202)
def place_order(order: Order) -> dict[str, str]:
    return {"ordered": order.isbn}


@app.webhooks.post("new-book")
def new_book(arrival: Arrival) -> None:
    """What we send to everyone who has subscribed on our site."""
