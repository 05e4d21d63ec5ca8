from typing import Annotated

from fastapi_lite import APIRouter, Cookie, Depends, FastAPI, Header, HTTPException

calls: list[str] = []


async def check_key(x_key: Annotated[str, Header()]) -> None:
    if x_key != "secret":
        raise HTTPException(401, "The key is wrong", headers={"WWW-Authenticate": "Key"})


def read_query(q: str | None = None) -> str | None:
    calls.append("read_query")
    return q


def query_or_cookie(
    query: Annotated[str | None, Depends(read_query)],
    last_query: Annotated[str | None, Cookie()] = None,
) -> str | None:
    return query or last_query


app = FastAPI()
admin = APIRouter(prefix="/admin", dependencies=[Depends(check_key)])


@app.get("/query")
async def query(
    chosen: Annotated[str | None, Depends(query_or_cookie)],
    query: Annotated[str | None, Depends(read_query)],
) -> list[str | None]:
    return [chosen, query]


@app.get("/calls")
async def count_calls() -> int:
    return len(calls)


@admin.get("/state")
async def state() -> str:
    return "all is well"


app.include_router(admin)
