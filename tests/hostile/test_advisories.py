"""Known advisories of web frameworks: each has a test that would fail where it applies.

The identifier stands in the test's docstring. Where an advisory is about time, work is counted, by
calls or by sizes: twice the input must not need more than about twice the work.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from fastapi_lite import Body, FastAPI, Request, Response, UploadFile, formparsers, requests
from fastapi_lite.applications import Starlette
from fastapi_lite.datastructures import URL, Headers
from fastapi_lite.endpoints import HTTPEndpoint
from fastapi_lite.middleware import Middleware
from fastapi_lite.middleware.cors import CORSMiddleware
from fastapi_lite.middleware.gzip import GZipMiddleware
from fastapi_lite.middleware.httpsredirect import HTTPSRedirectMiddleware
from fastapi_lite.middleware.sessions import SessionMiddleware
from fastapi_lite.middleware.trustedhost import TrustedHostMiddleware
from fastapi_lite.middleware.wsgi import build_environ
from fastapi_lite.requests import cookie_parser
from fastapi_lite.responses import FileResponse, PlainTextResponse, RedirectResponse
from fastapi_lite.responses.ranges import read_ranges
from fastapi_lite.routing import Mount, Route, Router
from fastapi_lite.routing.paths import parse_path
from fastapi_lite.staticfiles import StaticFiles
from tests.conftest import ClientFactory
from tests.driving import body_of, exchange, headers_of, http_scope
from tests.middleware.asgi import scope_of


def calls_of(run: Callable[[], Any]) -> int:
    """How many functions `run` calls, those written in C too."""
    events: list[str] = []
    sys.setprofile(lambda frame, event, argument: events.append(event))
    try:
        run()
    finally:
        sys.setprofile(None)
    return events.count("call") + events.count("c_call")


def assert_linear(run: Callable[[int], Any], size: int = 500) -> None:
    """Twice the input must need at most about twice the calls."""
    run(size)  # what is made once is made now
    once = calls_of(lambda: run(size))
    assert calls_of(lambda: run(2 * size)) <= 2.5 * once + 100


def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


# Paths and files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A directory to serve, with a secret beside it in one that begins with the same name."""
    site = tmp_path / "static"
    site.mkdir()
    (site / "page.txt").write_text("page")
    for secret in (tmp_path / "secret.txt", tmp_path / "static_secret.txt"):
        secret.write_text("secret")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    return site


TRAVERSALS = [
    *(
        "/../secret.txt",
        "/..\\secret.txt",
        "/./../secret.txt",
        "/x/../../secret.txt",
        "//secret.txt",
    ),
    *(
        "/../static_secret.txt",
        "/link.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..;/secret.txt",
    ),
    *(
        "/\u2024\u2024/secret.txt",
        "/..\x00/secret.txt",
        "/page.txt\x00",
        "/page.txt/../../secret.txt",
    ),
    *(
        "///etc/passwd",
        "/etc/passwd",
        "/../../../../../../etc/passwd",
        "/C:/secret.txt",
        "/~/secret.txt",
    ),
]


@pytest.mark.anyio
@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize("path", TRAVERSALS)
async def test_static_files_serve_nothing_outside_of_their_directory(
    path: str, html: bool, site: Path
) -> None:
    """CVE-2023-29159 (Starlette), CVE-2024-23334 (aiohttp), and every spelling of `..`."""
    app = Starlette(routes=[Mount("/files", StaticFiles(directory=site, html=html))])
    [start, *_] = await exchange(app, http_scope(path=f"/files{path}"))
    assert start["status"] == 404


