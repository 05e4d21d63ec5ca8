"""What the items of a stream are, and are not, held to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from pydantic import BaseModel, Field

from fastapi_lite import FastAPI
from fastapi_lite.responses import EventSourceResponse, StreamingResponse
from fastapi_lite.sse import ServerSentEvent
from tests.conftest import ClientFactory


class Item(BaseModel):
    name: str = Field(serialization_alias="itemName")


@pytest.mark.parametrize("model", [None, int])
def test_response_model_puts_the_type_of_items_out_of_force(
    client_for: ClientFactory, model: Any
) -> None:
    app = FastAPI()

    @app.get("/", response_model=model)
    def items() -> Iterator[Item]:
        yield {"anything": 1}  # type: ignore[misc]

    assert client_for(app).get("/").text == '{"anything": 1}\n'
    content = app.openapi()["paths"]["/"]["get"]["responses"]["200"]["content"]
    assert content == {"application/jsonl": {"itemSchema": {}}}


def test_data_of_an_event_is_written_as_the_model_itself_says(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/", response_class=EventSourceResponse)
    async def events() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(data=Item(name="a"))

    assert client_for(app).get("/").text == 'data: {"name":"a"}\n\n'


def test_what_is_streamed_raw_is_text_or_bytes(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.get("/", response_class=StreamingResponse)
    def chunks() -> Iterator[Any]:
        yield bytearray(b"a")
        yield 1

    with pytest.raises(TypeError, match="streams text or bytes, not int"):
        client_for(app).get("/")
