"""What only some servers can do: early hints, pushes, and files that they send by their path."""

from pathlib import Path

from fastapi_lite import FastAPI, Request
from fastapi_lite.requests import cookie_parser
from fastapi_lite.responses import FileResponse

app = FastAPI()
FILE = Path(__file__)


@app.get("/hints")
async def hints(request: Request) -> str:
    await request.send_early_hints("</a.css>; rel=preload", "</b.js>; rel=preload")
    return "hinted"


@app.get("/pushed")
async def pushed(request: Request) -> str:
    await request.send_push_promise("/a.css")
    return "pushed"


@app.get("/file")
def file() -> FileResponse:
    return FileResponse(FILE, headers={"etag": '"x"'})


@app.get("/cookies")
def cookies(said: str) -> dict[str, str]:
    return cookie_parser(said)


CAN: dict[str, dict[str, str]] = {
    "http.response.early_hint": {},
    "http.response.push": {},
    "http.response.pathsend": {},
}
REQUESTS = [
    *[
        {"method": method, "url": url, "extensions": extensions}
        for extensions in ({}, CAN)
        for url in ("/hints", "/pushed", "/file")
        for method in ("GET", "HEAD")
        if method == "GET" or url == "/file"
    ],
    {"url": "/file", "extensions": CAN, "headers": {"range": "bytes=0-1"}},
    {"url": "/cookies?said=a=1; b=%22x%20y%22; c; =d; e=; f=%22%5C073%22; a=2"},
    {"url": "/cookies?said=;;a=b=c;%20%20x%20=%20y%20"},
    {"url": "/cookies?said="},
]
