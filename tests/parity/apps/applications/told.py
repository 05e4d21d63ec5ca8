"""An application with all its descriptions, tags, servers, contact and licence."""

from fastapi_lite import FastAPI

app = FastAPI(
    title="The title",
    summary="A summary",
    description="A *description*",
    version="2.1",
    terms_of_service="https://example.com/terms",
    contact={"name": "A", "url": "https://example.com", "email": "a@example.com"},
    license_info={"name": "MIT", "identifier": "MIT"},
    openapi_tags=[
        {
            "name": "b",
            "description": "B",
            "externalDocs": {"url": "https://b.c", "description": "more"},
        },
        {"name": "a"},
    ],
    openapi_external_docs={"url": "https://docs.example.com", "description": "Docs"},
    servers=[
        {
            "url": "https://a.b",
            "description": "A",
            "variables": {"v": {"default": "1", "enum": ["1", "2"]}},
        }
    ],
    openapi_url="/api/v1/openapi.json",
    docs_url="/documentation",
    redoc_url=None,
    deprecated=True,
    separate_input_output_schemas=False,
)


@app.get("/a", tags=["a"])
def a():
    return app.title


@app.get("/b", tags=["b", "c"])
def b(q: int = 1):
    return q


REQUESTS = [
    {"url": path}
    for path in (
        "/a",
        "/b?q=x",
        "/redoc",
        "/docs",
        "/openapi.json",
        "/documentation/oauth2-redirect",
    )
]