def test_name_of_a_host_is_refused_before_the_file_system_is_asked(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CVE-2026-48818: on Windows, looking at `\\\\host\\share` sends credentials to that host."""
    asked: list[Any] = []
    for function in ("stat", "lstat"):
        monkeypatch.setattr(os, function, asked.append)
    monkeypatch.setattr(os.path, "splitdrive", lambda path: ("\\\\host\\share", ""))
    assert StaticFiles(directory=site, check_dir=False).lookup_path("\\\\host\\share") == ("", None)
    assert asked == []


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["x" * 300, "x/" * 3000, "x" * 100_000, "\ud800", "a\x00b"])
async def test_name_that_no_file_can_have_is_not_found(name: str, site: Path) -> None:
    """CVE-2024-32982's kin: over-long names and NUL are an error of the system, and a 500."""
    app = Starlette(routes=[Mount("/files", StaticFiles(directory=site))])
    [start, *_] = await exchange(app, http_scope(path=f"/files/{name}"))
    assert start["status"] == 404


def test_disjoint_ranges_are_merged_in_linear_time() -> None:
    """CVE-2025-62727 (GHSA-7f5h-v6xp-fcq8): merging each range with all before it."""

    def read(count: int) -> None:
        header = "bytes=" + ",".join(f"{4 * n}-{4 * n + 1}" for n in range(count))
        assert len(read_ranges(header, 10**9, most=10**9)) == count

    assert_linear(read)


@pytest.mark.anyio
@pytest.mark.parametrize("ranges", ["0-,0-,0-", "0-9," * 99 + "0-9", "5-,0-,-3"])
async def test_overlapping_ranges_send_no_byte_twice(ranges: str, site: Path) -> None:
    """CVE-2011-3192 ("Apache Killer"): a small request for a file many times over."""
    (site / "page.txt").write_bytes(b"x" * 100)
    scope = http_scope(headers={"range": f"bytes={ranges}"})
    assert len(body_of(await exchange(FileResponse(site / "page.txt"), scope))) <= 100


@pytest.mark.anyio
@pytest.mark.parametrize("bound", ["9" * 5000, "0" * 5000 + "1"])
async def test_range_with_thousands_of_digits_is_no_server_error(bound: str, site: Path) -> None:
    """CVE-2020-10735: Python refuses, or takes quadratic time for, numbers that long."""
    scope = http_scope(headers={"range": f"bytes={bound}-"})
    [start, *_] = await exchange(FileResponse(site / "page.txt"), scope)
    assert start["status"] in (400, 416)


# Routing


@pytest.mark.anyio
@pytest.mark.parametrize(
    "path", ["/admin\n", "/admin\r", "/admin\x00", "/admin\u2028", "/user/1\n"]
)
@pytest.mark.parametrize("declared", ["/admin", "/user/{id:int}"])
async def test_end_of_a_line_is_not_the_end_of_a_path(path: str, declared: str) -> None:
    """CVE-2022-22978 (Spring Security): `$` matches before a line feed, so `/admin%0A` gets in."""
    [start, *_] = await exchange(Starlette(routes=[Route(declared, hello)]), http_scope(path=path))
    assert start["status"] == 404


@pytest.mark.parametrize("declared", ["/{a}-{b}-{c}", "/{a}.{b:path}.{c}", "/{a:int}{b:int}-{c}"])
def test_path_with_several_parameters_is_split_in_linear_time(declared: str) -> None:
    """CVE-2024-45296 (path-to-regexp): a regular expression tries every way to split a segment."""
    read = parse_path(declared).read

    def split(count: int) -> None:
        read("/" + "1-" * count + "\n")
        read("/" + "1." * count + "/")

    assert_linear(split)


@pytest.mark.parametrize("kind", ["int", "float"])
def test_number_with_thousands_of_digits_is_not_found(kind: str, client_for: ClientFactory) -> None:
    """CVE-2020-10735: `int()` of 5,000 digits raises `ValueError`, which was a 500."""
    client = client_for(Starlette(routes=[Route(f"/{{n:{kind}}}", hello)]))
    assert client.get("/" + "9" * 5000).status_code == 404


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["//evil.test", "//evil.test/..", "/\\evil.test", "/%2Fevil.test"])
@pytest.mark.parametrize("host", ["good.test", None])
async def test_redirect_to_a_slash_stays_on_the_site(path: str, host: str | None) -> None:
    """CVE-2018-14574 (Django), CVE-2023-28370 (Tornado): `//evil.test` becomes a host."""
    app = Starlette(routes=[Route("/{rest:path}/", hello)])
    scope = http_scope(path=path, headers={"host": host} if host else {}, server=None)
    location = headers_of(await exchange(app, scope))["location"]
    place = URL(location)
    assert (place.hostname or "good.test") == "good.test"
    assert not location.replace("\\", "/").startswith("//")


