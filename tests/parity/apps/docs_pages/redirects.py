"""The pages that do not depend on where scripts come from: the redirect of OAuth2, and what is off."""

from fastapi_lite import FastAPI
from fastapi_lite.openapi.docs import (
    get_redoc_html,
    get_swagger_ui_html,
    get_swagger_ui_oauth2_redirect_html,
    swagger_ui_default_parameters,
)

app = FastAPI(docs_url="/own-docs", redoc_url=None, swagger_ui_oauth2_redirect_url="/own-redirect")
off = FastAPI(docs_url=None, openapi_url="/there.json")
app.mount("/off", off)


@app.get("/defaults")
def defaults():
    return swagger_ui_default_parameters


@app.get("/types")
def types():
    pages = [
        get_swagger_ui_html(openapi_url="/o", title="T"),
        get_redoc_html(openapi_url="/o", title="T", with_google_fonts=False),
        get_swagger_ui_oauth2_redirect_html(),
    ]
    return [[page.status_code, page.media_type, b"<title>T</title>" in page.body] for page in pages]


REQUESTS = [
    {"url": path}
    for path in (
        "/defaults",
        "/types",
        "/docs",
        "/redoc",
        "/docs/oauth2-redirect",
        "/off/docs",
        "/off/there.json",
        "/off/openapi.json",
    )
]
