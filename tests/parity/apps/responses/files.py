"""Files: ranges of all kinds, conditions, names, types, HEAD."""

import os
import tempfile
from pathlib import Path

from fastapi_lite import FastAPI
from fastapi_lite.responses import FileResponse

app = FastAPI()
FILE = Path(tempfile.gettempdir()) / "parity-file.txt"
if not FILE.exists() or FILE.stat().st_size != 26:
    FILE.write_bytes(b"abcdefghijklmnopqrstuvwxyz")
os.utime(FILE, (1_700_000_000, 1_700_000_000))


@app.api_route("/file", methods=["GET", "HEAD", "POST"])
def file():
    return FileResponse(FILE)


@app.get("/named")
def named():
    return FileResponse(
        FILE,
        filename="é b.txt",
        media_type="application/x-own",
        headers={"X-A": "1"},
        status_code=203,
    )


@app.get("/inline", response_class=FileResponse)
def inline():
    return FileResponse(FILE, filename="plain.txt", content_disposition_type="inline")


@app.get("/path", response_class=FileResponse)
def path():
    return str(FILE)


@app.get("/missing")
def missing():
    return FileResponse(FILE.with_name("parity-nothing"))


@app.get("/directory")
def directory():
    return FileResponse(FILE.parent)


RANGES = [
    "bytes=0-4",
    "bytes=5-",
    "bytes=-3",
    "bytes=0-0,2-3",
    "bytes=25-100",
    "bytes=30-",
    "bytes=5-2",
    "bytes=",
    "bytes=a-b",
    "items=0-1",
    "bytes=0-0, 20-, -1",
    "bytes=0-3,2-5",
    "bytes=-0",
    "bytes=-100",
    "BYTES=0-1",
]
REQUESTS = [
    {"url": "/file"},
    {"method": "HEAD", "url": "/file"},
    {"method": "POST", "url": "/file", "headers": {"range": "bytes=0-1"}},
    *[{"url": "/file", "headers": {"range": one}} for one in RANGES],
    {"method": "HEAD", "url": "/file", "headers": {"range": "bytes=0-1"}},
    {
        "url": "/file",
        "headers": {"range": "bytes=0-1", "if-range": "Tue, 14 Nov 2023 22:13:20 GMT"},
    },
    {"url": "/file", "headers": {"range": "bytes=0-1", "if-range": '"other"'}},
    {
        "url": "/file",
        "headers": {"range": "bytes=0-1", "if-range": "Wed, 15 Nov 2023 22:13:20 GMT"},
    },
    *[{"url": f"/{name}"} for name in ("named", "inline", "path", "missing", "directory")],
    {"url": "/named", "headers": {"range": "bytes=0-1"}},
]
