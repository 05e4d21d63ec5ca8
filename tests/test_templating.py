"""Responses rendered from templates."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import jinja2
import pytest

from fastapi_lite.applications import Starlette
from fastapi_lite.background import BackgroundTask
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.requests import Request
from fastapi_lite.responses import Response
from fastapi_lite.routing import Route
from fastapi_lite.templating import Jinja2Templates, TemplateResponse
from tests.conftest import ClientFactory
from tests.driving import exchange, http_scope

TEMPLATES = {
    "hello.html": "Hello {{ name }} at {{ request.url.path }}",
    "link.html": "{{ url_for('home', place='here') }}",
    "plain.txt": "{{ name }}",
}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    for name, source in TEMPLATES.items():
        (tmp_path / name).write_text(source)
    return tmp_path


@pytest.fixture
def templates(directory: Path) -> Jinja2Templates:
    return Jinja2Templates(directory)


@pytest.fixture
def request_() -> Request:
    return Request(http_scope(path="/place"))


def test_template_is_rendered_with_the_request_and_the_context(
    templates: Jinja2Templates, client_for: ClientFactory
) -> None:
    async def page(request: Request) -> Response:
        return templates.TemplateResponse(request, "hello.html", {"name": "<Ada>"})

    answer = client_for(Starlette(routes=[Route("/place", page)])).get("/place")
    assert (answer.text, answer.headers["content-type"]) == (
        "Hello &lt;Ada&gt; at /place",
        "text/html; charset=utf-8",
    )


def test_client_sees_the_template_and_its_context(
    templates: Jinja2Templates, client_for: ClientFactory
) -> None:
    async def page(request: Request) -> Response:
        return templates.TemplateResponse(request, "hello.html", {"name": "Ada"})

    answer: Any = client_for(Starlette(routes=[Route("/", page)])).get("/")
    assert (answer.template.name, answer.context["name"]) == ("hello.html", "Ada")


def test_template_makes_urls_of_routes(
    templates: Jinja2Templates, client_for: ClientFactory
) -> None:
    async def page(request: Request) -> Response:
        return templates.TemplateResponse(request, "link.html")

    app = Starlette(routes=[Route("/at/{place}", page, name="home")])
    assert client_for(app).get("/at/home").text == "http://testserver/at/here"


def test_text_that_is_no_markup_is_not_escaped(
    templates: Jinja2Templates, request_: Request
) -> None:
    assert templates.TemplateResponse(request_, "plain.txt", {"name": "<"}).body == b"<"


def test_response_has_what_every_response_may_have(
    templates: Jinja2Templates, request_: Request
) -> None:
    task = BackgroundTask(print)
    response = templates.TemplateResponse(
        request_, "plain.txt", {}, 404, {"x-name": "a"}, "text/plain", task
    )
    assert (
        response.status_code,
        response.headers["x-name"],
        response.headers["content-type"],
        response.background,
    ) == (404, "a", "text/plain; charset=utf-8", task)


def test_context_processors_complete_every_context(directory: Path, request_: Request) -> None:
    def add_name(request: Request) -> dict[str, Any]:
        return {"name": f"visitor of {request.url.path}"}

    templates = Jinja2Templates(directory, context_processors=[add_name])
    response = templates.TemplateResponse(request_, "plain.txt")
    assert response.body == b"visitor of /place"


def test_context_of_the_caller_is_not_changed(
    templates: Jinja2Templates, request_: Request
) -> None:
    context = {"name": "Ada"}
    templates.TemplateResponse(request_, "plain.txt", context)
    assert context == {"name": "Ada"}


def test_several_directories_are_searched_in_order(
    directory: Path, tmp_path_factory: pytest.TempPathFactory, request_: Request
) -> None:
    first = tmp_path_factory.mktemp("first")
    (first / "plain.txt").write_text("first")
    templates = Jinja2Templates([first, directory])
    assert templates.TemplateResponse(request_, "plain.txt").body == b"first"
    assert templates.get_template("hello.html").name == "hello.html"


def test_missing_template_raises(templates: Jinja2Templates, request_: Request) -> None:
    with pytest.raises(jinja2.TemplateNotFound, match="nope"):
        templates.TemplateResponse(request_, "nope.html")


def test_environment_may_be_given_with_its_own_url_for(request_: Request) -> None:
    env = jinja2.Environment(loader=jinja2.DictLoader({"a": "{{ url_for('x') }}"}))
    env.globals["url_for"] = lambda name: f"mine {name}"
    templates = Jinja2Templates(env=env)
    assert (templates.env, templates.TemplateResponse(request_, "a").body) == (env, b"mine x")


@pytest.mark.parametrize("options", [{}, {"directory": ".", "env": jinja2.Environment()}])
def test_templates_come_from_one_place(options: Any) -> None:
    with pytest.raises(AssertionError, match="either 'directory' or 'env'"):
        Jinja2Templates(**options)


def test_options_of_the_environment_work_with_a_warning(directory: Path) -> None:
    with pytest.warns(StarletteDeprecationWarning, match=r"env=jinja2\.Environment"):
        templates = Jinja2Templates(directory, trim_blocks=True)
    assert templates.env.trim_blocks


@pytest.mark.parametrize(
    ("args", "options"),
    [
        (("plain.txt",), ["context"]),
        (("plain.txt",), ["context", "status_code"]),
        ((), ["name", "context", "status_code"]),
    ],
)
def test_request_within_the_context_works_with_a_warning(
    templates: Jinja2Templates, request_: Request, args: Any, options: list[str]
) -> None:
    values = {
        "name": "plain.txt",
        "context": {"request": request_, "name": "Ada"},
        "status_code": 201,
    }
    render: Any = templates.TemplateResponse
    with pytest.warns(StarletteDeprecationWarning, match="the request comes first"):
        response = render(*args, **{name: values[name] for name in options})
    assert (response.body, response.status_code) == (b"Ada", 201 if len(options) > 1 else 200)


def test_all_arguments_work_in_their_old_order(
    templates: Jinja2Templates, request_: Request
) -> None:
    render: Any = templates.TemplateResponse
    with pytest.warns(StarletteDeprecationWarning):
        response = render("plain.txt", {"request": request_}, 404, {"x-a": "b"}, "a/b")
    assert (response.status_code, response.headers["x-a"], response.media_type) == (404, "b", "a/b")


def test_context_without_a_request_raises(templates: Jinja2Templates) -> None:
    render: Any = templates.TemplateResponse
    with (
        pytest.warns(StarletteDeprecationWarning),
        pytest.raises(ValueError, match="no 'request'"),
    ):
        render("plain.txt", {"name": "Ada"})


def test_signature_is_that_of_the_new_order() -> None:
    assert list(inspect.signature(Jinja2Templates.TemplateResponse).parameters)[1:4] == [
        "request",
        "name",
        "context",
    ]


@pytest.mark.anyio
async def test_server_that_asks_for_no_details_gets_none(
    templates: Jinja2Templates, request_: Request
) -> None:
    response = templates.TemplateResponse(request_, "plain.txt")
    assert isinstance(response, TemplateResponse)
    assert [message["type"] for message in await exchange(response)] == [
        "http.response.start",
        "http.response.body",
    ]
