"""Validators of users: on fields, on models, in annotations; their errors and contexts."""

from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fastapi_lite import FastAPI, Query

app = FastAPI()


def even(value: int) -> int:
    if value % 2:
        raise ValueError(f"{value} is odd")
    return value


def split(value: object) -> object:
    return value.split(",") if isinstance(value, str) else value


class Range(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, frozen=True)
    name: str = Field(min_length=1)
    low: int
    high: int
    tags: Annotated[list[str], BeforeValidator(split)] = []

    @field_validator("name")
    @classmethod
    def no_digits(cls, value: str) -> str:
        assert value.isalpha(), "must be letters"
        return value

    @model_validator(mode="after")
    def in_order(self) -> Self:
        if self.low > self.high:
            raise PydanticCustomError(
                "order", "{low} is above {high}", {"low": self.low, "high": self.high}
            )
        return self


@app.post("/range")
def range_(body: Range) -> Range:
    return body


@app.get("/even")
def evens(
    number: Annotated[int, AfterValidator(even), Query()],
    ids: Annotated[list[int], Query(), AfterValidator(sorted)] = [],
):
    return [number, ids]


REQUESTS = [
    {
        "method": "POST",
        "url": "/range",
        "json": {"name": " a ", "low": 1, "high": 2, "tags": "x,y"},
    },
    {"method": "POST", "url": "/range", "json": {"name": "a1", "low": 1, "high": 2}},
    {"method": "POST", "url": "/range", "json": {"name": "  ", "low": "x", "high": 2}},
    {"method": "POST", "url": "/range", "json": {"name": "a", "low": 3, "high": 2}},
    {"url": "/even?number=2&ids=3&ids=1"},
    {"url": "/even?number=3&ids=x"},
]
