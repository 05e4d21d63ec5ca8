"""`TestClient`: requests, streams, lifespans."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from contextvars import ContextVar
from io import BytesIO
from types import ModuleType
from typing import Any

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx
import pytest

from fastapi_lite import testclient
from fastapi_lite.exceptions import StarletteDeprecationWarning
from fastapi_lite.requests import Request
from fastapi_lite.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from fastapi_lite.testclient import TestClient
from fastapi_lite.types import ASGIApp, Message, Receive, Scope, Send
from tests.conftest import Backend, ClientFactory

START: Message = {"type": "http.response.start", "status": 200, "headers": []}
END: Message = {"type": "http.response.body", "body": b""}


def part(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": True}


def sends(*messages: Message, error: BaseException | None = None) -> ASGIApp:
    """The application that sends `messages`, and then raises `error`, if any."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)
        if error is not None:
            raise error

    return app


class Recorder:
    """An application that keeps the scope and the messages it receives, and answers `ok`."""

    def __init__(self) -> None:
        self.scope: Scope = {}
        self.received: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        more = True
        while more:
            self.received.append(await receive())
            more = self.received[-1].get("more_body", False)
        await PlainTextResponse("ok")(scope, receive, send)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the request's body, of the same media type."""
    request = Request(scope, receive)
    content_type = request.headers.get("content-type", "text/plain")
    await Response(await request.body(), media_type=content_type)(scope, receive, send)


# Requests


def test_the_scope_of_a_request(client_for: ClientFactory) -> None:
    app = Recorder()
    client_for(app, root_path="/root").get("/a%20b/%2F%E2%82%AC?q=%20&é#part", headers={"X-A": "1"})
    assert app.scope == {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/a b//€",
        "raw_path": b"/a%20b/%2F%E2%82%AC",
        "query_string": b"q=%20&%C3%A9",
        "root_path": "/root",
        "headers": [
            (b"host", b"testserver"),
            (b"accept", b"*/*"),
            (b"accept-encoding", b"gzip, deflate"),
            (b"connection", b"keep-alive"),
            (b"user-agent", b"testclient"),
            (b"x-a", b"1"),
        ],
        "client": ("testclient", 50000),
        "server": ["testserver", 80],
        "state": {},
        "extensions": {"http.response.debug": {}, "http.response.trailers": {}},
    }


@pytest.mark.parametrize(
    ("base_url", "url", "scheme", "server", "path"),
    [
        ("http://testserver", "/a", "http", ["testserver", 80], "/a"),
        ("https://testserver", "/a", "https", ["testserver", 443], "/a"),
        ("https://example.org:8443/api", "/a", "https", ["example.org", 8443], "/api/a"),
        ("http://testserver", "https://example.org/a", "https", ["example.org", 443], "/a"),
    ],
)
def test_where_a_request_goes(
    base_url: str, url: str, scheme: str, server: list[Any], path: str
) -> None:
    app = Recorder()
    TestClient(app, base_url).get(url)
    assert (app.scope["scheme"], app.scope["server"], app.scope["path"]) == (scheme, server, path)


def test_the_address_of_the_client_can_be_chosen() -> None:
    app = Recorder()
    TestClient(app, client=("10.0.0.1", 1234)).get("/")
    assert app.scope["client"] == ("10.0.0.1", 1234)


def test_headers_of_the_client_are_sent_with_every_request() -> None:
    app = Recorder()
    TestClient(app, headers={"User-Agent": "mine", "X-A": "1"}).get("/")
    headers = dict(app.scope["headers"])
    assert (headers[b"user-agent"], headers[b"x-a"]) == (b"mine", b"1")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_every_verb_has_its_method(client_for: ClientFactory, method: str) -> None:
    app = Recorder()
    getattr(client_for(app), method.lower())("/")
    assert app.scope["method"] == method


def test_any_other_method_can_be_requested(client_for: ClientFactory) -> None:
    app = Recorder()
    client_for(app).request("QUERY", "/")
    assert app.scope["method"] == "QUERY"


