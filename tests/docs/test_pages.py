"""The examples of the tutorial's short pages: a request, and the answer that the page promises."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from tests.conftest import ClientFactory
from tests.docs.answers import ANSWERS


@pytest.mark.parametrize(
    ("module", "request_", "status", "said"), ANSWERS, ids=lambda value: str(value)[:50]
)
def test_example_answers_as_its_page_says(
    module: str, request_: dict[str, Any], status: int, said: Any, client_for: ClientFactory
) -> None:
    client = client_for(import_module(f"docs_src.{module}").app)
    client.cookies.update(request_.get("cookies", {}))
    sent = {key: value for key, value in request_.items() if key not in ("cookies", "method")}
    answer = client.request(request_.get("method", "GET"), **sent)
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["detail"][0]["loc"] == said
    elif status < 300:
        assert answer.json() == said


def test_dependency_is_called_once_for_a_request(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.dependencies.nested").app)
    before = client.get("/calls").json()
    client.get("/query?q=a")
    assert client.get("/calls").json() - before == 1


def test_session_is_rolled_back_and_closed(client_for: ClientFactory) -> None:
    sessions = import_module("docs_src.dependencies.sessions")
    sessions.log.clear()
    client = client_for(sessions.app)
    statuses = [client.get(path).status_code for path in ("/items/a", "/items/none", "/early")]
    assert statuses == [200, 404, 200]
    assert client.get("/log").json() == ["closed", "rolled back", "closed", "closed"]


def test_token_of_a_user_says_who_it_is(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.users.tokens").app)
    form = {"username": "ada", "password": "lovelace"}
    token = client.post("/token", data=form).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/me", headers=headers).json() == {"name": "ada"}


def test_task_is_deleted_without_a_word(client_for: ClientFactory) -> None:
    answer = client_for(import_module("docs_src.statuses.main").app).delete("/tasks/old")
    assert (answer.status_code, answer.content) == (204, b"")


def test_readings_are_lines(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.streaming.lines").app)
    answer = client.get("/readings?count=2")
    assert answer.headers["content-type"] == "application/jsonl"
    assert answer.text == '{"second":0,"degrees":20.0}\n{"second":1,"degrees":20.5}\n'
    assert client.get("/table").text == "second,degrees\n0,20\n1,20\n"


def test_responses_are_sent_as_they_are(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.answers.direct").app)
    types = [client.get(path).headers["content-type"] for path in ("/legacy", "/page", "/cookie")]
    assert types == ["application/xml", "text/html; charset=utf-8", "text/plain; charset=utf-8"]
    assert client.get("/cookie").cookies["seen"] == "yes"


def test_picture_is_an_answer_too(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.additional.items").app)
    assert client.get("/picture?img=1").headers["content-type"] == "image/png"


def test_origin_may_read_the_answer(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.cors.main").app)
    allowed = [
        client.get("/", headers={"Origin": origin}).headers.get("access-control-allow-origin")
        for origin in ("https://shop.example", "https://shop.example:8443")
    ]
    assert allowed == ["https://shop.example", None]


def test_prefix_of_a_proxy_is_in_urls_and_document(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.proxy.main").app, root_path="/api")
    assert client.get("/api/where").json() == {
        "root_path": "/api",
        "url": "http://testserver/api/where",
    }
    assert client.get("/api/openapi.json").json()["servers"][0] == {"url": "/api"}


def test_lifespan_makes_the_state(client_for: ClientFactory) -> None:
    with client_for(import_module("docs_src.lifespan.models").app) as client:
        answers = [client.get(f"/ask/{about}").json() for about in ("everything", "nothing")]
    assert answers == ["42", "unknown"]


def test_description_ends_at_the_form_feed(client_for: ClientFactory) -> None:
    document = client_for(import_module("docs_src.operations.options").app).get("/openapi.json")
    description = document.json()["paths"]["/items"]["post"]["description"]
    assert description == "Creates an item.\n\n- **name**: any text"


def test_own_route_adds_its_header(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.custom_routes.named").app)
    found = [client.get(path).headers.get("x-route") for path in ("/named/1", "/plain")]
    assert found == ["/named/{n}", None]


def test_override_takes_the_place_of_the_service() -> None:
    checks = import_module("docs_src.test_overrides.checks")
    fixture = checks.client.__wrapped__()
    checks.test_weather_is_reported(next(fixture))
    assert next(fixture, None) is None
    assert not checks.app.dependency_overrides


def test_put_says_whether_it_created(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.statuses.main").app)
    client.delete("/tasks/new")
    statuses = [client.put("/tasks/new?text=a").status_code for _ in range(2)]
    assert statuses == [201, 200]


def test_hero_that_was_created_can_be_read(client_for: ClientFactory) -> None:
    client = client_for(import_module("docs_src.database.heroes").app)
    created = client.post("/heroes", json={"name": "Ada", "id": 99})
    assert created.status_code == 201
    assert created.json()["id"] != 99
    assert client.get(f"/heroes/{created.json()['id']}").json() == created.json()
