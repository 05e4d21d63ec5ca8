"""The examples about routing."""

from __future__ import annotations

from datetime import date

import pytest

from docs_src.routing import dates, library, tenants
from tests.conftest import ClientFactory


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/books/", '["http://testserver/books/9780141439518"]'),
        ("/books/newest", "Pride and Prejudice"),
        ("/books/9780141439518", '{"isbn":9780141439518}'),
        ("/pages/a/b", "page a/b"),
    ],
)
def test_path_leads_to_its_function(path: str, text: str, client_for: ClientFactory) -> None:
    assert client_for(library.app).get(path).text == text


def test_websocket_is_found_too(client_for: ClientFactory) -> None:
    with client_for(library.app).websocket_connect("/news/poetry") as session:
        assert session.receive_text() == "news of poetry"


def test_other_methods_are_refused_by_name(client_for: ClientFactory) -> None:
    response = client_for(library.app).put("/books/1")
    assert response.headers["allow"] == "DELETE, GET, HEAD"


def test_date_of_ones_own_is_converted(client_for: ClientFactory) -> None:
    assert client_for(dates.app).get("/weekday/2024-02-29").text == "Thursday"


def test_day_that_does_not_exist_is_not_found(client_for: ClientFactory) -> None:
    assert client_for(dates.app).get("/weekday/2023-02-29").status_code == 404


def test_date_of_ones_own_makes_paths() -> None:
    day = date(2024, 2, 29)
    assert dates.app.url_path_for("weekday", day=day) == "/weekday/2024-02-29"


def test_host_chooses_the_tenant(client_for: ClientFactory) -> None:
    response = client_for(tenants.app).get("/", headers={"host": "ada.example.org"})
    assert response.text == "shop of ada"


def test_lifespan_of_a_mounted_application_runs(client_for: ClientFactory) -> None:
    with client_for(tenants.app) as client:
        assert client.get("/reports/").text == "reports are open"