@pytest.mark.parametrize(
    ("options", "content_type", "body"),
    [
        ({"content": "é"}, "text/plain", "é".encode()),
        ({"json": {"a": 1}}, "application/json", b'{"a":1}'),
        (
            {"data": {"a": "1", "b": ["2", "3"]}},
            "application/x-www-form-urlencoded",
            b"a=1&b=2&b=3",
        ),
    ],
)
def test_bodies(
    client_for: ClientFactory, options: dict[str, Any], content_type: str, body: bytes
) -> None:
    response = client_for(echo).post("/", **options)
    assert response.headers["content-type"].partition(";")[0] == content_type
    assert response.content == body


def test_files_are_sent_as_a_multipart_form(client_for: ClientFactory) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async with Request(scope, receive).form() as form:
            upload = form["f"]
            assert not isinstance(upload, str)
            found = [
                form["a"],
                upload.filename,
                upload.content_type,
                (await upload.read()).decode(),
            ]
        await JSONResponse(found)(scope, receive, send)

    response = client_for(app).post(
        "/", data={"a": "1"}, files={"f": ("x.txt", b"content", "text/plain")}
    )
    assert response.json() == ["1", "x.txt", "text/plain", "content"]


def test_parameters_are_added_to_the_query() -> None:
    app = Recorder()
    TestClient(app).get("/", params={"a": ["1", "2"], "b": "x y"})
    assert app.scope["query_string"] == b"a=1&a=2&b=x+y"


def test_a_body_at_hand_arrives_in_one_message(client_for: ClientFactory) -> None:
    app = Recorder()
    client_for(app).post("/", content=b"abc")
    assert app.received == [{"type": "http.request", "body": b"abc", "more_body": False}]


def test_a_request_without_a_body_is_one_empty_message(client_for: ClientFactory) -> None:
    app = Recorder()
    client_for(app).get("/")
    assert app.received == [{"type": "http.request", "body": b"", "more_body": False}]


def test_a_large_form_arrives_in_parts(client_for: ClientFactory) -> None:
    app = Recorder()
    client_for(app).post("/", files={"f": BytesIO(b"x" * 200_000)})
    sizes = [len(message["body"]) for message in app.received]
    assert max(sizes) == 65536
    assert sum(sizes) == int(dict(app.scope["headers"])[b"content-length"])


def test_a_generated_body_is_taken_as_the_application_receives_it(
    client_for: ClientFactory,
) -> None:
    first_received = threading.Event()
    received = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        received.append((await receive())["body"])
        first_received.set()
        received.append((await receive())["body"])
        await PlainTextResponse("ok")(scope, receive, send)

    def body() -> Iterator[bytes]:
        yield b"1"
        assert first_received.wait(5)
        yield b"2"

    client_for(app).post("/", content=body())
    assert received == [b"1", b"2"]


def test_an_error_in_a_generated_body_is_raised_to_the_test(client_for: ClientFactory) -> None:
    received = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        received.extend([await receive(), await receive(), await receive()])
        await PlainTextResponse("ok")(scope, receive, send)

    def body() -> Iterator[bytes]:
        yield b"1"
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        client_for(app).post("/", content=body())
    assert [message["type"] for message in received] == [
        "http.request",
        "http.disconnect",
        "http.disconnect",
    ]


def test_a_generated_body_may_wait_for_ever_if_nobody_takes_it(client_for: ClientFactory) -> None:
    waiting, over = threading.Event(), threading.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await anyio.to_thread.run_sync(waiting.wait)
        await PlainTextResponse("ok")(scope, receive, send)

    def body() -> Iterator[bytes]:
        yield b"1"
        waiting.set()
        over.wait()

    try:
        response = client_for(app).post("/", content=body())
    finally:
        over.set()
    assert response.text == "ok"


