"""No document, no pages; a hidden application; redirects off."""

from fastapi_lite import FastAPI

app = FastAPI(openapi_url=None, redirect_slashes=False)


@app.get("/a/")
def a():
    return "a"


@app.get("/b")
def b():
    return "b"


app.openapi_version = "3.0.2"
REQUESTS = [
    {"url": path}
    for path in ("/a", "/a/", "/b/", "/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect")
]
