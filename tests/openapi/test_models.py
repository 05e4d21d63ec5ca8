from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from fastapi_lite.openapi import models


def written(model: BaseModel) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def test_document_comes_out_as_it_went_in() -> None:
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1", "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/v1", "variables": {"a": {"enum": ["x"], "default": "x"}}}],
        "paths": {
            "/": {
                "get": {
                    "tags": ["t"],
                    "operationId": "o",
                    "responses": {
                        "200": {"description": "d", "links": {"l": {"operationId": "o"}}}
                    },
                    "callbacks": {"c": {"{$url}": {"post": {"operationId": "p"}}}},
                }
            }
        },
        "webhooks": {"w": {"post": {"parameters": [{"in": "query", "name": "q"}]}}},
        "components": {
            "schemas": {"A": {"type": "object", "not": {"$ref": "#/a"}, "if": True}},
            "securitySchemes": {"b": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
        "security": [{"b": []}],
        "tags": [{"name": "t"}],
    }

    assert written(models.OpenAPI(**document)) == document


def test_extensions_are_kept() -> None:
    assert written(models.Tag(**{"name": "t", "x-order": 1})) == {"name": "t", "x-order": 1}


def test_reference_holds_nothing_else() -> None:
    assert written(models.Reference(**{"$ref": "#/a", "x": 1})) == {"$ref": "#/a"}


def test_addresses_are_completed() -> None:
    assert written(models.Contact(url="https://a.example")) == {"url": "https://a.example/"}


def test_address_of_a_server_is_left_as_it_is() -> None:
    assert written(models.Server(url="https://a.example")) == {"url": "https://a.example"}


def test_email_must_be_one() -> None:
    with pytest.raises(ValidationError, match="An email address must have an @-sign"):
        models.Contact(email="nobody")


def test_email_is_taken_as_it_is_without_its_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(_: str) -> tuple[str, str]:
        raise ImportError

    monkeypatch.setattr(models, "validate_email", unavailable)

    assert models.read_email("nobody") == "nobody"


def test_email_is_read_from_an_address_with_a_name() -> None:
    assert models.read_email("Ada <ada@example.com>") == "ada@example.com"


@pytest.mark.parametrize(
    "schema", [{"type": "text"}, {"multipleOf": 0}, {"minLength": -1}, {"properties": {"a": []}}]
)
def test_schema_that_json_schema_does_not_know_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        models.Schema(**schema)


def test_schema_writes_its_keywords_as_the_specification_spells_them() -> None:
    schema = {"$id": "i", "$ref": "r", "$defs": {"d": False}, "not": {"const": 1}, "else": True}

    assert written(models.Schema(**schema)) == schema


def test_response_that_is_none_is_kept_for_extensions() -> None:
    operation = models.Operation(responses={"200": {"x-own": 1}})

    assert written(operation) == {"responses": {"200": {"x-own": 1}}}


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (
            models.APIKey(**{"in": "query"}, name="k"),
            {"type": "apiKey", "in": "query", "name": "k"},
        ),
        (models.HTTPBase(scheme="digest"), {"type": "http", "scheme": "digest"}),
        (models.HTTPBearer(), {"type": "http", "scheme": "bearer"}),
        (models.OAuth2(flows=models.OAuthFlows()), {"type": "oauth2", "flows": {}}),
        (
            models.OpenIdConnect(openIdConnectUrl="/o"),
            {"type": "openIdConnect", "openIdConnectUrl": "/o"},
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_security_schemes_know_their_type(model: BaseModel, expected: dict[str, Any]) -> None:
    assert written(model) == expected


def test_bearer_is_the_only_scheme_of_a_bearer_token() -> None:
    with pytest.raises(ValidationError):
        models.HTTPBearer(scheme="basic")


def test_flows_have_scopes_even_if_none_are_given() -> None:
    flow = models.OAuthFlowImplicit(authorizationUrl="a")

    assert written(flow) == {"scopes": {}, "authorizationUrl": "a"}


def test_example_may_hold_anything_more() -> None:
    media = models.MediaType(examples={"a": {"value": 1, "x-own": 2}})

    assert written(media) == {"examples": {"a": {"value": 1, "x-own": 2}}}
