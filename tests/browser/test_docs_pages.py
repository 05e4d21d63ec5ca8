"""The documentation pages in a browser that has no network but this machine."""

import json
from urllib.parse import urlsplit

import pytest

from fastapi_lite.openapi import docs
from tests.browser.chromium import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        len(docs.packaged_files()) < 4, reason="built without npm: the pages need the CDN"
    ),
]

ANSWER = ".live-responses-table tbody"


def execute(page: Page, path: str, body: str | None = None) -> tuple[str, object]:
    """What Swagger UI shows as the status and the JSON of the answer."""
    page.click(f'[data-path="{path}"]')
    page.click(".try-out__btn")
    if body is not None:
        page.write(".body-param__text", body)
    page.click("button.execute")
    status = page.text(f"{ANSWER} .response-col_status")
    return status.strip(), json.loads(page.text(f"{ANSWER} .response-col_description pre"))


def hosts(page: Page) -> set[str | None]:
    """The hosts the page asked; what it carries itself is `data:` and `blob:`."""
    addresses = [urlsplit(url) for url in page.requests]
    return {url.hostname for url in addresses if url.scheme not in {"data", "blob"}}


@pytest.mark.parametrize("prefix", ["", "/inner"])
def test_swagger_ui_executes_an_operation_with_a_body(page: Page, site: str, prefix: str) -> None:
    page.open(f"{site}{prefix}/docs")
    book = {"title": "Piranesi", "year": 2020}
    assert execute(page, "/books", json.dumps(book)) == ("201", book)


def test_swagger_ui_shows_what_is_wrong_with_a_body(page: Page, site: str) -> None:
    page.open(f"{site}/docs")
    _, answer = execute(page, "/books", '{"title": "Piranesi"}')
    assert answer == {
        "detail": [
            {
                "type": "missing",
                "loc": ["body", "year"],
                "msg": "Field required",
                "input": {"title": "Piranesi"},
            }
        ]
    }


def test_swagger_ui_sends_the_api_key_it_was_given(page: Page, site: str) -> None:
    page.open(f"{site}/docs")
    page.click(".scheme-container .authorize")
    page.write(".dialog-ux #api_key_value", "sesame")
    page.click(".dialog-ux button.authorize")
    page.click(".dialog-ux .btn-done")
    assert execute(page, "/secret") == ("200", {"key": "sesame"})


def test_swagger_ui_signs_in_by_oauth2_through_its_redirect_page(page: Page, site: str) -> None:
    page.open(f"{site}/docs")
    page.click(".scheme-container .authorize")
    page.write('.dialog-ux input[data-name="clientId"]', "books")
    page.click(".dialog-ux .auth-container:has([data-name=clientId]) button.authorize")
    page.wait_for(".dialog-ux h6", "Authorized")
    page.click(".dialog-ux .close-modal")
    assert execute(page, "/token-holder") == ("200", {"token": "token for some-code"})


@pytest.mark.parametrize("prefix", ["", "/inner"])
def test_redoc_shows_the_operations(page: Page, site: str, prefix: str) -> None:
    page.open(f"{site}{prefix}/redoc")
    assert page.text("h1") == "Books (0.1.0)"
    assert "/books" in page.text('[data-section-id="operation/add_books_post"]')


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_a_page_shows_a_document_of_openapi_3_2(page: Page, site: str, path: str) -> None:
    page.open(f"{site}/streams{path}")
    page.wait_for("h1, h2", "Streams")
    page.wait_for("body", "/new-books")
    page.settle()
    assert page.errors == []


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_a_page_asks_no_other_host(page: Page, site: str, path: str) -> None:
    page.open(f"{site}{path}")
    page.wait_for("h1, h2", "Books")
    page.wait_for("body", "/books")
    page.settle()
    assert hosts(page) == {"127.0.0.1"}


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_a_page_raises_nothing(page: Page, site: str, path: str) -> None:
    page.open(f"{site}{path}")
    page.wait_for("body", "/books")
    page.settle()
    assert page.errors == []
