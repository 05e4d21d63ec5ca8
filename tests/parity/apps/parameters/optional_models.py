"""Models that may be missing, in every source, with defaults, made by factories, and as dependencies."""

from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from fastapi_lite import Cookie, Depends, FastAPI, Header, Query

app = FastAPI()


class Range(BaseModel):
    low: int = 0
    high: int = Field(9, alias="top", le=99)

    @model_validator(mode="after")
    def ordered(self):
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Tracing(BaseModel):
    x_trace: list[str] = []
    if_match: str | None = None


class Visit(BaseModel):
    session_id: str
    fatebook: str | None = None


@app.get("/range")
def by_range(range: Annotated[Range, Query()]):
    return range


@app.get("/headers")
def headers(tracing: Annotated[Tracing, Header()], token: Annotated[str, Header()] = "none"):
    return [tracing, token]


@app.get("/plain-headers")
def plain(tracing: Annotated[Tracing, Header(convert_underscores=False)]):
    return tracing


@app.get("/cookies")
def cookies(visit: Annotated[Visit, Cookie()]):
    return visit


def shared(range: Annotated[Range, Query()], visit: Annotated[Visit, Cookie()]):
    return {"range": range, "visit": visit}


@app.get("/shared")
def both(shared: Annotated[dict, Depends(shared)], q: str | None = None):
    return {**shared, "q": q}


REQUESTS = [
    {"url": "/range"},
    {"url": "/range?low=1&top=2&more=x"},
    {"url": "/range?low=5&top=2"},
    {"url": "/range?low=&high=100&top=100"},
    {"url": "/headers"},
    {"url": "/headers", "headers": {"x-trace": "a", "if-match": "*", "token": "t"}},
    {"url": "/plain-headers", "headers": {"x_trace": "a", "if-match": "b", "if_match": "c"}},
    {"url": "/cookies"},
    {"url": "/cookies", "cookies": {"session_id": "s", "other": "o"}},
    {"url": "/cookies", "headers": {"cookie": "session_id=a; session_id=b; fatebook"}},
    {"url": "/shared?low=x&q=1"},
    {"url": "/shared?low=1&q=1", "cookies": {"session_id": ""}},
]
