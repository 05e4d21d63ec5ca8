"""Everything allowed: without credentials, with them, and for private networks."""

from fastapi_lite import FastAPI
from fastapi_lite.middleware.cors import CORSMiddleware

app = FastAPI()


def part(**options) -> FastAPI:
    made = FastAPI(openapi_url=None)
    made.add_middleware(CORSMiddleware, **options)
    made.api_route("/", methods=["GET", "POST"])(lambda: "x")
    return made


ALL = {"allow_origins": ["*"], "allow_methods": ["*"], "allow_headers": ["*"]}
PARTS = {
    "all": ALL,
    "credentials": {**ALL, "allow_credentials": True},
    "private": {**ALL, "allow_private_network": True},
    "defaults": {},
    "simple": {"allow_origins": ("*",), "expose_headers": ("x-a",), "max_age": 0},
}
for name, options in PARTS.items():
    app.mount(f"/{name}", part(**options))

ORIGIN = {"origin": "https://other.example"}
ASKED = {**ORIGIN, "access-control-request-method": "PATCH"}
REQUESTS = []
for name in PARTS:
    url = f"/{name}/"
    REQUESTS += [
        {"url": url},
        {"url": url, "headers": ORIGIN},
        {"url": url, "headers": ORIGIN, "cookies": {"a": "b"}},
        {"method": "OPTIONS", "url": url, "headers": ASKED},
        {
            "method": "OPTIONS",
            "url": url,
            "headers": {**ASKED, "access-control-request-method": "QUERY"},
        },
        {
            "method": "OPTIONS",
            "url": url,
            "headers": {
                **ASKED,
                "access-control-request-headers": "x-a, x-b",
                "access-control-request-private-network": "true",
            },
        },
    ]
