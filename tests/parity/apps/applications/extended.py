"""The document extended by a function, built once, and mutated attributes."""

from fastapi_lite import FastAPI
from fastapi_lite.openapi.utils import get_openapi

app = FastAPI()


@app.get("/items")
def items():
    return []


def custom():
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(
        title="Custom",
        version="2.5.0",
        summary="S",
        description="D",
        routes=app.routes,
        tags=[{"name": "x"}],
        servers=[{"url": "/"}],
    )
    schema["info"]["x-logo"] = {"url": "logo.png"}
    app.openapi_schema = schema
    return app.openapi_schema


app.openapi = custom
REQUESTS = [{"url": "/items"}]
