"""Models of forms that hold files, lists of files and aliases; files that are used after they were read."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fastapi_lite import BackgroundTasks, Depends, FastAPI, File, Form, UploadFile

app = FastAPI()
kept: list[UploadFile] = []


class Upload(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(min_length=1, examples=["A title"])
    cover: UploadFile
    pages: list[UploadFile] = []
    raw: bytes | None = None


@app.post("/upload")
async def upload(form: Annotated[Upload, Form()]):
    names = [page.filename for page in form.pages]
    return [form.title, form.cover.filename, names, form.raw and len(form.raw)]


def first_bytes(data: Annotated[bytes, File(alias="file")]):
    return data[:4].decode("latin-1")


@app.post("/shared")
async def shared(
    file: UploadFile, start: Annotated[str, Depends(first_bytes)], tasks: BackgroundTasks
):
    before = await file.read(2)
    await file.seek(0)
    await file.write(b"XY")
    await file.seek(1)
    kept[:] = [file]
    tasks.add_task(file.close)
    return [start, before, await file.read(), file.size]


@app.get("/kept")
def closed():
    return [file.file.closed for file in kept]


FILE = ("a.bin", b"abcdef", "application/x-own")
STATEFUL = True
REQUESTS = [
    {"method": "POST", "url": "/upload", "data": {"title": "t"}, "files": {"cover": FILE}},
    {
        "method": "POST",
        "url": "/upload",
        "data": {"title": "t"},
        "files": [("cover", FILE), ("pages", FILE), ("pages", ("b", b"")), ("raw", FILE)],
    },
    {"method": "POST", "url": "/upload", "data": {"title": "", "cover": "text"}},
    {
        "method": "POST",
        "url": "/upload",
        "data": {"title": "t", "more": "m"},
        "files": {"cover": FILE},
    },
    {"method": "POST", "url": "/upload", "json": {}},
    {"method": "POST", "url": "/shared", "files": {"file": FILE}},
    {"url": "/kept"},
    {"method": "POST", "url": "/shared", "data": {"file": "text"}},
    {"method": "POST", "url": "/shared"},
]
