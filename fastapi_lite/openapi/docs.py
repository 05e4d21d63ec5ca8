"""The pages that show an OpenAPI document: Swagger UI and ReDoc.

`get_swagger_ui_html` and `get_redoc_html` make a page whose scripts come from the CDN unless told
otherwise. An application serves its own pages without a network, from the copies that a built
package carries, in one route per page:

    async def swagger_ui_html(request: Request) -> Response:
        page = partial(get_swagger_ui_html, openapi_url=…, title=…)
        return packaged_asset(request) or with_packaged_assets(page())

The page then asks for its scripts at its own address, `/docs?asset=…`: no further route, and right
behind any `root_path`, proxy or mount.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from fastapi_lite.encoders import jsonable_encoder
from fastapi_lite.requests import Request
from fastapi_lite.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

CDN: Final = "https://cdn.jsdelivr.net/npm/"
SWAGGER_UI_JS: Final = "swagger-ui-dist@5/swagger-ui-bundle.js"
SWAGGER_UI_CSS: Final = "swagger-ui-dist@5/swagger-ui.css"
REDOC_JS: Final = "redoc@2/bundles/redoc.standalone.js"
FAVICON_URL: Final = "https://fastapi.tiangolo.com/img/favicon.png"
GOOGLE_FONTS: Final = (
    '<link rel="stylesheet" href="https://fonts.googleapis.com/css'
    '?family=Montserrat:300,400,700|Roboto:300,400,700">\n'
)

swagger_ui_default_parameters: dict[str, Any] = {
    "dom_id": "#swagger-ui",
    "layout": "BaseLayout",
    "deepLinking": True,
    "showExtensions": True,
    "showCommonExtensions": True,
}
"""What Swagger UI is configured with, unless the application says otherwise."""


def get_swagger_ui_html(
    *,
    openapi_url: str,
    title: str,
    swagger_js_url: str = CDN + SWAGGER_UI_JS,
    swagger_css_url: str = CDN + SWAGGER_UI_CSS,
    swagger_favicon_url: str = FAVICON_URL,
    oauth2_redirect_url: str | None = None,
    init_oauth: dict[str, Any] | None = None,
    swagger_ui_parameters: dict[str, Any] | None = None,
) -> HTMLResponse:
    """The page that shows the document at `openapi_url` in Swagger UI.

    `oauth2_redirect_url` is a path on the same host, where `get_swagger_ui_oauth2_redirect_html`
    is served. `swagger_ui_parameters` complete `swagger_ui_default_parameters`.
    """
    parameters = swagger_ui_default_parameters | (swagger_ui_parameters or {})
    settings = [f"url: {script_string(openapi_url)}"]
    settings += [f"{script_json(name)}: {script_json(value)}" for name, value in parameters.items()]
    if oauth2_redirect_url:
        redirect = script_string(oauth2_redirect_url)
        settings.append(f"oauth2RedirectUrl: window.location.origin + {redirect}")
    settings.append(f"presets: [\n{SWAGGER_UI_PRESETS}\n]")
    lines = ",\n".join(settings)
    script = f"const ui = SwaggerUIBundle({{\n{lines},\n}})\n"
    if init_oauth:
        script += f"ui.initOAuth({script_json(init_oauth)})\n"
    return html_page(
        title,
        favicon_url=swagger_favicon_url,
        head=f'<link rel="stylesheet" type="text/css" href="{escape(swagger_css_url)}">\n',
        body=f'<div id="swagger-ui"></div>\n<script src="{escape(swagger_js_url)}"></script>\n'
        f"<script>\n{script}</script>\n",
    )


def get_redoc_html(
    *,
    openapi_url: str,
    title: str,
    redoc_js_url: str = CDN + REDOC_JS,
    redoc_favicon_url: str = FAVICON_URL,
    with_google_fonts: bool = True,
) -> HTMLResponse:
    """The page that shows the document at `openapi_url` in ReDoc."""
    return html_page(
        title,
        favicon_url=redoc_favicon_url,
        head=(GOOGLE_FONTS if with_google_fonts else "")
        + "<style>body { margin: 0; padding: 0; }</style>\n",
        body="<noscript>This page needs JavaScript to show the documentation.</noscript>\n"
        f'<redoc spec-url="{escape(openapi_url)}"></redoc>\n'
        f'<script src="{escape(redoc_js_url)}"></script>\n',
    )


def get_swagger_ui_oauth2_redirect_html() -> HTMLResponse:
    """The page an OAuth2 server sends the user back to: it tells Swagger UI, and closes itself."""
    return html_page(
        "Swagger UI: OAuth2 Redirect",
        head="",
        body=f"<p>Signing in: this window closes itself.</p>\n<script>\n{OAUTH2_REDIRECT}</script>\n",
    )


def html_page(title: str, *, head: str, body: str, favicon_url: str | None = None) -> HTMLResponse:
    """A page with `title`; `head` and `body` are HTML."""
    icon = f'<link rel="shortcut icon" href="{escape(favicon_url)}">\n' if favicon_url else ""
    return HTMLResponse(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{icon}{head}</head>\n<body>\n{body}</body>\n</html>\n"
    )


def script_json(value: Any) -> str:
    """`value` as JSON that can end neither the `<script>` around it nor open a comment in it.

    The HTML standard, section 4.12.1.3, restricts what a script holds.
    """
    text = json.dumps(jsonable_encoder(value))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def script_string(text: str) -> str:
    """`text` as a JavaScript string in single quotes, inside a `<script>`."""
    inside = script_json(text)[1:-1].replace("'", "\\'")
    return f"'{inside}'"


def packaged_asset(request: Request) -> Response | None:
    """The script, style or icon that a page `with_packaged_assets` asks for by `?asset=`.

    `None` where the page itself is asked for; a 404 for a name that is not packaged.
    """
    name = request.query_params.get("asset")
    if name is None:
        return None
    file = packaged_files().get(name)
    if file is None:
        return PlainTextResponse("Not Found", status_code=404)
    return FileResponse(file, headers={"cache-control": "public, max-age=86400"})


def with_packaged_assets(page: HTMLResponse) -> HTMLResponse:
    """`page` with its default addresses replaced by those that `packaged_asset` answers.

    An address that somebody chose stays. What is not packaged comes from the CDN, which is logged
    once.
    """
    given = bytes(page.body).decode()
    local = packaged_files()
    text = given.replace(FAVICON_URL, f"?asset={FAVICON}").replace(GOOGLE_FONTS, "")
    for name in (SWAGGER_UI_JS, SWAGGER_UI_CSS, REDOC_JS):
        if name in local:
            text = text.replace(CDN + name, f"?asset={name}")
        elif CDN + name in text:
            say_that_the_cdn_is_used()
    return HTMLResponse(text) if text != given else page


FAVICON: Final = "favicon.svg"
ASSETS: Final = Path(__file__).with_name("assets")
"""Where the build places Swagger UI and ReDoc; absent where it was built without npm."""


def packaged_files() -> Mapping[str, Path]:
    """The assets this installation has, by the names they have below the CDN's address."""
    wanted = (SWAGGER_UI_JS, SWAGGER_UI_CSS, REDOC_JS)
    found = {name: file for name in wanted if (file := ASSETS / name).is_file()}
    return found | {FAVICON: Path(__file__).with_name(FAVICON)}


