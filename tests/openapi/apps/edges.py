"""Declarations that say unusual things of parameters."""

import datetime
import warnings
from typing import Annotated, Any

from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    SecretStr,
)

from fastapi_lite import Body, FastAPI, Header, Query

warnings.simplefilter("ignore")
app = FastAPI()


class Settings(BaseModel):
    model_config = ConfigDict(
        str_max_length=3,
        use_enum_values=True,
        alias_generator=lambda name: name.upper(),
        use_attribute_docstrings=True,
        val_json_bytes="base64",
    )

    a_b: str = "x"
    b: bytes = b""
    c: int = Field(1, validation_alias=AliasChoices("c1", "c2"))
    d: int = Field(1, json_schema_extra={"x": 1}, exclude=True)
    e: list[int] = Field(default_factory=list)
    f: int = Field(validation_alias=AliasPath("ff", 0), default=3)
    """Doc of f"""


class Needed(BaseModel):
    a: int
    z: str


class Item(BaseModel):
    a: int = 1


@app.get("/settings")
def settings(m: Annotated[Settings, Query()]): ...


@app.get("/settings-in-headers")
def settings_in_headers(m: Annotated[Settings, Header()]): ...


@app.get("/optional")
def optional(m: Annotated[Needed | None, Query()] = None): ...


@app.get("/defaulted")
def defaulted(m: Annotated[Needed, Query()] = Needed(a=1, z="z")): ...


@app.get("/aliases")
def aliases(
    a: Annotated[int, Query(validation_alias=AliasPath("x", 0))],
    b: Annotated[int, Query(validation_alias=AliasChoices(AliasPath("y", 0), "b2"))],
    c: Annotated[int, Header(validation_alias=AliasChoices("c_1", "b2"))],
    d: Annotated[int, Header(validation_alias="d_1", alias="D")],
    e: Annotated[int, Query(alias="E", serialization_alias="ee")],
): ...


@app.post("/body-aliases")
def body_aliases(
    c: Annotated[int, Body(validation_alias="cc")],
    d: Annotated[int, Body(alias="dd", serialization_alias="DD")],
    e: Annotated[int, Body(validation_alias=AliasChoices("e1", "e2"))],
): ...


@app.get("/defaults")
def defaults(
    s: SecretStr = SecretStr("x"),
    b: Annotated[bytes, Query(min_length=3)] = b"\xff",
    c: Annotated[int, PlainSerializer(str)] = 3,
    d: Annotated[float, Query()] = float("inf"),
    e: Annotated[Any, Query()] = Item,
    f: Annotated[
        datetime.date, Query(example="2020", description="x", openapi_examples={})
    ] = datetime.date(2020, 1, 1),
): ...


@app.get("/examples")
def examples(
    s: Annotated[int, Query(example=3)],
    t: Annotated[
        int,
        Query(
            example=3,
            openapi_examples={"a": {"value": 1}},
            deprecated=True,
            description="d",
            examples=[3],
        ),
    ],
    u: Annotated[int, Query(json_schema_extra=lambda schema: schema.update(x=1, title="mine"))],
    v: Annotated[str | None, Query(title="")],
    w: Annotated[str | None, Query(description="")],
): ...


@app.post("/body-example")
def body_example(s: Annotated[int, Body(example=3, description="hm")]): ...


@app.post("/model-example")
def model_example(
    s: Annotated[Item, Body(example={"a": 3}, description="hm", deprecated=True)],
): ...


@app.post("/embedded")
def embedded(
    s: Annotated[Item, Body(example={"a": 3})],
    t: Annotated[Item, Body(openapi_examples={"x": {"value": 3}}, title="tt", deprecated=True)],
    u: Item | None = None,
    v: list[Item] | None = None,
    w: Annotated[Item, Body(description="kkk")] = Item(),
    x: Item | int | None = None,
    y: Annotated[Item | None, Body(title="yy")] = None,
    z: Annotated[int | None, Body(json_schema_extra={"zz": 1})] = None,
): ...
