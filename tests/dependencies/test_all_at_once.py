"""What the validator of all values says is told as the values one by one would be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator, AliasChoices, BaseModel, Field, ValidationInfo

from fastapi_lite import Cookie, Form, Header, Path, Query
from fastapi_lite.dependencies.calls import Call
from fastapi_lite.dependencies.graph import get_dependant
from fastapi_lite.dependencies.plan import compile_plan
from fastapi_lite.exceptions import RequestValidationError


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Filters(BaseModel):
    a_b: int
    tags: list[int] = []


def beside(value: int, info: ValidationInfo) -> int:
    raise ValueError(f"beside {info.data}")


def scalars(
    a: Annotated[int, Path(ge=3)],
    b: Annotated[str, Query(min_length=2)],
    c: Annotated[float, Query(gt=1)],
    d: Annotated[date, Query()] = date(2020, 1, 1),
    e: Annotated[UUID | None, Header()] = None,
    f: Annotated[Literal["x", "1"], Cookie()] = "x",
) -> None: ...
def collections(
    a: Annotated[list[int], Query(max_length=1)],
    b: Annotated[set[Colour] | None, Query()] = None,
    c: Annotated[int | bool, Query(alias="d")] = 1,
    d: Annotated[tuple[int, str] | None, Query(alias="e")] = None,
) -> None: ...
def validators(
    a: Annotated[int, Query(), Field(ge=1)],
    b: Annotated[int, Query(), AfterValidator(beside)] = 1,
    c: Annotated[int, Query(validate_default=True)] = "wrong",  # type: ignore[assignment]
) -> None: ...
def names(
    a: Annotated[int, Query(validation_alias=AliasChoices("a", "b"))],
    b: Annotated[Filters, Header()],
    c: Annotated[time, Cookie()],
    d: Annotated[Decimal, Query(max_digits=2)],
) -> None: ...
def form(
    a: Annotated[int, Form()],
    b: Annotated[datetime, Form()],
    c: Annotated[bool | None, Form()] = None,
    d: Annotated[int, Query(), Field(multiple_of=2)] = 2,
) -> None: ...


texts = st.sampled_from(
    ["", "a", "1", "2", "1.5", "x", "red", "true", "2020-01-01", "12:30", "999"]
)
pairs = st.one_of(
    st.lists(st.tuples(st.sampled_from("abcde"), texts), max_size=5),
    st.fixed_dictionaries(dict.fromkeys("abcde", texts)).map(lambda sent: [*sent.items()]),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([scalars, collections, validators, names, form]), texts, pairs, pairs, pairs)
@example(collections, "", [("a", "1")], [], [])
def test_errors_are_those_of_the_values_one_by_one(
    function: Callable[..., None],
    a: str,
    query: list[tuple[str, str]],
    fields: list[tuple[str, str]],
    headers: list[tuple[str, str]],
) -> None:
    plan = compile_plan(get_dependant(path="/{a}" if function is scalars else "/", call=function))
    body = encoded(fields)
    scope = {
        "type": "http",
        "path_params": {"a": a},
        "query_string": encoded(query),
        "headers": [
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", b"%d" % len(body)),
            (b"cookie", encoded(fields).replace(b"&", b"; ")),
            *((name.encode(), value.encode()) for name, value in headers),
            *((b"a-b", value.encode()) for name, value in headers if name == "a"),
        ],
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": body}

    def call() -> Call:
        return Call(scope, receive, receive)

    # `solve` asks no validator of all values.
    assert repr(refusal(plan.run, call())) == repr(refusal(plan.solve, call()))


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{name}={value}" for name, value in pairs).encode()


def refusal(run: Callable[[Call], Any], call: Call) -> Any:
    async def errors() -> Any:
        try:
            await run(call)
        except RequestValidationError as error:
            return error.errors(), error.body
        return None

    return asyncio.run(errors())