def test_a_cancelled_receive_loses_nothing_of_a_generated_body(client_for: ClientFactory) -> None:
    received = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        with anyio.CancelScope() as scope_of_test:
            scope_of_test.cancel()
            received.append(await receive())
        received.extend([await receive(), await receive()])
        await PlainTextResponse("ok")(scope, receive, send)

    client_for(app).post("/", content=iter([b"1", b"2"]))
    assert b"".join(message["body"] for message in received) == b"12"


def test_the_application_sees_the_context_variables_of_the_test(client_for: ClientFactory) -> None:
    variable: ContextVar[str] = ContextVar("variable")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(variable.get())(scope, receive, send)

    token = variable.set("of the test")
    try:
        assert client_for(app).get("/").text == "of the test"
    finally:
        variable.reset(token)


def test_a_timeout_warns_that_it_has_no_effect() -> None:
    with pytest.warns(StarletteDeprecationWarning, match="should not use the 'timeout' argument"):
        TestClient(sends(START, END)).get("/", timeout=1)


# Responses


def test_status_headers_and_body(client_for: ClientFactory) -> None:
    start = {**START, "status": 201, "headers": [(b"X-A", b"1"), (b"x-a", b"2")]}
    app = sends(start, part(b"a"), part(memoryview(b"b")), END)  # type: ignore[arg-type]  # ASGI allows it
    response = client_for(app).get("/")
    assert response.status_code == 201
    assert response.headers.get_list("x-a") == ["1", "2"]
    assert response.content == b"ab"


def test_headers_may_be_left_out(client_for: ClientFactory) -> None:
    app = sends({"type": "http.response.start", "status": 204}, {"type": "http.response.body"})
    assert client_for(app).get("/").headers == {}


def test_the_body_is_not_sent_for_head(client_for: ClientFactory) -> None:
    assert client_for(PlainTextResponse("text")).head("/").content == b""


def test_cookies_are_kept_and_sent(client_for: ClientFactory) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        response = JSONResponse(request.cookies)
        response.set_cookie("b", "2")
        await response(scope, receive, send)

    client = client_for(app, cookies={"a": "1"})
    assert client.get("/").json() == {"a": "1"}
    assert client.get("/").json() == {"a": "1", "b": "2"}


async def redirecting(scope: Scope, receive: Receive, send: Send) -> None:
    """Redirects to `/there`."""
    there = scope["path"] == "/there"
    response = PlainTextResponse("there") if there else RedirectResponse("/there")
    await response(scope, receive, send)


def test_redirects_are_followed(client_for: ClientFactory) -> None:
    assert client_for(redirecting).get("/").text == "there"


def test_redirects_are_not_followed_where_not_wanted(client_for: ClientFactory) -> None:
    assert client_for(redirecting, follow_redirects=False).get("/").status_code == 307


def test_trailers_are_among_the_extensions_of_the_response(client_for: ClientFactory) -> None:
    app = sends(
        {**START, "trailers": True},
        END,
        {"type": "http.response.trailers", "headers": [(b"a", b"1")], "more_trailers": True},
        {"type": "http.response.trailers", "headers": [(b"b", b"2")]},
    )
    response = client_for(app).get("/")
    assert response.extensions["http.response.trailers"] == [(b"a", b"1"), (b"b", b"2")]


def test_template_and_context_of_a_response(client_for: ClientFactory) -> None:
    info = {"template": "index.html", "context": {"a": 1}}
    app = sends({"type": "http.response.debug", "info": info}, START, END)
    response = client_for(app).get("/")
    assert vars(response)["template"] == "index.html"
    assert vars(response)["context"] == {"a": 1}
    assert response.extensions["http.response.debug"] is info


def test_debug_information_that_is_not_of_a_template(client_for: ClientFactory) -> None:
    app = sends({"type": "http.response.debug", "info": {"seconds": 1}}, START, END)
    response = client_for(app).get("/")
    assert response.extensions["http.response.debug"] == {"seconds": 1}
    assert not hasattr(response, "template")


def test_messages_of_other_extensions_are_passed_over(client_for: ClientFactory) -> None:
    app = sends({"type": "http.response.early_hint", "links": []}, START, END)
    assert client_for(app).get("/").status_code == 200


