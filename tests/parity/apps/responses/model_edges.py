"""Response models at their edges: inheritance, aliases in lists, generators, tuples, roots, errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Optional, Union

from pydantic import BaseModel, Field, RootModel
from typing_extensions import TypedDict

from fastapi_lite import FastAPI
from fastapi_lite.responses import JSONResponse

app = FastAPI()


class Base(BaseModel):
    kind: str = "base"


class Derived(Base):
    kind: str = "derived"
    extra: int = 1


class Nested(BaseModel):
    one: Base
    many: list[Base] = []
    maybe: Optional[Base] = None
    by_key: dict[str, Base] = {}


class Tag(RootModel[str]):
    pass


class Cat(BaseModel):
    type: Literal["cat"] = "cat"
    lives: int = 9


class Dog(BaseModel):
    type: Literal["dog"] = "dog"
    good: bool = True


@dataclass
class Point:
    x: int
    y: int = 0


class Movie(TypedDict, total=False):
    title: str
    year: int


@app.get("/nested")
def nested() -> Nested:
    return Nested(one=Derived(), many=[Derived(), Base()], maybe=Derived(), by_key={"a": Derived()})


@app.get("/nested-dict", response_model=Nested)
def nested_dict():
    return {"one": {"kind": "x", "more": 1}, "many": [Derived()], "by_key": {"a": {"kind": "y"}}}


@app.get("/attributes", response_model=Base)
def attributes():
    class Row:
        kind = "row"

    return Row()


@app.get("/root")
def root() -> list[Tag]:
    return [Tag("a"), "b"]


@app.get("/pets", response_model=list[Annotated[Union[Cat, Dog], Field(discriminator="type")]])
def pets():
    return [Cat(), {"type": "dog", "good": False}]


@app.get("/dataclass", response_model=list[Point])
def dataclass_():
    return [Point(1), {"x": "2", "y": 3}, Point(4, 5)]


@app.get("/typed")
def typed() -> Movie:
    return {"title": "a", "year": 1, "more": True}


@app.get("/tuple")
def tuple_() -> tuple[int, str]:
    return (1, "a")


@app.get("/sequence")
def sequence() -> Sequence[Base]:
    return (Derived(), Base())


@app.get("/set")
def set_() -> set[int]:
    return {1}


@app.get("/scalar")
def scalar() -> int:
    return "7"


@app.get("/bool")
def bool_() -> bool | None:
    return None


@app.get("/unset", response_model_exclude_unset=True, response_model=Nested)
def unset():
    return {"one": {}, "many": [{"kind": "base"}]}


@app.get(
    "/deep", response_model=Nested, response_model_include={"one": {"kind"}, "many": {0: {"kind"}}}
)
def deep():
    return Nested(one=Base(), many=[Base(), Base()])


@app.get("/json-in-model")
def json_in_model() -> Base:
    return JSONResponse({"not": "checked"})


@app.get("/wrong-list")
def wrong_list() -> list[Base]:
    return [{"kind": 1}]


@app.get("/none-where-model")
def none() -> Base:
    return None


@app.get("/any")
def any_() -> Any:
    return {"a": Derived(), "b": (1, 2)}


@app.get("/object", response_model=object)
def object_():
    return {"a": 1}


PATHS = "nested nested-dict attributes root pets dataclass typed tuple sequence set scalar bool unset deep json-in-model wrong-list none-where-model any object"
REQUESTS = [{"url": f"/{path}"} for path in PATHS.split()]
