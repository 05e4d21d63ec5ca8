"""Forms and files."""

from typing import Annotated

from pydantic import BaseModel, Field

from fastapi_lite import FastAPI, File, Form, UploadFile

app = FastAPI()


class Login(BaseModel):
    """Who is there."""

    username: str
    password: str = Field(json_schema_extra={"format": "password"})
    tags: list[str] = []


class Strict(BaseModel):
    model_config = {"extra": "forbid"}

    a: int = 1


@app.post("/form")
def form(username: Annotated[str, Form()], password: Annotated[str, Form()] = "x"): ...


@app.post("/optional-form")
def optional_form(username: Annotated[str | None, Form()] = None): ...


@app.post("/form-model")
def form_model(login: Annotated[Login, Form()]): ...


@app.post("/strict-form-model")
def strict_form_model(strict: Annotated[Strict, Form()]): ...


@app.post("/model-media")
def model_media(login: Annotated[Login, Form(media_type="multipart/form-data")]): ...


@app.post("/file")
def file(data: Annotated[bytes, File()]): ...


@app.post("/optional-file")
def optional_file(data: Annotated[bytes | None, File(description="d")] = None): ...


@app.post("/upload")
def upload(data: UploadFile): ...


@app.post("/optional-upload")
def optional_upload(data: UploadFile | None = None): ...


@app.post("/uploads")
def uploads(data: list[UploadFile]): ...


@app.post("/declared-uploads")
def declared_uploads(data: Annotated[list[UploadFile], File(description="many")]): ...


@app.post("/files")
def files(data: Annotated[list[bytes], File()]): ...


@app.post("/both")
def both(
    data: Annotated[bytes, File()],
    other: Annotated[UploadFile, File()],
    token: Annotated[str, Form()],
): ...


@app.post("/form-list")
def form_list(values: Annotated[list[int], Form()]): ...


@app.post("/aliased")
def aliased(
    a: Annotated[str, Form(alias="A", title="t", min_length=2)], b: Annotated[int, Form(ge=3)] = 3
): ...
