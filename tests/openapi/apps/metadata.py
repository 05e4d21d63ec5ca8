"""Everything that an application says about itself."""

from fastapi_lite import FastAPI

app = FastAPI(
    title="Lighthouses",
    version="3.1.4",
    summary="All that shines by the sea",
    description="Look up **lighthouses**.\n\nAnd their keepers.",
    terms_of_service="https://sea.example/terms",
    contact={"name": "Keeper", "url": "https://sea.example", "email": "keeper@sea.example.com"},
    license_info={"name": "MIT", "identifier": "MIT", "x-year": 2026},
    servers=[
        {
            "url": "https://{zone}.sea.example",
            "description": "live",
            "variables": {"zone": {"default": "eu", "enum": ["eu", "us"]}},
        },
        {"url": "/local"},
    ],
    openapi_tags=[
        {"name": "towers", "description": "Of stone", "externalDocs": {"url": "https://a.example"}},
        {"name": "unused", "x-order": 2},
    ],
    openapi_external_docs={"description": "More", "url": "https://docs.example/more"},
)


@app.get("/towers", tags=["towers", "public"])
def list_towers(): ...
