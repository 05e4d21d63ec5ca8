"""Enums of text and of numbers, literals, unions and their order."""

from enum import Enum, IntEnum
from typing import Annotated, Literal, Union

from pydantic import Field

from fastapi_lite import FastAPI, Path, Query

app = FastAPI()


class Model(str, Enum):
    """The models there are."""

    alexnet = "alexnet"
    lenet = "lenet"


class Level(IntEnum):
    low = 1
    high = 2


class Plain(Enum):
    a = "A"
    b = 2


@app.get("/models/{model}")
def model(model: Model, level: Level = Level.low, plain: Plain = Plain.a):
    return {"model": model, "level": level, "plain": plain, "is": model is Model.lenet}


@app.get("/union/{value}")
def union(
    value: Union[int, float, str],
    left: Annotated[Union[int, str], Field(union_mode="left_to_right")] = 0,
    two: Literal["on", True, 1, None] = None,
    bounded: Annotated[int | Literal["all"], Query(ge=1)] = 1,
):
    return [repr(value), repr(left), repr(two), repr(bounded)]


@app.get("/float/{ratio}")
def ratio(ratio: Annotated[float, Path(gt=0, lt=1)]):
    return ratio


REQUESTS = [
    {"url": "/models/lenet"},
    {"url": "/models/vgg?level=3&plain=c"},
    {"url": "/models/alexnet?level=2&plain=2"},
    {"url": "/models/alexnet?plain=A"},
    {"url": "/union/1?left=1&two=on"},
    {"url": "/union/1.5?left=a&two=1"},
    {"url": "/union/a?two=true"},
    {"url": "/union/1?bounded=all"},
    {"url": "/float/0.5"},
    {"url": "/float/1"},
    {"url": "/float/nan"},
    {"url": "/float/a%2Fb"},
]
