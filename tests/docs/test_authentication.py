"""The example about authentication."""

from __future__ import annotations

import pytest

from docs_src.authentication import basic
from tests.conftest import ClientFactory


def test_stranger_is_greeted_and_finds_no_secret(client_for: ClientFactory) -> None:
    client = client_for(basic.app)
    assert client.get("/").text == "Hello stranger"
    assert client.get("/secret").status_code == 404


def test_user_is_greeted_and_finds_the_secret(client_for: ClientFactory) -> None:
    client = client_for(basic.app)
    assert client.get("/", auth=("ada", "engine")).text == "Hello ada"
    assert client.get("/secret", auth=("ada", "engine")).text == "The answer is 42"


@pytest.mark.parametrize("value", ["Basic eA==", "Basic YWRhOng=", "Basic x", "Basic /w=="])
def test_wrong_credentials_are_refused(client_for: ClientFactory, value: str) -> None:
    response = client_for(basic.app).get("/", headers={"authorization": value})
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Basic")
