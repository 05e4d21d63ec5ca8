"""Secrets are not repeated in the errors of a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, Json, Secret, SecretBytes, SecretStr
from typing_extensions import TypedDict

from fastapi_lite import FastAPI, Form, Query
from fastapi_lite.dependencies.secrets import fields_of, holds_secret, masked
from tests.conftest import ClientFactory

SECRET = "hunter2"


class Account(BaseModel):
    name: str
    password: SecretStr = Field(alias="passWord", min_length=20)
    pin: SecretBytes | None = None
    others: list[Account] = []


@dataclass
class Login:
    user: int
    password: SecretStr


class Tree(BaseModel):
    branches: list[Tree]


class Token(TypedDict):
    number: int
    value: SecretStr


@dataclass
class Unfinished:
    other: Missing  # type: ignore[name-defined]  # noqa: F821 - what nobody defines


application = FastAPI()


@application.post("/account")
def account(account: Account) -> None: ...


@application.post("/embedded")
def embedded(account: Account, tokens: dict[str, SecretStr]) -> None: ...


@application.post("/login")
def login(login: Login) -> None: ...


@application.post("/token")
def token(token: Token | int) -> None: ...


@application.post("/numbers")
def numbers(numbers: list[Secret[int]]) -> None: ...


@application.post("/json")
def text(document: Annotated[Json[list[SecretStr]], Form()]) -> None: ...


@application.post("/form")
def form(
    account: Annotated[Account, Form()], token: Annotated[SecretStr, Form(max_length=2)]
) -> None: ...


@application.get("/plain")
def plain(number: Annotated[int, Query()]) -> None: ...


REQUESTS: list[tuple[str, dict[str, Any]]] = [
    ("/account", {"json": {"passWord": SECRET}}),
    ("/account", {"json": {"name": "a", "passWord": [SECRET, {"deep": SECRET}]}}),
    ("/account", {"json": {"name": "a", "others": [{"passWord": SECRET}]}}),
    ("/account", {"json": {"passWord": SECRET, "pin": SECRET}}),
    ("/account", {"content": f'{{"name": 1, "passWord": "{SECRET}"}}'}),
    ("/account", {"content": f"passWord={SECRET}"}),
    (
        "/account",
        {"content": f'{{"passWord": "{SECRET}"', "headers": {"content-type": "text/json"}},
    ),
    ("/embedded", {"json": {"account": {"passWord": SECRET}, "tokens": {"a": [SECRET]}}}),
    ("/login", {"json": {"password": SECRET}}),
    ("/token", {"json": {"value": SECRET}}),
    ("/account", {"json": 5}),
    ("/numbers", {"json": [SECRET, "12"]}),
    ("/json", {"data": {"document": f'[["{SECRET}"]]'}}),
    ("/json", {"data": {"document": f"no JSON: {SECRET}"}}),
    ("/form", {"data": {"token": SECRET}}),
]


@pytest.mark.parametrize(("path", "sent"), REQUESTS)
def test_secret_is_not_repeated(path: str, sent: dict[str, Any], client_for: ClientFactory) -> None:
    answer = client_for(application).post(path, **sent)
    assert (answer.status_code, SECRET in answer.text) == (422, False)


def test_what_is_no_secret_is_repeated(client_for: ClientFactory) -> None:
    answer = client_for(application).post("/account", json={"nick": "x", "passWord": SECRET})
    assert answer.json()["detail"][0]["input"] == {"nick": "x", "passWord": "**********"}


def test_inputs_without_secrets_are_repeated_as_they_are(client_for: ClientFactory) -> None:
    answer = client_for(application).get("/plain", params={"number": SECRET})
    assert answer.json()["detail"][0]["input"] == SECRET


def test_missing_secret_is_said_to_be_missing(client_for: ClientFactory) -> None:
    answer = client_for(application).post("/account", json={"name": "a", "passWord": None})
    assert answer.json()["detail"][0]["input"] is None


@pytest.mark.parametrize(
    ("type_", "holds"),
    [(Account, True), (dict[str, Login], True), (Tree, False), (Any, False)],
)
def test_types_with_secrets_are_known(type_: Any, holds: bool) -> None:
    assert holds_secret(type_) is holds


def test_class_whose_annotations_cannot_be_evaluated_shows_no_fields() -> None:
    assert fields_of(Unfinished) == []


def test_what_cannot_be_hashed_is_no_secret() -> None:
    assert masked({1, 2}, {SECRET}) == {1, 2}