@pytest.mark.anyio
async def test_directory_is_redirected_on_the_site(site: Path) -> None:
    """CVE-2023-28370 (Tornado): its handler of static files redirected `//evil.test/..`."""
    (site / "deep").mkdir()
    (site / "deep" / "index.html").write_text("index")
    app = StaticFiles(directory=site, html=True)
    for path in ("//evil.test/../deep", "//deep"):
        scope = http_scope(path=path, server=None)
        location = headers_of(await exchange(app, scope)).get("location", "/")
        assert not location.startswith("//")


@pytest.mark.anyio
@pytest.mark.parametrize(
    "method", ["DISPATCH", "__INIT__", "_PURGE", "SCOPE", "METHOD_NOT_ALLOWED"]
)
async def test_method_of_a_request_reaches_no_other_method_of_an_endpoint(method: str) -> None:
    """CVE-2026-48817: the name of the HTTP method was looked up among all attributes."""

    class Endpoint(HTTPEndpoint):
        async def get(self, request: Request) -> Response:
            return PlainTextResponse("got")

        async def _purge(self, request: Request) -> Response:  # pragma: no cover - must not run
            return PlainTextResponse("purged")

    app = Starlette(routes=[Route("/", Endpoint)])
    assert (await exchange(app, http_scope(method)))[0]["status"] == 405
    assert body_of(await exchange(app, http_scope("GET"))) == b"got"


# Hosts and URLs

BAD_HOSTS = [
    *("good.test/admin?", "good.test#", "user@evil.test", "good.test\\", "good.test evil.test", ""),
    *("good.test:80:90", "[::1", "good.test:99999", "\xe9vil.test", "good.test:", "[::1]evil.test"),
]


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_host_does_not_move_the_path_of_a_url(host: str) -> None:
    """CVE-2026-48710 (GHSA-86qp-5c8j-p5mr): checks of `request.url.path` were passed by."""
    scope = scope_of(path="/public", headers=[("host", host)])
    assert URL(scope=scope).path == "/public"


@pytest.mark.parametrize(
    "path", ["@evil.test", ":80@evil.test", "evil.test", ".evil.test/", "#@evil"]
)
def test_path_does_not_move_the_host_of_a_url(path: str) -> None:
    """CVE-2026-54282: a path without its slash was read as part of the host."""
    scope = scope_of(path=path, headers=[("host", "good.test")])
    assert URL(scope=scope).hostname == "good.test"


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.test",
            "goodXtest",
            "good.test.evil.test",
            "evilgood.test",
            "xgood.test",
            ".good.test",
        ),
        *("good.test@evil.test", "good.test/evil", "evil.test#good.test", "a.b.good.test\n"),
        *("evil.test:good.test", "", "good.test:80@evil.test", "[good.test]"),
    ],
)
def test_only_trusted_hosts_are_answered(host: str, client_for: ClientFactory) -> None:
    """CVE-2026-25479 (Litestar): names were read as regular expressions."""
    app = TrustedHostMiddleware(Starlette(), ["good.test", "*.good.test"], www_redirect=False)
    raw = host.strip().encode("latin-1")
    assert client_for(app).get("/", headers=[(b"host", raw)]).status_code in (400, 404)
    middleware = TrustedHostMiddleware(Starlette(), ["good.test", "*.good.test"])
    assert not middleware.is_allowed(host)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "headers",
    [
        [(b"x-forwarded-host", b"good.test")],
        [(b"host", b"evil.test"), (b"x-forwarded-host", b"good.test")],
        [(b"host", b"good.test"), (b"host", b"evil.test")],
        [],
    ],
)
async def test_host_is_the_one_host_header(headers: list[tuple[bytes, bytes]]) -> None:
    """CVE-2026-34525 (aiohttp): of two hosts, one is checked and the other one used."""
    app = TrustedHostMiddleware(Starlette(routes=[Route("/", hello)]), ["good.test"])
    [start, *_] = await exchange(app, {**http_scope(), "headers": headers})
    assert start["status"] == 400


