"""Callbacks and webhooks."""

from pydantic import BaseModel, HttpUrl

from fastapi_lite import APIRouter, FastAPI

app = FastAPI()
callbacks = APIRouter()
more = APIRouter()
shared = APIRouter()


class Event(BaseModel):
    name: str = "e"


class Receipt(BaseModel):
    ok: bool


@callbacks.post("{$callback_url}/invoices/{$request.body.id}", response_model=Receipt)
def invoice(event: Event): ...


@callbacks.get("{$callback_url}/hello", summary="Said hello")
def hello(q: int): ...


@more.put("http://fixed.example/path/{id}", name="put it")
def put(id: int): ...


@shared.post("{$request.query.url}")
def everywhere(event: Event): ...


@app.post("/invoices", callbacks=callbacks.routes)
def create(callback_url: HttpUrl | None = None) -> Event: ...


@app.post("/more", callbacks=[*callbacks.routes, *more.routes])
def several(): ...


router = APIRouter(callbacks=shared.routes)


@router.post("/on-router", callbacks=more.routes)
def on_router(): ...


app.include_router(router, callbacks=callbacks.routes)


@app.webhooks.post("new-event")
def new_event(event: Event):
    """When something *happens*."""


@app.webhooks.get("asked/{a}", tags=["hooks"], include_in_schema=True)
def asked(a: int) -> Receipt: ...
