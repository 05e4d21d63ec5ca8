"""CORS for some origins, methods and headers: preflights and requests, fitting and not."""

from fastapi_lite import FastAPI, HTTPException, Response
from fastapi_lite.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://a.example", "https://b.example:8443"],
    allow_methods=["GET", "PUT"],
    allow_headers=["X-One", "x-two"],
    expose_headers=["X-Shown"],
    max_age=60,
)


@app.get("/items")
def items(response: Response) -> list[int]:
    response.headers["Vary"] = "Accept"
    return [1]


@app.get("/refused")
def refused() -> None:
    raise HTTPException(403)


def ask(method: str, url: str, origin: str | None, **headers: str) -> dict:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"method": method, "url": url, "headers": ({"Origin": origin} if origin else {}) | named}


WANTED = "Access_Control_Request_Method"
HEADERS = "Access_Control_Request_Headers"

REQUESTS = [
    ask("GET", "/items", None),
    *[
        ask("GET", "/items", origin)
        for origin in (
            "https://a.example",
            "https://b.example:8443",
            "https://c.example",
            "null",
            "",
        )
    ],
    ask("GET", "/refused", "https://a.example"),
    ask("GET", "/nowhere", "https://a.example"),
    ask("GET", "/items", "https://a.example", Cookie="a=b"),
    ask("OPTIONS", "/items", "https://a.example"),
    ask("OPTIONS", "/items", "https://a.example", **{WANTED: "PUT"}),
    ask("OPTIONS", "/items", "https://a.example", **{WANTED: "DELETE"}),
    ask("OPTIONS", "/items", "https://c.example", **{WANTED: "GET"}),
    ask("OPTIONS", "/items", "https://a.example", **{WANTED: "GET", HEADERS: "x-one, X-TWO"}),
    ask("OPTIONS", "/items", "https://a.example", **{WANTED: "GET", HEADERS: "X-Three"}),
    ask("OPTIONS", "/items", "https://a.example", **{WANTED: "GET", HEADERS: "Accept"}),
    ask("OPTIONS", "/items", "https://c.example", **{WANTED: "DELETE", HEADERS: "X-Three"}),
    ask("OPTIONS", "/nowhere", "https://a.example", **{WANTED: "GET"}),
]
