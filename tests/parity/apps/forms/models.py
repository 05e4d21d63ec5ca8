"""Models as forms: required and optional, forbidden extras, beside scalars and files, in unions."""

from typing import Annotated, Union

from pydantic import BaseModel, ConfigDict, Field

from fastapi_lite import FastAPI, Form, UploadFile

app = FastAPI()


class Login(BaseModel):
    model_config = ConfigDict(extra="forbid")
    username: str
    password: str = Field(min_length=3)


class Survey(BaseModel):
    name: str = "anonymous"
    answers: list[int] = []
    comment: str | None = Field(None, alias="the-comment")


class ByName(BaseModel):
    name: str


class ByNumber(BaseModel):
    number: int


@app.post("/login")
def login(form: Annotated[Login, Form()]):
    return form


@app.post("/survey")
def survey(form: Annotated[Survey, Form()]):
    return form


@app.post("/optional")
def optional(form: Annotated[Survey | None, Form()] = None):
    return form


@app.post("/union")
def union(form: Annotated[Union[ByName, ByNumber], Form()]):
    return {"got": type(form).__name__, "form": form}


@app.post("/mixed")
def mixed(form: Annotated[ByName, Form()], other: Annotated[int, Form()], file: UploadFile):
    return [form, other, file.filename]


REQUESTS = [
    {"method": "POST", "url": "/login", "data": {"username": "a", "password": "abc"}},
    {"method": "POST", "url": "/login", "data": {"username": "a", "password": "ab", "more": "x"}},
    {
        "method": "POST",
        "url": "/login",
        "data": {"username": "a", "password": "abc", "more": ["x", "y"]},
    },
    {"method": "POST", "url": "/login", "data": {}},
    {"method": "POST", "url": "/survey", "data": {}},
    {
        "method": "POST",
        "url": "/survey",
        "data": {"answers": ["1", "2"], "the-comment": "c", "name": ""},
    },
    {"method": "POST", "url": "/survey", "data": {"answers": "x", "comment": "c"}},
    {"method": "POST", "url": "/optional"},
    {"method": "POST", "url": "/optional", "data": {"answers": "1"}},
    {"method": "POST", "url": "/union", "data": {"name": "a"}},
    {"method": "POST", "url": "/union", "data": {"number": "1"}},
    {"method": "POST", "url": "/union", "data": {"number": "x"}},
    {
        "method": "POST",
        "url": "/mixed",
        "data": {"name": "a", "other": "1"},
        "files": {"file": ("n.txt", b"x")},
    },
    {"method": "POST", "url": "/mixed", "data": {"form": "a"}},
]
