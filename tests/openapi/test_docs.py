"""The pages that show the document: what is in them, and where their scripts come from."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest

from fastapi_lite import FastAPI
from fastapi_lite.openapi import docs
from fastapi_lite.openapi.docs import (
    get_redoc_html,
    get_swagger_ui_html,
    get_swagger_ui_oauth2_redirect_html,
    packaged_asset,
    with_packaged_assets,
)
from fastapi_lite.requests import Request
from fastapi_lite.responses import FileResponse, HTMLResponse
from tests.conftest import ClientFactory

HOSTILE = "'\"</script><b>&\\\u2028"
SCRIPTS = (docs.SWAGGER_UI_JS, docs.SWAGGER_UI_CSS, docs.REDOC_JS)


def text_of(page: HTMLResponse) -> str:
    return bytes(page.body).decode()


def swagger_ui(**options: Any) -> str:
    return text_of(get_swagger_ui_html(**{"openapi_url": "/o.json", "title": "API", **options}))


def redoc(**options: Any) -> str:
    return text_of(get_redoc_html(**{"openapi_url": "/o.json", "title": "API", **options}))


def request_for(query: str) -> Request:
    return Request({"type": "http", "method": "GET", "headers": [], "query_string": query.encode()})


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the build has placed every asset; the log says nothing yet."""
    for name in SCRIPTS:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    monkeypatch.setattr(docs, "ASSETS", tmp_path)
    docs.say_that_the_cdn_is_used.cache_clear()
    return tmp_path


def test_swagger_ui_comes_from_the_cdn_by_default() -> None:
    page = swagger_ui()
    assert (
        '<script src="https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui-bundle.js">' in page
    )


def test_swagger_ui_reads_the_document() -> None:
    assert "url: '/o.json'," in swagger_ui()


def test_swagger_ui_has_the_default_parameters() -> None:
    page = swagger_ui()
    assert [line for line in page.splitlines() if line.startswith('"')] == [
        '"dom_id": "#swagger-ui",',
        '"layout": "BaseLayout",',
        '"deepLinking": true,',
        '"showExtensions": true,',
        '"showCommonExtensions": true,',
    ]


def test_parameters_complete_and_replace_the_defaults() -> None:
    page = swagger_ui(swagger_ui_parameters={"deepLinking": False, "syntaxHighlight": {"on": 1}})
    assert '"deepLinking": false,' in page
    assert '"deepLinking": true,' not in page
    assert '"syntaxHighlight": {"on": 1},' in page


def test_parameters_may_be_any_value_the_encoder_knows() -> None:
    assert '"folder": "/tmp",' in swagger_ui(swagger_ui_parameters={"folder": Path("/tmp")})


def test_swagger_ui_is_told_where_oauth2_comes_back() -> None:
    page = swagger_ui(oauth2_redirect_url="/docs/oauth2-redirect")
    assert "oauth2RedirectUrl: window.location.origin + '/docs/oauth2-redirect'," in page


def test_oauth2_is_initialised_when_asked_for() -> None:
    page = swagger_ui(init_oauth={"clientId": "the-client"})
    assert 'ui.initOAuth({"clientId": "the-client"})' in page


def test_oauth2_is_left_alone_otherwise() -> None:
    assert "auth" not in swagger_ui().lower()


def test_every_address_of_swagger_ui_may_be_chosen() -> None:
    page = swagger_ui(
        swagger_js_url="/a.js", swagger_css_url="/b.css", swagger_favicon_url="/c.png"
    )
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["/c.png", "/b.css", "/a.js"]


def test_every_address_of_redoc_may_be_chosen() -> None:
    page = redoc(redoc_js_url="/a.js", redoc_favicon_url="/b.png", with_google_fonts=False)
    assert re.findall(r'(?:src|href|url)="([^"]*)"', page) == ["/b.png", "/o.json", "/a.js"]


def test_redoc_has_fonts_from_google_by_default() -> None:
    assert "https://fonts.googleapis.com/" in redoc()


@pytest.mark.parametrize("make", [swagger_ui, redoc])
def test_title_is_escaped(make: Any) -> None:
    assert "<title>&lt;b&gt;&amp;</title>" in make(title="<b>&")


@pytest.mark.parametrize(
    "option", ["swagger_js_url", "swagger_css_url", "swagger_favicon_url", "openapi_url"]
)
def test_hostile_address_cannot_leave_its_place_in_swagger_ui(option: str) -> None:
    page = swagger_ui(**{option: HOSTILE})
    assert "<b>" not in page
    assert page.count("<script") == page.count("</script") == 2


@pytest.mark.parametrize("option", ["redoc_js_url", "redoc_favicon_url", "openapi_url"])
def test_hostile_address_cannot_leave_its_place_in_redoc(option: str) -> None:
    page = redoc(**{option: HOSTILE})
    assert "<b>" not in page
    assert '""' not in page


