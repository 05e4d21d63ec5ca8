"""The fields of an urlencoded form are taken from its text as they would be from the form."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from fastapi_lite import FastAPI, File, Form, Request
from fastapi_lite.datastructures import FormData
from fastapi_lite.datastructures.multidict import parse_query, unescape
from fastapi_lite.dependencies.extraction import compile_form_reader, compile_urlencoded_reader
from fastapi_lite.dependencies.graph import get_dependant
from fastapi_lite.dependencies.slots import Raw, Slot
from fastapi_lite.exceptions import RequestValidationError
from fastapi_lite.responses import JSONResponse
from tests.conftest import ClientFactory


class Part(BaseModel):
    a: str = ""
    b: list[str] = []


def plain(a: Annotated[str, Form()], b: Annotated[str, Form(alias="c d")] = "") -> None: ...
def lists(a: Annotated[list[str], Form()], b: Annotated[str, Form()]) -> None: ...
def named_twice(a: Annotated[str, Form()], b: Annotated[str, Form(alias="a")]) -> None: ...
def with_file(a: Annotated[str, Form()], b: Annotated[bytes, File()]) -> None: ...
def model(a: Annotated[Part, Form()]) -> None: ...


def slots_of(function: Any) -> list[Slot]:
    parameters = get_dependant(path="/", call=function).body_params
    return [Slot(f"p{at}", parameter) for at, parameter in enumerate(parameters)]


pieces = st.sampled_from(
    ["a", "b", "c+d", "c%20d", "%61", "=", "=1", "&", "+", "%", "%C3%BC", "%ff", "\xfc", "é"]
)
texts = st.lists(pieces, max_size=8).map("".join)


@given(st.sampled_from([plain, lists, named_twice, with_file, model]), texts)
def test_text_is_read_as_the_form_it_holds(function: Any, text: str) -> None:
    slots, content = slots_of(function), text.encode("latin-1", "replace")
    from_text: Raw = {}
    compile_urlencoded_reader(slots)(content, from_text)
    from_form: Raw = {}
    asyncio.run(read_form(slots, FormData(parse_query(content)), from_form))
    assert from_text == from_form


async def read_form(slots: list[Slot], form: FormData, raw: Raw) -> None:
    await compile_form_reader(slots)(form, raw)


@given(texts)
def test_escapes_stand_for_utf8(text: str) -> None:
    assert unescape(text) == unquote(text)


def test_text_in_place_of_a_file_is_its_contents(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.post("/")
    async def read(a: Annotated[bytes, File()]) -> bytes:
        return a

    assert client_for(app).post("/", files={"a": (None, "text")}).json() == "text"


def test_handler_of_errors_sees_the_form(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.exception_handler(RequestValidationError)
    async def show(request: Request, exc: RequestValidationError) -> JSONResponse:
        return JSONResponse(exc.body.multi_items())

    @app.post("/")
    async def read(a: Annotated[int, Form()]) -> None: ...

    sent = {"a": "x y", "b": ["", "ü"]}
    assert client_for(app).post("/", data=sent).json() == [["a", "x y"], ["b", ""], ["b", "ü"]]
