"""Hosts that are believed, and what the others are told."""

from fastapi_lite import FastAPI
from fastapi_lite.middleware.trustedhost import TrustedHostMiddleware

app = FastAPI()
app.add_middleware(
    TrustedHostMiddleware,
    allowed_hosts=["a.example", "*.b.example", "www.c.example", "[::1]"],
)


@app.get("/")
def read() -> int:
    return 1


REQUESTS = [
    {"url": "/?a=b", "headers": {"Host": host}}
    for host in (
        "a.example",
        "A.Example",
        "a.example:8000",
        "x.a.example",
        "x.b.example",
        "x.y.b.example",
        "b.example",
        "c.example",
        "www.c.example",
        "[::1]",
        "[::1]:8000",
        "evil.test",
        "evil.test#a.example",
    )
]
