"""OpenAPI documents from docstrings."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import yaml

from fastapi_lite.applications import Starlette
from fastapi_lite.endpoints import HTTPEndpoint
from fastapi_lite.requests import Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.routing.router import Host, Mount, Router
from fastapi_lite.routing.routes import BaseRoute, Route, WebSocketRoute
from fastapi_lite.schemas import BaseSchemaGenerator, OpenAPIResponse, SchemaGenerator
from tests.conftest import ClientFactory

BASE = {"openapi": "3.0.0", "info": {"title": "Shop", "version": "1"}}
SCHEMAS = SchemaGenerator(BASE)


def described(request: Request) -> None:
    """
    Shows a book.
    ---
    responses:
      200:
        description: A book.
    """


def all_yaml(request: Request) -> None:
    """
    responses: {404: {description: None.}}
    """  # noqa: D415 - it is YAML


def yaml_at_once(request: Request) -> None:
    """responses:
    404:
      description: None.
    """


def yaml_of_two_keys(request: Request) -> None:
    """responses:
        404: {description: None.}
    deprecated: true
    """  # noqa: D415 - it is YAML


def yaml_from_a_key_with_a_value(request: Request) -> None:
    """deprecated: true
    responses: {404: {description: None.}}
    """  # noqa: D415 - it is YAML


def in_words(request: Request) -> None:
    """Shows nothing in particular."""


def silent(request: Request) -> None: ...


class Books(HTTPEndpoint):
    def get(self, request: Request) -> None:
        """
        description: Lists books.
        """

    async def query(self, request: Request) -> None:
        """
        description: Searches books.
        """


async def hello(websocket: Any) -> None:
    """
    description: No path of a document.
    """


NONE = {"responses": {404: {"description": "None."}}}
BOOK = {"responses": {200: {"description": "A book."}}}


@pytest.mark.parametrize(
    ("function", "parsed"),
    [
        (described, BOOK),
        (all_yaml, NONE),
        (yaml_at_once, NONE),
        (yaml_of_two_keys, {**NONE, "deprecated": True}),
        (yaml_from_a_key_with_a_value, {**NONE, "deprecated": True}),
        (in_words, {}),
        (silent, {}),
    ],
)
def test_yaml_of_a_docstring_is_parsed(function: Any, parsed: dict[str, Any]) -> None:
    assert SCHEMAS.parse_docstring(function) == parsed


@pytest.mark.parametrize(
    ("route", "endpoints"),
    [
        (Route("/a", described), [("/a", "get")]),
        (Route("/a", described, methods=["PUT", "GET"]), [("/a", "get"), ("/a", "put")]),
        (Route("/{a:int}/{b}", described), [("/{a}/{b}", "get")]),
        (Route("/a", Books), [("/a", "get"), ("/a", "query")]),
        (Route("/a", described, include_in_schema=False), []),
        (WebSocketRoute("/a", hello), []),
        (Mount("/{m:int}", routes=[Route("/a", described)]), [("/{m}/a", "get")]),
        (Mount("/m", app=PlainTextResponse("")), []),
        (Host("a.test", app=Router([Route("/a", described)])), [("/a", "get")]),
    ],
)
def test_endpoints_are_found(route: BaseRoute, endpoints: list[tuple[str, str]]) -> None:
    found = SCHEMAS.get_endpoints([route])
    assert [(info.path, info.http_method) for info in found] == endpoints


def test_endpoint_is_the_function_that_answers() -> None:
    functions = [info.func for info in SCHEMAS.get_endpoints([Route("/", Books)])]
    assert functions == [Books.get, Books.query]


def test_document_has_what_is_described() -> None:
    routes: list[BaseRoute] = [
        Route("/book", described),
        Route("/book", described, methods=["PUT"]),
        Route("/words", in_words),
        Route("/books", Books),
    ]
    assert SCHEMAS.get_schema(routes) == {
        **BASE,
        "paths": {
            "/book": {"get": BOOK, "put": BOOK},
            "/books": {"get": {"description": "Lists books."}},
        },
    }


def test_base_schema_is_not_changed() -> None:
    generator = SchemaGenerator({"paths": {"/own": {"get": {}}}})
    assert generator.get_schema([Route("/a", described)])["paths"].keys() == {"/own", "/a"}
    assert generator.base_schema == {"paths": {"/own": {"get": {}}}}


def test_query_is_described_from_openapi_3_2_on() -> None:
    document = SchemaGenerator({"openapi": "3.2.0"}).get_schema([Route("/", Books)])
    assert document["paths"]["/"]["query"] == {"description": "Searches books."}


def test_document_is_served_in_yaml(client_for: ClientFactory) -> None:
    def serve(request: Request) -> Response:
        return SCHEMAS.OpenAPIResponse(request=request)

    app = Starlette(
        routes=[Route("/book", described), Route("/schema", serve, include_in_schema=False)]
    )
    response = client_for(app).get("/schema")
    assert response.headers["content-type"] == "application/vnd.oai.openapi"
    assert yaml.safe_load(response.text) == {**BASE, "paths": {"/book": {"get": BOOK}}}


def test_only_a_dictionary_is_a_document() -> None:
    with pytest.raises(TypeError, match="should be a dictionary"):
        OpenAPIResponse("text")


def test_what_is_no_document_fails_the_assertion_that_programs_for_starlette_expect() -> None:
    with pytest.raises(AssertionError, match="should be a dictionary"):
        OpenAPIResponse(["text"])


def test_subclass_says_which_document() -> None:
    with pytest.raises(NotImplementedError):
        BaseSchemaGenerator().get_schema([])


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ImportError, match="pip install pyyaml"):
        SCHEMAS.parse_docstring(described)