@pytest.mark.anyio
@pytest.mark.parametrize("host", BAD_HOSTS)
async def test_redirect_to_https_goes_to_no_host_that_is_none(host: str) -> None:
    """CVE-2026-48710's kin: what is no host must not become one in a redirect."""
    scope = {
        **http_scope(server=("server.test", 80)),
        "headers": [(b"host", host.encode("latin-1"))],
    }
    location = headers_of(await exchange(HTTPSRedirectMiddleware(Starlette()), scope))["location"]
    assert location == "https://server.test/"


# Headers and cookies

INJECTIONS = ["a\r\nset-cookie: x=1", "a\nb", "a\rb", "a\x00b"]


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize(
    "answer",
    [
        lambda text: Response(headers={"x-name": text}),
        lambda text: Response(headers={text: "value"}),
        lambda text: Response(media_type=text),
        lambda text: Response().headers.update({"x-name": text}),
        lambda text: Response().headers.append("x-name", text),
        lambda text: Response().set_cookie("name", text),
        lambda text: Response().set_cookie(text, "value"),
        lambda text: Response().set_cookie("name", path=text),
        lambda text: Response().set_cookie("name", domain=text),
        lambda text: Response().delete_cookie(text),
    ],
)
def test_header_that_would_begin_another_one_raises_where_it_is_set(
    text: str, answer: Callable[[str], Any]
) -> None:
    """CVE-2026-34519 (aiohttp), CWE-113: responses are split by a line break."""
    with pytest.raises(ValueError, match=r"(?s)."):
        answer(text)


@pytest.mark.parametrize("text", INJECTIONS)
def test_redirect_and_file_name_escape_line_breaks(text: str, tmp_path: Path) -> None:
    """CWE-113: an address and a file's name are often the client's."""
    redirect = RedirectResponse(f"/{text}")
    file = FileResponse(tmp_path, filename=text)
    for _, value in redirect.raw_headers + file.raw_headers:
        assert not re.search(rb"[\r\n\x00]", value)


def test_attribute_of_a_cookie_cannot_be_added_by_its_value() -> None:
    """CWE-113: `;` in a path would add attributes to the cookie."""
    with pytest.raises(ValueError, match="';'"):
        Response().set_cookie("name", path="/; Domain=evil.test")


def test_cookie_is_unquoted_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """CVE-2024-7592: for each backslash, the standard library searched the rest of the cookie."""
    expression = requests.QUOTED_PAIR
    sizes: list[int] = []

    class Noted:
        def sub(self, replace: Any, text: str) -> str:
            sizes.append(len(text))
            return expression.sub(replace, text)

    monkeypatch.setattr(requests, "QUOTED_PAIR", Noted())
    assert cookie_parser('a="' + '\\"' * 1000 + '"') == {"a": '"' * 1000}
    assert sizes == [2000]


@pytest.mark.parametrize("prefix", ["=", " =", "\xa0", "\u2003", "\x85", "\x1f"])
def test_cookie_of_a_subdomain_does_not_pass_for_a_protected_one(prefix: str) -> None:
    """CVE-2023-23934 (Werkzeug): `=__Host-sid=bad` was read as `__Host-sid`."""
    assert cookie_parser(f"__Host-sid=good; {prefix}__Host-sid=bad")["__Host-sid"] == "good"


def test_many_cookies_are_read_in_linear_time() -> None:
    """CVE-2024-7592's kin: one header of many small cookies."""
    assert_linear(lambda count: cookie_parser('a="\\""; ' * count))


def test_header_of_a_client_is_no_variable_of_the_system() -> None:
    """CVE-2016-5385 ("httpoxy"): `Proxy` became the variable HTTP_PROXY."""
    environ = build_environ(scope_of(headers=[("proxy", "http://evil.test")]), b"")
    assert "HTTP_PROXY" not in environ


# Sessions, CORS, compression


def session_client(client_for: ClientFactory, **options: Any) -> Any:
    """A client of an application that says what its session has."""

    async def show(request: Request) -> Response:
        if "set" in request.query_params:
            request.session["user"] = request.query_params["set"]
        return PlainTextResponse(request.session.get("user", "nobody"))

    middleware = [Middleware(SessionMiddleware, secret_key="key", **options)]
    return client_for(Starlette(routes=[Route("/", show)], middleware=middleware))


