"""Forms in unions, where a name is a list in one model and scalar in another; optional files beside."""

from typing import Annotated, Literal, Union

from pydantic import BaseModel, Field, Json

from fastapi_lite import FastAPI, File, Form, UploadFile

app = FastAPI()


class One(BaseModel):
    kind: Literal["one"]
    value: int


class Many(BaseModel):
    kind: Literal["many"]
    value: list[int]


class WithFile(BaseModel):
    model_config = {"arbitrary_types_allowed": True}
    name: str
    meta: Json[dict[str, int]] = {}
    flags: set[str] = set()


@app.post("/tagged")
def tagged(form: Annotated[Annotated[Union[One, Many], Field(discriminator="kind")], Form()]):
    return form


@app.post("/untagged")
def untagged(form: Annotated[Union[Many, One], Form()]):
    return form


@app.post("/file")
def file(
    form: Annotated[WithFile, Form()],
    file: Annotated[UploadFile | None, File()] = None,
    many: list[UploadFile] | None = None,
):
    return [form, file and file.filename, [one.filename for one in many or []]]


REQUESTS = [
    {"method": "POST", "url": "/tagged", "data": {"kind": "one", "value": "1"}},
    {"method": "POST", "url": "/tagged", "data": {"kind": "many", "value": ["1", "2"]}},
    {"method": "POST", "url": "/untagged", "data": {"kind": "one", "value": "1"}},
    {"method": "POST", "url": "/untagged", "data": {"kind": "many", "value": ["1", "2"]}},
    {"method": "POST", "url": "/tagged", "data": {"kind": "many", "value": "1"}},
    {"method": "POST", "url": "/untagged", "data": {"kind": "many", "value": "1"}},
    {"method": "POST", "url": "/tagged", "data": {"kind": "one", "value": ["1", "2"]}},
    {"method": "POST", "url": "/tagged", "data": {"kind": "none"}},
    {
        "method": "POST",
        "url": "/file",
        "data": {"name": "a", "meta": '{"x": 1}', "flags": ["b", "b"]},
    },
    {
        "method": "POST",
        "url": "/file",
        "data": {"name": "a", "meta": "x"},
        "files": [("file", ("f", b"1")), ("many", ("g", b"2")), ("many", ("h", b"3"))],
    },
]
