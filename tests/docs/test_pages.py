"""The examples of the tutorial's short pages: a request, and the answer that the page promises."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from tests.conftest import ClientFactory

KEY = "6a1d6a1c-6d39-4d5b-9a42-0a8f5f9d4c11"
LAMP = {"name": "Lamp", "price": 2}

ANSWERS: list[tuple[str, dict[str, Any], int, Any]] = [
    ("first_steps.main", {"url": "/"}, 200, {"message": "Hello World"}),
    ("path_parameters.items", {"url": "/items/mine"}, 200, "mine"),
    ("path_parameters.items", {"url": "/items/3"}, 200, 3),
    ("path_parameters.items", {"url": "/items/0"}, 422, ["path", "item_id"]),
    ("path_parameters.items", {"url": "/items/three"}, 422, ["path", "item_id"]),
    ("path_parameters.items", {"url": "/sizes/large"}, 200, True),
    ("path_parameters.items", {"url": "/sizes/huge"}, 422, ["path", "size"]),
    ("path_parameters.items", {"url": "/files/a/b.txt"}, 200, "a/b.txt"),
    ("query_parameters.books", {"url": "/books?skip=1&limit=2"}, 200, ["Emma", "Ilium"]),
    ("query_parameters.books", {"url": "/books?begins=D&upper=ON"}, 200, ["DUNE"]),
    ("query_parameters.books", {"url": "/books?limit=1&limit=2"}, 200, ["Dune", "Emma"]),
    ("query_parameters.books", {"url": "/shelves/1"}, 422, ["query", "room"]),
    ("query_parameters.books", {"url": "/shelves/1?room=a"}, 200, "a/1"),
    ("body.shop", {"method": "POST", "url": "/items", "json": LAMP}, 201, 2),
    (
        "body.shop",
        {"method": "POST", "url": "/items", "json": {"name": "a"}},
        422,
        ["body", "price"],
    ),
    ("body.shop", {"method": "POST", "url": "/items", "content": b'{"name": "a"}'}, 422, ["body"]),
    (
        "body.shop",
        {
            "method": "PUT",
            "url": "/items/1/order?note=soon",
            "json": {"item": LAMP, "buyer": {"email": "a@b"}, "number": 2},
        },
        200,
        "a@b: 2 Lamp (1, soon)",
    ),
    ("body.shop", {"method": "POST", "url": "/embedded", "json": {"item": LAMP}}, 200, "Lamp"),
    (
        "validation.search",
        {"url": "/search?q=abc&tags=a&tags=b"},
        200,
        {"word": "abc", "tags": ["a", "b"], "isbn": None},
    ),
    ("validation.search", {"url": "/search?q=a"}, 422, ["query", "q"]),
    ("validation.search", {"url": "/search?q=abc&isbn=1"}, 422, ["query", "isbn"]),
    (
        "validation.search",
        {"url": "/search?q=abc&tags=a&tags=a&tags=a&tags=a"},
        422,
        ["query", "tags"],
    ),
    ("validation.search", {"url": "/pages/3?zoom=1.5"}, 200, 4.5),
    ("validation.search", {"url": "/pages/501"}, 422, ["path", "page"]),
    (
        "nested.offers",
        {"method": "POST", "url": "/offers", "json": {"name": "a", "things": [{"kind": "book"}]}},
        422,
        ["body", "things", 0, "book", "pages"],
    ),
    (
        "nested.offers",
        {
            "method": "POST",
            "url": "/offers",
            "json": {"name": "a", "things": [{"kind": "record", "minutes": 40}]},
        },
        200,
        {"name": "a", "things": [{"kind": "record", "minutes": 40}], "pictures": [], "prices": {}},
    ),
    ("nested.offers", {"method": "POST", "url": "/weights", "json": {"1": 0.5, "2": 1}}, 200, 1.5),
    ("examples.items", {"method": "PUT", "url": "/items/1", "json": LAMP}, 200, LAMP),
    (
        "types.repeater",
        {
            "method": "PUT",
            "url": f"/repeaters/{KEY}",
            "json": {
                "start": "2026-11-23T00:00:00Z",
                "every": "P1D",
                "skip": ["2026-12-24", "2026-12-24"],
                "price": "1.50",
            },
        },
        200,
        {
            "key": KEY,
            "next": "2026-11-24T00:00:00Z",
            "at": None,
            "skip": ["2026-12-24"],
            "price": "1.50",
        },
    ),
    (
        "headers.client",
        {"url": "/", "headers": {"User-Agent": "me", "X-Token": "a"}, "cookies": {"visits": "3"}},
        200,
        {"agent": "me", "tokens": ["a"], "visits": 3},
    ),
    ("headers.client", {"url": "/", "cookies": {"visits": "-1"}}, 422, ["cookie", "visits"]),
    ("parameter_models.listing", {"url": "/items?limt=3"}, 422, ["query", "limt"]),
    (
        "parameter_models.listing",
        {
            "url": "/items?tags=a",
            "headers": {"If-None-Match": '"x"'},
            "cookies": {"session_id": "s"},
        },
        200,
        {
            "listing": {"limit": 10, "offset": 0, "order_by": "name", "tags": ["a"]},
            "caching": {"if_none_match": ['"x"'], "cache_control": None},
            "session": {"session_id": "s"},
        },
    ),
    (
        "updates.items",
        {"method": "PATCH", "url": "/items/lamp", "json": {"price": 3}},
        200,
        {"name": "Lamp", "price": 3, "tags": []},
    ),
    ("updates.items", {"method": "PATCH", "url": "/items/none", "json": {}}, 404, None),
    (
        "updates.items",
        {"method": "PUT", "url": "/items/lamp", "json": LAMP},
        200,
        {**LAMP, "tags": []},
    ),
    (
        "response_models.users",
        {"method": "POST", "url": "/users", "json": {"name": "a", "password": "p"}},
        200,
        {"name": "a", "full_name": None},
    ),
    ("response_models.users", {"url": "/users/b"}, 200, {"name": "b"}),
    ("response_models.users", {"url": "/home"}, 200, {"name": "nobody"}),
    ("dependencies.functions", {"url": "/items?skip=1"}, 200, ["desk", "chair"]),
    ("dependencies.functions", {"url": "/users?limit=101"}, 422, ["query", "limit"]),
    ("dependencies.classes", {"url": "/search?word=a"}, 200, ["a", 10]),
    ("dependencies.classes", {"url": "/contains?q=foobar"}, 200, True),
    (
        "dependencies.nested",
        {"url": "/query", "cookies": {"last_query": "old"}},
        200,
        ["old", None],
    ),
    ("dependencies.nested", {"url": "/admin/state"}, 422, ["header", "x-key"]),
    ("dependencies.nested", {"url": "/admin/state", "headers": {"X-Key": "guess"}}, 401, None),
    (
        "dependencies.nested",
        {"url": "/admin/state", "headers": {"X-Key": "secret"}},
        200,
        "all is well",
    ),
    ("dependencies.limited", {"url": "/report"}, 200, "made with a connection"),
    ("users.tokens", {"url": "/me"}, 401, None),
    ("users.tokens", {"url": "/me", "headers": {"Authorization": "Bearer made-up"}}, 401, None),
    (
        "users.tokens",
        {"method": "POST", "url": "/token", "data": {"username": "ada", "password": "guess"}},
        400,
        None,
    ),
    (
        "users.tokens",
        {"method": "POST", "url": "/token", "data": {"username": "", "password": ""}},
        422,
        ["body", "username"],
    ),
    ("bigger.main", {"url": "/items/"}, 200, ["lamp"]),
    ("bigger.main", {"url": "/items/desk"}, 404, None),
    ("bigger.main", {"url": "/admin/items/lamp"}, 422, ["header", "x-token"]),
    ("bigger.main", {"url": "/admin/items/lamp", "headers": {"X-Token": "secret"}}, 200, "lamp"),
    (
        "typed_forms.main",
        {"method": "POST", "url": "/login", "data": {"username": "a", "password": "b"}},
        200,
        "a",
    ),
    (
        "typed_forms.main",
        {"method": "POST", "url": "/profile", "data": {"name": "a", "age": "3"}},
        422,
        ["body", "age"],
    ),
    (
        "typed_forms.main",
        {"method": "POST", "url": "/profile", "data": {"name": "a", "languages": ["de", "en"]}},
        200,
        {"name": "a", "languages": ["de", "en"]},
    ),
    (
        "typed_forms.main",
        {
            "method": "POST",
            "url": "/pictures",
            "files": [("pictures", ("a.png", b"12")), ("signature", ("s", b"3"))],
        },
        200,
        {"sizes": {"a.png": 2}, "note": "", "signed": True},
    ),
    ("statuses.main", {"method": "POST", "url": "/tasks/a?text=b"}, 201, "b"),
    ("statuses.main", {"method": "PUT", "url": "/tasks/old?text=b"}, 200, "b"),
    ("statuses.main", {"method": "PATCH", "url": "/tasks/none?text=b"}, 404, None),
    ("additional.items", {"url": "/items/lamp"}, 200, {"name": "lamp"}),
    ("additional.items", {"url": "/items/none"}, 404, None),
    ("additional.items", {"url": "/picture"}, 200, {"name": "lamp"}),
    (
        "request_directly.main",
        {"url": "/items/1?a=1&a=2"},
        200,
        {
            "id": 1,
            "client": "testclient",
            "url": "http://testserver/items/1?a=1&a=2",
            "queries": [["a", "1"], ["a", "2"]],
        },
    ),
    ("request_directly.main", {"method": "POST", "url": "/raw", "content": b"123"}, 200, 3),
    (
        "dataclass.main",
        {"method": "POST", "url": "/items", "json": LAMP},
        200,
        {**LAMP, "tags": []},
    ),
    ("sub_applications.main", {"url": "/app"}, 200, "main"),
    ("sub_applications.main", {"url": "/shop/items"}, 200, "http://testserver/shop/items"),
    ("operations.options", {"method": "POST", "url": "/items?name=a"}, 201, "a"),
    ("operations.options", {"method": "POST", "url": "/anything"}, 200, "anything"),
    ("limits.main", {"method": "POST", "url": "/notes", "json": "x" * 900}, 200, 900),
    ("limits.main", {"method": "POST", "url": "/notes", "json": "x" * 1000}, 413, None),
    ("limits.main", {"method": "POST", "url": "/films", "files": {"film": b"x" * 5000}}, 200, 5000),
    (
        "limits.main",
        {"method": "POST", "url": "/films", "files": [("film", b"x"), ("film", b"y")]},
        400,
        None,
    ),
    ("database.heroes", {"url": "/heroes/99"}, 404, None),
    ("concurrency.main", {"url": "/waits"}, 200, "others were served meanwhile"),
    ("concurrency.main", {"url": "/blocks"}, 200, "in a thread"),
    ("concurrency.main", {"url": "/both"}, 200, "a function in a thread"),
    ("answers.direct", {"url": "/moment"}, 200, {"at": "2026-11-23T00:00:00+00:00"}),
]


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
    client = client_for(import_module("docs_src.custom_routes.timing").app)
    found = [client.get(path).headers.get("server-timing", "")[:8] for path in ("/timed", "/plain")]
    assert found == ["app;dur=", ""]


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
