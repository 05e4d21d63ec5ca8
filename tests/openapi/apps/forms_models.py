"""Models of form fields in every combination."""

import dataclasses
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fastapi_lite import Body, FastAPI, File, Form, UploadFile

app = FastAPI()


class A(BaseModel):
    a: int
    b: str = Field(alias="B")
    c: int = 1


class B(BaseModel):
    """Doc B."""

    b: str = "b"


class C(BaseModel):
    model_config = ConfigDict(extra="forbid")

    u: UploadFile | None = None


@dataclasses.dataclass
class D:
    x: int


@app.post("/two-optional")
def two_optional(
    a: Annotated[A | None, Form()] = None,
    b: Annotated[B | None, Form(title="t", description="d")] = None,
): ...


@app.post("/defaulted-and-scalar")
def defaulted_and_scalar(
    a: Annotated[A, Form()] = A(a=1, B="x"), c: Annotated[int, Form()] = 2
): ...


@app.post("/defaulted")
def defaulted(a: Annotated[A, Form()] = A(a=1, B="x")): ...


@app.post("/optional")
def optional(a: Annotated[B | None, Form()] = None): ...


@app.post("/union-and-scalar")
def union_and_scalar(a: Annotated[A | B, Form()], c: Annotated[int, Form()]): ...


@app.post("/optional-union")
def optional_union(a: Annotated[A | B | None, Form()] = None): ...


@app.post("/optional-union-and-model")
def optional_union_and_model(
    a: Annotated[A | B | None, Form()] = None, d: Annotated[C, Form()] = C()
): ...


@app.post("/model-of-files")
def model_of_files(a: Annotated[C, File()]): ...


@app.post("/embedded-body")
def embedded_body(a: Annotated[A, Body(embed=True)]): ...


@app.post("/described")
def described(a: Annotated[A, Form(title="T", description="D", examples=[1])]): ...


@app.post("/described-and-another")
def described_and_another(
    a: Annotated[A, Form(title="T", description="D", examples=[1])], b: Annotated[B, Form()]
): ...


@app.post("/media-types")
def media_types(
    a: Annotated[A, Form(media_type="x/y")], b: Annotated[str, Form(media_type="x/z")]
): ...


@app.post("/media-type-and-file")
def media_type_and_file(
    a: Annotated[str, Form(media_type="x/y")], b: Annotated[UploadFile, File()]
): ...


@app.post("/two-media-types")
def two_media_types(
    a: Annotated[str, Body(media_type="x/y")], b: Annotated[str, Body(media_type="x/z")]
): ...


@app.post("/one-media-type-twice")
def one_media_type_twice(
    a: Annotated[str, Body(media_type="x/y")], b: Annotated[str, Body(media_type="x/y")]
): ...


@app.post("/media-type-and-default")
def media_type_and_default(
    a: Annotated[str, Body(media_type="x/y", embed=True)], b: Annotated[str, Body()]
): ...


@app.post("/dataclass")
def dataclass(a: Annotated[D, Form()]): ...


@app.post("/required-optional")
def required_optional(a: Annotated[A | None, Form()], c: Annotated[int, Form()]): ...


@app.post("/required-optional-alone")
def required_optional_alone(a: Annotated[A | B | None, Form(alias="other")]): ...


@app.post("/body-beside-a-form")
def body_beside_a_form(a: B, c: Annotated[int, Form()], d: Annotated[bytes, File()]): ...