@pytest.mark.parametrize(
    ("messages", "mistake"),
    [
        ([], "TestClient did not receive any response."),
        ([START, START], 'Received multiple "http.response.start" messages.'),
        ([END], 'Received "http.response.body" without "http.response.start".'),
        ([START, END, END], 'Received "http.response.body" after response completed.'),
        (
            [START, END, {"type": "http.response.trailers"}],
            'Received "http.response.trailers" without declaring trailers.',
        ),
        (
            [{**START, "trailers": True}, {"type": "http.response.trailers"}],
            'Received "http.response.trailers" before body completed.',
        ),
    ],
)
def test_a_response_in_the_wrong_order_raises(
    client_for: ClientFactory, messages: list[Message], mistake: str
) -> None:
    with pytest.raises(AssertionError) as error:
        client_for(sends(*messages)).get("/")
    assert str(error.value) == mistake


# Errors of the application


@pytest.mark.parametrize("messages", [[], [START], [START, part(b"a")], [START, END]])
def test_what_the_application_raises_is_raised(
    client_for: ClientFactory, messages: list[Message]
) -> None:
    with pytest.raises(ValueError, match="mine"):
        client_for(sends(*messages, error=ValueError("mine"))).get("/")


@pytest.mark.parametrize("app", [sends(), sends(error=ValueError("mine"))])
def test_a_failure_is_a_status_of_500_where_errors_are_not_raised(
    client_for: ClientFactory, app: ASGIApp
) -> None:
    response = client_for(app, raise_server_exceptions=False).get("/")
    assert (response.status_code, response.content) == (500, b"")


def test_what_was_sent_before_a_failure_remains_where_errors_are_not_raised(
    client_for: ClientFactory,
) -> None:
    app = sends(START, part(b"a"), error=ValueError("mine"))
    response = client_for(app, raise_server_exceptions=False).get("/")
    assert (response.status_code, response.content) == (200, b"a")


@pytest.mark.parametrize("raise_server_exceptions", [True, False])
def test_an_exit_is_never_kept_from_the_test(
    client_for: ClientFactory, raise_server_exceptions: bool
) -> None:
    client = client_for(sends(error=SystemExit(3)), raise_server_exceptions=raise_server_exceptions)
    with pytest.raises(SystemExit):
        client.get("/")


def test_an_application_whose_task_is_cancelled_gives_no_response() -> None:
    with pytest.raises(AssertionError, match="did not receive any response"):
        TestClient(sends(error=asyncio.CancelledError())).get("/")


def test_work_after_the_response_is_done_when_the_response_is_there(
    client_for: ClientFactory,
) -> None:
    done = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("ok")(scope, receive, send)
        await anyio.lowlevel.checkpoint()
        done.append("work")

    client_for(app).get("/")
    assert done == ["work"]


def test_after_the_response_the_client_has_disconnected(client_for: ClientFactory) -> None:
    received = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("ok")(scope, receive, send)
        received.extend([await receive(), await receive()])

    client_for(app).get("/")
    assert [message["type"] for message in received] == ["http.request", "http.disconnect"]


