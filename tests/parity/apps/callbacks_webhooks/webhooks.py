"""Webhooks: documented, never served; with tags, models, ids, and of another router."""

from datetime import datetime

from pydantic import BaseModel

from fastapi_lite import APIRouter, Depends, FastAPI, Header


class Subscription(BaseModel):
    username: str
    start: datetime = datetime(2026, 1, 1)


def signature(x_signature: str = Header()):
    return x_signature


own = APIRouter()


@own.post("from-own", tags=["own"], operation_id="own-id")
def from_own(subscription: Subscription):
    """Given when the application was made."""


app = FastAPI(webhooks=own)


@app.webhooks.post("new-subscription", dependencies=[Depends(signature)])
def new_subscription(body: Subscription) -> Subscription:
    """Sent for each new one."""


@app.webhooks.get("asks", include_in_schema=False)
def hidden():
    pass


@app.webhooks.put("/slashed", responses={410: {"description": "Stop sending"}}, deprecated=True)
def slashed(items: list[Subscription]):
    pass


@app.get("/")
def read():
    return len(app.webhooks.routes)


REQUESTS = [
    {"url": "/"},
    {"method": "POST", "url": "/new-subscription"},
    {"method": "PUT", "url": "/slashed"},
]
