"""Examples: of the schema and of OpenAPI."""

from typing import Annotated

from pydantic import BaseModel, Field

from fastapi_lite import Body, Cookie, FastAPI, File, Form, Header, Path, Query

app = FastAPI()


class Point(BaseModel):
    x: int = Field(examples=[1, 2])
    y: int | None = None

    model_config = {"json_schema_extra": {"examples": [{"x": 1, "y": None}]}}


class Extra(BaseModel):
    name: Annotated[str, Field(json_schema_extra={"x-hint": "short", "example": "n"})]


NAMED = {
    "one": {"summary": "One", "description": "the *one*", "value": {"x": 1}},
    "two": {"value": {"x": 2, "y": None}},
    "far": {"externalValue": "https://examples.example/3"},
}


@app.post("/point")
def with_body(
    point: Annotated[Point, Body(openapi_examples=NAMED, description="A point", title="Pt")],
): ...


@app.post("/examples")
def with_schema_examples(
    point: Annotated[Point, Body(examples=[{"x": 4}, {"x": 5, "y": None}])],
): ...


@app.get("/q/{p}")
def with_parameters(
    p: Annotated[int, Path(openapi_examples={"a": {"value": 1}})],
    q: Annotated[
        str | None, Query(openapi_examples={"a": {"value": "x"}, "n": {"value": None}})
    ] = None,
    r: Annotated[str, Query(examples=["r1", "r2"])] = "r",
    s: Annotated[str, Header(openapi_examples={"a": {"summary": "s", "value": "x"}})] = "s",
    t: Annotated[str, Cookie(json_schema_extra={"x-more": {"deep": None}})] = "t",
): ...


@app.post("/form")
def with_form(
    a: Annotated[str, Form(examples=["f"], openapi_examples={"z": {"value": "z"}})],
    b: Annotated[bytes, File(description="a file")],
): ...


@app.post("/extra")
def with_extra(extra: Extra): ...


@app.post("/several")
def several(
    a: Annotated[Point, Body(openapi_examples={"a": {"value": {"x": 1}}})],
    b: Annotated[int, Body(examples=[1], description="b", gt=0)] = 2,
): ...
