"""What hostile clients send: random, and chosen where it has hurt before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from fastapi_lite.types import Message, Scope

NASTY = [
    *("", "/", "//", "\\", ".", "..", "...", "~", "%", "%00", "%2e%2e", "\x00", "\n", "\r\n", "\t"),
    *("'+alert(1)+'", "<script>", "${7*7}", "{x}", "{{7*7}}", "\u00e4", "\U0001f600", "\u200b"),
    *("\xa0", "a" * 300, "9" * 5000, "-1", "1e999", "NaN", "Infinity", "null", "true", "0", "1"),
    *(
        "٣",
        "0x10",
        "1_0",
        "//evil.test",
        "https://evil.test",
        "javascript:alert(1)",
        "c:\\boot.ini",
    ),
    *("red", "cat", "up", "2026-02-30", "00000000-0000-0000-0000-000000000000", "[1,2]", "[NaN]"),
    *(
        '"',
        "'",
        ";",
        "&",
        "=",
        "=?utf-8?q?x?=",
        "__Host-sid=1",
        "a,b",
        "*",
        "\x7f",
        "\x85",
        "\u2028",
    ),
]
nasty_text = st.sampled_from(NASTY) | st.text(max_size=20)
text = nasty_text | st.lists(nasty_text, max_size=4).map("".join)
latin = text.map(lambda value: value.encode("utf-8"))

GETS = [
    *(
        "/",
        "/typed/1",
        "/typed/1?si-ze=2&q=a&key=x",
        "/typed/x",
        "/v2/3/typed/4",
        "/models?limit=5",
    ),
    *("/models?limit=x&tag=a", "/secure", "/lines?count=4", "/lines", "/events", "/v2/3/events"),
    *("/empty", "/error/404", "/error/451?detail=x", "/raise", "/hello", "/everything/a-b/c?q=1"),
    *("/int/5", "/float/1.5/00000000000000000000000000000000", "/a.b.c", "/stream", "/file"),
    *(
        "/blocking-stream",
        "/cookies?/=a",
        "/redirect?to=//evil.test",
        "/session",
        "/hints",
        "/docs",
    ),
    *("/verbs/", "/verbs", "/redoc", "/openapi.json", "/docs/oauth2-redirect", "/static/page.txt"),
    *("/docs?asset=favicon.svg", "/static/../secret", "/static/link", "/static/deep", "/site/"),
    *("/site", "/site/deep", "/site/deep/", "/site/missing", "/static/page.txt/", "/static/\x00"),
    *("/wsgi/x", "/https/x", "/plain/hello", "/plain/file", "/plain/stream", "/alone/stream"),
    *("/t/sub/request", "/t/sub", "/t/sub/docs", "/t/sub/openapi.json", "/'+alert(1)+'/sub/docs"),
    *("/ws/echo", "/typed-ws/1", "/t/sub/lines", "/t/sub/nowhere"),
]
JSON_TARGETS = [
    *("/item", "/v2/3/item", "/items", "/two", "/anything", "/echo", "/login", "/t/sub/item"),
    *("/parse", "/alone/parse", "/t/sub/echo"),
]
FORM_TARGETS = [
    "/form",
    "/v2/3/form",
    "/form-model",
    "/token",
    "/files",
    "/raw-form",
    "/t/sub/files",
]
POSTS = [
    *JSON_TARGETS,
    *FORM_TARGETS,
    "/bytes",
    "/hello",
    "/pieces",
    "/verbs/",
    "/wsgi/x",
    "/alone/hello",
]
WEBSOCKET_PATHS = [
    *("/ws/echo", "/ws/json-echo", "/ws/text", "/ws/bytes", "/ws/json", "/ws/deny", "/ws/forbid"),
    *(
        "/ws/close",
        "/ws/leave",
        "/ws/raise",
        "/typed-ws/1?q=a",
        "/typed-ws/x",
        "/v2/1/typed-ws/2?q=b",
    ),
    *("/alone/ws/echo", "/alone/ws/deny", "/hello", "/item", "/static/page.txt", "/nowhere"),
    *("/t/sub/typed-ws/3?q=a", "/site/", "/wsgi/x"),
]

known_paths = st.sampled_from([*GETS, *POSTS])
odd_paths = st.one_of(
    known_paths,
    st.tuples(known_paths, text).map("".join),
    st.tuples(known_paths, text).map("/".join),
    st.lists(text, max_size=4).map(lambda parts: "/" + "/".join(parts)),
    text,
)
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY", "get", ""]
odd_targets = st.tuples(st.sampled_from([*METHODS, "X" * 200]), odd_paths)
get_targets = st.tuples(st.sampled_from(["GET", "GET", "GET", "HEAD"]), st.sampled_from(GETS))


def often(*choices: Any) -> st.SearchStrategy[Any]:
    """Each of the strategies as often as it comes here; `one_of` would ask what they consist of."""
    return st.sampled_from(choices).flatmap(lambda chosen: chosen)


QUERY_NAMES = [
    *("q", "si-ze", "size", "key", "data", "colour", "limit", "order", "tag", "count", "detail"),
    *("to", "asset", "/", "name"),
]
pairs = st.lists(st.tuples(st.sampled_from(QUERY_NAMES) | text, text), max_size=5)
urlencoded = pairs.map(lambda fields: urlencode(fields).encode())
queries = st.one_of(
    st.just(b""),
    urlencoded,
    pairs.map(lambda fields: "&".join("=".join(pair) for pair in fields).encode()),
    st.binary(max_size=30),
    st.sampled_from([b"q=\xff\xfe", b"q=%ff%00", b"&" * 200, b"q=1&" * 50, b"tag=up&limit=101"]),
)


def as_field(value: bytes) -> bytes:
    """`value` as a server passes it on: without blanks around it, CR, LF and NUL."""
    return value.translate(None, b"\r\n\x00").strip(b" \t")


RANGES = [
    *("bytes=0-0", "bytes=-1", "bytes=5-", "bytes=9-1", "bytes=0-1,5-6,3-4", "bytes=", "bytes"),
    *("bytes=" + "0-1," * 500, "bytes=" + "9" * 5000 + "-", "bytes=0-,0-,0-", "lines=1-2"),
    *("bytes=99999-", "bytes=-0", "bytes=٣-٤", "bytes=1-2,9999-", "bytes= 1-2 , 3-4 ", "BYTES=0-1"),
]
COOKIES = [
    *(
        "sid=abc",
        "sid=abc; page=1",
        "sid=; page=x",
        "session=e30=.x.y",
        'sid="\\' + "\\" * 200 + '"',
    ),
    *("=;=;=", ";;;", "sid", "user=me", "\xa0sid=1; sid=2", 'sid="\\303\\244"', "a=b; " * 100),
]
ENCODINGS = [
    *("gzip", "gzip;q=0", "*", "identity;q=0, *;q=0", "br, gzip;q=0.5", ";q=", "gzip;q=NaN", ","),
]
ORIGINS = ["https://a.test", "https://x.b.test", "null", "https://a.test.evil", "*", "\xe9", ""]
HOSTS = [
    *("testserver", "testserver", "a.test", "x.b.test", "api.test", "b.example", "b.example:99999"),
    *("evil.example", "a.test:80", "[::1]", "[::1", "a.test@evil", "a.test/evil", "a.test\\", "::"),
    *("", " ", "a.test#", "A.TEST", "x.b.test.", ".b.test", "api.test:x", "%61.test", "a" * 300),
]
CONTENT_TYPES = [
    *("application/json", "application/json; charset=utf-16", "application/x+json", "text/json"),
    *(
        "APPLICATION/JSON",
        "application/",
        "/",
        ";",
        "application/x-www-form-urlencoded",
        "text/plain",
    ),
    *("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=xX"),
    *(
        "multipart/form-data; boundary=xX; charset=zlib",
        "multipart/form-data; boundary=" + "b" * 99,
    ),
    *('multipart/form-data; boundary="xX"; charset=utf-16', "multipart/mixed; boundary=xX"),
    *("application/octet-stream", "application/json" + ";" * 300, "a/b; c=" + '"' * 99),
]
AUTHORIZATIONS = [
    *("Bearer", "Bearer ", "Bearer x", "Basic", "Basic x", "Basic dXNlcg==", "Basic dXM6cA==", " "),
    *("Basic \xe9", "Basic gICA", "Digest x", "bearer  y z", "basic =", "Basic " + "A" * 500),
]
DATES = ["Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 01 Jan 99999 00:00:00 GMT", "x", "0", "-1"]


def one_of(name: str, values: Sequence[str]) -> st.SearchStrategy[tuple[bytes, bytes]]:
    """A header of this name, mostly with one of the values."""
    known = st.sampled_from([value.encode() for value in values])
    return st.tuples(st.just(name.encode()), (known | latin).map(as_field))


headers = st.one_of(
    one_of("range", RANGES),
    one_of("if-range", ["W/x", "x", '"x"', *DATES]),
    one_of("if-none-match", ["*", '"x"', "W/", '"' * 300, 'W/"x", ' * 50]),
    one_of("if-modified-since", DATES),
    one_of("cookie", COOKIES),
    one_of("accept-encoding", ENCODINGS),
    one_of("accept", ["text/html", "*/*;q=0", ";;;", "text/html;q=" + "9" * 500]),
    one_of("origin", ORIGINS),
    one_of("access-control-request-method", ["GET", "POST", "\xe9", "*", ""]),
    one_of("access-control-request-headers", ["x-token", "x,y", "*", ", ,", "x" * 500]),
    one_of("access-control-request-private-network", ["true"]),
    one_of("content-length", ["0", "5", "-1", "1e3", "9" * 5000, "x", "٣", "100000000", "+5"]),
    one_of("content-type", CONTENT_TYPES),
    one_of("authorization", AUTHORIZATIONS),
    one_of("x-forwarded-host", ["evil.test"]),
    one_of("x-many", ["1", "x"]),
    one_of("x-token", ["t"]),
    one_of("user-agent", ["\xff", "a"]),
    one_of("transfer-encoding", ["chunked"]),
    st.tuples(
        st.from_regex(rb"[!#$%&'*+\-.^_`|~0-9a-z]{1,20}", fullmatch=True), latin.map(as_field)
    ),
)
usual_host = st.just([(b"host", b"testserver")])
odd_hosts = st.lists(one_of("host", HOSTS), max_size=2)
hosts = often(usual_host, usual_host, usual_host, odd_hosts)

json_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**300, max_value=10**301),
    st.floats(),
    text,
    st.sampled_from(["\ud800", "a\udfff", "cat", "dog"]),
)
json_values = st.recursive(
    json_leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=10,
)
items = st.fixed_dictionaries(
    {"name": text, "price": st.floats() | json_leaves},
    optional={
        "tags": st.lists(text, max_size=3) | json_leaves,
        "pet": st.fixed_dictionaries(
            {"kind": st.sampled_from(["cat", "dog", "x", 1, None])},
            optional={"lives": json_leaves, "tricks": st.lists(json_leaves, max_size=5)},
        )
        | json_values,
        "more": st.dictionaries(text, json_leaves, max_size=2),
        "extra": json_values,
        "password": json_values,
        "user": text,
        "remember": json_leaves,
        "item": json_values,
        "number": json_leaves,
    },
)
JSON_BODIES = [
    *(b"", b"NaN", b"{", b"[" * 5000, b"[" * 5000 + b"]" * 5000, b"\xff\xfe", b"\xef\xbb\xbf{}"),
    *(
        b'{"name":"\\ud800","price":1}',
        b'{"name":"\xff"}',
        b"1" * 6000,
        b'"\\u0000"',
        b"-",
        b"1e999",
    ),
    *(b'{"a":1,"a":2}', b'{"n":Infinity}', b"null", b'""', b"0", b"[]", b"{}", b'{"":""}', b"true"),
    *(b"[" + b'"a",' * 3000 + b'"a"]', b'{"price":' + b"[" * 900 + b"]" * 900 + b"}"),
    *(b'{"name":"' + b"n" * 20000 + b'","price":"x"}', "{}".encode("utf-16"), b'{"a":\n\x00}'),
]
json_bodies = st.one_of(
    st.sampled_from(JSON_BODIES),
    (json_values | items | st.lists(items, max_size=3)).map(
        lambda value: json.dumps(value).encode()
    ),
    json_values.map(lambda value: json.dumps(value, ensure_ascii=False).encode(errors="replace")),
    st.tuples(st.binary(max_size=5), items.map(lambda value: json.dumps(value).encode()[:40])).map(
        b"".join
    ),
)

PART_HEADERS = [
    *(b'Content-Disposition: form-data; name="one"; filename="f.txt"', b"Content-Disposition: x"),
    *(
        b'Content-Disposition: form-data; name="name"',
        b'Content-Disposition: form-data; name="note"',
    ),
    *(
        b"Content-Disposition: form-data",
        b'content-disposition: form-data; name="many"; filename=""',
    ),
    *(b"Content-Type: text/plain", b"Content-Type", b": x", b"\xff: y", b"X" * 500 + b": z", b""),
    *(b"Content-Disposition: form-data; name*=utf-8''%ff; filename*=utf-16''x", b"A: \r\n b"),
    *(
        b'Content-Disposition: form-data; name="age"; filename="../../x\\"; x="',
        b"a: " + b"b" * 9000,
    ),
]
part = st.tuples(
    st.lists(st.sampled_from(PART_HEADERS), min_size=1, max_size=3).map(b"\r\n".join),
    st.one_of(latin, st.binary(max_size=50), st.sampled_from([b"x" * 3000, b"--xX", b"\r\n--xX-"])),
).map(b"\r\n\r\n".join)
multiparts = st.tuples(
    st.sampled_from([b"", b"\r\n", b"preamble\r\n"]),
    st.lists(part, max_size=4).map(
        lambda parts: b"".join(b"--xX\r\n" + one + b"\r\n" for one in parts)
    ),
    st.sampled_from(
        [b"--xX--\r\n", b"--xX--", b"--xX", b"", b"--xX--\r\nepilogue", b"--xX\r\n\r\n"]
    ),
).map(b"".join)

json_content = st.tuples(st.just(b"application/json"), json_bodies)
urlencoded_content = st.tuples(
    st.just(b"application/x-www-form-urlencoded"), urlencoded | st.binary(max_size=40)
)
multipart_content = st.tuples(st.just(b"multipart/form-data; boundary=xX"), multiparts)
odd_content = st.tuples(
    st.sampled_from([value.encode() for value in CONTENT_TYPES]),
    json_bodies | urlencoded | multiparts | st.binary(max_size=40),
)
no_content = st.just((b"", b""))
post_methods = st.sampled_from(["POST", "POST", "POST", "PUT"])
json_posts = st.tuples(st.tuples(post_methods, st.sampled_from(JSON_TARGETS)), json_content)
form_posts = st.tuples(
    st.tuples(st.just("POST"), st.sampled_from(FORM_TARGETS)),
    often(urlencoded_content, multipart_content),
)
odd_posts = st.tuples(st.tuples(st.just("POST"), st.sampled_from(POSTS)), odd_content)
gets = st.tuples(get_targets, no_content)
odd_requests = st.tuples(odd_targets, often(no_content, odd_content))
requests = often(json_posts, form_posts, odd_posts, gets, gets, odd_requests)
"""Method and path, content type and body."""
EXTENSIONS = [
    *("http.response.trailers", "http.response.pathsend", "http.response.early_hint"),
    *("http.response.push", "websocket.http.response"),
]
ROOT_PATHS = [
    "",
    "",
    "",
    "",
    "",
    "",
    "/root",
    "/typed",
    "root/",
    "/",
    "/'+alert(1)+'",
    "//evil.test",
    "/a\nb",
]


@st.composite
def scopes(draw: st.DrawFn, kind: str, target: str) -> Scope:
    """The scope of a connection, as different servers make them."""
    path, _, query = target.partition("?")
    scope: dict[str, Any] = {
        "type": kind,
        "asgi": {"version": "3.0"},
        "http_version": draw(st.sampled_from(["1.0", "1.1", "2", "3"])),
        "path": path,
        "query_string": query.encode() if query else draw(queries),
        "headers": [*draw(hosts), *draw(st.lists(headers, max_size=4))],
    }
    versions = st.sampled_from(["2.0", "2.1", "2.3", "2.4", "2.5"])
    optional: dict[str, st.SearchStrategy[Any]] = {
        "root_path": st.sampled_from(ROOT_PATHS),
        "raw_path": st.just(path.encode()) | st.none(),
        "scheme": st.sampled_from(["http", "https"] if kind == "http" else ["ws", "wss"]),
        "client": st.sampled_from([None, ("192.0.2.1", 4000), ["::1", 0], ("", 0)]),
        "server": st.sampled_from([None, ("s.test", 80), ("/run/s.sock", None), ("::1", 8000)]),
        "extensions": st.lists(st.sampled_from(EXTENSIONS)).map(
            lambda names: {name: {} for name in names}
        )
        | st.none(),
        "state": st.just({}),
    }
    scope |= draw(st.fixed_dictionaries({}, optional=optional))
    if draw(st.booleans()):
        scope["asgi"]["spec_version"] = draw(versions)
    if kind == "websocket":
        scope["subprotocols"] = draw(st.lists(st.sampled_from(["chat", "v2"]), max_size=2))
    return scope


def cut(body: bytes, places: Sequence[int]) -> list[bytes]:
    """`body` in pieces, some of them empty."""
    inside = sorted(place % (len(body) + 1) for place in places)
    return [body[start:stop] for start, stop in zip([0, *inside], [*inside, None], strict=True)]


def as_messages(pieces: Sequence[bytes]) -> list[Message]:
    """A body as a server passes it on."""
    messages: list[Message] = [
        {"type": "http.request", "body": piece, "more_body": True} for piece in pieces
    ]
    messages[-1]["more_body"] = False
    return messages


@st.composite
def http_exchanges(draw: st.DrawFn) -> tuple[Scope, list[Message], int | None]:
    """A request: its scope, what the client sends, and after how many messages it leaves."""
    (method, target), (content_type, body) = draw(requests)
    scope = draw(scopes("http", target))
    scope["method"] = method
    scope["headers"] = [(b"content-type", content_type)] * bool(content_type) + scope["headers"]
    places = st.integers(min_value=0, max_value=10_000)
    script = as_messages(cut(body, draw(st.lists(places, max_size=4))))
    if draw(st.booleans()) and len(script) == 1:
        del script[0]["more_body"]  # which is its default
    stays = draw(st.sampled_from([True, True, False]))
    if not stays:
        del script[draw(st.integers(min_value=0, max_value=len(script))) :]
        script.append({"type": "http.disconnect"})
    leaves_after = draw(st.sampled_from([None, None, None, 0, 1, 2, 3]))
    return scope, script, leaves_after


frames: st.SearchStrategy[Message] = st.one_of(
    (text | json_values.map(json.dumps)).map(lambda data: {"text": data}),
    (st.binary(max_size=40) | json_bodies).map(lambda data: {"bytes": data}),
    text.map(lambda data: {"text": data, "bytes": None}),
    st.binary(max_size=20).map(lambda data: {"bytes": data, "text": None}),
).map(lambda data: {"type": "websocket.receive", **data})
farewells: st.SearchStrategy[Message] = st.fixed_dictionaries(
    {"type": st.just("websocket.disconnect")},
    optional={
        "code": st.sampled_from([1000, 1001, 1005, 1006, 4999]),
        "reason": text | st.none(),
    },
)

known_websockets = st.sampled_from(WEBSOCKET_PATHS)
websocket_targets = often(known_websockets, known_websockets, odd_paths)


@st.composite
def websocket_exchanges(draw: st.DrawFn) -> tuple[Scope, list[Message], int | None]:
    """A WebSocket, as `http_exchanges` has a request."""
    script: list[Message] = [{"type": "websocket.connect"}]
    script += draw(st.lists(frames, max_size=4))
    script.append(draw(farewells))
    scope = draw(scopes("websocket", draw(websocket_targets)))
    return scope, script, draw(st.sampled_from([None, None, None, 0, 1, 2]))
