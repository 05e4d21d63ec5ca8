from pathlib import Path
from typing import Any

import jinja2

from fastapi_lite import FastAPI, Request
from fastapi_lite.responses import HTMLResponse
from fastapi_lite.templating import Jinja2Templates


def add_visitor(request: Request) -> dict[str, Any]:
    return {"visitor": request.cookies.get("name", "stranger")}


env = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True
)
env.filters["shout"] = str.upper
templates = Jinja2Templates(env=env, context_processors=[add_visitor])
app = FastAPI()


@app.get("/", response_class=HTMLResponse)
async def greet(request: Request) -> HTMLResponse:
    return templates.TemplateResponse(request, "greeting.html")