@pytest.mark.parametrize("option", ["init_oauth", "swagger_ui_parameters"])
def test_hostile_settings_cannot_leave_the_script(option: str) -> None:
    page = swagger_ui(**{option: {HOSTILE: HOSTILE}})
    assert "<b>" not in page
    assert page.isascii()


def test_string_in_a_script_keeps_its_value() -> None:
    page = swagger_ui(openapi_url=HOSTILE)
    literal = re.search(r"^url: '(.*)',$", page, re.MULTILINE)
    assert literal is not None
    assert json.loads('"' + literal[1].replace("\\'", "'") + '"') == HOSTILE


def test_redirect_page_talks_to_swagger_ui() -> None:
    page = text_of(get_swagger_ui_oauth2_redirect_html())
    assert "window.opener.swaggerUIRedirectOauth2" in page


@pytest.mark.usefixtures("assets")
@pytest.mark.parametrize("make", [get_swagger_ui_html, get_redoc_html])
def test_page_with_packaged_assets_names_no_other_host(make: Any) -> None:
    page = text_of(with_packaged_assets(make(openapi_url="/o.json", title="API")))
    assert "http" not in page


@pytest.mark.usefixtures("assets")
def test_page_with_packaged_assets_finds_them_at_its_own_address() -> None:
    page = text_of(with_packaged_assets(get_redoc_html(openapi_url="/o.json", title="API")))
    assert '<script src="?asset=redoc@2/bundles/redoc.standalone.js">' in page


@pytest.mark.usefixtures("assets")
def test_chosen_addresses_stay() -> None:
    page = get_redoc_html(
        openapi_url="/o.json",
        title="API",
        redoc_js_url="/a.js",
        redoc_favicon_url="/b.png",
        with_google_fonts=False,
    )
    assert with_packaged_assets(page) is page


def test_missing_assets_come_from_the_cdn(assets: Path) -> None:
    (assets / docs.REDOC_JS).unlink()
    page = text_of(with_packaged_assets(get_redoc_html(openapi_url="/o.json", title="API")))
    assert f'<script src="{docs.CDN}{docs.REDOC_JS}">' in page


def test_using_the_cdn_is_logged_once(assets: Path, caplog: pytest.LogCaptureFixture) -> None:
    (assets / docs.REDOC_JS).unlink()
    for _ in range(3):
        with_packaged_assets(get_redoc_html(openapi_url="/o.json", title="API"))
    said = [(record.name, record.levelno) for record in caplog.records]
    assert said == [("fastapi_lite", logging.WARNING)]


def test_missing_assets_of_another_page_are_not_logged(
    assets: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (assets / docs.REDOC_JS).unlink()
    with_packaged_assets(get_swagger_ui_html(openapi_url="/o.json", title="API"))
    assert caplog.records == []


@pytest.mark.usefixtures("assets")
def test_page_itself_is_no_asset() -> None:
    assert packaged_asset(request_for("")) is None


@pytest.mark.parametrize("name", SCRIPTS)
def test_packaged_asset_is_a_file(assets: Path, name: str) -> None:
    answer = packaged_asset(request_for(f"asset={name}"))
    assert isinstance(answer, FileResponse)
    assert Path(answer.path) == assets / name


def test_icon_is_packaged_always() -> None:
    answer = packaged_asset(request_for(f"asset={docs.FAVICON}"))
    assert isinstance(answer, FileResponse)
    assert Path(answer.path).is_file()


@pytest.mark.parametrize("name", ["", "docs.py", "../docs.py", "redoc@2/LICENSE", "/etc/passwd"])
def test_nothing_else_is_an_asset(name: str) -> None:
    answer = packaged_asset(request_for(f"asset={name}"))
    assert answer is not None
    assert answer.status_code == 404


@pytest.mark.usefixtures("assets")
@pytest.mark.parametrize("path", ["/docs", "/redoc", "/inner/docs"])
def test_scripts_of_an_application_are_at_the_address_of_its_page(
    client_for: ClientFactory, path: str
) -> None:
    app = FastAPI()
    app.mount("/inner", FastAPI())
    client = client_for(app, root_path="/api")
    script = re.search(r'<script src="([^"]*)"', client.get(path).text)
    assert script is not None
    assert client.get(path + script[1]).headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("prefix", ["", "/inner"])
def test_document_is_found_behind_a_proxy(client_for: ClientFactory, prefix: str) -> None:
    app = FastAPI()
    app.mount("/inner", FastAPI())
    page = client_for(app, root_path="/api").get(f"{prefix}/docs").text
    assert f"url: '/api{prefix}/openapi.json'," in page
    assert f"location.origin + '/api{prefix}/docs/oauth2-redirect'," in page


def test_scripts_add_no_route() -> None:
    assert [route.path for route in FastAPI().routes] == [  # type: ignore[attr-defined]
        "/openapi.json",
        "/docs",
        "/docs/oauth2-redirect",
        "/redoc",
    ]
