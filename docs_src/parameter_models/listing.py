from typing import Annotated, Literal

from pydantic import BaseModel, Field

from fastapi_lite import Cookie, FastAPI, Header, Query

app = FastAPI()


class Listing(BaseModel):
    model_config = {"extra": "forbid"}

    limit: int = Field(10, gt=0, le=100)
    offset: int = Field(0, ge=0)
    order_by: Literal["name", "price"] = "name"
    tags: list[str] = []


class Caching(BaseModel):
    if_none_match: list[str] = []
    cache_control: str | None = None


class Session(BaseModel):
    session_id: str


@app.get("/items")
async def list_items(
    listing: Annotated[Listing, Query()],
    caching: Annotated[Caching, Header()],
    session: Annotated[Session | None, Cookie()] = None,
) -> dict[str, object]:
    return {"listing": listing, "caching": caching, "session": session}
