"""Files below a directory."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fastapi_lite.datastructures import Headers
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.staticfiles import (
    NotModifiedResponse,
    StaticFiles,
    StaticFilesError,
    is_within,
    leaves_directory,
)
from fastapi_lite.types import Scope
from tests.driving import body_of, exchange, headers_of, http_scope

anyio_test = pytest.mark.anyio
MODIFIED = "Sun, 09 Sep 2001 01:46:40 GMT"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """`site` with files, pages and links, beside `other` with a secret."""
    files = {
        "site/a.txt": "a",
        "site/index.html": "<home>",
        "site/sub/index.html": "<sub>",
        "site/sub/b.txt": "b",
        "site/empty/.keep": "",
        "site/grüße.txt": "hello",
        "other/secret.txt": "secret",
        "site-too/c.txt": "c",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        os.utime(path, (1e9, 1e9))
    (tmp_path / "site/out.txt").symlink_to(tmp_path / "other/secret.txt")
    (tmp_path / "site/outside").symlink_to(tmp_path / "other")
    (tmp_path / "site/in.txt").symlink_to("a.txt")
    (tmp_path / "site/round").symlink_to("round")
    (tmp_path / "link").symlink_to("site")
    os.mkfifo(tmp_path / "site/pipe")
    return tmp_path / "site"


async def get(app: StaticFiles, path: str, method: str = "GET", **headers: str) -> Any:
    """Status and body of an answer; those of the exception where one is raised."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        sent = await exchange(app, http_scope(method, path, named))
    except HTTPException as refusal:
        return refusal.status_code, refusal.detail
    return sent[0]["status"], body_of(sent).decode()


NOT_FOUND = (404, "Not Found")


@anyio_test
@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/a.txt", "a"),
        ("/sub/b.txt", "b"),
        ("/grüße.txt", "hello"),
        ("/sub/../a.txt", "a"),
        ("/./sub//b.txt", "b"),
        ("/in.txt", "a"),
        ("/index.html", "<home>"),
    ],
)
async def test_file_is_served(site: Path, path: str, content: str) -> None:
    assert await get(StaticFiles(directory=site), path) == (200, content)


@anyio_test
@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/nope",
        "/sub",
        "/a.txt/x",
        "/../other/secret.txt",
        "/../site/a.txt",
        "/..",
        "/sub/../../other/secret.txt",
        "/..%2fother/secret.txt",
        "/..\\other\\secret.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/../site-too/c.txt",
        "/out.txt",
        "/outside/secret.txt",
        "/outside",
        "/round",
        "/pipe",
        "/\0",
        "/a.txt\0",
        "/" + "x" * 300,
        "/" + "x/" * 30_000,
        "/" + "../" * 3000 + "etc/passwd",
        "/\udcff",
        "/C:/windows",
    ],
)
async def test_path_that_leads_to_no_file_of_the_site_is_not_found(site: Path, path: str) -> None:
    """CVE-2023-29159 and its kin: no spelling of a path leaves the directory."""
    assert await get(StaticFiles(directory=site), path) == NOT_FOUND


@anyio_test
@pytest.mark.parametrize("path", ["/out.txt", "/outside/secret.txt"])
async def test_links_are_followed_out_on_demand(site: Path, path: str) -> None:
    app = StaticFiles(directory=site, follow_symlink=True)
    assert await get(app, path) == (200, "secret")


@anyio_test
async def test_dots_lead_nowhere_though_links_are_followed(site: Path) -> None:
    app = StaticFiles(directory=site, follow_symlink=True)
    assert await get(app, "/../other/secret.txt") == NOT_FOUND


@anyio_test
async def test_directory_itself_may_be_a_link(site: Path) -> None:
    app = StaticFiles(directory=site.parent / "link")
    assert await get(app, "/in.txt") == (200, "a")


@anyio_test
async def test_path_is_taken_below_the_mount(site: Path) -> None:
    sent = await exchange(
        StaticFiles(directory=site), http_scope(path="/static/a.txt", root_path="/static")
    )
    assert body_of(sent) == b"a"


@anyio_test
async def test_head_has_the_headers_of_get(site: Path) -> None:
    app = StaticFiles(directory=site)
    of_get = headers_of(await exchange(app, http_scope(path="/a.txt")))
    of_head = await exchange(app, http_scope("HEAD", path="/a.txt"))
    assert (headers_of(of_head), body_of(of_head)) == (of_get, b"")


@anyio_test
async def test_other_methods_are_refused_with_those_allowed(site: Path) -> None:
    with pytest.raises(HTTPException) as refused:
        await exchange(StaticFiles(directory=site), http_scope("POST", path="/a.txt"))
    assert (refused.value.status_code, refused.value.headers) == (405, {"Allow": "GET, HEAD"})


