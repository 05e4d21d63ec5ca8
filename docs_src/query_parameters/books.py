from fastapi_lite import FastAPI

app = FastAPI()

BOOKS = ["Dune", "Emma", "Ilium", "Ubik"]


@app.get("/books")
async def list_books(
    skip: int = 0,
    limit: int = 10,
    begins: str | None = None,
    upper: bool = False,
) -> list[str]:
    found = [book for book in BOOKS if book.startswith(begins or "")]
    chosen = found[skip : skip + limit]
    return [book.upper() for book in chosen] if upper else chosen


@app.get("/shelves/{shelf}")
async def read_shelf(shelf: int, room: str) -> str:
    return f"{room}/{shelf}"
