from pathlib import Path

from fastapi_lite import FastAPI, HTTPException, Request
from fastapi_lite.responses import HTMLResponse
from fastapi_lite.templating import Jinja2Templates

BOOKS = {1: "Emma", 2: "Ulysses"}

app = FastAPI()
templates = Jinja2Templates(Path(__file__).parent / "pages")


@app.get("/", response_class=HTMLResponse)
async def home(request: Request) -> HTMLResponse:
    return templates.TemplateResponse(request, "home.html", {"books": BOOKS})


@app.get("/books/{book_id}", response_class=HTMLResponse)
async def show_book(request: Request, book_id: int) -> HTMLResponse:
    if book_id not in BOOKS:
        raise HTTPException(404)
    return templates.TemplateResponse(request, "book.html", {"title": BOOKS[book_id]})
