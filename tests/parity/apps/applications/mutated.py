"""Attributes set after the application was made count for its document."""

from fastapi_lite import FastAPI

app = FastAPI()
app.title = "Changed"
app.description = "Changed as well"
app.version = "9"
app.summary = "Short"
app.openapi_tags = [{"name": "t"}]
app.servers = [{"url": "https://s"}]
app.contact = {"name": "C"}
app.license_info = {"name": "L", "url": "https://l"}
app.terms_of_service = "https://t"
app.openapi_version = "3.1.1"
app.state.name = "state"


@app.get("/")
def read():
    return [app.title, app.debug, app.state.name, len(app.routes) > 4, app.url_path_for("read")]


REQUESTS = [{"url": "/"}]
