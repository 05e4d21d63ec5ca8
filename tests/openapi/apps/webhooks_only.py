from pydantic import BaseModel

from fastapi_lite import APIRouter, FastAPI


class Event(BaseModel):
    name: str


hooks = APIRouter()


@hooks.post("happened")
def happened(event: Event): ...


app = FastAPI(webhooks=hooks)
