"""CORS by a pattern alone."""

from fastapi_lite import FastAPI
from fastapi_lite.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://[a-z]+\.example")


@app.get("/")
def read() -> int:
    return 1


REQUESTS = [
    {"method": method, "url": "/", "headers": {"Origin": origin} | more}
    for method, more in (("GET", {}), ("OPTIONS", {"Access-Control-Request-Method": "GET"}))
    for origin in (
        "https://abc.example",
        "https://abc.example.evil.test",
        "https://ABC.example",
        "https://a1.example",
        "http://abc.example",
    )
]
