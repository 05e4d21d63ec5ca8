"""The differences that are intended: each has its place in docs/differences.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

Record = dict[str, Any]
Rule = Callable[[dict[str, Any], Record, Record], bool]


@dataclass(frozen=True)
class Difference:
    """Something that is meant to differ.

    `entry`: words of the bullet in `docs/differences.md` that gives the reason.
    `app`: the applications where it may, as `fnmatch` reads it. `when`: whether it explains how two
    records of one request differ. `headers`: those of them that may differ, and nothing else may.
    """

    entry: str
    app: str = "*"
    when: Rule | None = None
    headers: tuple[str, ...] = ()
    document: bool = False

    def explains(self, app: str, request: dict[str, Any], ours: Record, theirs: Record) -> bool:
        """Whether two different records of a request differ as intended."""
        if self.document or not fnmatch(app, self.app):
            return False
        if self.headers and self.rest(ours) != self.rest(theirs):
            return False
        return self.when is None or self.when(request, ours, theirs)

    def explains_document(self, app: str) -> bool:
        """Whether the documents of an application are meant to differ."""
        return self.document and fnmatch(app, self.app)

    def rest(self, record: Record) -> Record:
        """`record` without the headers that may differ."""
        kept = [one for one in record.get("headers", []) if one[0] not in self.headers]
        return {**record, "headers": kept}


def refuses_what_breaks_theirs(request: Any, ours: Record, theirs: Record) -> bool:
    """A value that cannot be repeated in an answer: escaped here, a 500 there."""
    return ours.get("status") == 422 and theirs.get("raises") in (
        "ValueError",
        "UnicodeEncodeError",
    )


def tells_a_line_feed_apart(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """A path with a line feed at its end is not the path without it."""
    return str(request.get("url")).endswith("%0A") and "raises" not in ours


def closes_with_a_reason_in_text(request: Any, ours: Record, theirs: Record) -> bool:
    """The same close, whose reason can be sent."""
    mine, other = ours.get("messages", [{}])[-1], theirs.get("messages", [{}])[-1]
    return mine.get("code") == other.get("code") == 1008 and isinstance(other.get("reason"), list)


def reads_any_query(request: Any, ours: Record, theirs: Record) -> bool:
    """Bytes in a query that are not UTF-8."""
    return theirs.get("raises") == "UnicodeDecodeError" != ours.get("raises")


def is_too_large(request: Any, ours: Record, theirs: Record) -> bool:
    """The same 413, but for who writes it."""
    return ours.get("status") == theirs.get("status") == 413


def ignores_what_is_announced(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """A body that nobody reads is no reason for a 413."""
    return theirs.get("status") == 413 and ours.get("status") in (404, 405)


def shows_a_file(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """A file where text belongs, as it is shown in the error."""
    return ours.get("status") == 422 and "_max_mem_size" in theirs.get("body", "")


def fails_by_another_name(request: Any, ours: Record, theirs: Record) -> bool:
    """The same 500, of a mistake in the endpoint."""
    rest = [{**record, "raises": "raises" in record} for record in (ours, theirs)]
    return rest[0] == rest[1]


def has_no_content(request: Any, ours: Record, theirs: Record) -> bool:
    """A status that has no content."""
    return ours.get("status") == theirs.get("status") == 205 and ours.get("body") == ""


def answers_where_theirs_fails(request: Any, ours: Record, theirs: Record) -> bool:
    """Text that cannot be encoded, which is written as JSON can say it."""
    answers = ours.get("status") == 200 or r"\ud800" in ours.get("body", "")
    return answers and theirs.get("raises") in (
        "UnicodeEncodeError",
        "PydanticSerializationError",
    )


def finds_nothing(request: Any, ours: Record, theirs: Record) -> bool:
    """What fits no convertor is not there."""
    return ours.get("status") == 404 and theirs.get("raises") == "ValueError"


def names_no_file(request: Any, ours: Record, theirs: Record) -> bool:
    """No file's name has a NUL or so many letters, so that there is no such file."""
    url = str(request.get("url"))
    cannot_be = "%00" in url or "9" * 255 in url
    return cannot_be and ours.get("status") == theirs.get("status") == 404


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


def escapes_in_addresses(request: dict[str, Any], ours: Record, theirs: Record) -> bool:
    """An address with a NUL: escaped here, as it is there."""
    address = path_of(request)
    here, there = (str(one.get("body")) for one in (ours, theirs))
    there = there.replace("\0", r"\u0000").replace(r"\u0000", "%00", here.count("%00"))
    return address.endswith("%00") and here == there