def test_last_part_arrives_from_what_stops_when_the_client_has_gone(
    client_for: ClientFactory,
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def stop_when_gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            tasks.cancel_scope.cancel()

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(stop_when_gone)
            await send(START)
            await send(part(b"first "))
            await send({"type": "http.response.body", "body": b"last"})

    assert client_for(app).get("/").text == "first last"


# Streams


def test_a_stream_is_read_while_the_application_sends_it(client_for: ClientFactory) -> None:
    read = threading.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(START)
        await send(part(b"a"))
        await anyio.to_thread.run_sync(read.wait)
        await send(part(b"b"))
        await send(END)

    with client_for(app).stream("GET", "/") as response:
        parts = response.iter_raw()
        assert next(parts) == b"a"
        read.set()
        assert list(parts) == [b"b"]


def test_closing_a_stream_cancels_the_application(client_for: ClientFactory) -> None:
    ended = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send(START)
            while True:
                await send(part(b"x"))
        finally:
            ended.append(True)

    with client_for(app).stream("GET", "/") as response:
        assert next(response.iter_raw()) == b"x"
    assert ended == [True]


def test_an_application_that_cleans_up_when_cancelled_sends_into_the_void(
    client_for: ClientFactory,
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send(START)
        try:
            await anyio.sleep_forever()
        finally:
            with anyio.CancelScope(shield=True):
                await send(END)

    with client_for(app).stream("GET", "/") as response:
        assert response.status_code == 200


def test_closing_a_whole_response_lets_the_application_finish(client_for: ClientFactory) -> None:
    sent, finish = threading.Event(), threading.Event()
    finished = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("ok")(scope, receive, send)
        sent.set()
        await anyio.to_thread.run_sync(finish.wait)
        finished.append(True)

    with client_for(app).stream("GET", "/"):
        assert sent.wait(5)
        finish.set()
    assert finished == [True]


def test_an_error_in_the_middle_of_a_stream_is_raised_where_it_is_read(
    client_for: ClientFactory,
) -> None:
    app = sends(START, part(b"a"), error=ValueError("mine"))
    with client_for(app).stream("GET", "/") as response:
        assert response.status_code == 200
        with pytest.raises(ValueError, match="mine"):
            response.read()


# Lifespans


class Life:
    """An application that writes down the events of its life, and answers with its state."""

    def __init__(self, *, ends: Message | None = None, error: Exception | None = None) -> None:
        self.events: list[str] = []
        self.ends = ends
        self.error = error

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await JSONResponse(dict(scope["state"]))(scope, receive, send)
            scope["state"]["of the request"] = True
            return
        self.events.append((await receive())["type"])
        scope["state"]["users"] = 1
        await send({"type": "lifespan.startup.complete"})
        self.events.append((await receive())["type"])
        await send(self.ends or {"type": "lifespan.shutdown.complete"})
        if self.error is not None:
            raise self.error


def test_entering_a_client_runs_the_lifespan(client_for: ClientFactory) -> None:
    app = Life()
    with client_for(app):
        assert app.events == ["lifespan.startup"]
    assert app.events == ["lifespan.startup", "lifespan.shutdown"]


def test_without_entering_there_is_no_lifespan(client_for: ClientFactory) -> None:
    app = Life()
    client_for(app).get("/")
    assert app.events == []


def test_every_request_has_a_copy_of_the_lifespans_state(client_for: ClientFactory) -> None:
    with client_for(Life()) as client:
        client.get("/")
        assert client.get("/").json() == {"users": 1}


def test_a_client_can_be_entered_again(client_for: ClientFactory) -> None:
    app = Life()
    client = client_for(app)
    with client, client:
        pass
    with client:
        assert client.get("/").json() == {"users": 1}
    assert app.events.count("lifespan.shutdown") == 3


def test_within_the_client_all_requests_share_an_event_loop(client_for: ClientFactory) -> None:
    loops = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        loops.append(anyio.lowlevel.current_token())
        if scope["type"] == "http":
            await PlainTextResponse("ok")(scope, receive, send)

    with client_for(app) as client:
        client.get("/")
        client.get("/")
    assert loops[0] == loops[1] == loops[2]


def test_the_event_loop_is_that_of_the_backend(backend: Backend) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        loop = type(anyio.lowlevel.current_token().native_token).__module__.partition(".")[0]
        await PlainTextResponse(loop)(scope, receive, send)

    assert TestClient(app, backend=backend).get("/").text == backend


def test_an_error_of_the_start_up_is_raised(client_for: ClientFactory) -> None:
    with pytest.raises(ValueError, match="mine"):
        client_for(sends(error=ValueError("mine"))).__enter__()


def test_the_cause_of_a_failed_start_up_is_raised(client_for: ClientFactory) -> None:
    failed: Message = {"type": "lifespan.startup.failed", "message": "no database"}
    with pytest.raises(ValueError, match="mine"):
        client_for(sends(failed, error=ValueError("mine"))).__enter__()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"type": "lifespan.startup.failed", "message": "no database"}, "no database"),
        ({"type": "lifespan.startup.failed"}, 'Received "lifespan.startup.failed"'),
        ({"type": "http.response.start"}, 'Received "http.response.start"'),
    ],
)
def test_a_failed_start_up_is_an_error(
    client_for: ClientFactory, answer: Message, words: str
) -> None:
    with pytest.raises(RuntimeError, match=f"lifespan failed: {words}"):
        client_for(sends(answer)).__enter__()


