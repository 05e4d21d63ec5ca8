"""The examples about requests."""

from __future__ import annotations

import hashlib

from docs_src.requests import look, state, stream
from tests.conftest import ClientFactory


def test_what_a_request_shows(client_for: ClientFactory) -> None:
    client = client_for(look.app, cookies={"theme": "dark"}, headers={"accept-language": "de"})
    assert client.get("/items/3?tag=a&tag=b").json() == {
        "item": 3,
        "tags": ["a", "b"],
        "language": "de",
        "theme": "dark",
        "itself": "http://testserver/items/3",
    }


def test_body_is_digested_while_it_arrives(client_for: ClientFactory) -> None:
    answer = client_for(stream.app).post("/digest", content=b"hello")
    assert answer.json() == {"sha256": hashlib.sha256(b"hello").hexdigest()}


def test_state_of_the_lifespan_is_that_of_the_request(client_for: ClientFactory) -> None:
    with client_for(state.app) as client:
        assert client.get("/").text == "Hello"