def shows_the_same_documentation(request: Any, ours: Record, theirs: Record) -> bool:
    """Pages for people, which say the same of the application: title, document, settings."""
    here, there = ours.get("body", ""), theirs.get("body", "")
    return ours.get("status") == theirs.get("status") == 200 and (
        bool(settings_of(here)) and settings_of(here) == settings_of(there)
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
    return theirs.get("raises") == "ExceptionGroup" and "raises" in ours


def handles_errors_of_routing(request: Any, ours: Record, theirs: Record) -> bool:
    """A 404 or 405 of the router that a handler of `HTTPException` has answered."""
    return ours.get("status") == theirs.get("status") in (404, 405)


def breaks_off(request: Any, ours: Record, theirs: Record) -> bool:
    """The same failing stream, that is not ended as if it were whole."""
    return ours == {**theirs, "whole": False} and "raises" in ours


def asks_in(name: str, value: str) -> Rule:
    """Requests with a header of this value."""
    return lambda request, ours, theirs: request.get("headers", {}).get(name) == value


DIFFERENCES: list[Difference] = [
    Difference("`Authorization: Bearer` with nothing after it", when=has_no_token),
    Difference("two required schemes are required together", app="security/scopes", document=True),
    Difference("Two body parameters with one alias", app="forms/with_files", document=True),
    Difference(
        "an empty `Access-Control-Request-Headers` asks",
        "middleware/cors_credentials",
        asks_in("access-control-request-headers", ""),
    ),
    Difference(
        "GZip reads `Accept-Encoding` in any case",
        "middleware/gzip_kinds",
        asks_in("accept-encoding", "GZIP"),
    ),
    Difference(
        "keep the brackets of an IPv6 address",
        "middleware/https_addresses",
        asks_in("host", "[::1]:80"),
    ),
    Difference("of a router that is included twice is started once", "lifespan/both_forms"),
    Difference("`HTTPException` is one class", app="errors/reused", when=handles_errors_of_routing),
    Difference("a stream that fails below it is broken off", when=breaks_off),
    Difference(
        "An exception handler that answers nothing",
        app="errors/by_class",
        when=lambda request, ours, theirs: ours.get("status") == 500 and not theirs,
    ),
    Difference(
        "Where the server cannot send a response in place of a WebSocket",
        when=lambda request, ours, theirs: request.get("denials") is False,
    ),
    Difference(
        "a path that leaves the directory is a 404 even if it comes back", app="static/files"
    ),
    Difference(
        "Secrets (`SecretStr`, `SecretBytes`, `Secret`) are masked", app="bodies/model_features"
    ),
    Difference("A named alias of a list (PEP 695) takes all values", app="parameters/type_aliases"),
    Difference(
        "A named alias of a list (PEP 695) takes all values",
        app="parameters/type_aliases",
        document=True,
    ),
    Difference("What fails in a stream of events is raised as it is", "sse/*", raises_what_failed),
    Difference(
        "A function that returns an `EventSourceResponse`",
        app="sse/routes",
        when=lambda request, ours, theirs: "/returned" in str(request.get("url")),
    ),
    Difference("`request.url` escapes control characters", when=escapes_in_addresses),
    Difference(
        "`/docs` and `/redoc` load Swagger UI and ReDoc from the application itself",
        when=shows_the_same_documentation,
    ),
    Difference(
        "`url_for` and `url_path_for` need a value for each parameter of a mount",
        app="routers/reverse",
        when=lambda request, ours, theirs: "{x}" in theirs.get("body", ""),
    ),
    Difference(
        "A `?` in a parameter of `url_for` stays",
        app="routers/reverse",
        when=lambda request, ours, theirs: "/?#" in ours.get("body", ""),
    ),
    Difference(
        "What is assigned to `app.openapi_schema` stays", app="applications/grows", when=is_document
    ),
    Difference("is written once and has an `ETag`", when=is_document, headers=("etag",)),
    Difference("`UploadFile` is one class", app="docs_src/forms/upload"),
    Difference("A convertor's `ValueError` means that", when=finds_nothing),
    Difference("over-long names and NUL are too", when=names_no_file),
    Difference("A page whose address is too long", when=is_a_long_page),
    Difference("Dependencies run for every method, also for files", when=hides_what_there_is),
    Difference("Half a surrogate pair in an answer", when=answers_where_theirs_fails),
    Difference("Validators of a valid body run before the dependencies", app="applications/order"),
    Difference("Entity tags of files are other texts", headers=("etag",)),
    Difference("1xx, 204, 205 and 304 never send a body", when=has_no_content),
    Difference(
        "What a mistake in an endpoint raises may be another exception", when=fails_by_another_name
    ),
    Difference("and bytes above 0x7F that are not UTF-8", when=reads_any_query),
    *[
        Difference("one with `auto_error=False` may be left out", app=app, document=True)
        for app in (
            "security/api_keys",
            "security/http",
            "security/oauth2",
            "docs_src/security/optional",
        )
    ],
    Difference("A 413 is made by the handler of `HTTPException`", when=is_too_large),
    Difference("a body that nobody reads has no limit", when=ignores_what_is_announced),
    Difference("An uploaded file is shown as its name, size and headers", when=shows_a_file),
    Difference("`Allow` of a 405 lists every method of the path", headers=("allow",)),
    Difference("A 422 stays one whatever the request held", when=refuses_what_breaks_theirs),
    Difference("A line feed at the end of a path is part of it", when=tells_a_line_feed_apart),
    Difference(
        "WebSocket parameters that do not fit close with 1008", when=closes_with_a_reason_in_text
    ),
]