def test_a_client_works_on_after_a_failed_start_up(client_for: ClientFactory) -> None:
    app = Life(error=ValueError("mine"))
    client = client_for(app)
    with suppress(ValueError), client:
        pass
    assert client.portal is None
    assert client.get("/").json() == {"users": 1}


def test_an_application_without_a_lifespan_can_be_entered(client_for: ClientFactory) -> None:
    with client_for(sends()) as client:
        assert client.portal is not None


@pytest.mark.parametrize(
    "app",
    [
        Life(error=ValueError("mine")),
        sends({"type": "lifespan.startup.complete"}, error=ValueError("mine")),
    ],
    ids=["at the end", "in between"],
)
def test_an_error_of_the_shutdown_is_raised(client_for: ClientFactory, app: ASGIApp) -> None:
    with pytest.raises(ValueError, match="mine"), client_for(app):
        pass


def test_a_failed_shutdown_is_an_error(client_for: ClientFactory) -> None:
    app = Life(ends={"type": "lifespan.shutdown.failed", "message": "still busy"})
    with pytest.raises(RuntimeError, match="lifespan failed: still busy"), client_for(app):
        pass


def test_the_lifespan_ends_when_the_test_fails(client_for: ClientFactory) -> None:
    app = Life()
    with pytest.raises(KeyError), client_for(app):
        raise KeyError("of the test")
    assert app.events == ["lifespan.startup", "lifespan.shutdown"]


# Kinds of applications


def test_an_application_of_asgi_2(client_for: ClientFactory) -> None:
    def app(scope: Scope) -> Any:
        async def instance(receive: Receive, send: Send) -> None:
            await PlainTextResponse("two")(scope, receive, send)

        return instance

    assert client_for(app).get("/").text == "two"  # type: ignore[arg-type]  # not of ASGI 3


def test_a_class_of_asgi_2(client_for: ClientFactory) -> None:
    class App:
        def __init__(self, scope: Scope) -> None:
            self.scope = scope

        async def __call__(self, receive: Receive, send: Send) -> None:
            await PlainTextResponse("two")(self.scope, receive, send)

    assert client_for(App).get("/").text == "two"  # type: ignore[arg-type]  # not of ASGI 3


def test_a_plain_function_that_returns_a_coroutine(client_for: ClientFactory) -> None:
    def app(scope: Scope, receive: Receive, send: Send) -> Any:
        return PlainTextResponse("three")(scope, receive, send)

    assert client_for(app).get("/").text == "three"


def test_an_application_without_a_signature(client_for: ClientFactory) -> None:
    class Opaque:
        __signature__ = "none"

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await PlainTextResponse("three")(scope, receive, send)

    assert client_for(Opaque()).get("/").text == "three"


# Which httpx


def load_anew(monkeypatch: pytest.MonkeyPatch, **modules: ModuleType | None) -> ModuleType:
    """The module, executed again with `modules` in place of those installed."""
    for name, module in modules.items():
        monkeypatch.setitem(sys.modules, name, module)
    spec = importlib.util.spec_from_file_location("testclient_anew", testclient.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_httpx2_is_used_where_httpx_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = load_anew(monkeypatch, httpx=None, httpx2=httpx)
    assert module.TestClient(PlainTextResponse("ok")).get("/").text == "ok"


def test_where_neither_is_installed_the_error_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(RuntimeError, match="pip install httpx"):
        load_anew(monkeypatch, httpx=None, httpx2=None)