@anyio_test
async def test_ranges_are_served(site: Path) -> None:
    app = StaticFiles(directory=site)
    assert await get(app, "/index.html", range="bytes=1-4") == (206, "home")


@anyio_test
async def test_websocket_is_refused(site: Path) -> None:
    sent = await exchange(StaticFiles(directory=site), {"type": "websocket", "path": "/a.txt"})
    assert sent == [{"type": "websocket.close", "code": 1000, "reason": ""}]


@anyio_test
async def test_lifespan_is_none_of_its_business(site: Path) -> None:
    with pytest.raises(RuntimeError, match="'lifespan'"):
        await exchange(StaticFiles(directory=site), {"type": "lifespan"})


# Conditional requests


def etag_of(site: Path) -> str:
    """The tag of `a.txt`."""
    stat = (site / "a.txt").stat()
    response = StaticFiles(directory=site).file_response(site / "a.txt", stat, http_scope())
    return response.headers["etag"]


@anyio_test
@pytest.mark.parametrize(
    "tags",
    [
        lambda etag: etag,
        lambda etag: f"W/{etag}",
        lambda etag: f'"other", {etag}',
        lambda etag: f'"a, b",{etag}',
        lambda etag: "*",
    ],
)
async def test_client_with_the_version_of_the_tag_is_told_so(
    site: Path, tags: Callable[[str], str]
) -> None:
    app = StaticFiles(directory=site)
    assert await get(app, "/a.txt", if_none_match=tags(etag_of(site))) == (304, "")


@anyio_test
@pytest.mark.parametrize("tags", ['"other"', "", "a", 'W/"other", "b"'])
async def test_client_with_another_version_gets_the_file(site: Path, tags: str) -> None:
    app = StaticFiles(directory=site)
    assert await get(app, "/a.txt", if_none_match=tags, if_modified_since=MODIFIED) == (200, "a")


@anyio_test
@pytest.mark.parametrize(
    ("date", "status"),
    [
        (MODIFIED, 304),
        ("Sun, 09 Sep 2001 01:46:41 GMT", 304),
        ("Sun, 09 Sep 2001 01:46:39 GMT", 200),
        ("garbage", 200),
        ("Sun, 99 Sep 99999 01:46:40 GMT", 200),
        ("Sun, 09 Sep 2001 01:46:40 -0000", 200),
    ],
)
async def test_date_of_the_client_is_compared(site: Path, date: str, status: int) -> None:
    app = StaticFiles(directory=site)
    assert (await get(app, "/a.txt", if_modified_since=date))[0] == status


@anyio_test
async def test_file_not_modified_is_told_with_its_tag_only(site: Path) -> None:
    scope = http_scope(path="/a.txt", headers={"if-none-match": "*"})
    sent = await exchange(StaticFiles(directory=site), scope)
    assert headers_of(sent) == {"etag": etag_of(site)}


def test_response_without_a_tag_matches_none(site: Path) -> None:
    app = StaticFiles(directory=site)
    assert not app.is_not_modified(Headers(), Headers({"if-none-match": "*"}))


def test_not_modified_keeps_what_caches_need() -> None:
    headers = Headers({"ETag": "a", "Vary": "b", "Content-Type": "c", "Last-Modified": "d"})
    assert NotModifiedResponse(headers).raw_headers == [(b"etag", b"a"), (b"vary", b"b")]


# Pages


@anyio_test
@pytest.mark.parametrize(("path", "page"), [("/", "<home>"), ("/sub/", "<sub>")])
async def test_directory_answers_with_its_index(site: Path, path: str, page: str) -> None:
    assert await get(StaticFiles(directory=site, html=True), path) == (200, page)


@anyio_test
@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/sub", "http://testserver/sub/?a=1"),
        ("//testserver.evil/..//sub", "http://testserver//testserver.evil/..//sub/?a=1"),
    ],
)
async def test_directory_without_its_slash_is_redirected_on_the_site(
    site: Path, path: str, location: str
) -> None:
    app = StaticFiles(directory=site, html=True)
    sent = await exchange(app, http_scope(path=path, query_string=b"a=1"))
    assert (sent[0]["status"], headers_of(sent)["location"]) == (307, location)


@anyio_test
@pytest.mark.parametrize("path", ["/nope", "/empty", "/empty/", "/../other/secret.txt", "/\0"])
async def test_missing_page_is_not_found(site: Path, path: str) -> None:
    assert await get(StaticFiles(directory=site, html=True), path) == NOT_FOUND


@anyio_test
@pytest.mark.parametrize("path", ["/nope", "/empty/", "/../other/secret.txt", "/\0"])
async def test_missing_page_has_a_page_of_its_own(site: Path, path: str) -> None:
    (site / "404.html").write_text("<lost>")
    app = StaticFiles(directory=site, html=True)
    assert await get(app, path, if_none_match="*") == (404, "<lost>")


