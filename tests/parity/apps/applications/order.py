"""The order in which an application does what it does."""

from typing import Annotated

from pydantic import BaseModel, field_validator, model_serializer

from fastapi_lite import BackgroundTasks, Depends, FastAPI, Request
from fastapi_lite.responses import JSONResponse

app = FastAPI()
log: list[str] = []


@app.middleware("http")
async def outer(request: Request, call_next):
    log.append("middleware in")
    response = await call_next(request)
    log.append("middleware out")
    return response


class Body(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def check(cls, value):
        log.append("body")
        return value


class Answer(BaseModel):
    name: str

    @field_validator("name")
    @classmethod
    def check(cls, value):
        log.append("answer validated")
        return value

    @model_serializer
    def write(self):
        log.append("answer serialised")
        return {"name": self.name}


class Own(JSONResponse):
    def render(self, content):
        log.append("rendered")
        return super().render(content)


def one():
    log.append("one")
    yield 1
    log.append("one closed")


def two(one: Annotated[int, Depends(one)]):
    log.append("two")
    yield 2
    log.append("two closed")


def early():
    log.append("early")
    yield
    log.append("early closed")


@app.post(
    "/", response_model=Answer, response_class=Own, dependencies=[Depends(early, scope="function")]
)
def endpoint(body: Body, two: Annotated[int, Depends(two)], tasks: BackgroundTasks):
    log.append("endpoint")
    tasks.add_task(log.append, "task")
    return {"name": body.name}


@app.get("/log")
def said():
    found, log[:] = list(log), []
    return found


STATEFUL = True
REQUESTS = [
    {"method": "POST", "url": "/", "json": {"name": "a"}},
    {"url": "/log"},
    {"method": "POST", "url": "/", "json": {"name": 1}},
    {"url": "/log"},
]
