from pathlib import Path

from fastapi_lite import FastAPI
from fastapi_lite.staticfiles import StaticFiles

app = FastAPI()


@app.get("/api/books")
async def books() -> list[str]:
    return ["Emma", "Ulysses"]


app.mount("/", StaticFiles(directory=Path(__file__).parent / "site", html=True), name="site")
