from typing import Annotated

from pydantic import AfterValidator

from fastapi_lite import FastAPI, Path, Query

app = FastAPI()


def check_isbn(value: str) -> str:
    if not value.startswith("978-"):
        raise ValueError("an ISBN begins with 978-")
    return value


@app.get("/search")
async def search(
    word: Annotated[str, Query(alias="q", min_length=2, max_length=20, pattern="^[a-z]+$")],
    tags: Annotated[list[str], Query(max_length=3)] = [],  # noqa: B006 - it is copied for each request
    isbn: Annotated[str | None, AfterValidator(check_isbn)] = None,
    old: Annotated[str | None, Query(deprecated=True, description="Has no effect")] = None,
    secret: Annotated[str | None, Query(include_in_schema=False)] = None,
) -> dict[str, object]:
    return {"word": word, "tags": tags, "isbn": isbn}


@app.get("/pages/{page}")
async def read_page(
    page: Annotated[int, Path(gt=0, le=500)],
    zoom: Annotated[float, Query(ge=0.5, lt=4, multiple_of=0.5)] = 1,
) -> float:
    return page * zoom
