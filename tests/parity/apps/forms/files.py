"""Uploaded files: bytes, UploadFile, lists, optional, metadata, broken multipart."""

from typing import Annotated

from fastapi_lite import FastAPI, File, Form, UploadFile

app = FastAPI()


@app.post("/bytes")
def as_bytes(file: Annotated[bytes, File(max_length=5)]):
    return len(file)


@app.post("/upload")
async def upload(file: UploadFile):
    data = await file.read()
    await file.seek(0)
    again = await file.read(2)
    return {
        "filename": file.filename,
        "size": file.size,
        "type": file.content_type,
        "headers": dict(file.headers),
        "data": data.decode("latin-1"),
        "again": again.decode("latin-1"),
    }


@app.post("/many")
async def many(
    files: list[UploadFile],
    raw: Annotated[list[bytes], File()] = [],
    note: Annotated[str, Form()] = "none",
):
    return {
        "files": [file.filename for file in files],
        "raw": [len(one) for one in raw],
        "note": note,
    }


@app.post("/optional")
async def optional(file: UploadFile | None = None, other: Annotated[bytes | None, File()] = None):
    return [file and file.filename, other and len(other)]


@app.post("/described")
async def described(
    file: Annotated[UploadFile, File(description="A picture", media_type="image/png")],
):
    return file.content_type


def multipart(body: bytes, boundary: str = "x") -> dict:
    return {
        "content": body.replace(b"\n", b"\r\n"),
        "headers": {"content-type": f"multipart/form-data; boundary={boundary}"},
    }


REQUESTS = [
    {"method": "POST", "url": "/bytes", "files": {"file": ("a.txt", b"1234")}},
    {"method": "POST", "url": "/bytes", "files": {"file": ("a.txt", b"123456")}},
    {"method": "POST", "url": "/bytes", "data": {"file": "text"}},
    {"method": "POST", "url": "/bytes"},
    {
        "method": "POST",
        "url": "/upload",
        "files": {"file": ("a b.txt", b"abc", "text/plain; charset=utf-8")},
    },
    {"method": "POST", "url": "/upload", "files": {"file": ("é.txt", b"", "x/y")}},
    {"method": "POST", "url": "/upload", "files": {"file": ("", b"abc")}},
    {"method": "POST", "url": "/upload", "data": {"file": "text"}},
    {"method": "POST", "url": "/upload", "files": {"other": ("a", b"abc")}},
    {
        "method": "POST",
        "url": "/many",
        "files": [("files", ("a", b"1")), ("files", ("b", b"2")), ("raw", ("c", b"3"))],
    },
    {
        "method": "POST",
        "url": "/many",
        "files": [("files", ("a", b"1")), ("raw", ("c", b"3"))],
        "data": {"note": "n"},
    },
    {"method": "POST", "url": "/many", "data": {"files": "x"}},
    {"method": "POST", "url": "/optional"},
    {"method": "POST", "url": "/optional", "files": {"file": ("a", b"1"), "other": ("b", b"22")}},
    {"method": "POST", "url": "/described", "files": {"file": ("a", b"1", "image/png")}},
    {
        "method": "POST",
        "url": "/upload",
        **multipart(
            b'--x\nContent-Disposition: form-data; name="file"; filename="a"\n\nabc\n--x--\n'
        ),
    },
    {
        "method": "POST",
        "url": "/upload",
        **multipart(
            b'--x\nContent-Disposition: form-data; name="file"; filename="a\\"b;c"\nX-Own: 1\n\nabc\n--x--\n'
        ),
    },
    {
        "method": "POST",
        "url": "/upload",
        **multipart(b'--x\nContent-Disposition: form-data; filename="a"\n\nabc\n--x--\n'),
    },
    {
        "method": "POST",
        "url": "/upload",
        **multipart(b"--x\nContent-Type: text/plain\n\nabc\n--x--\n"),
    },
    {"method": "POST", "url": "/upload", **multipart(b"--y\n\nabc\n--y--\n")},
    {"method": "POST", "url": "/upload", **multipart(b"")},
    {"method": "POST", "url": "/upload", **multipart(b"preamble\n--x--\n")},
    {
        "method": "POST",
        "url": "/upload",
        "content": b"--x--",
        "headers": {"content-type": "multipart/form-data"},
    },
    {
        "method": "POST",
        "url": "/upload",
        **multipart(
            b"--x\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%C3%A9\n\nabc\n--x--\n"
        ),
    },
    {
        "method": "POST",
        "url": "/upload",
        **multipart(
            b"--x\nContent-Disposition: form-data; name=file; filename=a.txt\n\nabc\n--x--\n"
        ),
    },
]