TAMPERINGS: list[Callable[[str], str]] = [
    lambda cookie: "eyJ1c2VyIjogImFkbWluIn0=" + cookie[cookie.index(".") :],
    lambda cookie: cookie[:-1],
    lambda cookie: cookie.rpartition(".")[0],
    lambda cookie: "eyJ1c2VyIjogImFkbWluIn0=",
    lambda cookie: "." * 3,
    lambda cookie: "A" * 10_000,
    lambda cookie: "\\377" * 10,
]


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_session_that_was_tampered_with_is_none(
    tamper: Callable[[str], str], client_for: ClientFactory
) -> None:
    """CWE-565: a cookie is the client's to change, unless it is signed."""
    cookie = session_client(client_for).get("/?set=me").cookies["session"].strip('"')
    headers = {"cookie": f'session="{tamper(cookie)}"'}
    assert session_client(client_for).get("/", headers=headers).text == "nobody"


def test_session_of_another_key_is_none(client_for: ClientFactory) -> None:
    """CWE-565: the signature is that of the secret key."""
    cookie = session_client(client_for).get("/?set=me").cookies["session"]
    other = Starlette(
        routes=[Route("/", lambda request: PlainTextResponse(repr(dict(request.session))))],
        middleware=[Middleware(SessionMiddleware, secret_key="another")],
    )
    assert client_for(other).get("/", headers={"cookie": f"session={cookie}"}).text == "{}"


def test_response_that_depends_on_a_session_says_so_to_caches(client_for: ClientFactory) -> None:
    """CVE-2023-30861 (Flask): a cache gave the session of one client to another."""
    assert "Cookie" in session_client(client_for).get("/").headers["vary"]


def cors_client(client_for: ClientFactory, **options: Any) -> Any:
    """A client of an application that pages of other origins may use."""
    middleware = [Middleware(CORSMiddleware, **options)]
    return client_for(Starlette(routes=[Route("/", hello)], middleware=middleware))


@pytest.mark.parametrize("cookie", [{}, {"cookie": "a=b"}])
def test_credentials_are_never_allowed_to_any_origin_at_once(
    cookie: dict[str, str], client_for: ClientFactory
) -> None:
    """Fetch standard, "CORS check": `*` beside credentials; caches must tell origins apart."""
    client = cors_client(client_for, allow_origins=["*"], allow_credentials=True)
    headers = client.get("/", headers={"origin": "https://a.test", **cookie}).headers
    assert headers["access-control-allow-origin"] == "https://a.test"
    assert "Origin" in headers["vary"]


@pytest.mark.parametrize(
    "origin",
    [
        *("https://evil.test", "https://good.test.evil.test", "https://goodXtest", "null", "*", ""),
        *(
            "https://good.test\xa0",
            "HTTPS://GOOD.TEST",
            "https://xgood.test",
            "https://a.good.test.x",
        ),
    ],
)
def test_origin_that_only_begins_or_ends_like_an_allowed_one_is_not_allowed(
    origin: str, client_for: ClientFactory
) -> None:
    """CWE-942: an expression that is searched for, or a dot that stands for any character."""
    client = cors_client(
        client_for,
        allow_origins=["https://good.test"],
        allow_origin_regex=r"https://[a-z]+\.good\.test",
        allow_credentials=True,
    )
    raw = origin.encode("latin-1")
    response = client.get("/", headers=[(b"origin", raw)])
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("mark", ["identity", "gzip;q=0", ""])
def test_response_with_a_secret_can_be_kept_from_compression(
    mark: str, client_for: ClientFactory
) -> None:
    """CVE-2013-3587 ("BREACH"): the size of a compressed page tells what it has in common."""
    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("secret" * 1000))])
    response = client_for(GZipMiddleware(app)).get("/", headers={"accept-encoding": mark})
    assert "content-encoding" not in response.headers


def test_response_that_says_its_encoding_is_left_alone(client_for: ClientFactory) -> None:
    """CVE-2013-3587: an endpoint that must not be compressed says `identity`."""
    headers = {"content-encoding": "identity"}
    routes = [Route("/", lambda request: PlainTextResponse("secret" * 1000, headers=headers))]
    response = client_for(GZipMiddleware(Starlette(routes=routes))).get("/")
    assert response.headers["content-encoding"] == "identity"


