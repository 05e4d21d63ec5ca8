from typing import Annotated

from fastapi_lite import Depends, FastAPI

app = FastAPI()


class Search:
    def __init__(self, word: str | None = None, limit: int = 10) -> None:
        self.word, self.limit = word, limit


class Contains:
    """A dependency with a setting of its own."""

    def __init__(self, fixed: str) -> None:
        self.fixed = fixed

    def __call__(self, q: str = "") -> bool:
        return self.fixed in q


@app.get("/search")
async def search(search: Annotated[Search, Depends()]) -> list[object]:
    return [search.word, search.limit]


@app.get("/contains")
async def contains(found: Annotated[bool, Depends(Contains("bar"))]) -> bool:
    return found
