"""An application without a document, and so without pages and redirects for them."""

from fastapi_lite import FastAPI

app = FastAPI(openapi_url=None, docs_url="/pages", redoc_url="/more")


@app.get("/")
def urls():
    return [app.openapi_url, app.docs_url, app.redoc_url, app.swagger_ui_oauth2_redirect_url]


REQUESTS = [
    {"url": "/"},
    {"url": "/openapi.json"},
    {"url": "/docs"},
    {"url": "/pages"},
    {"url": "/more"},
    {"url": "/docs/oauth2-redirect"},
    {"url": "/pages/oauth2-redirect"},
    {"url": ""},
]
