"""Connections and requests."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import anyio
import pytest
import trio
from hypothesis import given, settings
from hypothesis import strategies as st

from fastapi_lite.datastructures import URL, Address, FormData, State, URLPath
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.formparsers import MultiPartException
from fastapi_lite.requests import ClientDisconnect, HTTPConnection, Request, cookie_parser
from fastapi_lite.types import Message, Receive
from tests.conftest import Backend

LEFT = {"type": "http.disconnect"}
URLENCODED = [(b"content-type", b"application/x-www-form-urlencoded")]
MULTIPART = [(b"content-type", b"multipart/form-data; boundary=B")]
A_FILE = b'--B\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\nhello\r\n--B--\r\n'


def scope(**changes: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": "/p",
        "root_path": "",
        "query_string": b"a=1",
        "headers": [],
        "server": ("example.org", 80),
        "client": ("192.0.2.1", 5000),
        **changes,
    }


def chunk(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def receiving(*messages: Message) -> Receive:
    """A channel that gives `messages`, then waits for ever."""
    remaining = iter(messages)

    async def receive() -> Message:
        for message in remaining:
            return message
        return await anyio.sleep_forever()  # type: ignore[func-returns-value]  # it does not return

    return receive


def request_of(*messages: Message, **changes: Any) -> Request:
    return Request(scope(**changes), receiving(*messages))


# Cookies


@pytest.mark.parametrize(
    ("header", "cookies"),
    [
        ("", {}),
        ("a=b; c=d", {"a": "b", "c": "d"}),
        ("a=b;a=c", {"a": "c"}),
        ("a=b=c", {"a": "b=c"}),
        ("a=", {"a": ""}),
        ("=a", {"": "a"}),
        ("a", {"": "a"}),
        (" a\t= b ;; ; c=d", {"a": "b", "c": "d"}),
        ('a="b c"', {"a": "b c"}),
        ('a="b\\073c"', {"a": "b;c"}),
        ('a="b\\"c\\\\"', {"a": 'b"c\\'}),
        ('a="\\400\\08\\1"', {"a": "400081"}),
        ('a=""', {"a": ""}),
        ('a="', {"a": '"'}),
        ('a="b', {"a": '"b'}),
        ('a="b"c', {"a": '"b"c'}),
        ('a="b;c"', {"a": '"b', "": 'c"'}),
        ("a=%20", {"a": "%20"}),
        ("when=Wed, 09 Jun 2021 10:18:14 GMT", {"when": "Wed, 09 Jun 2021 10:18:14 GMT"}),
    ],
)
def test_cookies_of_a_header(header: str, cookies: dict[str, str]) -> None:
    assert cookie_parser(header) == cookies


@pytest.mark.parametrize("space", ["\xa0", "\x85", "\x0b", "\x0c", "\x1f", "\u2003"])
def test_space_that_is_no_blank_does_not_override_a_host_cookie(space: str) -> None:
    """A cookie set by a sub-domain would pass as one that only this host can set."""
    assert cookie_parser(f"__Host-sid=good; {space}__Host-sid=bad")["__Host-sid"] == "good"


def test_cookie_full_of_backslashes_is_unquoted_in_one_pass() -> None:
    """CVE-2024-7592: the standard library took seconds for this."""
    assert cookie_parser('a="' + "\\" * 1_000_000 + '"') == {"a": "\\" * 500_000}


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_cookie_header(header: str) -> None:
    assert all(isinstance(value, str) for value in cookie_parser(header).values())


# Connections


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_connection_is_made_of_a_scope(kind: str) -> None:
    assert HTTPConnection({"type": kind})["type"] == kind


@pytest.mark.parametrize(
    ("made", "kind"), [(HTTPConnection, "lifespan"), (Request, "lifespan"), (Request, "websocket")]
)
def test_scope_of_another_type_is_refused(made: Callable[[Any], Any], kind: str) -> None:
    with pytest.raises(AssertionError, match=kind):
        made({"type": kind})


def test_connection_is_a_mapping_of_its_scope() -> None:
    values = scope()
    assert (dict(Request(values)), len(Request(values))) == (values, len(values))


def test_scope_without_a_query_has_no_query_params() -> None:
    assert len(HTTPConnection({"type": "websocket"}).query_params) == 0


def test_connection_equals_itself_alone() -> None:
    request = request_of()
    assert [request == other for other in (request, Request(request.scope))] == [True, False]


def test_connection_is_a_key() -> None:
    request = request_of()
    assert {request: 1}[request] == 1


@pytest.mark.parametrize(
    ("look", "found"),
    [
        (lambda r: r.method, "GET"),
        (lambda r: r.url, URL("http://example.org/p?a=1")),
        (lambda r: r.base_url, URL("http://example.org/")),
        (lambda r: r.headers.raw, []),
        (lambda r: r.query_params["a"], "1"),
        (lambda r: r.path_params, {}),
        (lambda r: r.cookies, {}),
        (lambda r: r.client, Address("192.0.2.1", 5000)),
    ],
)
def test_what_a_request_knows(look: Callable[[Request], Any], found: object) -> None:
    assert look(request_of()) == found


@pytest.mark.parametrize(
    ("changes", "look", "found"),
    [
        ({"client": None}, lambda r: r.client, None),
        ({"path_params": {"id": 1}}, lambda r: r.path_params, {"id": 1}),
        ({"app": "app"}, lambda r: r.app, "app"),
        ({"session": {"a": 1}}, lambda r: r.session, {"a": 1}),
        ({"user": "ada"}, lambda r: r.user, "ada"),
        ({"auth": ["read"]}, lambda r: r.auth, ["read"]),
        ({"query_string": b"a=\xff"}, lambda r: r.query_params["a"], "\xff"),
        ({"root_path": "/r"}, lambda r: r.base_url, URL("http://example.org/r/")),
        ({"root_path": "/r/"}, lambda r: r.base_url, URL("http://example.org/r/")),
        (
            {"root_path": "/r/mounted", "app_root_path": "/r"},
            lambda r: r.base_url,
            URL("http://example.org/r/"),
        ),
        (
            {"headers": [(b"cookie", b"a=1"), (b"cookie", b"b=2")]},
            lambda r: r.cookies,
            {"a": "1", "b": "2"},
        ),
    ],
)
def test_what_a_request_knows_of_its_scope(
    changes: dict[str, Any], look: Callable[[Request], Any], found: object
) -> None:
    assert look(request_of(**changes)) == found


@pytest.mark.parametrize("name", ["url", "base_url", "headers", "query_params", "cookies", "state"])
def test_what_is_computed_is_kept(name: str) -> None:
    request = request_of()
    assert getattr(request, name) is getattr(request, name)


def test_what_is_computed_is_read_only() -> None:
    with pytest.raises(AttributeError, match="has no setter"):
        request_of().url = URL("http://evil.org/")  # type: ignore[misc]  # the mistake


def test_property_of_the_class_has_its_documentation() -> None:
    assert HTTPConnection.url.__doc__ == "The URL that the client asked for."


@pytest.mark.parametrize(
    ("name", "middleware"),
    [
        ("session", "SessionMiddleware"),
        ("user", "AuthenticationMiddleware"),
        ("auth", "AuthenticationMiddleware"),
    ],
)
def test_missing_middleware_is_named(name: str, middleware: str) -> None:
    with pytest.raises(
        AssertionError, match=f"{middleware} must be installed to access request.{name}"
    ):
        getattr(request_of(), name)


def test_state_is_kept_in_the_scope() -> None:
    request = request_of()
    request.state.user = "ada"
    assert request.scope["state"] == {"user": "ada"}


def test_state_begins_with_what_the_lifespan_yielded() -> None:
    assert request_of(state={"database": 1}).state["database"] == 1


def test_state_may_be_typed() -> None:
    assert isinstance(Request[dict[str, Any]](scope()).state, State)


class Router:
    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        return URLPath(f"/{name}/{path_params['id']}")


@pytest.mark.parametrize("key", ["router", "app"])
def test_url_of_a_route(key: str) -> None:
    request = request_of(root_path="/r", **{key: Router()})
    assert request.url_for("user", id=3) == "http://example.org/r/user/3"


def test_url_of_a_route_needs_a_router() -> None:
    with pytest.raises(RuntimeError, match="The `url_for` method can only be used inside"):
        request_of().url_for("user")


# Bodies


async def pieces(request: Request) -> list[bytes]:
    return [piece async for piece in request.stream()]


@pytest.mark.anyio
async def test_stream_ends_with_an_empty_piece() -> None:
    request = request_of(chunk(b"ab", more=True), chunk(b"", more=True), chunk(b"c"))
    assert await pieces(request) == [b"ab", b"c", b""]


@pytest.mark.anyio
async def test_body_is_read_once() -> None:
    request = request_of(chunk(b"ab", more=True), chunk(b"c"))
    assert (await request.body(), await request.body()) == (b"abc", b"abc")


@pytest.mark.anyio
async def test_body_that_was_read_can_be_streamed() -> None:
    request = request_of(chunk(b"ab", more=True), chunk(b"c"))
    await request.body()
    assert await pieces(request) == await pieces(request) == [b"abc", b""]


@pytest.mark.anyio
async def test_body_set_beforehand_is_not_read() -> None:
    request = Request(scope())
    request._body = b'{"a": 1}'  # noqa: SLF001 - as its docstring says
    assert (await request.json(), await pieces(request)) == ({"a": 1}, [b'{"a": 1}', b""])


@pytest.mark.anyio
@pytest.mark.parametrize("read", [Request.body, pieces])
async def test_stream_that_was_read_is_gone(read: Callable[[Request], Awaitable[Any]]) -> None:
    request = request_of(chunk(b"abc"))
    await pieces(request)
    with pytest.raises(RuntimeError, match="Stream consumed"):
        await read(request)


@pytest.mark.anyio
async def test_stream_goes_on_where_it_was_left() -> None:
    request = request_of(chunk(b"ab", more=True), chunk(b"c"))
    stream = request.stream()
    await anext(stream)
    await stream.aclose()
    assert await request.body() == b"c"


@pytest.mark.anyio
async def test_body_is_that_of_an_overridden_stream() -> None:
    class Upper(Request):
        async def stream(self) -> AsyncGenerator[bytes, None]:
            async for piece in super().stream():
                yield piece.upper()

    assert await Upper(scope(), receiving(chunk(b"abc"))).body() == b"ABC"


@pytest.mark.anyio
async def test_json_is_parsed_once() -> None:
    request = request_of(chunk(b'{"a": 1}'))
    assert await request.json() is await request.json()


@pytest.mark.anyio
@pytest.mark.parametrize("body", [b"", b"{", b"\xff"])
async def test_body_that_is_no_json_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"Expecting|decode"):
        await request_of(chunk(body)).json()


@pytest.mark.anyio
async def test_json_that_is_nested_too_deeply_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="deep"):
        await request_of(chunk(b"[" * 100_000)).json()


@pytest.mark.anyio
@pytest.mark.parametrize("read", [Request.body, pieces, Request.json])
async def test_client_that_leaves_is_a_disconnect(
    read: Callable[[Request], Awaitable[Any]],
) -> None:
    request = request_of(chunk(b"ab", more=True), LEFT)
    with pytest.raises(ClientDisconnect):
        await read(request)
    assert await request.is_disconnected()


@pytest.mark.anyio
@pytest.mark.parametrize("request_without", [Request(scope()), Request(scope(), None, None)])
async def test_request_without_a_channel_has_no_body(request_without: Request) -> None:
    with pytest.raises(RuntimeError, match="Receive channel has not been made available"):
        await request_without.body()


def test_receive_is_the_channel_given() -> None:
    receive = receiving()
    assert Request(scope(), receive).receive is receive


# Disconnects


@pytest.mark.anyio
async def test_client_that_waits_is_connected() -> None:
    request = request_of(chunk(b""))
    assert (await request.is_disconnected(), await request.is_disconnected()) == (False, False)


@pytest.mark.anyio
async def test_client_that_left_is_seen_past_its_body() -> None:
    request = request_of(chunk(b"a", more=True), chunk(b"b"), LEFT)
    assert await request.is_disconnected()


def queue_of(message: Message, backend: Backend) -> Receive:
    """A `receive` as servers have it, which gives `message`."""
    if backend == "trio":
        sending, receiving = trio.open_memory_channel[Message](1)
        sending.send_nowait(message)
        return receiving.receive
    queue: asyncio.Queue[Message] = asyncio.Queue()
    queue.put_nowait(message)
    return queue.get


@pytest.mark.anyio
async def test_client_that_left_is_seen_in_a_servers_queue(backend: Backend) -> None:
    assert await Request(scope(), queue_of(LEFT, backend)).is_disconnected()


@pytest.mark.anyio
async def test_looking_for_a_disconnect_loses_no_body() -> None:
    request = request_of(chunk(b"a", more=True), chunk(b"b"))
    await request.is_disconnected()
    assert await request.body() == b"ab"


@pytest.mark.anyio
async def test_looking_for_a_disconnect_loses_no_body_of_a_request_made_after() -> None:
    request = request_of(chunk(b"a", more=True), chunk(b"b"))
    await request.is_disconnected()
    assert await Request(request.scope, request.receive).body() == b"ab"


@pytest.mark.anyio
async def test_looking_for_a_disconnect_does_not_read_a_large_body() -> None:
    request = request_of(*[chunk(b"x" * 40_000, more=True)] * 3, LEFT)
    assert (await request.is_disconnected(), await request.is_disconnected()) == (False, False)


@pytest.mark.anyio
async def test_disconnect_is_remembered() -> None:
    request = request_of(LEFT)
    assert (await request.is_disconnected(), await request.is_disconnected()) == (True, True)


# Forms


@pytest.mark.anyio
async def test_urlencoded_form() -> None:
    request = request_of(chunk(b"a=1&b=%20"), headers=URLENCODED)
    assert await request.form() == FormData({"a": "1", "b": " "})


@pytest.mark.anyio
async def test_media_type_of_a_form_is_found_in_any_case() -> None:
    request = request_of(
        chunk(b"a=1"),
        headers=[(b"content-type", b"APPLICATION/x-www-form-urlencoded ; charset=utf-8")],
    )
    assert await request.form() == FormData({"a": "1"})


@pytest.mark.anyio
async def test_multipart_form() -> None:
    async with request_of(chunk(A_FILE), headers=MULTIPART).form() as form:
        assert form["a"].size == 5  # type: ignore[union-attr]  # it is a file


@pytest.mark.anyio
async def test_form_is_parsed_once() -> None:
    request = request_of(chunk(b"a=1"), headers=URLENCODED)
    assert await request.form() is await request.form()


@pytest.mark.anyio
async def test_form_of_a_body_that_was_read() -> None:
    request = request_of(chunk(b"a=1"), headers=URLENCODED)
    await request.body()
    assert await request.form() == FormData({"a": "1"})


@pytest.mark.anyio
@pytest.mark.parametrize("headers", [[], [(b"content-type", b"text/plain")]])
async def test_body_that_is_no_form_is_left_alone(headers: Any) -> None:
    request = request_of(chunk(b"a=1"), headers=headers)
    assert (await request.form(), await request.body()) == (FormData(), b"a=1")


@pytest.mark.anyio
async def test_form_that_is_entered_is_closed() -> None:
    async with request_of(chunk(A_FILE), headers=MULTIPART).form() as form:
        pass
    assert form["a"].file.closed  # type: ignore[union-attr]  # it is a file


@pytest.mark.anyio
async def test_closing_a_request_closes_its_form() -> None:
    request = request_of(chunk(A_FILE), headers=MULTIPART)
    form = await request.form()
    await request.close()
    assert form["a"].file.closed  # type: ignore[union-attr]  # it is a file


@pytest.mark.anyio
async def test_request_without_a_form_can_be_closed() -> None:
    closed: object = await request_of().close()
    assert closed is None


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("changes", "error"), [({"app": None}, HTTPException), ({}, MultiPartException)]
)
async def test_malformed_form_is_a_400_within_an_application(
    changes: dict[str, Any], error: type[Exception]
) -> None:
    request = request_of(chunk(b"nonsense"), headers=MULTIPART, **changes)
    with pytest.raises(error, match="Invalid multipart data"):
        await request.form()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"max_fields": 1}, "Too many fields. Maximum number of fields is 1."),
        ({"max_part_size": 1024}, "Field exceeded maximum size of 1KB."),
    ],
)
async def test_limits_of_a_form(limits: dict[str, int], message: str) -> None:
    request = request_of(chunk(b"a=" + b"x" * 1024 + b"&b=2"), headers=URLENCODED, app=None)
    with pytest.raises(HTTPException) as caught:
        await request.form(**limits)
    assert (caught.value.status_code, caught.value.detail) == (400, message)


@pytest.mark.anyio
async def test_number_of_files_is_limited() -> None:
    with pytest.raises(MultiPartException, match=r"Too many files. Maximum number of files is 0."):
        await request_of(chunk(A_FILE), headers=MULTIPART).form(max_files=0)


# What a server can do


PUSH = {"http.response.push": {}}
HINTS = {"http.response.early_hint": {}}


def sending(extensions: Any, headers: Any = ()) -> tuple[Request, list[Message]]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(copy.deepcopy(message))

    return Request(scope(extensions=extensions, headers=list(headers)), send=send), sent


@pytest.mark.anyio
async def test_push_promise_carries_the_headers_that_matter() -> None:
    accept = [(b"accept", b"a"), (b"user-agent", b"u"), (b"accept", b"b")]
    request, sent = sending(PUSH, [*accept, (b"cookie", b"c")])
    await request.send_push_promise("/style.css")
    assert sent == [{"type": "http.response.push", "path": "/style.css", "headers": accept}]


@pytest.mark.anyio
async def test_early_hints_are_links() -> None:
    request, sent = sending(HINTS)
    await request.send_early_hints("</a.css>; rel=preload", "</b.js>")
    assert sent == [
        {"type": "http.response.early_hint", "links": [b"</a.css>; rel=preload", b"</b.js>"]}
    ]


@pytest.mark.anyio
@pytest.mark.parametrize("extensions", [None, {}])
async def test_server_that_can_do_neither_is_sent_nothing(extensions: Any) -> None:
    request, sent = sending(extensions)
    await request.send_push_promise("/a.css")
    await request.send_early_hints("</a.css>")
    assert sent == []


@pytest.mark.anyio
async def test_early_hint_with_a_line_break_is_refused() -> None:
    request, _ = sending(HINTS)
    with pytest.raises(ValueError, match="holds CR, LF or NUL"):
        await request.send_early_hints("</a.css>\r\nset-cookie: a=b")


@pytest.mark.anyio
async def test_request_without_a_channel_cannot_send() -> None:
    request = Request(scope(extensions=PUSH))
    with pytest.raises(RuntimeError, match="Send channel has not been made available"):
        await request.send_push_promise("/a.css")