@cache
def say_that_the_cdn_is_used() -> None:
    """Log, the first time, that this installation lacks its documentation pages' scripts."""
    from fastapi_lite.logger import logger  # noqa: PLC0415 - few need it, and `logging` takes 1 ms

    logger.warning(
        "The documentation pages load Swagger UI and ReDoc from %s, since fastapi_lite was built "
        "without them. To serve them yourself, install npm and build fastapi_lite again.",
        CDN,
    )


SWAGGER_UI_PRESETS: Final = (
    "SwaggerUIBundle.presets.apis,\nSwaggerUIBundle.SwaggerUIStandalonePreset"
)

# Swagger UI leaves what it waits for, and the functions to call, in its own window, the opener.
OAUTH2_REDIRECT: Final = """\
"use strict";
const pending = window.opener && window.opener.swaggerUIRedirectOauth2;

function finish({auth, state, redirectUrl, callback, errCb}) {
  const {hash, search} = window.location;
  const answer = Object.fromEntries(
    new URLSearchParams(/(code|token|error)=/.test(hash) ? hash.slice(1) : search)
  );
  const isValid = answer.state === state;
  const complain = (level, message) =>
    errCb({authId: auth.name, source: "auth", level, message});
  const codeFlows = ["accessCode", "authorizationCode", "authorization_code"];
  if (auth.code || !codeFlows.includes(auth.schema.get("flow"))) {
    callback({auth, token: answer, isValid, redirectUrl});
    return;
  }
  if (!isValid) {
    complain("warning", "The answer may be forged: its state is not the one that was sent.");
  }
  if (answer.code) {
    delete pending.state;
    auth.code = answer.code;
    callback({auth, redirectUrl});
  } else {
    const reason = [answer.error, answer.error_description, answer.error_uri];
    complain("error", reason.filter(Boolean).join(": ") || "The server sent no code.");
  }
}

if (pending) {
  finish(pending);
  window.close();
}
"""


def escape(text: str) -> str:
    """`text` as it may stand in HTML."""
    import html  # noqa: PLC0415 - few start-ups need it, and it takes 1 ms

    return html.escape(text)
