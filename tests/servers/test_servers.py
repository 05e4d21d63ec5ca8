"""The bookshop and all that a server has a part in, under each server, through real clients."""

from __future__ import annotations

import hashlib
import io
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.servers import http2
from tests.servers.running import (
    MEBIBYTE,
    PATIENCE,
    SMALL,
    Server,
    leave,
    new_name,
    running,
    skip_without_servers,
)

skip_without_servers()

KEY = {"X-API-Key": "demo"}
SPEAK_HTTP2 = {"uvicorn-zttp", "hypercorn-asyncio", "hypercorn-trio", "granian"}
HINT_AND_TRAIL = SPEAK_HTTP2 - {"granian"}

at_both = pytest.mark.parametrize("place", ["", "/wrapped"], ids=["plain", "wrapped"])
in_both_ways = pytest.mark.parametrize("reset", [False, True], ids=["closes", "resets"])


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with server.client() as client:
        yield client


def pieces(count: int, size: int = 64 * 1024) -> Iterator[bytes]:
    """A body whose length the client does not know."""
    for _ in range(count):
        yield bytes(size)


# --- requests and responses


def test_bookshop_sells(client: httpx.Client) -> None:
    book = client.get("/shop/books", params={"limit": 1, "min_stock": 2}).json()["items"][0]
    order = {"customer": "ada@example.com", "lines": [{"book_id": book["id"], "quantity": 1}]}
    placed = client.post("/shop/orders", json=order, headers=KEY)
    assert (placed.status_code, placed.json()["lines"][0]["title"]) == (201, book["title"])


def test_bookshop_says_what_is_wrong(client: httpx.Client) -> None:
    answer = client.get("/shop/books", params={"limit": "many"})
    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, ["query", "limit"])


def test_bookshop_is_documented_under_its_path(client: httpx.Client) -> None:
    assert client.get("/shop/openapi.json").json()["servers"] == [{"url": "/shop"}]


def test_bookshop_keeps_a_cookie(client: httpx.Client) -> None:
    client.get("/shop/books/2")
    client.get("/shop/books/1")
    assert [book["id"] for book in client.get("/shop/books/viewed").json()] == [1, 2]


@at_both
def test_connection_is_described(server: Server, client: httpx.Client, place: str) -> None:
    described = client.get(f"{place}/scope?name=%C3%A9&name=2").json()
    assert described["url"] == f"{server.url}{place}/scope?name=%C3%A9&name=2"
    assert described["base_url"] == f"{server.url}/"
    assert described["client"] == "127.0.0.1"
    assert described["state"] == "reads well"
    assert described["query"] == [["name", "é"], ["name", "2"]]


@at_both
def test_json_that_is_malformed_is_refused(client: httpx.Client, place: str) -> None:
    headers = {"content-type": "application/json"}
    assert client.post(f"{place}/items", content=b'{"a":', headers=headers).status_code == 422


@at_both
def test_other_methods_are_refused(client: httpx.Client, place: str) -> None:
    answer = client.put(f"{place}/scope")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_failure_is_answered_and_logged(running_server: Server) -> None:
    with running_server.client() as client:
        assert client.get("/fail").status_code == 500
    with running_server.client() as client:
        assert client.get("/scope").status_code == 200
    assert "LookupError: on purpose" in running_server.new_log()


@at_both
def test_background_task_runs(server: Server, client: httpx.Client, place: str) -> None:
    name = new_name()
    client.post(f"{place}/background", headers={"x-exchange": name})
    assert server.exchange(name) == {"outcome": "returned", "notes": ["worked"]}


@at_both
def test_many_at_once_are_answered(server: Server, place: str) -> None:
    with server.client() as client, ThreadPoolExecutor(60) as threads:
        answers = threads.map(lambda _: client.get(f"{place}/sleep").json(), range(120))
        assert [*answers] == ["slept"] * 120