def test_compressed_body_of_a_request_is_not_inflated(client_for: ClientFactory) -> None:
    """CWE-409: a bomb of some bytes; nothing is inflated that nobody asked to be."""
    app = FastAPI()

    @app.post("/")
    async def size(request: Request) -> int:
        return len(await request.body())

    bomb = gzip.compress(b"0" * 10_000_000)
    response = client_for(app).post("/", content=bomb, headers={"content-encoding": "gzip"})
    assert response.json() == len(bomb)


# Forms

FORM_DATA = "multipart/form-data; boundary=x"
URLENCODED = "application/x-www-form-urlencoded"


def form_client(client_for: ClientFactory, **limits: Any) -> Any:
    """A client of an application that reads a form and says how many fields it has."""

    async def count(request: Request) -> Response:
        async with request.form(**limits) as form:
            return PlainTextResponse(str(len(form.multi_items())))

    return client_for(Starlette(routes=[Route("/", count, methods=["POST"])]))


def parts(count: int, header: str = 'name="a"', content: str = "") -> bytes:
    """A multipart body."""
    part = f"--x\r\nContent-Disposition: form-data; {header}\r\n\r\n{content}\r\n"
    return (part * count + "--x--\r\n").encode()


@pytest.mark.parametrize("header", ['name="a"', 'name="a"; filename="f"'])
def test_number_of_parts_is_limited(header: str, client_for: ClientFactory) -> None:
    """CVE-2023-30798 (GHSA-74m5-2c7w-9w3x): any number of parts was read."""
    headers = {"content-type": FORM_DATA}
    client = form_client(client_for)
    assert client.post("/", content=parts(1000, header), headers=headers).text == "1000"
    assert client.post("/", content=parts(1001, header), headers=headers).status_code == 400


def test_size_of_a_field_is_limited(client_for: ClientFactory) -> None:
    """CVE-2024-47874 (GHSA-f96h-pmfr-66vw): a field of any size was kept in memory."""
    content = parts(1, content="x" * (1024 * 1024 + 1))
    response = form_client(client_for).post(
        "/", content=content, headers={"content-type": FORM_DATA}
    )
    assert response.status_code == 400


@pytest.mark.parametrize("content", [b"a=1&" * 6, b"a=" + b"1" * 101, b"a" * 101])
def test_limits_hold_for_urlencoded_forms_too(content: bytes, client_for: ClientFactory) -> None:
    """CVE-2026-54283: limits that were given were ignored for this kind of form."""
    client = form_client(client_for, max_fields=5, max_part_size=100)
    response = client.post("/", content=content, headers={"content-type": URLENCODED})
    assert response.status_code == 400


@pytest.mark.anyio
async def test_large_file_goes_to_disk_in_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """CVE-2025-54121 (GHSA-2c2j-9gv5-cj73): rolling a file over blocked the event loop."""
    rolled_in: list[threading.Thread] = []

    class Spool(formparsers.SpooledTemporaryFile):  # type: ignore[misc,type-arg]
        def rollover(self) -> None:
            rolled_in.append(threading.current_thread())
            super().rollover()

    monkeypatch.setattr(formparsers, "SpooledTemporaryFile", Spool)

    async def chunks() -> Any:
        for piece in (parts(1, 'name="a"; filename="f"', "x" * 3_000_000),):
            for start in range(0, len(piece), 65_536):
                yield piece[start : start + 65_536]

    headers = Headers({"content-type": FORM_DATA})
    form = await formparsers.MultiPartParser(headers, chunks()).parse()
    await form.close()
    assert rolled_in
    assert threading.current_thread() not in rolled_in


@pytest.mark.parametrize(
    "content_type",
    [
        'application/x-www-form-urlencoded; !="' + "\\" * 5000,
        "multipart/form-data; boundary=x; " + "a=" * 2000,
        "multipart/form-data; " + ";" * 5000,
        'multipart/form-data; boundary="' + "\\" * 5000,
    ],
)
def test_content_type_is_read_in_linear_time(content_type: str, client_for: ClientFactory) -> None:
    """CVE-2024-24762: an expression for its options took minutes."""
    client = form_client(client_for)
    response = client.post("/", content=b"", headers={"content-type": content_type})
    assert response.status_code in (200, 400)


