"""Front ends: what they serve, when, and after which dependencies."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from fastapi_lite import (
    APIRouter,
    BackgroundTasks,
    Depends,
    FastAPI,
    HTTPException,
    Request,
    Response,
    WebSocketDisconnect,
)
from fastapi_lite.exceptions import DeclarationError
from fastapi_lite.routing import iter_route_contexts
from fastapi_lite.staticfiles import StaticFilesError
from tests.conftest import ClientFactory

PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ANYTHING = {"Accept": "*/*"}
NOT_FOUND = {"detail": "Not Found"}

Build = Callable[..., Path]


@pytest.fixture(autouse=True)
def production(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment of the tests says."""
    monkeypatch.delenv("FASTAPI_ENV", raising=False)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Makes a directory with these files, each of which holds its own name."""

    def make(*names: str, at: str = "dist") -> Path:
        directory = tmp_path / at
        directory.mkdir()
        for name in names:
            file = directory / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name)
        return directory

    return make


def front_end(directory: Path, path: str = "/", **options: Any) -> FastAPI:
    app = FastAPI()
    app.frontend(path, directory=directory, **options)
    return app


def test_file_is_served(client_for: ClientFactory, build: Build) -> None:
    response = client_for(front_end(build("app.js"))).get("/app.js")
    assert (response.text, response.headers["content-type"]) == (
        "app.js",
        "text/javascript; charset=utf-8",
    )


def test_directory_answers_with_its_index(client_for: ClientFactory, build: Build) -> None:
    app = front_end(build("index.html", "about/index.html"))
    assert client_for(app).get("/about").text == "about/index.html"


def test_head_has_no_body(client_for: ClientFactory, build: Build) -> None:
    response = client_for(front_end(build("app.js"))).head("/app.js")
    assert (response.headers["content-length"], response.content) == ("6", b"")


def test_client_that_has_the_file_gets_no_body(client_for: ClientFactory, build: Build) -> None:
    client = client_for(front_end(build("app.js")))
    etag = client.get("/app.js").headers["etag"]
    assert client.get("/app.js", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["/app/", "/app"])
def test_path_may_end_with_a_slash(client_for: ClientFactory, build: Build, path: str) -> None:
    assert client_for(front_end(build("app.js"), path)).get("/app/app.js").text == "app.js"


@pytest.mark.parametrize("path", ["/application", "/", "/other"])
def test_other_paths_are_left_alone(client_for: ClientFactory, build: Build, path: str) -> None:
    app = front_end(build("index.html"), "/app")
    assert client_for(app).get(path, headers=PAGE).json() == NOT_FOUND


def test_braces_in_a_path_are_text(client_for: ClientFactory, build: Build) -> None:
    def needs(name: str = "not from the path") -> None:
        assert name == "not from the path"

    app = FastAPI(dependencies=[Depends(needs)])
    app.frontend("/{name}", directory=build("app.js"))

    assert client_for(app).get("/%7Bname%7D/app.js").text == "app.js"


@pytest.mark.parametrize("reverse", [False, True])
def test_longest_path_answers(client_for: ClientFactory, build: Build, reverse: bool) -> None:
    app = FastAPI()
    declared = {"/": build("index.html", at="outer"), "/in": build("index.html", at="inner")}
    (declared["/in"] / "index.html").write_text("inner")
    for path in sorted(declared, reverse=reverse):
        app.frontend(path, directory=declared[path])

    assert client_for(app).get("/in/", headers=PAGE).text == "inner"


def test_operation_declared_later_comes_first(client_for: ClientFactory, build: Build) -> None:
    app = front_end(build("books"))

    @app.get("/books")
    def books() -> list[str]:
        return []

    assert client_for(app).get("/books").json() == []


def test_method_of_an_operation_comes_first(client_for: ClientFactory, build: Build) -> None:
    app = front_end(build("books"))

    @app.post("/books")
    def add() -> None:
        raise AssertionError  # pragma: no cover - asked for with the wrong method

    assert client_for(app).get("/books").headers["allow"] == "POST"


def test_slash_of_an_operation_comes_first(client_for: ClientFactory, build: Build) -> None:
    app = front_end(build("index.html"))

    @app.get("/books/")
    def books() -> str:
        return "books"

    assert client_for(app).get("/books", headers=PAGE).json() == "books"


def test_mount_comes_first(client_for: ClientFactory, build: Build) -> None:
    app = front_end(build("index.html"))
    app.mount("/in", FastAPI())
    assert client_for(app).get("/in/x", headers=PAGE).json() == NOT_FOUND


def test_mounted_application_has_its_own(client_for: ClientFactory, build: Build) -> None:
    app = FastAPI()
    app.mount("/in", front_end(build("index.html", "a/index.html")))
    assert client_for(app).get("/in/a").url == "http://testserver/in/a/"


def test_websocket_is_refused(client_for: ClientFactory, build: Build) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client_for(front_end(build("app.js"))).websocket_connect("/app.js"),
    ):
        raise AssertionError  # pragma: no cover - never entered


def test_front_end_is_not_documented(build: Build) -> None:
    assert front_end(build("app.js")).openapi()["paths"] == {}


def test_front_end_is_no_route(build: Build) -> None:
    app = FastAPI(openapi_url=None)
    app.frontend("/", directory=build("app.js"))
    assert list(iter_route_contexts(app.routes)) == []


# What answers for a file that is missing


@pytest.mark.parametrize("accept", ["text/html", "TEXT/html;level=1", "application/xhtml+xml"])
def test_page_that_is_missing_is_the_index(
    client_for: ClientFactory, build: Build, accept: str
) -> None:
    response = client_for(front_end(build("index.html"))).get("/a/b", headers={"Accept": accept})
    assert (response.status_code, response.text) == (200, "index.html")


@pytest.mark.parametrize("accept", ["*/*", "text/*", "text/html;q=0", "application/json", ""])
def test_other_things_that_are_missing_are_not_found(
    client_for: ClientFactory, build: Build, accept: str
) -> None:
    response = client_for(front_end(build("index.html"))).get("/a.js", headers={"Accept": accept})
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    "headers", [PAGE, ANYTHING, {"If-None-Match": "*"}, {"Range": "bytes=0-1"}]
)
def test_page_for_what_is_missing_has_its_status(
    client_for: ClientFactory, build: Build, headers: dict[str, str]
) -> None:
    response = client_for(front_end(build("index.html", "404.html"))).get("/a", headers=headers)
    assert (response.status_code, response.text) == (404, "404.html")


def test_index_can_be_chosen_beside_a_page_for_what_is_missing(
    client_for: ClientFactory, build: Build
) -> None:
    app = front_end(build("index.html", "404.html"), fallback="index.html")
    assert client_for(app).get("/a", headers=PAGE).text == "index.html"


@pytest.mark.parametrize(("fallback", "files"), [(None, ["index.html"]), ("auto", ["app.js"])])
def test_without_a_fallback_pages_are_not_found(
    client_for: ClientFactory, build: Build, fallback: Any, files: list[str]
) -> None:
    app = front_end(build(*files), fallback=fallback)
    assert client_for(app).get("/a", headers=PAGE).json() == NOT_FOUND


def test_directory_called_as_the_fallback_is_none(client_for: ClientFactory, build: Build) -> None:
    app = front_end(build("index.html/x"))
    assert client_for(app).get("/a", headers=PAGE).json() == NOT_FOUND


def test_files_may_come_later(client_for: ClientFactory, build: Build) -> None:
    directory = build("app.js")
    client = client_for(front_end(directory))
    client.get("/a", headers=PAGE)

    (directory / "index.html").write_text("built")

    assert client.get("/a", headers=PAGE).text == "built"


def test_chosen_fallback_that_has_gone_is_a_mistake(
    client_for: ClientFactory, build: Build
) -> None:
    directory = build("index.html")
    client = client_for(front_end(directory, fallback="index.html"))
    (directory / "index.html").unlink()

    with pytest.raises(StaticFilesError, match=r"Frontend fallback file 'index.html'"):
        client.get("/a", headers=PAGE)


@pytest.mark.parametrize(("path", "status"), [("/app.js", 405), ("/missing", 404)])
def test_files_are_only_read(
    client_for: ClientFactory, build: Build, path: str, status: int
) -> None:
    app = front_end(build("app.js", "404.html"))
    assert client_for(app).post(path, headers=PAGE).status_code == status


def test_refusal_of_a_method_names_those_there_are(client_for: ClientFactory, build: Build) -> None:
    response = client_for(front_end(build("app.js"))).delete("/app.js")
    assert (response.json(), response.headers["allow"]) == (
        {"detail": "Method Not Allowed"},
        "GET, HEAD",
    )


@pytest.mark.parametrize(
    "path", ["/%2e%2e/secret", "/..%2fsecret", "//secret", "/link", "/a/%2e%2e/%2e%2e/secret"]
)
def test_nothing_outside_of_the_directory_is_served(
    client_for: ClientFactory, build: Build, path: str
) -> None:
    directory = build("index.html")
    (directory.parent / "secret").write_text("secret")
    (directory / "link").symlink_to(directory.parent / "secret")

    response = client_for(front_end(directory)).get(path, headers=PAGE)

    assert response.text == "index.html"


@pytest.mark.parametrize("path", ["/%00", "/a%00.html"])
def test_path_with_a_nul_is_not_found(client_for: ClientFactory, build: Build, path: str) -> None:
    response = client_for(front_end(build("index.html"))).get(path, headers=PAGE)
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_path_that_is_too_long_for_a_file_is_a_page(
    client_for: ClientFactory, build: Build
) -> None:
    response = client_for(front_end(build("index.html"))).get(f"/{'a' * 300}", headers=PAGE)
    assert response.text == "index.html"


# Routers


@pytest.mark.parametrize("prefix", ["", "/r"])
@pytest.mark.parametrize("path", ["/", "/f"])
@pytest.mark.parametrize("outer", ["", "/i"])
def test_front_end_is_below_the_prefixes_of_its_routers(
    client_for: ClientFactory, build: Build, prefix: str, path: str, outer: str
) -> None:
    router = APIRouter(prefix=prefix)
    router.frontend(path, directory=build("app.js"))
    app = FastAPI()
    app.include_router(router, prefix=outer)

    response = client_for(app).get(f"{outer}{prefix}{path.rstrip('/')}/app.js")

    assert response.text == "app.js"


def test_front_end_of_a_router_may_come_after_its_inclusion(
    client_for: ClientFactory, build: Build
) -> None:
    app, router = FastAPI(), APIRouter()
    app.include_router(router, prefix="/in")
    client = client_for(app)
    client.get("/in/app.js")

    router.frontend("/", directory=build("app.js"))

    assert client.get("/in/app.js").text == "app.js"


def test_front_end_of_the_application_comes_before_that_of_a_router_at_its_path(
    client_for: ClientFactory, build: Build
) -> None:
    app, router = FastAPI(), APIRouter()
    router.frontend("/", directory=build("inner.js", at="inner"))
    app.include_router(router)
    app.frontend("/", directory=build("outer.js", at="outer"))

    assert client_for(app).get("/inner.js").status_code == 404


def test_router_that_decides_by_itself_has_its_front_end(
    client_for: ClientFactory, build: Build
) -> None:
    class Watched(APIRouter):
        def matches(self, scope: Any) -> Any:
            return super().matches(scope)

    app, router = FastAPI(), Watched(prefix="/in")
    router.frontend("/", directory=build("app.js"))
    app.include_router(router)

    assert client_for(app).get("/in/app.js").text == "app.js"


def test_what_answers_elsewhere_is_still_the_default(
    client_for: ClientFactory, build: Build
) -> None:
    app = front_end(build("app.js"), "/app")
    app.router.default = Response("default")
    assert client_for(app).get("/other").text == "default"


# Dependencies


def require_token(token: str = "") -> None:
    if token != "right":
        raise HTTPException(401, "no")


def protected(where: str, directory: Path) -> FastAPI:
    needed = [Depends(require_token)]
    app = FastAPI(dependencies=needed if where == "app" else None)
    router = APIRouter(dependencies=needed if where == "router" else None)
    router.frontend("/", directory=directory)
    app.include_router(router, dependencies=needed if where == "inclusion" else None)
    return app


@pytest.mark.parametrize("where", ["app", "router", "inclusion"])
@pytest.mark.parametrize("path", ["/app.js", "/missing", "/%00"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_dependencies_protect_files_and_say_not_which_there_are(
    client_for: ClientFactory, build: Build, where: str, path: str, method: str
) -> None:
    app = protected(where, build("app.js"))
    assert client_for(app).request(method, path).status_code == 401


def test_dependencies_let_pass(client_for: ClientFactory, build: Build) -> None:
    app = protected("app", build("app.js"))
    assert client_for(app).get("/app.js?token=right").text == "app.js"


def test_dependencies_are_overridden(client_for: ClientFactory, build: Build) -> None:
    app = protected("router", build("app.js"))
    app.dependency_overrides[require_token] = lambda: None
    assert client_for(app).get("/app.js").text == "app.js"


def test_paths_without_front_end_are_not_protected(client_for: ClientFactory, build: Build) -> None:
    app = FastAPI(dependencies=[Depends(require_token)])
    app.frontend("/app", directory=build("app.js"))
    assert client_for(app).get("/other").status_code == 404


def test_dependency_that_is_not_satisfied_is_a_422(client_for: ClientFactory, build: Build) -> None:
    def needs(number: int) -> None:
        raise AssertionError  # pragma: no cover - the number is missing

    app = FastAPI(dependencies=[Depends(needs)])
    app.frontend("/", directory=build("app.js"))

    assert client_for(app).get("/app.js").json()["detail"][0]["loc"] == ["query", "number"]


def test_headers_of_dependencies_are_sent(client_for: ClientFactory, build: Build) -> None:
    def no_cache(response: Response) -> None:
        response.headers["cache-control"] = "no-cache"

    app = FastAPI(dependencies=[Depends(no_cache)])
    app.frontend("/", directory=build("app.js"))

    response = client_for(app).get("/app.js")

    assert (response.headers["cache-control"], response.headers["content-length"]) == (
        "no-cache",
        "6",
    )


def test_tasks_of_dependencies_run(client_for: ClientFactory, build: Build) -> None:
    ran: list[str] = []

    def leave_task(tasks: BackgroundTasks, request: Request) -> None:
        tasks.add_task(ran.append, request.url.path)

    app = FastAPI(dependencies=[Depends(leave_task)])
    app.frontend("/", directory=build("app.js"))

    client_for(app).get("/app.js")

    assert ran == ["/app.js"]


@pytest.mark.parametrize(
    ("path", "events"), [("/app.js", ["open", "close"]), ("/a", ["open", "HTTPException", "close"])]
)
def test_generators_are_closed_after_the_file(
    client_for: ClientFactory, build: Build, path: str, events: list[str]
) -> None:
    seen: list[str] = []

    def connection() -> Iterator[None]:
        seen.append("open")
        try:
            yield
        except HTTPException as error:
            seen.append(type(error).__name__)
            raise
        finally:
            seen.append("close")

    async def other() -> AsyncIterator[None]:
        yield

    app = FastAPI(dependencies=[Depends(connection), Depends(other)])
    app.frontend("/", directory=build("app.js"))

    client_for(app).get(path)

    assert seen == events


class Order(BaseModel):
    number: int


def test_dependency_reads_a_body_within_its_limit(client_for: ClientFactory, build: Build) -> None:
    def needs(order: Order) -> None:
        raise AssertionError  # pragma: no cover - the body is too large

    app = FastAPI(dependencies=[Depends(needs)], max_body_size=3)
    app.frontend("/", directory=build("app.js"))

    assert client_for(app).request("GET", "/app.js", json={"number": 1}).status_code == 413


def test_handler_of_the_application_answers_what_is_missing(
    client_for: ClientFactory, build: Build
) -> None:
    app = front_end(build("app.js"))

    @app.exception_handler(404)
    def answer(request: Request, error: Exception) -> Response:
        return Response("nothing here", 404)

    assert client_for(app).get("/missing").text == "nothing here"


# Declarations


@pytest.mark.parametrize(
    ("path", "message"), [("", "cannot be empty"), ("//", "cannot be empty"), ("app", "start with")]
)
def test_path_has_to_be_one(build: Build, path: str, message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        front_end(build("app.js"), path)


def test_fallback_has_to_be_known(build: Build) -> None:
    with pytest.raises(DeclarationError, match=r"which 'home\.html' is not"):
        front_end(build("app.js"), fallback="home.html")


@pytest.mark.parametrize("check", [True, "auto"])
@pytest.mark.parametrize("fallback", ["auto", "index.html", None])
def test_directory_has_to_be_there(tmp_path: Path, check: Any, fallback: Any) -> None:
    with pytest.raises(
        StaticFilesError, match=r"Frontend directory '.*' does not exist\. Resolved"
    ):
        front_end(tmp_path / "dist", check_dir=check, fallback=fallback)


@pytest.mark.parametrize("fallback", ["404.html", "index.html"])
def test_chosen_fallback_has_to_be_there(build: Build, fallback: Any) -> None:
    with pytest.raises(StaticFilesError, match=rf"file '{fallback}' does not exist in directory"):
        front_end(build("app.js"), fallback=fallback)


def test_directory_that_is_not_looked_for_is_missing_at_the_first_request(
    client_for: ClientFactory, tmp_path: Path
) -> None:
    app = front_end(tmp_path / "dist", check_dir=False)
    with pytest.raises(StaticFilesError, match="does not exist"):
        client_for(app).get("/")


def test_missing_directory_is_a_warning_in_development(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FASTAPI_ENV", "development")
    with pytest.warns(UserWarning, match="Frontend directory"):
        front_end(tmp_path / "dist")


def test_missing_fallback_is_nothing_in_development(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, build: Build
) -> None:
    monkeypatch.setenv("FASTAPI_ENV", "development")
    app = front_end(build("app.js"), fallback="index.html")
    assert client_for(app).get("/app.js").text == "app.js"


def test_directory_stays_where_it_was_when_the_process_moves(
    client_for: ClientFactory, monkeypatch: pytest.MonkeyPatch, build: Build
) -> None:
    monkeypatch.chdir(build("app.js").parent)
    app = front_end(Path("dist"))

    monkeypatch.chdir(os.sep)

    assert client_for(app).get("/app.js").text == "app.js"


def test_front_end_has_the_path_of_its_files_as_template(tmp_path: Path) -> None:
    app = FastAPI()
    app.frontend("/pages", directory=tmp_path, check_dir=False)
    (placed,) = app.router.frontends_here()
    assert placed.path_format == "/pages/{path}"
