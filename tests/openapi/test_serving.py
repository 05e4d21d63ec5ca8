"""The document as its clients get it."""

from __future__ import annotations

from typing import Any

import pytest

from fastapi_lite import FastAPI
from tests.conftest import ClientFactory


def test_a_client_that_has_the_document_is_told_so(client_for: ClientFactory) -> None:
    client = client_for(FastAPI())
    first = client.get("/openapi.json")
    again = client.get("/openapi.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_an_entity_tag_of_another_document_gets_the_document(client_for: ClientFactory) -> None:
    app = FastAPI()
    client = client_for(app)
    before = client.get("/openapi.json").headers["etag"]

    @app.get("/new")
    def new() -> None: ...

    after = client.get("/openapi.json", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert list(after.json()["paths"]) == ["/new"]


def test_a_document_is_written_once(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(FastAPI())
    first = client.get("/openapi.json")
    monkeypatch.delattr("fastapi_lite.openapi.serving.dump_json")
    again = client.get("/openapi.json")
    assert (again.content, again.headers) == (first.content, first.headers)


def test_documents_of_an_own_function_are_served_as_it_makes_them(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()
    served: list[dict[str, Any]] = []

    def count() -> dict[str, Any]:
        served.append({"openapi": "3.1.0", "x-served": len(served)})
        return served[-1]

    app.openapi = count  # type: ignore[method-assign]
    client = client_for(app)
    assert [client.get("/openapi.json").json()["x-served"] for _ in range(3)] == [0, 1, 2]


def test_each_root_path_is_listed_in_the_document_served_below_it(
    client_for: ClientFactory,
) -> None:
    app = FastAPI()
    servers = [
        client_for(app, root_path=root_path).get("/openapi.json").json()["servers"]
        for root_path in ("/a", "/b", "/a")
    ]
    assert servers == [[{"url": "/a"}], [{"url": "/b"}], [{"url": "/a"}]]
