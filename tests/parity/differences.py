"""The differences that are intended: each has its place in docs/differences.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

Record = dict[str, Any]
Rule = Callable[[dict[str, Any], Record, Record], bool]


@dataclass(frozen=True)
class Difference:
    """Something that is meant to differ.

    `entry`: words of the bullet in `docs/differences.md` that gives the reason.
    `apps`: the applications where it does; without any it may in all of them, so that its `when` has to
    name the request as well as both answers. `when`: whether it explains how two records of one request
    differ. `headers`: those of them that may differ, and nothing else may.
    """

    entry: str
    apps: tuple[str, ...] = ()
    when: Rule | None = None
    headers: tuple[str, ...] = ()
    document: bool = False

    def explains(self, app: str, request: dict[str, Any], ours: Record, theirs: Record) -> bool:
        """Whether two different records of a request differ as intended."""
        if self.document or (self.apps and app not in self.apps):
            return False
        if self.headers and self.rest(ours) != self.rest(theirs):
            return False
        return self.when is None or self.when(request, ours, theirs)

    def explains_document(self, app: str) -> bool:
        """Whether the documents of an application are meant to differ."""
        return self.document and app in self.apps

    def missing(self, seen: set[str]) -> list[str]:
        """Where it is listed and does not occur, given the applications where it does."""
        if self.apps:
            return [app for app in self.apps if app not in seen]
        return [] if seen else ["anywhere"]

    def rest(self, record: Record) -> Record:
        """`record` without the headers that may differ."""
        kept = [one for one in record.get("headers", []) if one[0] not in self.headers]
        return {**record, "headers": kept}


def refuses_what_breaks_theirs(request: Any, ours: Record, theirs: Record) -> bool:
    """An infinity, which cannot be repeated in an answer: `null` here, a 500 there."""
    return (
        "1e999" in str(request.get("content"))
        and ours.get("status") == 422
        and "raises" not in ours
        and theirs.get("raises") == "ValueError"
    )


def tells_a_line_feed_apart(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """A path with a line feed at its end is not the path without it, so it is not found."""
    return asks_a_line_feed(request) and ours.get("status") in (404, 405) and "raises" not in ours


def has_the_line_feed(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """Where something takes any path, it has the line feed that was sent."""
    return asks_a_line_feed(request) and "raises" not in {**ours, **theirs}


def asks_a_line_feed(request: dict[str, Any]) -> bool:
    """Whether there is a line feed at the end of the path."""
    return str(request.get("url")).endswith("%0A")


def closes_with_a_reason_in_text(request: Any, ours: Record, theirs: Record) -> bool:
    """The same close, whose reason can be sent."""
    mine, other = ours.get("messages", [{}])[-1], theirs.get("messages", [{}])[-1]
    return mine.get("code") == other.get("code") == 1008 and isinstance(other.get("reason"), list)


def reads_any_query(request: Any, ours: Record, theirs: Record) -> bool:
    """Bytes in a query that are not UTF-8."""
    is_asked = isinstance(request.get("url"), bytes) and b"\xc3%28" in request["url"]
    return is_asked and theirs.get("raises") == "UnicodeDecodeError" and "raises" not in ours


def fails_after_the_query(request: Any, ours: Record, theirs: Record) -> bool:
    """Such bytes, where the endpoint fails by itself."""
    is_asked = isinstance(request.get("url"), bytes) and b"\xc3%28" in request["url"]
    return (
        is_asked
        and theirs.get("raises") == "UnicodeDecodeError"
        and ours.get("raises", "UnicodeDecodeError") != "UnicodeDecodeError"
    )


def is_too_large(request: Any, ours: Record, theirs: Record) -> bool:
    """The same 413, but for who writes it."""
    return ours.get("status") == theirs.get("status") == 413


def ignores_what_is_announced(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """A body that nobody reads is no reason for a 413."""
    return theirs.get("status") == 413 and ours.get("status") in (404, 405)


def shows_a_file(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """A file where text belongs, as it is shown in the error."""
    return ours.get("status") == 422 and "_max_mem_size" in theirs.get("body", "")


def fails_by(mine: str, other: str) -> Rule:
    """The same mistake in the endpoint, that raises `mine` here and `other` there."""

    def fails(request: Any, ours: Record, theirs: Record) -> bool:
        return ours.get("raises") == mine and theirs == {**ours, "raises": other}

    return fails


def has_no_content(request: Any, ours: Record, theirs: Record) -> bool:
    """A status that has no content."""
    return ours.get("status") == theirs.get("status") == 205 and ours.get("body") == ""


def answers_where_theirs_fails(request: Any, ours: Record, theirs: Record) -> bool:
    """Text that cannot be encoded, which is written as JSON can say it."""
    is_asked = r"\ud800" in str(request.get("content")).replace("\\\\", "\\")
    answers = ours.get("status") == 200 or r"\ud800" in ours.get("body", "")
    return (
        is_asked
        and answers
        and "raises" not in ours
        and theirs.get("raises")
        in (
            "UnicodeEncodeError",
            "PydanticSerializationError",
        )
    )


def finds_nothing(request: Any, ours: Record, theirs: Record) -> bool:
    """What fits no convertor is not there."""
    return ours.get("status") == 404 and theirs.get("raises") == "ValueError"


def names_no_file(request: Any, ours: Record, theirs: Record) -> bool:
    """No file's name has a NUL or so many letters, so that there is no such file."""
    url = str(request.get("url"))
    cannot_be = "%00" in url or re.search(r"[^/]{256}", url) is not None
    return cannot_be and ours.get("status") == theirs.get("status") == 404


