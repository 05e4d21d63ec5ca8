from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi_lite import Body, FastAPI

app = FastAPI()


@app.put("/repeaters/{key}")
async def plan(
    key: UUID,
    start: Annotated[datetime, Body()],
    every: Annotated[timedelta, Body()],
    at: Annotated[time | None, Body()] = None,
    skip: Annotated[frozenset[date], Body()] = frozenset(),
    price: Annotated[Decimal, Body(decimal_places=2)] = Decimal(0),
) -> dict[str, object]:
    return {"key": key, "next": start + every, "at": at, "skip": sorted(skip), "price": price}
