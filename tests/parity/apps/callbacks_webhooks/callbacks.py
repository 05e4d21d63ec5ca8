"""Callbacks with runtime expressions, on operations, routers and inclusions."""

from pydantic import BaseModel, HttpUrl

from fastapi_lite import APIRouter, Body, FastAPI

app = FastAPI()


class Invoice(BaseModel):
    id: str
    total: float


class Event(BaseModel):
    description: str
    paid: bool


class Received(BaseModel):
    ok: bool


invoice_callbacks = APIRouter()


@invoice_callbacks.post("{$callback_url}/invoices/{$request.body.id}", response_model=Received)
def notify(body: Event):
    """Says that it was paid."""


@invoice_callbacks.delete("{$request.header.X-Url}", status_code=204, tags=["deleted"])
def deleted():
    pass


router_callbacks = APIRouter()


@router_callbacks.put("{$request.query.url}", name="from the router")
def from_router(number: int = Body(embed=True)):
    pass


@app.post("/invoices", callbacks=invoice_callbacks.routes)
def create(invoice: Invoice, callback_url: HttpUrl | None = None):
    return {"msg": "received"}


router = APIRouter(prefix="/router", callbacks=router_callbacks.routes)


@router.get("/", callbacks=invoice_callbacks.routes)
def both():
    return "both"


@router.get("/one")
def one():
    return "one"


app.include_router(router)
app.include_router(router, prefix="/again", callbacks=invoice_callbacks.routes)
REQUESTS = [
    {"method": "POST", "url": "/invoices?callback_url=http://a.b", "json": {"id": "1", "total": 2}},
    {"method": "POST", "url": "/invoices?callback_url=x", "json": {"id": 1}},
    {"url": "/router/"},
    {"url": "/again/router/one"},
]