def leaves_the_directory(request: Any, ours: Record, theirs: Record) -> bool:
    """A path that leaves the directory and comes back."""
    return ".." in unquote(path_of(request)) and ours.get("status") == 404


def is_a_long_page(request: Any, ours: Record, theirs: Record) -> bool:
    """A page whose address cannot be the name of a file."""
    long = "9" * 255 in str(request.get("url"))
    return long and ours.get("status") == 200 and theirs.get("status") == 404


def hides_what_there_is(request: Any, ours: Record, theirs: Record) -> bool:
    """Who may not see a front end learns nothing about it."""
    return ours.get("status") == 401 and theirs.get("status") in (404, 405)


def is_document(request: Any, ours: Record, theirs: Record) -> bool:
    """The document, in which an entity tag is news."""
    return str(request.get("url")).strip("b'").startswith("/openapi.json")


def tags_a_document(request: Any, ours: Record, theirs: Record) -> bool:
    """A document that has a tag here, and none there."""
    return path_of(request).endswith(".json") and has_tag(ours) and not has_tag(theirs)


def tags_differently(request: Any, ours: Record, theirs: Record) -> bool:
    """A file that has a tag in both."""
    return has_tag(ours) and has_tag(theirs)


def has_tag(record: Record) -> bool:
    """Whether there is an entity tag."""
    return any(name == "etag" for name, _ in record.get("headers", ()))


def allows_more(request: Any, ours: Record, theirs: Record) -> bool:
    """All methods there are, in order, and not only some of them."""
    return ours.get("status") == 405 and allowed(ours) >= allowed(theirs)


def allowed(record: Record) -> set[str]:
    """The methods in `Allow`."""
    lists = (value for name, value in record.get("headers", ()) if name == "allow")
    return {method for text in lists for method in text.split(", ")}


def asks_for(*starts: str) -> Rule:
    """Requests for addresses that start so, but for what every application is asked besides."""
    return lambda request, ours, theirs: (
        path_of(request).startswith(starts) and not asks_a_line_feed(request)
    )


def masks(request: Any, ours: Record, theirs: Record) -> bool:
    """The same errors, with what they repeat masked."""
    return ours.get("status") == theirs.get("status") == 422


