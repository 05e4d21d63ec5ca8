"""A subclass replaces the steps that make an application."""

from fastapi_lite import FastAPI, Request
from fastapi_lite.responses import JSONResponse


class Shop(FastAPI):
    def __init__(self, *, shop: str, **options):
        self.shop = shop
        super().__init__(title=f"Shop {shop}", **options)

    def setup(self) -> None:
        super().setup()
        self.add_route("/health", self.health, include_in_schema=False)

    async def health(self, request: Request) -> JSONResponse:
        return JSONResponse({"shop": self.shop})

    def openapi(self):
        document = super().openapi()
        document["x-shop"] = self.shop
        return document

    def build_middleware_stack(self):
        inner = super().build_middleware_stack()

        async def stack(scope, receive, send):
            scope["shop"] = self.shop
            await inner(scope, receive, send)

        return stack

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["path"] == "/early":
            await JSONResponse("early")(scope, receive, send)
            return
        await super().__call__(scope, receive, send)


app = Shop(shop="books", version="7")


@app.get("/shop")
def shop(request: Request):
    return [request.scope["shop"], request.app.shop, request.app.title]


REQUESTS = [
    {"url": "/shop"},
    {"url": "/health"},
    {"url": "/early"},
    {"url": "/openapi.json"},
    {"method": "POST", "url": "/health"},
    {"url": "/early/"},
]