@at_both
@pytest.mark.parametrize("status", [204, 205, 304])
def test_status_without_content_has_none(client: httpx.Client, place: str, status: int) -> None:
    for _ in range(2):  # on one connection, which would be out of step after any content
        answer = client.get(f"{place}/status/{status}")
        assert (answer.status_code, answer.content) == (status, b"")


@at_both
def test_wsgi_application_reads_its_body(client: httpx.Client, place: str) -> None:
    answer = client.post(f"{place}/wsgi/a%20b", content=pieces(20))
    assert answer.text == f"/a b {20 * 64 * 1024}"


HOSTILE = [
    "GET /%00 HTTP/1.1",
    "GET /%ff%fe?%ff=%00 HTTP/1.1",
    "GET //evil.example/.. HTTP/1.1",
    "GET /static/..%2f..%2fetc%2fpasswd HTTP/1.1",
    "GET http://evil.example/scope HTTP/1.1",
    "OPTIONS * HTTP/1.1",
    "GET /scope/?a=%0d%0aX:1 HTTP/1.1",
    "GET /" + "a/" * 2000 + " HTTP/1.1",
    "PROPFIND /scope HTTP/1.1",
]


@at_both
@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:24])
@pytest.mark.parametrize("host", ["127.0.0.1", "a b", "[::1", "evil.example/path", "é", ""])
def test_hostile_request_is_not_our_failure(
    running_server: Server, place: str, line: str, host: str
) -> None:
    method, path, version = line.split()
    path = place + path if path.startswith("/") else path
    with running_server.socket() as connection:
        request = f"{method} {path} {version}\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        answer = connection.recv(65536)
    # A server may refuse it by itself, also without a word, and warns of that.
    assert not answer.startswith(b"HTTP/1.1 5")
    assert "Traceback" not in running_server.new_log()


# --- bodies of requests


@at_both
def test_streamed_upload_is_counted(client: httpx.Client, place: str) -> None:
    assert client.post(f"{place}/count", content=pieces(100)).json() == {"bytes": 100 * 64 * 1024}


@at_both
def test_upload_of_known_length_is_counted(client: httpx.Client, place: str) -> None:
    body = bytes(5 * MEBIBYTE)
    assert client.post(f"{place}/count", content=body).json() == {"bytes": 5 * MEBIBYTE}


@at_both
def test_file_is_uploaded(client: httpx.Client, place: str) -> None:
    body = SMALL * 5
    answer = client.post(f"{place}/files", files={"file": ("é.bin", io.BytesIO(body))})
    digest = hashlib.sha256(body).hexdigest()
    assert answer.json() == {"name": "é.bin", "bytes": len(body), "sha256": digest}


@at_both
def test_body_that_is_not_read_does_no_harm(client: httpx.Client, place: str) -> None:
    assert client.post(f"{place}/unread", content=bytes(1024)).json() == "not read"
    assert client.get(f"{place}/scope").status_code == 200


@at_both
def test_client_that_asks_first_may_go_on(server: Server, place: str) -> None:
    with server.socket() as connection:
        send_request(
            connection, "POST", f"{place}/count", "Expect: 100-continue", "Content-Length: 4"
        )
        assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"body")
        assert b'{"bytes":4}' in read_until(connection, b"}")


@at_both
def test_body_above_its_limit_is_refused(client: httpx.Client, place: str) -> None:
    assert client.post(f"{place}/little/count", content=bytes(1001)).status_code == 413
    assert client.get(f"{place}/scope").status_code == 200


@at_both
def test_body_announced_above_its_limit_is_refused(server: Server, place: str) -> None:
    if server.name == "hypercorn-trio":
        pytest.skip("it closes a connection while it sends on it, which trio refuses")
    with server.socket() as connection:
        headers = "Expect: 100-continue", "Content-Length: 1001"
        send_request(connection, "POST", f"{place}/little/count", *headers)
        # hypercorn may have said already that the body can come.
        assert b"HTTP/1.1 413 " in read_until(connection, b'{"detail":"Content Too Large"}')


# --- files


@at_both
def test_file_is_sent_whole(client: httpx.Client, place: str) -> None:
    assert client.get(f"{place}/file").content == SMALL