# Directories


def test_missing_directory_raises_at_once(tmp_path: Path) -> None:
    with pytest.raises(StaticFilesError, match="does not exist"):
        StaticFiles(directory=tmp_path / "nope")


@anyio_test
async def test_missing_directory_raises_at_the_first_request_if_not_checked(
    tmp_path: Path,
) -> None:
    app = StaticFiles(directory=tmp_path / "nope", check_dir=False)
    with pytest.raises(StaticFilesError, match="does not exist"):
        await get(app, "/a")


@anyio_test
async def test_file_is_no_directory(site: Path) -> None:
    app = StaticFiles(directory=site / "a.txt", check_dir=False)
    with pytest.raises(StaticFilesError, match="is not a directory"):
        await get(app, "/a")


@anyio_test
async def test_directory_made_later_is_served(tmp_path: Path) -> None:
    app = StaticFiles(directory=tmp_path / "later", check_dir=False)
    (tmp_path / "later").mkdir()
    (tmp_path / "later/a").write_text("a")
    assert [await get(app, "/a"), await get(app, "/a")] == [(200, "a"), (200, "a")]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An importable package with files in `statics` and `assets`."""
    for name in ("statics", "assets"):
        (tmp_path / "filled_package" / name).mkdir(parents=True)
        (tmp_path / "filled_package" / name / "p.txt").write_text(name)
    (tmp_path / "filled_package/__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return "filled_package"


@anyio_test
async def test_package_brings_its_statics(package: str) -> None:
    assert await get(StaticFiles(packages=[package]), "/p.txt") == (200, "statics")


@anyio_test
async def test_directory_of_a_package_may_be_named(package: str) -> None:
    app = StaticFiles(packages=[(package, "assets")])
    assert await get(app, "/p.txt") == (200, "assets")


@anyio_test
async def test_directory_comes_before_packages(site: Path, package: str) -> None:
    app = StaticFiles(directory=site, packages=[package])
    (site / "p.txt").write_text("own")
    assert [await get(app, "/p.txt"), await get(app, "/nope")] == [(200, "own"), NOT_FOUND]


@pytest.mark.parametrize(
    ("packages", "why"),
    [
        (["no_such_package"], "Package 'no_such_package' could not be found"),
        ([("json", "assets")], "'assets'.* in package 'json' could not be found"),
    ],
)
def test_package_that_brings_nothing_raises(packages: Any, why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        StaticFiles(packages=packages)


# Subclasses


@anyio_test
async def test_subclass_may_find_files_elsewhere(site: Path) -> None:
    class Shortened(StaticFiles):
        def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
            return super().lookup_path(f"{path}.txt")

    assert await get(Shortened(directory=site), "/a") == (200, "a")


@anyio_test
async def test_subclass_may_answer_what_is_missing(site: Path) -> None:
    class SinglePage(StaticFiles):
        async def get_response(self, path: str, scope: Scope) -> Response:
            try:
                return await super().get_response(path, scope)
            except HTTPException:
                return PlainTextResponse(f"page {path}")

    assert await get(SinglePage(directory=site), "/a/b") == (200, "page a/b")


@anyio_test
async def test_subclass_may_add_headers(site: Path) -> None:
    class Cached(StaticFiles):
        def file_response(self, *args: Any, **options: Any) -> Response:
            response = super().file_response(*args, **options)
            response.headers["Cache-Control"] = "max-age=3600"
            return response

    sent = await exchange(Cached(directory=site), http_scope(path="/a.txt"))
    assert headers_of(sent)["cache-control"] == "max-age=3600"


@anyio_test
@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (PermissionError("no"), (401, "Unauthorized")),
        (OSError(36, "File name too long"), NOT_FOUND),
    ],
)
async def test_what_the_system_refuses_is_no_server_error(
    site: Path, error: OSError, answer: Any
) -> None:
    class Refusing(StaticFiles):
        def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
            raise error

    assert await get(Refusing(directory=site), "/a.txt") == answer


@anyio_test
async def test_broken_disk_is_a_server_error(site: Path) -> None:
    class Broken(StaticFiles):
        def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        await get(Broken(directory=site), "/a.txt")


@pytest.mark.parametrize(
    ("path", "leaves"), [("a/b", False), ("..", True), ("../a", True), ("/a", True), ("..a", False)]
)
def test_path_leaves_its_directory_by_dots_or_root(path: str, leaves: bool) -> None:
    assert leaves_directory(path) is leaves


def test_paths_without_a_common_root_are_not_within() -> None:
    assert not is_within("relative", "/absolute")
