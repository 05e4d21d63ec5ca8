"""Options of a response model beside a stream, and what the document says of streams."""

from collections.abc import AsyncIterator, Iterator

from pydantic import BaseModel, Field, computed_field

from fastapi_lite import APIRouter, FastAPI
from fastapi_lite.responses import JSONResponse, StreamingResponse

app = FastAPI()
router = APIRouter(tags=["streams"])


class Item(BaseModel):
    name: str = Field(alias="itemName")
    price: float = 1.0
    note: str | None = None

    @computed_field
    @property
    def loud(self) -> str:
        return self.name.upper()


@app.get("/unset", response_model_exclude_unset=True)
def unset() -> Iterator[Item]:
    yield Item(itemName="a")


@app.get("/names", response_model_by_alias=False, response_model_exclude={"price"})
def names() -> Iterator[Item]:
    yield Item(itemName="a", note="n")


@app.get("/none", response_model_exclude_none=True, response_model_include={"note", "name"})
async def none() -> AsyncIterator[Item]:
    yield Item(itemName="a")


@app.get("/described", responses={200: {"description": "Many"}, 404: {"model": Item}})
async def described() -> AsyncIterator[Item | int]:
    """Streams items."""
    yield 1
    yield Item(itemName="z")


@app.get("/no-model", response_model=None)
def no_model() -> Iterator[Item]:
    yield {"anything": 1}


@app.get("/json", response_class=JSONResponse)
def not_streamed() -> list[int]:
    return [1]


@router.get("/raw", response_class=StreamingResponse)
def raw() -> Iterator[str]:
    yield "x"


@router.get("/numbers", deprecated=True, operation_id="numbers")
def numbers() -> Iterator[list[dict[str, float]]]:
    yield [{"a": 1}]


app.include_router(router, prefix="/r")

REQUESTS = [
    {"url": "/unset"},
    {"url": "/names"},
    {"url": "/none"},
    {"url": "/described"},
    {"url": "/no-model"},
    {"url": "/json"},
    {"url": "/r/raw"},
    {"url": "/r/numbers"},
]