@at_both
@pytest.mark.parametrize("asked", ["0-9", "1000-1999", "-10", "1048570-"])
def test_range_of_a_file_is_sent(client: httpx.Client, place: str, asked: str) -> None:
    start, _, end = asked.partition("-")
    wanted = SMALL[int(start) : int(end) + 1 if end else None] if start else SMALL[-int(end) :]
    answer = client.get(f"{place}/file", headers={"range": f"bytes={asked}"})
    assert (answer.status_code, answer.content) == (206, wanted)


@at_both
def test_several_ranges_are_sent_as_parts(client: httpx.Client, place: str) -> None:
    answer = client.get(f"{place}/file", headers={"range": "bytes=0-1,1048574-"})
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert b"Content-Range: bytes 1048574-1048575/1048576\r\n\r\n\xfe\xff\r\n" in answer.content


@at_both
def test_range_beyond_the_file_is_refused(client: httpx.Client, place: str) -> None:
    answer = client.get(f"{place}/file", headers={"range": "bytes=1048576-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */1048576")


@at_both
def test_range_of_an_older_file_is_the_whole(client: httpx.Client, place: str) -> None:
    headers = {"range": "bytes=0-9", "if-range": '"old"'}
    answer = client.get(f"{place}/file", headers=headers)
    assert (answer.status_code, answer.content) == (200, SMALL)


@at_both
def test_static_file_is_sent_once(client: httpx.Client, place: str) -> None:
    path = f"{place}/static/small.bin"
    etag = client.get(path).headers["etag"]
    again = client.get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


@at_both
def test_head_has_no_content(client: httpx.Client, place: str) -> None:
    answer = client.head(f"{place}/static/small.bin")
    assert (answer.headers["content-length"], answer.content) == ("1048576", b"")


def test_large_file_is_sent_whole(client: httpx.Client) -> None:
    with client.stream("GET", "/large-file") as answer:
        assert sum(map(len, answer.iter_raw())) == 100 * MEBIBYTE


@at_both
def test_compressed_stream_arrives_whole(client: httpx.Client, place: str) -> None:
    with client.stream("GET", f"{place}/large-stream") as answer:
        assert sum(map(len, answer.iter_bytes())) == 100 * MEBIBYTE


# --- streams


@at_both
def test_events_arrive_one_by_one(server: Server, client: httpx.Client, place: str) -> None:
    name = new_name()
    with client.stream("GET", f"{place}/events", headers={"x-exchange": name}) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        data = [line for line, _ in zip(lines, range(9), strict=False) if line.startswith("data")]
    assert [json.loads(line[6:])["number"] for line in data] == [1, 2, 3]
    assert server.exchange(name) == {"outcome": "returned", "notes": ["closed"]}


# --- clients that leave


ENDLESS = ["/ticks", "/ticks-of-a-thread", "/silence", "/events", "/lines"]


@at_both
@in_both_ways
@pytest.mark.parametrize("path", ENDLESS)
def test_stream_ends_when_the_client_leaves(
    server: Server, place: str, path: str, reset: bool
) -> None:
    name = new_name()
    with server.socket() as connection:
        send_request(connection, "GET", place + path, f"x-exchange: {name}")
        read_until(connection, b"\r\n\r\n")
        leave(connection, reset=reset)
    assert server.exchange(name) == {"outcome": "returned", "notes": ["closed"]}


@at_both
@in_both_ways
def test_compressed_stream_ends_when_the_client_leaves(
    server: Server, place: str, reset: bool
) -> None:
    name = new_name()
    with server.socket() as connection:
        headers = "Accept-Encoding: gzip", f"x-exchange: {name}"
        send_request(connection, "GET", f"{place}/ticks", *headers)
        read_until(connection, b"\r\n\r\n")
        leave(connection, reset=reset)
    assert server.exchange(name) == {"outcome": "returned", "notes": ["closed"]}


@at_both
@in_both_ways
def test_resource_is_released_when_the_client_leaves(
    server: Server, place: str, reset: bool
) -> None:
    name = new_name()
    with server.socket() as connection:
        send_request(connection, "GET", f"{place}/held", f"x-exchange: {name}")
        read_until(connection, b"\r\n\r\n")
        leave(connection, reset=reset)
    assert server.exchange(name)["notes"] == ["closed", "task", "released"]


@at_both
@in_both_ways
def test_endpoint_sees_that_the_client_has_left(server: Server, place: str, reset: bool) -> None:
    name = new_name()
    with server.socket() as connection:
        send_request(connection, "GET", f"{place}/polled", f"x-exchange: {name}")
        server.await_beginning(name)
        leave(connection, reset=reset)
    assert server.exchange(name) == {"outcome": "returned", "notes": ["seen"]}


@at_both
@in_both_ways
@pytest.mark.parametrize("path", ["/large-file", "/large-stream"])
def test_download_ends_when_the_client_leaves(
    server: Server, place: str, path: str, reset: bool
) -> None:
    name = new_name()
    with server.socket() as connection:
        send_request(connection, "GET", place + path, f"x-exchange: {name}")
        read_until(connection, b"\r\n\r\n")
        leave(connection, reset=reset)
    assert server.exchange(name)["outcome"] == "returned"


@at_both
@in_both_ways
def test_upload_ends_when_the_client_leaves(server: Server, place: str, reset: bool) -> None:
    name = new_name()
    with server.socket() as connection:
        length = f"Content-Length: {MEBIBYTE}"
        send_request(connection, "POST", f"{place}/count", length, f"x-exchange: {name}")
        connection.sendall(bytes(MEBIBYTE // 2))
        server.await_beginning(name)
        leave(connection, reset=reset)
    assert server.exchange(name)["outcome"] == "returned"


@at_both
@in_both_ways
def test_upload_in_chunks_ends_when_the_client_leaves(
    server: Server, place: str, reset: bool
) -> None:
    name = new_name()
    with server.socket() as connection:
        chunked = "Transfer-Encoding: chunked"
        send_request(connection, "POST", f"{place}/count", chunked, f"x-exchange: {name}")
        connection.sendall(b"a\r\n0123456789\r\n")
        server.await_beginning(name)
        leave(connection, reset=reset)
    assert server.exchange(name)["outcome"] == "returned"


@at_both
@in_both_ways
def test_json_ends_when_the_client_leaves(server: Server, place: str, reset: bool) -> None:
    name = new_name()
    with server.socket() as connection:
        headers = "Content-Type: application/json", "Content-Length: 1000"
        send_request(connection, "POST", f"{place}/items", *headers, f"x-exchange: {name}")
        connection.sendall(b'{"a":')
        server.await_beginning(name)
        leave(connection, reset=reset)
    assert server.exchange(name)["outcome"] == "returned"


@at_both
@in_both_ways
def test_temporary_files_are_closed_when_the_client_leaves(
    server: Server, place: str, reset: bool
) -> None:
    name = new_name()
    with server.socket() as connection:
        headers = "Content-Type: multipart/form-data; boundary=x", f"Content-Length: {9 * MEBIBYTE}"
        send_request(connection, "POST", f"{place}/files", *headers, f"x-exchange: {name}")
        part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        connection.sendall(part + bytes(8 * MEBIBYTE))
        server.await_beginning(name)
        leave(connection, reset=reset)
    assert server.exchange(name)["outcome"] == "returned"
    with server.client() as client:
        assert client.get("/open-files").json() == 0


# --- WebSockets


@at_both
@pytest.mark.parametrize(
    "message", ["text", "é" * 1000, b"bytes", bytes(MEBIBYTE), "", b""], ids=lambda m: repr(m)[:8]
)
def test_websocket_echoes(server: Server, place: str, message: str | bytes) -> None:
    with server.websocket(f"{place}/echo") as websocket:
        websocket.send(message)
        assert websocket.recv(PATIENCE) == message


@at_both
def test_websocket_is_accepted_with_a_subprotocol(server: Server, place: str) -> None:
    with server.websocket(f"{place}/echo", subprotocols=["one", "two"]) as websocket:
        assert websocket.subprotocol == "two"


@at_both
def test_websocket_is_accepted_with_headers(server: Server, place: str) -> None:
    with server.websocket(f"{place}/echo") as websocket:
        assert websocket.response is not None
        sent = websocket.response.headers.get("x-accepted")
    assert sent == (None if server.name == "granian" else "yes")  # granian sends none of them


@at_both
def test_websocket_is_closed_with_code_and_reason(server: Server, place: str) -> None:
    with server.websocket(f"{place}/closing") as websocket:
        with pytest.raises(ConnectionClosed):
            websocket.recv(PATIENCE)
        assert (websocket.close_code, websocket.close_reason) == (4001, "enough")


@at_both
def test_websocket_that_gets_what_it_cannot_take_is_closed(server: Server, place: str) -> None:
    with server.websocket(f"{place}/texts") as websocket:
        websocket.send(b"bytes")
        with pytest.raises(ConnectionClosed):
            websocket.recv(PATIENCE)
        assert websocket.close_code == 1003


@at_both
def test_websocket_with_parameters_that_are_wrong_is_refused(server: Server, place: str) -> None:
    with pytest.raises(InvalidStatus) as denied, server.websocket(f"{place}/typed?number=x"):
        pass
    assert denied.value.response.status_code == 403


@at_both
def test_websocket_has_its_parameters(server: Server, place: str) -> None:
    with server.websocket(f"{place}/typed?number=3") as websocket:
        assert websocket.recv(PATIENCE) == '{"number":3}'


@at_both
def test_websocket_whose_endpoint_fails_is_closed(running_server: Server, place: str) -> None:
    name = {"x-exchange": new_name()}
    with (
        running_server.websocket(f"{place}/failing", additional_headers=name) as websocket,
        pytest.raises(ConnectionClosed),
    ):
        websocket.recv(PATIENCE)
    assert running_server.exchange(name["x-exchange"])["outcome"] == "LookupError"
    assert "LookupError: on purpose" in running_server.new_log()


@at_both
def test_websocket_takes_much(server: Server, place: str) -> None:
    message = bytes(64 * 1024)
    with server.websocket(f"{place}/echo") as websocket:
        for _ in range(20):
            # No more at a time: this client can't receive while it waits to send.
            for _ in range(10):
                websocket.send(message)
            assert [websocket.recv(PATIENCE) for _ in range(10)] == [message] * 10


@at_both
def test_websocket_is_denied_with_a_response(server: Server, place: str) -> None:
    name = {"x-exchange": new_name()}
    with (
        pytest.raises(InvalidStatus) as denied,
        server.websocket(f"{place}/refused", additional_headers=name),
    ):
        pass
    response = denied.value.response
    assert (response.status_code, response.headers["x-refused"]) == (418, "yes")
    assert json.loads(response.body or b"") == {"detail": "no coffee"}
    # What the server logs comes after the response.
    assert server.exchange(name["x-exchange"])["outcome"] == "returned"
    if server.name in {"uvicorn-httptools", "uvicorn-zttp"}:
        # Its `websockets-sansio` says so after every response.
        assert server.complaints() == [
            "ERROR:    ASGI callable returned without completing handshake."
        ]


@at_both
@pytest.mark.parametrize("path", ["/closed-early", "/nowhere"])
def test_websocket_that_is_not_accepted_is_forbidden(server: Server, place: str, path: str) -> None:
    with pytest.raises(InvalidStatus) as denied, server.websocket(place + path):
        pass
    assert denied.value.response.status_code == 403


@at_both
@pytest.mark.parametrize("path", ["/echo", "/texts"])
def test_websocket_ends_when_the_client_closes_it(server: Server, place: str, path: str) -> None:
    name = new_name()
    with server.websocket(place + path, additional_headers={"x-exchange": name}) as websocket:
        websocket.send("text")
        websocket.recv(PATIENCE)
    ended = server.exchange(name)
    assert (ended["outcome"], ended["notes"][-1]) == ("returned", "closed")


@at_both
@in_both_ways
@pytest.mark.parametrize("path", ["/echo", "/texts", "/ticks"])
def test_websocket_ends_when_the_client_leaves(
    server: Server, place: str, path: str, reset: bool
) -> None:
    name = new_name()
    with server.socket() as connection:
        handshake = (
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        )
        send_request(connection, "GET", place + path, *handshake, f"x-exchange: {name}")
        read_until(connection, b"\r\n\r\n")
        leave(connection, reset=reset)
    ended = server.exchange(name)
    assert (ended["outcome"], ended["notes"][-1:]) == ("returned", ["closed"])


# --- HTTP/2


@pytest.fixture
def http2_server(server: Server) -> Server:
    if server.name not in SPEAK_HTTP2:
        pytest.skip("this server does not speak HTTP/2")
    return server


@pytest.fixture
def generous_server(http2_server: Server) -> Server:
    if http2_server.name not in HINT_AND_TRAIL:
        pytest.skip("this server sends neither early hints nor trailers")
    return http2_server


@at_both
def test_file_is_uploaded_over_http2(http2_server: Server, place: str) -> None:
    with http2_server.client(http1=False, http2=True) as client:
        answer = client.post(f"{place}/files", files={"file": ("a.bin", io.BytesIO(SMALL))})
        assert answer.http_version == "HTTP/2"
        assert answer.json()["sha256"] == hashlib.sha256(SMALL).hexdigest()


@at_both
def test_file_is_sent_over_http2(http2_server: Server, place: str) -> None:
    with http2_server.client(http1=False, http2=True) as client:
        assert client.get(f"{place}/file").content == SMALL


@at_both
@pytest.mark.parametrize("path", ENDLESS)
def test_stream_ends_when_the_client_resets_it(http2_server: Server, place: str, path: str) -> None:
    name = new_name()
    with http2.get(http2_server, place + path, x_exchange=name) as stream:
        next(event for event in stream.answer() if isinstance(event, http2.events.DataReceived))
        stream.reset()
        ended = http2_server.exchange(name)
    assert ended == {"outcome": "returned", "notes": ["closed"]}


@at_both
def test_early_hints_precede_the_response(generous_server: Server, place: str) -> None:
    with http2.get(generous_server, f"{place}/hints") as stream:
        events = [*stream.answer()]
    kinds = (http2.events.InformationalResponseReceived, http2.events.ResponseReceived)
    hint, response = (event for event in events if isinstance(event, kinds))
    assert dict(hint.headers)[":status"] == "103"
    assert dict(hint.headers)["link"] == "</style.css>; rel=preload; as=style"
    assert dict(response.headers)[":status"] == "200"


@at_both
def test_trailers_follow_the_body(generous_server: Server, place: str) -> None:
    with http2.get(generous_server, f"{place}/trailers", te="trailers") as stream:
        events = [*stream.answer()]
    (trailers,) = (event for event in events if isinstance(event, http2.events.TrailersReceived))
    assert dict(trailers.headers) == {"x-checksum": "abc"}


@at_both
def test_hints_and_trailers_are_left_out_of_http1(client: httpx.Client, place: str) -> None:
    assert client.get(f"{place}/hints").json() == "hinted"
    assert client.get(f"{place}/trailers").content == b"onetwo"


# --- start and end


def test_lifespan_ends_with_the_server(server: Server, tmp_path) -> None:
    with running(server.name, tmp_path) as other, other.client() as client:
        client.get("/scope")
    assert (tmp_path / "stopped").exists()
    assert other.complaints() == []


def send_request(connection: socket.socket, method: str, path: str, *headers: str) -> None:
    """Send the head of a request."""
    lines = f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers
    connection.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode())


def read_until(connection: socket.socket, mark: bytes) -> bytes:
    """What comes, until it holds `mark`."""
    received = b""
    while mark not in received:
        more = connection.recv(65536)
        assert more, received
        received += more
    return received
