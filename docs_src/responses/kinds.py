import io
from collections.abc import Iterator

from fastapi_lite import FastAPI
from fastapi_lite.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)

app = FastAPI()


@app.get("/", response_class=HTMLResponse)
async def home() -> str:
    return "<h1>Bookshop</h1>"


@app.get("/start", response_class=RedirectResponse)
async def start() -> str:
    return "/"


@app.get("/login")
async def log_in() -> PlainTextResponse:
    response = PlainTextResponse("Welcome")
    response.set_cookie("session", "abc", max_age=3600, httponly=True, secure=True)
    response.headers["Cache-Control"] = "no-store"
    return response


@app.get("/sales.csv")
def sales() -> StreamingResponse:
    def lines() -> Iterator[str]:
        yield "title,sold\n"
        for title, sold in [("Emma", 3), ("Ulysses", 1)]:
            yield f"{title},{sold}\n"

    return StreamingResponse(lines(), media_type="text/csv")


@app.get("/source")
async def source() -> FileResponse:
    return FileResponse(__file__, filename="bookshop.py")


@app.get("/cover")
def cover() -> StreamingResponse:
    return StreamingResponse(io.BytesIO(b"not really a picture"), media_type="image/png")
