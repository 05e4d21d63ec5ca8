from typing import Annotated

from fastapi_lite import Depends, FastAPI, Query

app = FastAPI()


async def read_page(skip: int = 0, limit: Annotated[int, Query(le=100)] = 10) -> slice:
    return slice(skip, skip + limit)


Page = Annotated[slice, Depends(read_page)]

ITEMS, USERS = ["lamp", "desk", "chair"], ["Ada", "Alan"]


@app.get("/items")
async def list_items(page: Page) -> list[str]:
    return ITEMS[page]


@app.get("/users")
async def list_users(page: Page) -> list[str]:
    return USERS[page]