@pytest.mark.parametrize(
    "around", [lambda form: b"\r\n" * 5000 + form, lambda form: form + b"x" * 9999]
)
def test_bytes_around_a_multipart_body_are_not_logged_one_by_one(
    around: Callable[[bytes], bytes], client_for: ClientFactory, caplog: pytest.LogCaptureFixture
) -> None:
    """CVE-2024-53981 (GHSA-59g5-xgcq-4qw3): a log entry for each of them."""
    caplog.set_level("WARNING")
    headers = {"content-type": FORM_DATA}
    form_client(client_for).post("/", content=around(parts(1)), headers=headers)
    assert len(caplog.records) <= 2


@pytest.mark.parametrize("header", ["x: y\r\n" * 1000, "x: " + "y" * 100_000 + "\r\n"])
def test_headers_of_a_part_are_limited(header: str, client_for: ClientFactory) -> None:
    """CVE-2026-42561 (GHSA-pp6c-gr5w-3c5g): any number of them, of any size."""
    content = f'--x\r\n{header}Content-Disposition: form-data; name="a"\r\n\r\n\r\n--x--\r\n'
    response = form_client(client_for).post(
        "/", content=content.encode(), headers={"content-type": FORM_DATA}
    )
    assert response.status_code == 400


@pytest.mark.anyio
@pytest.mark.parametrize("separator", [b"&", b";"])
async def test_urlencoded_form_is_read_in_linear_time(separator: bytes) -> None:
    """CVE-2026-53539 (GHSA-5rvq-cxj2-64vf): semicolons were looked for behind every field."""
    counts: list[int] = []

    for size in (2000, 4000):

        async def chunks(size: int = size) -> Any:
            yield (b"a" + separator) * size

        parser = formparsers.FormParser(Headers({}), chunks(), max_fields=10_000)
        parse = parser.parse().__await__()
        counts.append(calls_of(lambda parse=parse: list(parse)))  # type: ignore[misc]
    assert counts[1] <= 2.5 * counts[0] + 100


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "..\\evil", "a\x00b", "x" * 500])
def test_name_of_an_uploaded_file_is_no_path(name: str, client_for: ClientFactory) -> None:
    """CWE-22: the file goes to a temporary one without a name, whatever the client calls it."""
    app = FastAPI()

    @app.post("/")
    async def name_of(upload: UploadFile) -> str | None:
        return getattr(upload.file, "name", None) and "named"

    content = parts(1, f'name="upload"; filename="{name}"')
    response = client_for(app).post("/", content=content, headers={"content-type": FORM_DATA})
    assert response.json() is None


# JSON


class Numbers(BaseModel):
    values: list[int]
    one: int
    two: int
    three: int


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", "", None]
)
def test_json_is_taken_only_where_it_is_called_so(
    content_type: str | None, client_for: ClientFactory
) -> None:
    """CVE-2021-32677 (FastAPI): pages of other sites may send `text/plain` with one's cookies."""
    app = FastAPI()

    @app.post("/")
    def transfer(body: dict[str, int]) -> None:
        raise AssertionError  # pragma: no cover - must not run

    headers = {} if content_type is None else {"content-type": content_type}
    assert client_for(app).post("/", content=b'{"a": 1}', headers=headers).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        *(b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000),
        *(
            b'{"a":' + b"[" * 3000 + b"]" * 3000 + b"}",
            b"9" * 100_000,
            b'{"a":1' + b"0" * 5000 + b"}",
        ),
        *(
            b'{"a": NaN}',
            b'{"a": "\\ud800"}',
            b'{"a": "\xff"}',
            b"\xff\xfe\x00",
            b'{"a": 1e999}',
            b"NaN",
        ),
    ],
)
@pytest.mark.parametrize("path", ["/model", "/raw", "/any"])
def test_json_that_cannot_be_is_the_clients_error(
    body: bytes, path: str, client_for: ClientFactory
) -> None:
    """CVE-2024-27454 (orjson): deep nesting exhausts the stack; a 422 must not become a 500."""
    app = FastAPI()

    @app.post("/model")
    def model(body: dict[str, int]) -> str:
        raise AssertionError(body)  # pragma: no cover - none of the bodies is one

    @app.post("/any")
    def anything(body: Annotated[Any, Body()]) -> str:
        return type(body).__name__

    @app.post("/raw")
    async def raw(request: Request) -> str:
        try:
            return type(await request.json()).__name__
        except ValueError:
            return "no JSON"

    headers = {"content-type": "application/json"}
    assert client_for(app).post(path, content=body, headers=headers).status_code < 500


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"values": ["x"] * 40_000}).encode(),
        json.dumps({"other": "x" * 200_000}).encode(),
        json.dumps({"values": [{"deep": "x" * 100}] * 2000}).encode(),
    ],
)
def test_errors_are_of_bounded_size(body: bytes, client_for: ClientFactory) -> None:
    """CWE-405: 200 KB in gave 5.3 MB out, as each error repeated what was around it."""
    app = FastAPI()

    @app.post("/")
    def read(numbers: Numbers) -> None:
        raise AssertionError  # pragma: no cover - none of the bodies fits

    headers = {"content-type": "application/json"}
    response = client_for(app).post("/", content=body, headers=headers)
    assert response.status_code == 422
    assert len(response.content) < 600_000


