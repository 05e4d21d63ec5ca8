from __future__ import annotations

from typing import Any

from docs_src.openapi import callbacks, extend, metadata, operation
from tests.conftest import ClientFactory


def document_of(app: Any, client_for: ClientFactory) -> Any:
    return client_for(app).get("/openapi.json").json()


def test_document_says_what_the_api_is(client_for: ClientFactory) -> None:
    info = document_of(metadata.app, client_for)["info"]

    assert (info["title"], info["version"], info["license"]["identifier"]) == (
        "Reading room",
        "1.4.0",
        "MIT",
    )


def test_description_ends_at_the_form_feed(client_for: ClientFactory) -> None:
    operation = document_of(metadata.app, client_for)["paths"]["/books"]["get"]

    assert operation["description"] == "Every book we have.\n\nLent books are among them."


def test_documented_operation_answers(client_for: ClientFactory) -> None:
    assert client_for(metadata.app).get("/books").json() == ["Frankenstein"]


def test_operation_says_what_it_was_told(client_for: ClientFactory) -> None:
    put = document_of(operation.app, client_for)["paths"]["/books/{isbn}"]["put"]

    assert (put["operationId"], put["x-rate-limit"], sorted(put["responses"])) == (
        "putBook",
        10,
        ["200", "404", "422"],
    )


def test_deprecated_operation_is_marked(client_for: ClientFactory) -> None:
    paths = document_of(operation.app, client_for)["paths"]

    assert paths["/shelves"]["get"]["deprecated"] is True


def test_deprecated_operation_still_answers(client_for: ClientFactory) -> None:
    assert client_for(operation.app).get("/shelves").json() == ["A", "B"]


def test_book_that_fits_is_put_on_the_shelf(client_for: ClientFactory) -> None:
    response = client_for(operation.app).put("/books/1", json={"title": "Ode"})

    assert response.json() == {"title": "Ode", "pages": 1}


def test_book_that_does_not_fit_is_refused(client_for: ClientFactory) -> None:
    response = client_for(operation.app).put("/books/1", json={"title": "Iliad", "pages": 2000})

    assert (response.status_code, response.json()) == (404, {"detail": "No shelf is free"})


def test_callback_is_documented_with_its_operation(client_for: ClientFactory) -> None:
    order = document_of(callbacks.app, client_for)["paths"]["/orders"]["post"]

    assert list(order["callbacks"]["book_arrived"]) == ["{$request.body.notify}/arrivals"]


def test_webhook_is_documented_by_itself(client_for: ClientFactory) -> None:
    assert list(document_of(callbacks.app, client_for)["webhooks"]) == ["new-book"]


def test_order_is_accepted(client_for: ClientFactory) -> None:
    sent = {"isbn": "1", "notify": "https://reader.example"}

    response = client_for(callbacks.app).post("/orders", json=sent)

    assert (response.status_code, response.json()) == (202, {"ordered": "1"})


def test_extended_document_is_served(client_for: ClientFactory) -> None:
    info = document_of(extend.app, client_for)["info"]

    assert (info["title"], info["x-logo"]) == (
        "Books",
        {"url": "https://library.example/logo.svg"},
    )


def test_extended_application_answers(client_for: ClientFactory) -> None:
    assert client_for(extend.app).get("/books").json() == ["Frankenstein"]
