"""CORS for everybody."""

from fastapi_lite import FastAPI
from fastapi_lite.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"])


@app.get("/")
def read() -> int:
    return 1


@app.api_route("/any", methods=["QUERY", "PATCH"])
def write() -> int:
    return 2


ORIGIN = {"Origin": "https://a.example"}
REQUESTS = [
    {"url": "/"},
    {"url": "/", "headers": ORIGIN},
    {"url": "/", "headers": ORIGIN | {"Cookie": "a=b"}},
    {"method": "QUERY", "url": "/any", "headers": ORIGIN},
    *[
        {
            "method": "OPTIONS",
            "url": "/any",
            "headers": ORIGIN | {"Access-Control-Request-Method": method} | more,
        }
        for method in ("GET", "QUERY", "BREW", "patch")
        for more in ({}, {"Access-Control-Request-Headers": "X-A, x-b"})
    ],
]