def escapes_in_addresses(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """An address with a NUL: escaped here, as it is there."""
    address = path_of(request)
    here, there = (str(one.get("body")) for one in (ours, theirs))
    there = there.replace("\0", r"\u0000").replace(r"\u0000", "%00", here.count("%00"))
    same = not ({*differing(ours, theirs)} - {"body", "content-length"})
    return address.endswith("%00") and here == there and same


def differing(ours: Record, theirs: Record) -> list[str]:
    """What of two records is not the same: names of headers, and keys of the rest."""
    mine, other = ours.get("headers", []), theirs.get("headers", [])
    headers = [one[0] for one in [*mine, *other] if one not in mine or one not in other]
    keys = (ours.keys() | theirs.keys()) - {"headers"}
    return headers + [key for key in keys if ours.get(key) != theirs.get(key)]


def shows_the_same_documentation(request: Any, ours: Record, theirs: Record) -> bool:
    """Pages for people, which say the same of the application: title, document, settings."""
    here, there = ours.get("body", ""), theirs.get("body", "")
    return (
        ours.get("status") == theirs.get("status") == 200
        and here != there
        and (bool(settings_of(here)) and settings_of(here) == settings_of(there))
    )


def settings_of(page: str) -> list[str]:
    """What a page of documentation is told."""
    found = re.findall(
        r"""<title>[^<]*|\burl: '[^']*'|spec-url=.[^"']*|"\w+": [^\n]+|\w+\(\{".*""", page
    )
    return sorted(one.rstrip(",") for one in found)


def path_of(request: dict[str, Any]) -> str:
    """The path that is asked for, as it is sent."""
    url = request.get("url", "")
    text = url.decode("latin-1") if isinstance(url, bytes) else url
    return text.partition("?")[0]


def has_no_token(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """A scheme with nothing after it is no credential."""
    sent = str(request.get("headers", {}).get("authorization"))
    return sent.strip() == "Bearer" and ours.get("status") == 401


def raises_what_failed(request: Any, ours: Record, theirs: Record) -> bool:
    """The same failure of a stream, out of its group."""
    return (
        theirs.get("raises") == "ExceptionGroup"
        and "raises" in ours
        and ours.get("status") == theirs.get("status") == 200
    )


def handles_errors_of_routing(request: Any, ours: Record, theirs: Record) -> bool:
    """A 404 or 405 of the router that a handler of `HTTPException` has answered."""
    return ours.get("status") == theirs.get("status") in (404, 405)


def breaks_off(request: Any, ours: Record, theirs: Record) -> bool:
    """The same failing stream, that is not ended as if it were whole."""
    return ours == {**theirs, "whole": False} and "raises" in ours


def keeps_the_document(request: Any, ours: Record, theirs: Record) -> bool:
    """The document as it was assigned, and not another one."""
    is_served = is_document(request, ours, theirs) and not asks_a_line_feed(request)
    return is_served and ours.get("body") != theirs.get("body")


def asks_in(name: str, value: str) -> Rule:
    """Requests with a header of this value."""
    return lambda request, ours, theirs: request.get("headers", {}).get(name) == value


DIFFERENCES: list[Difference] = [
    Difference(
        "`Authorization: Bearer` with nothing after it", ("security/malformed",), has_no_token
    ),
    Difference(
        "two required schemes are required together", apps=("security/scopes",), document=True
    ),
    Difference("Two body parameters with one alias", apps=("forms/with_files",), document=True),
    Difference(
        "an empty `Access-Control-Request-Headers` asks",
        ("middleware/cors_credentials",),
        asks_in("access-control-request-headers", ""),
    ),
    Difference(
        "GZip reads `Accept-Encoding` in any case",
        ("middleware/gzip_kinds",),
        asks_in("accept-encoding", "GZIP"),
    ),
    Difference(
        "keep the brackets of an IPv6 address",
        ("middleware/https_addresses",),
        asks_in("host", "[::1]:80"),
    ),
    Difference(
        "of a router that is included twice is started once",
        ("lifespan/both_forms",),
        asks_for("/seen", "/again/seen"),
    ),
    Difference(
        "`HTTPException` is one class", apps=("errors/reused",), when=handles_errors_of_routing
    ),
    Difference("a stream that fails below it is broken off", ("errors/server_errors",), breaks_off),
    Difference(
        "An exception handler that answers nothing",
        apps=("errors/by_class",),
        when=lambda request, ours, theirs: ours.get("status") == 500 and not theirs,
    ),
    Difference(
        "Where the server cannot send a response in place of a WebSocket",
        apps=("errors/websockets",),
        when=lambda request, ours, theirs: request.get("denials") is False,
    ),
    Difference(
        "a path that leaves the directory is a 404 even if it comes back",
        apps=("static/files",),
        when=leaves_the_directory,
    ),
    Difference(
        "Secrets (`SecretStr`, `SecretBytes`, `Secret`) are masked",
        apps=("bodies/model_features",),
        when=masks,
    ),
    Difference(
        "A named alias of a list (PEP 695) takes all values",
        apps=("parameters/type_aliases",),
        when=asks_for("/7"),
    ),
    Difference(
        "A named alias of a list (PEP 695) takes all values",
        apps=("parameters/type_aliases",),
        document=True,
    ),
    Difference(
        "What fails in a stream of events is raised as it is",
        ("sse/fields", "sse/items", "sse/routes"),
        raises_what_failed,
    ),
    Difference(
        "A function that returns an `EventSourceResponse`",
        apps=("sse/routes",),
        when=asks_for("/returned"),
    ),
    Difference(
        "`request.url` escapes control characters",
        apps=(
            "applications/grows",
            "applications/root_paths",
            "errors/by_class",
            "starlette/connection",
        ),
        when=escapes_in_addresses,
    ),
    Difference(
        "`/docs` and `/redoc` load Swagger UI and ReDoc from the application itself",
        apps=("applications/slashes", "frontends/several"),
        when=shows_the_same_documentation,
    ),
    Difference(
        "`url_for` and `url_path_for` need a value for each parameter of a mount",
        apps=("routers/reverse",),
        when=lambda request, ours, theirs: "{x}" in theirs.get("body", ""),
    ),
    Difference(
        "A `?` in a parameter of `url_for` stays",
        apps=("routers/reverse",),
        when=lambda request, ours, theirs: "/?#" in ours.get("body", ""),
    ),
    Difference(
        "What is assigned to `app.openapi_schema` stays",
        apps=("applications/grows",),
        when=keeps_the_document,
    ),
    Difference(
        "is written once and has an `ETag`",
        apps=(
            "applications/grows",
            "applications/metadata",
            "applications/no_schemas",
            "applications/root_path_hidden",
            "applications/root_paths",
            "applications/slashes",
            "applications/subclassed",
            "docs_pages/redirects",
            "docs_src/openapi/extend",
            "docs_src/openapi/metadata",
            "mounts/applications",
            "routers/grown",
            "routers/hosts",
            "routers/merge_flags",
        ),
        when=tags_a_document,
        headers=("etag",),
    ),
    Difference(
        "`UploadFile` is one class", apps=("docs_src/forms/upload",), when=asks_for("/pictures")
    ),
    Difference(
        "A convertor's `ValueError` means that",
        apps=("docs_src/routing/dates", "starlette_routing/convertors"),
        when=finds_nothing,
    ),
    Difference(
        "over-long names and NUL are too",
        apps=("docs_src/static_files/pages", "frontends/several", "static/files"),
        when=names_no_file,
    ),
    Difference(
        "A page whose address is too long",
        apps=("docs_src/frontends/shop", "frontends/several"),
        when=is_a_long_page,
    ),
    Difference(
        "Dependencies run for every method, also for files",
        apps=("docs_src/frontends/protected",),
        when=hides_what_there_is,
    ),
    Difference("Half a surrogate pair in an answer", when=answers_where_theirs_fails),
    Difference(
        "Validators of a valid body run before the dependencies", apps=("applications/order",)
    ),
    Difference(
        "Entity tags of files are other texts",
        apps=(
            "docs_src/frontends/protected",
            "docs_src/frontends/shop",
            "docs_src/responses/kinds",
            "docs_src/static_files/cached",
            "docs_src/static_files/pages",
            "docs_src/static_files/serve",
            "frontends/guarded",
            "frontends/several",
            "responses/files",
            "static/files",
        ),
        when=tags_differently,
        headers=("etag",),
    ),
    Difference(
        "1xx, 204, 205 and 304 never send a body", apps=("responses/statuses",), when=has_no_content
    ),
    *[
        Difference(
            "What a mistake in an endpoint raises may be another exception",
            (app,),
            fails_by(mine, other),
        )
        for app, mine, other in (
            ("frontends/several", "StaticFilesError", "RuntimeError"),
            ("responses/encoding", "UnicodeDecodeError", "PydanticSerializationError"),
            ("responses/kinds", "TypeError", "AttributeError"),
            ("streams/raw", "TypeError", "AttributeError"),
        )
    ],
    Difference(
        "and bytes above 0x7F that are not UTF-8",
        ("applications/root_path", "middleware/alone", "middleware/wsgi", "errors/server_errors"),
        fails_after_the_query,
    ),
    Difference("and bytes above 0x7F that are not UTF-8", when=reads_any_query),
    *[
        Difference("one with `auto_error=False` may be left out", apps=(app,), document=True)
        for app in (
            "security/api_keys",
            "security/http",
            "security/oauth2",
            "docs_src/security/optional",
        )
    ],
    Difference(
        "A 413 is made by the handler of `HTTPException`",
        apps=(
            "bodies/limits",
            "docs_src/limits/main",
        ),
        when=is_too_large,
    ),
    Difference(
        "a body that nobody reads has no limit",
        apps=("bodies/limits",),
        when=ignores_what_is_announced,
    ),
    Difference(
        "An uploaded file is shown as its name, size and headers",
        apps=(
            "forms/encodings",
            "forms/fields",
            "forms/with_files",
            "middleware/reading",
            "security/token_forms",
        ),
        when=shows_a_file,
    ),
    Difference(
        "`Allow` of a 405 lists every method of the path",
        apps=(
            "applications/methods",
            "applications/same_schemas",
            "applications/shared_options",
            "bodies/one_schema",
            "bodies/several",
            "docs_src/bookshop/main",
            "docs_src/frontends/shop",
            "docs_src/middleware/visits",
            "docs_src/parameters/shop",
            "docs_src/routing/library",
            "docs_src/statuses/main",
            "docs_src/testing/notes",
            "docs_src/updates/items",
            "frontends/several",
            "middleware/cors_credentials",
            "middleware/layers",
            "middleware/sessions_told",
            "parameters/examples",
            "parameters/hidden_and_extra",
            "parameters/old_style",
            "parameters/text_annotations",
            "parameters/type_aliases",
            "responses/documented",
            "responses/operations",
            "routers/precedence",
            "routers/unique_ids",
            "security/alternatives",
            "starlette_routing/edges",
        ),
        when=allows_more,
        headers=("allow",),
    ),
    Difference("A 422 stays one whatever the request held", when=refuses_what_breaks_theirs),
    Difference("A line feed at the end of a path is part of it", when=tells_a_line_feed_apart),
    Difference(
        "A line feed at the end of a path is part of it",
        apps=(
            "applications/dependencies",
            "applications/grows",
            "applications/redirects",
            "applications/root_path",
            "applications/root_paths",
            "docs_src/path_parameters/items",
            "docs_src/request_directly/main",
            "errors/by_class",
            "frontends/several",
            "middleware/https",
            "middleware/https_addresses",
            "parameters/hidden_and_extra",
            "parameters/paths",
            "routers/precedence",
            "starlette/convertors",
            "starlette/mounts",
            "starlette_routing/edges",
            "templates/pages",
        ),
        when=has_the_line_feed,
    ),
    Difference(
        "WebSocket parameters that do not fit close with 1008",
        apps=(
            "applications/given_routes",
            "dependencies/overrides",
            "dependencies/websockets",
            "errors/reused",
            "routers/overrides",
            "websockets/echo",
        ),
        when=closes_with_a_reason_in_text,
    ),
]
