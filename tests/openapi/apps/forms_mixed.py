"""Several models of form fields, optional ones, and models that hold files."""

from typing import Annotated

from pydantic import BaseModel

from fastapi_lite import FastAPI, File, Form, UploadFile

app = FastAPI()


class A(BaseModel):
    a: int


class B(BaseModel):
    b: str = "b"


class WithFile(BaseModel):
    name: str
    upload: UploadFile
    more: list[UploadFile] = []


@app.post("/two")
def two(a: Annotated[A, Form()], b: Annotated[B, Form()]): ...


@app.post("/optional")
def optional(a: Annotated[A | None, Form()] = None): ...


@app.post("/union")
def union(a: Annotated[A | B, Form()]): ...


@app.post("/mixed")
def mixed(a: Annotated[A, Form()], c: Annotated[int, Form()] = 1): ...


@app.post("/with-file")
def with_file(a: Annotated[WithFile, Form()]): ...


@app.post("/with-file-multipart")
def with_file_multipart(a: Annotated[WithFile, Form(media_type="multipart/form-data")]): ...


@app.post("/model-and-file")
def model_and_file(a: Annotated[A, Form()], f: Annotated[bytes, File()]): ...
