from typing import Any

from fastapi_lite import FastAPI
from fastapi_lite.openapi.utils import get_openapi

app = FastAPI()


@app.get("/books")
def list_books() -> list[str]:
    return ["Frankenstein"]


def document() -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = get_openapi(title="Books", version="2.0.0", routes=app.routes)
        app.openapi_schema["info"]["x-logo"] = {"url": "https://library.example/logo.svg"}
    return app.openapi_schema


app.openapi = document  # type: ignore[method-assign]
