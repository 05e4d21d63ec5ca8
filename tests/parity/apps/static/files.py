"""Static files: plain and HTML mode, conditions, ranges, directories, traversal, odd names."""

import os
import tempfile
from pathlib import Path

from fastapi_lite.applications import Starlette
from fastapi_lite.routing import Mount
from fastapi_lite.staticfiles import StaticFiles

SITE = Path(tempfile.gettempdir()) / "parity-site"
(SITE / "sub").mkdir(parents=True, exist_ok=True)
(SITE / "empty").mkdir(exist_ok=True)
for name, content in {
    "a.txt": "text",
    "index.html": "<p>home",
    "404.html": "<p>none",
    "sub/index.html": "<p>sub",
    "b.css": "p{}",
    "no_extension": "x",
    "é.txt": "e",
}.items():
    (SITE / name).write_text(content)
    os.utime(SITE / name, (1_700_000_000, 1_700_000_000))

app = Starlette(
    routes=[
        Mount("/plain", StaticFiles(directory=SITE)),
        Mount("/html", StaticFiles(directory=SITE, html=True), name="site"),
    ]
)
NAMES = (
    "",
    "/",
    "/a.txt",
    "/a.txt/",
    "/b.css",
    "/no_extension",
    "/%C3%A9.txt",
    "/sub",
    "/sub/",
    "/sub/index.html",
    "/empty/",
    "/nothing",
    "/nothing/",
    "/../a.txt",
    "/%2e%2e/a.txt",
    "/sub/%2e%2e/a.txt",
    "//a.txt",
    "/" + "x" * 300,
)
REQUESTS = (
    [{"url": f"/{kind}{name}"} for kind in ("plain", "html") for name in NAMES]
    + [
        {"method": method, "url": "/plain/a.txt"}
        for method in ("HEAD", "POST", "OPTIONS", "DELETE")
    ]
    + [
        {"url": "/plain/a.txt", "headers": headers}
        for headers in (
            {"if-modified-since": "Tue, 14 Nov 2023 22:13:20 GMT"},
            {"if-modified-since": "Mon, 13 Nov 2023 22:13:20 GMT"},
            {"if-modified-since": "nonsense"},
            {"if-none-match": "*"},
            {"if-none-match": '"other"'},
            {"if-none-match": '"other"', "if-modified-since": "Tue, 14 Nov 2023 22:13:20 GMT"},
            {"range": "bytes=0-1"},
            {"range": "bytes=9-"},
        )
    ]
    + [{"websocket": "/plain/a.txt"}]
)
