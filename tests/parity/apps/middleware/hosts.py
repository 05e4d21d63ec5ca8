"""Which names of the server are answered, and where others are sent."""

from fastapi_lite import FastAPI, Request
from fastapi_lite.middleware.trustedhost import TrustedHostMiddleware

app = FastAPI()


def part(*args, **options) -> FastAPI:
    made = FastAPI(openapi_url=None)
    made.add_middleware(TrustedHostMiddleware, *args, **options)

    @made.get("/where")
    def where(request: Request):
        return str(request.url)

    return made


app.mount("/named", part(allowed_hosts=["shop.example", "*.shops.example", "[::1]"]))
app.mount("/www", part(["www.shop.example"]))
app.mount("/strict", part(["www.shop.example"], www_redirect=False))
app.mount("/all", part())

HOSTS = (
    "shop.example",
    "SHOP.example:8000",
    "a.shops.example",
    "shops.example",
    "evil.example",
    "[::1]:80",
    "www.shop.example",
    "",
    "shop.example.",
)
REQUESTS = [
    *({"url": "/named/where", "headers": {"host": host}} for host in HOSTS),
    {"url": "/www/where?x=1", "headers": {"host": "shop.example"}},
    {"url": "/www/where", "headers": {"host": "www.shop.example:99"}},
    {"url": "/www/where", "headers": {"host": "other.example"}},
    {"url": "/strict/where", "headers": {"host": "shop.example"}},
    {"url": "/all/where", "headers": {"host": "any.example"}},
]
