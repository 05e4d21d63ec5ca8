"""Models of query, header and cookie parameters."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from fastapi_lite import Cookie, FastAPI, Header, Query

app = FastAPI()


class Filters(BaseModel):
    """How to filter."""

    model_config = {"extra": "forbid"}

    limit: int = Field(100, gt=0, le=100, description="How many")
    offset: int = Field(0, ge=0)
    order_by: Literal["created", "updated"] = "created"
    tags: list[str] = []
    needed: str
    by_alias: str | None = Field(None, alias="byAlias")
    titled: int = Field(3, title="A title", examples=[1], deprecated=True)


class Common(BaseModel):
    host: str
    save_data: bool
    if_modified_since: str | None = None
    x_tag: list[str] = []


class Cookies(BaseModel):
    session_id: str
    tracker: str | None = None


class Paging(BaseModel):
    page: int = 1


@app.get("/filters")
def filters(query: Annotated[Filters, Query()]): ...


@app.get("/headers")
def headers(common: Annotated[Common, Header()]): ...


@app.get("/raw-headers")
def raw_headers(common: Annotated[Common, Header(convert_underscores=False)]): ...


@app.get("/cookies")
def cookies(cookies: Annotated[Cookies, Cookie()]): ...


@app.get("/all")
def everything(
    query: Annotated[Filters, Query()],
    common: Annotated[Common, Header()],
    cookies: Annotated[Cookies, Cookie()],
): ...
