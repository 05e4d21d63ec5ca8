"""All that the document says of an application, and what is set after it was made."""

from fastapi_lite import FastAPI

app = FastAPI(
    title="Shop <b>&",
    summary="Sells.",
    description="*Many* things.\n\nAnd more.",
    version="1.2.3-beta",
    terms_of_service="https://shop.example/terms",
    contact={"name": "Ann", "url": "https://shop.example", "email": "ann@shop.example"},
    license_info={"name": "MIT", "identifier": "MIT"},
    openapi_tags=[
        {"name": "second", "description": "Listed first"},
        {"name": "first", "externalDocs": {"url": "https://shop.example/first"}},
        {"name": "unused"},
    ],
    servers=[
        {"url": "https://{region}.shop.example", "variables": {"region": {"default": "eu"}}},
        {"url": "/v1", "description": "relative"},
    ],
    openapi_external_docs={"description": "The manual", "url": "https://shop.example/manual"},
)
app.version = "2"
app.title += " too"


@app.get("/", tags=["first", "unlisted"])
def index():
    return {
        "title": app.title,
        "version": app.version,
        "openapi_version": app.openapi_version,
        "tags": [tag["name"] for tag in app.openapi_tags],
        "contact": app.contact,
        "license": app.license_info,
        "terms": app.terms_of_service,
        "summary": app.summary,
        "docs": app.openapi_external_docs,
    }


@app.get("/other", tags=["second"])
def other() -> str:
    return app.openapi()["info"]["version"]


REQUESTS = [
    {"url": "/"},
    {"url": "/other"},
    {"url": "/openapi.json", "headers": {"accept": "text/html"}},
    {"url": "/openapi.json?x=1", "root_path": "/api"},
    {"url": "/openapi.json", "root_path": "/v1"},
    {"url": "/openapi.json"},
    {"method": "POST", "url": "/openapi.json"},
    {"url": "/OPENAPI.json"},
    {"url": "//openapi.json"},
]
