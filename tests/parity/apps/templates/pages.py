"""Templates: contexts, processors, escaping, URLs, statuses, media types, missing ones."""

import tempfile
from pathlib import Path

from fastapi_lite import FastAPI, Request
from fastapi_lite.background import BackgroundTask
from fastapi_lite.responses import HTMLResponse
from fastapi_lite.templating import Jinja2Templates

DIRECTORY = Path(tempfile.gettempdir()) / "parity-templates"
DIRECTORY.mkdir(exist_ok=True)
(DIRECTORY / "page.html").write_text(
    "<a href=\"{{ url_for('item', id=id) }}\">{{ id }} {{ word }}</a>{{ processed }}"
)
(DIRECTORY / "base.txt").write_text("{% block body %}base{% endblock %} {{ request.url.path }}")
(DIRECTORY / "child.txt").write_text(
    '{% extends "base.txt" %}{% block body %}{{ word }}{% endblock %}'
)
(DIRECTORY / "broken.html").write_text("{{ nothing.at.all }}")

templates = Jinja2Templates(
    DIRECTORY, context_processors=[lambda request: {"processed": request.method}]
)
app = FastAPI()


@app.get("/items/{id}", response_class=HTMLResponse, name="item")
async def item(request: Request, id: str):
    return templates.TemplateResponse(
        request=request, name="page.html", context={"id": id, "word": "<&>"}
    )


@app.get("/text")
async def text(request: Request):
    return templates.TemplateResponse(
        request,
        "child.txt",
        {"word": "<child>"},
        status_code=201,
        headers={"x-own": "1"},
        media_type="text/plain",
        background=BackgroundTask(print, "done"),
    )


@app.get("/missing")
async def missing(request: Request):
    return templates.TemplateResponse(request, "nothing.html")


@app.get("/broken")
async def broken(request: Request):
    return templates.TemplateResponse(request, "broken.html")


@app.get("/rendered")
async def rendered():
    return templates.get_template("base.txt").render({"request": {"url": {"path": "none"}}})


REQUESTS = [
    {"url": path}
    for path in ("/items/5", "/items/%3Cb%3E", "/text", "/missing", "/broken", "/rendered")
]
