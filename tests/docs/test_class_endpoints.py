"""The example about endpoints as classes."""

from __future__ import annotations

import pytest
import yaml

from docs_src.class_endpoints import shelf
from tests.conftest import ClientFactory


def test_books_are_listed_and_added(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "BOOKS", ["Emma"])
    client = client_for(shelf.app)
    assert client.get("/books").json() == ["Emma"]
    assert client.post("/books", json="Faust").json() == ["Emma", "Faust"]
    assert client.put("/books").headers["allow"] == "GET, HEAD, POST"


def test_messages_are_echoed(client_for: ClientFactory) -> None:
    with client_for(shelf.app).websocket_connect("/echo") as session:
        session.send_json("hello")
        assert session.receive_json() == {"you said": "hello"}


def test_document_has_the_docstring(client_for: ClientFactory) -> None:
    document = yaml.safe_load(client_for(shelf.app).get("/schema").text)
    assert document["paths"] == {
        "/books": {"get": {"responses": {200: {"description": "Their titles."}}}}
    }
