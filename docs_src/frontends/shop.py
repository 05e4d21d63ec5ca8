from pathlib import Path

from fastapi_lite import FastAPI

app = FastAPI()


@app.get("/api/books")
async def books() -> list[str]:
    return ["Emma", "Ulysses"]


app.frontend("/", directory=Path(__file__).parent / "dist")
