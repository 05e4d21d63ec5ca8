from collections.abc import AsyncIterator, Iterator

from pydantic import BaseModel

from fastapi_lite import FastAPI
from fastapi_lite.responses import StreamingResponse

app = FastAPI()


class Reading(BaseModel):
    second: int
    degrees: float


@app.get("/readings")
async def readings(count: int = 3) -> AsyncIterator[Reading]:
    for second in range(count):
        yield Reading(second=second, degrees=20 + second / 2)


class CSV(StreamingResponse):
    media_type = "text/csv"


@app.get("/table", response_class=CSV)
def table() -> Iterator[str]:
    yield "second,degrees\n"
    for second in range(2):
        yield f"{second},20\n"