def test_names_of_the_client_are_kept_in_tables_whose_hash_is_secret() -> None:
    """CVE-2012-1150: names made to collide; Python's hash of text is keyed, so only text is a key."""
    keys = [*cookie_parser("a=1; b=2"), *Headers(raw=[(b"a", b"1")]), *URL("/?a=1").query]
    assert {type(key) for key in keys} == {str}


# Documentation

XSS = [
    "'+alert(1)+'",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\\'-alert(1)//",
]


class Scripts(HTMLParser):
    """The tags of a page, and what its scripts say."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
"""A string of JavaScript."""


@pytest.mark.anyio
@pytest.mark.parametrize("text", XSS)
@pytest.mark.parametrize("page", ["/docs", "/redoc"])
@pytest.mark.parametrize("where", ["mount", "root_path"])
async def test_documentation_runs_nothing_of_the_address(page: str, text: str, where: str) -> None:
    """CWE-79: `GET /'+alert(1)+'/docs` ran code, as `root_path` went into the page as it was."""
    api = FastAPI()
    if where == "mount":
        outer = Starlette(routes=[Mount("/{tenant}", api), Mount("/{a}/{b}/{c}", api)])
        app, scope = outer, http_scope(path=f"/{text.replace('/', '')}{page}")
    else:
        app, scope = api, http_scope(path=page, root_path=f"/{text}")
    answer = body_of(await exchange(app, scope)).decode()
    harmless = body_of(await exchange(api, http_scope(path=page))).decode()
    found, expected = Scripts(answer), Scripts(harmless)
    assert found.tags == expected.tags
    # Outside of strings, the scripts are those of a page without the text.
    bare, harmless_bare = ([STRING.sub("''", one) for one in p.texts] for p in (found, expected))
    assert bare == harmless_bare


@pytest.mark.anyio
@pytest.mark.parametrize("text", XSS)
async def test_page_of_an_error_escapes_what_is_in_it(text: str) -> None:
    """CWE-79: the debug page shows text of the request."""

    def fail(request: Request) -> Response:
        raise ValueError(request.query_params["q"])

    app = Starlette(debug=True, routes=[Route("/", fail)])
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = http_scope(headers={"accept": "text/html"}, query_string=b"q=" + text.encode())
    with pytest.raises(ValueError, match=r"(?s)alert"):
        await app(scope, sent.append, send)
    assert "<script>alert" not in body_of(sent).decode()
    assert "<img" not in body_of(sent).decode()


def test_lookups_among_many_routes_do_not_grow_with_their_number() -> None:
    """CWE-407: a path that no route has must not cost a try of each."""

    def find(count: int) -> Iterator[int]:
        router = Router([Route(f"/a{number}/{{x}}/b", hello) for number in range(count)])
        index = router.index("http")
        yield calls_of(lambda: index.find(http_scope(), "GET", "/zzz/zzz/zzz"))

    [few], [many] = find(10), find(1000)
    assert many <= few + 10
