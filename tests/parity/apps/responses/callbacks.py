"""What is documented and never called: callbacks of routers and operations, webhooks, links, headers."""

from typing import Annotated

from pydantic import BaseModel, HttpUrl

from fastapi_lite import APIRouter, Body, FastAPI, Header, Query


class Event(BaseModel):
    name: str
    paid: bool = False


class Received(BaseModel):
    ok: bool


calls = APIRouter()


@calls.post("{$callback_url}/invoices/{$request.body.id}", response_model=Received)
def paid(event: Event, x_signature: Annotated[str, Header()]):
    """The invoice is paid."""


more = APIRouter()


@more.put("{$request.query.back}", status_code=204, tags=["more"], deprecated=True)
def put(body: Annotated[Event, Body(embed=True)]): ...


app = FastAPI()
router = APIRouter(prefix="/invoices", callbacks=more.routes)


@router.post("/", callbacks=calls.routes, status_code=201)
def create(event: Event, callback_url: Annotated[HttpUrl | None, Query()] = None) -> Event:
    return event


@app.webhooks.post("new-event", summary="Something new")
def new_event(event: Event, q: int = 0) -> Received | None:
    """Told to those who subscribed."""


app.include_router(router, callbacks=more.routes)


REQUESTS = [
    {"method": "POST", "url": "/invoices/", "json": {"name": "a"}},
    {"method": "POST", "url": "/invoices/?callback_url=x", "json": {"name": "a"}},
    {"method": "POST", "url": "/invoices/?callback_url=http://a.b/c", "json": {"name": 1}},
    {"method": "POST", "url": "/new-event", "json": {"name": "a"}},
]
