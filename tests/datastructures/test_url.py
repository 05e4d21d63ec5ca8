"""URLs from text, from components and from hostile requests."""

from __future__ import annotations

import pickle
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastapi_lite.datastructures import URL, Address, URLPath, split_host

FULL = "https://user:secret@Example.org:123/path/x?abc=1#f"


def scope(**changes: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "scheme": "http",
        "path": "/p",
        "query_string": b"",
        "headers": [],
        "server": ("example.org", 80),
        **changes,
    }


def requested(**changes: Any) -> str:
    return str(URL(scope=scope(**changes)))


def with_host(host: bytes) -> str:
    return requested(headers=[(b"accept", b"*/*"), (b"host", host)])


def test_address_is_a_pair_with_names() -> None:
    assert Address("h", 1) == ("h", 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scheme", "https"),
        ("netloc", "user:secret@Example.org:123"),
        ("path", "/path/x"),
        ("query", "abc=1"),
        ("fragment", "f"),
        ("username", "user"),
        ("password", "secret"),
        ("hostname", "example.org"),
        ("port", 123),
        ("is_secure", True),
        ("components", urlsplit(FULL)),
    ],
)
def test_url_has_its_components_as_properties(name: str, value: object) -> None:
    assert getattr(URL(FULL), name) == value


@pytest.mark.parametrize("name", ["username", "password", "hostname", "port"])
def test_missing_part_of_the_authority_is_none(name: str) -> None:
    assert getattr(URL("/path"), name) is None


@pytest.mark.parametrize(
    ("url", "secure"), [("wss://h/", True), ("http://h/", False), ("ws://h/", False)]
)
def test_secure_are_the_schemes_that_encrypt(url: str, secure: bool) -> None:
    assert URL(url).is_secure is secure


def test_url_equals_its_text() -> None:
    assert URL("https://h/") == "https://h/"


def test_url_equals_another_of_the_same_text() -> None:
    assert URL("https://h/") == URL("https://h/")


def test_url_differs_from_what_is_no_url() -> None:
    assert URL("https://h/") != 1


def test_url_is_no_key() -> None:
    with pytest.raises(TypeError):
        hash(URL("https://h/"))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@h/a", "URL('https://u:********@h/a')"),
        ("https://u:p@q@h/a", "URL('https://u:********@h/a')"),
        ("//u:p@h", "URL('//u:********@h')"),
        ("https://u@h/a", "URL('https://u@h/a')"),
        ("https://h/a:b@c", "URL('https://h/a:b@c')"),
        ("http://[::1", "URL('http://[::1')"),
    ],
)
def test_repr_hides_the_password(url: str, shown: str) -> None:
    assert repr(URL(url)) == shown


def test_url_from_components() -> None:
    assert URL(scheme="https", hostname="h", port=3, path="/a") == "https://h:3/a"


def test_url_from_the_components_of_another() -> None:
    assert URL(components=URL(FULL).components) == FULL


def test_url_takes_one_source_only() -> None:
    with pytest.raises(TypeError, match="give one of"):
        URL("http://h", scope=scope())


def test_pickled_url_is_the_same() -> None:
    assert pickle.loads(pickle.dumps(URL(FULL))) == FULL


@pytest.mark.parametrize(
    ("url", "changes", "result"),
    [
        ("https://u:p@h:1/a", {"port": 2}, "https://u:p@h:2/a"),
        ("https://u:p@h:1/a", {"port": None}, "https://u:p@h/a"),
        ("https://u:p@h:1/a", {"hostname": "z"}, "https://u:p@z:1/a"),
        ("https://u:p@h:1/a", {"username": "z"}, "https://z:p@h:1/a"),
        ("https://u:p@h:1/a", {"username": "z", "password": None}, "https://z@h:1/a"),
        ("https://u:p@h:1/a", {"username": None}, "https://h:1/a"),
        ("https://h/a", {"username": "z"}, "https://z@h/a"),
        ("https://h/a", {"password": "z"}, "https://h/a"),
        ("https://h/a", {"scheme": "http", "path": "/b", "query": "c"}, "http://h/b?c"),
        ("https://h/a", {"netloc": "n:1", "fragment": "f"}, "https://n:1/a#f"),
        ("https://[::1]:80/a", {"port": 8}, "https://[::1]:8/a"),
        ("https://[::1]:80/a", {"port": None}, "https://[::1]/a"),
        ("https://[::1]/a", {"username": "u"}, "https://u@[::1]/a"),
        ("https://h/a", {"hostname": "::1"}, "https://[::1]/a"),
        ("https://h/a", {"hostname": "[::1]"}, "https://[::1]/a"),
        ("https://12345/a", {"username": "u"}, "https://u@12345/a"),
        ("https://H:bad/a", {"username": "u"}, "https://u@H:bad/a"),
        ("/a", {"hostname": "x"}, "//x/a"),
        ("/a", {"port": 8}, "//:8/a"),
    ],
)
def test_replaced_components(url: str, changes: dict[str, Any], result: str) -> None:
    assert URL(url).replace(**changes) == result


def test_unknown_component_is_refused() -> None:
    with pytest.raises((TypeError, ValueError), match="nonsense"):
        URL("https://h/").replace(nonsense="x")


@pytest.mark.parametrize(
    ("params", "result"),
    [
        ({"a": 2}, "https://h/?b=3&a=2"),
        ({"c": "x y/ü"}, "https://h/?a=1&b=3&c=x+y%2F%C3%BC"),
        ({"c": None}, "https://h/?a=1&b=3&c=None"),
    ],
)
def test_included_query_params_take_the_place_of_their_names(
    params: dict[str, Any], result: str
) -> None:
    assert URL("https://h/?a=1&b=3").include_query_params(**params) == result


def test_replaced_query_params_are_all_there_is() -> None:
    assert URL("https://h/?a=1&b=3").replace_query_params(c=True) == "https://h/?c=True"


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        ("a", "https://h/?b=3"),
        (["a", "b"], "https://h/"),
        (("b", "z"), "https://h/?a=1&a=2"),
    ],
)
def test_removed_query_params_are_gone_in_all_their_values(keys: Any, result: str) -> None:
    assert URL("https://h/?a=1&b=3&a=2").remove_query_params(keys) == result


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({}, "http://example.org/p"),
        ({"server": ("example.org", 443)}, "http://example.org:443/p"),
        ({"server": ("example.org", 443), "scheme": "https"}, "https://example.org/p"),
        ({"server": ("example.org", 80), "scheme": "ws"}, "ws://example.org/p"),
        ({"server": ("example.org", 9), "scheme": "gopher"}, "gopher://example.org:9/p"),
        ({"server": ("::1", 8000)}, "http://[::1]:8000/p"),
        ({"server": ("::1", 80)}, "http://[::1]/p"),
        ({"server": ("example.org", None)}, "http://example.org/p"),
        ({"server": ("/run/app.sock", None)}, "/p"),
        ({"server": None}, "/p"),
        ({"server": None, "path": "//evil.org/p"}, "/%2Fevil.org/p"),
        ({"path": "//a"}, "http://example.org//a"),
        ({"path": "*"}, "http://example.org/*"),
        ({"path": ""}, "http://example.org"),
        ({"path": "", "query_string": b"a=b"}, "http://example.org?a=b"),
        ({"path": "/é b%20"}, "http://example.org/é b%20"),
        ({"path": "/a?b#c\\d\n"}, "http://example.org/a%3Fb%23c%5Cd%0A"),
        ({"query_string": b"a=b"}, "http://example.org/p?a=b"),
        ({"query_string": "é=1".encode()}, "http://example.org/p?é=1"),
        ({"query_string": b"a=\xff"}, "http://example.org/p?a=%FF"),
        ({"query_string": b"a#b\r\n"}, "http://example.org/p?a%23b%0D%0A"),
        ({"scheme": None, "type": "websocket"}, "ws://example.org/p"),
        ({"scheme": None}, "http://example.org/p"),
    ],
)
def test_url_of_a_request(changes: dict[str, Any], url: str) -> None:
    assert requested(**changes) == url


def test_least_scope_that_has_a_url() -> None:
    assert URL(scope={"type": "http", "path": "/x"}) == "/x"


@pytest.mark.parametrize(
    "host",
    [
        b"a.com",
        b"A.com:8000",
        b"a.com:0",
        b"a_b.com",
        b"a%41.com",
        b"1.2.3.4:5",
        b"[::1]",
        b"[::1]:8000",
        b"[::ffff:1.2.3.4]",
        b"[v1.x]",
        b"a!$&'()*+,;=~b",
    ],
)
def test_host_of_a_request_is_in_its_url(host: bytes) -> None:
    assert with_host(host) == f"http://{host.decode()}/p"


@pytest.mark.parametrize(
    "host",
    [
        b"",
        b"a.com/evil?x#y",
        b"user:pass@a.com",
        b"a.com:port",
        b"a.com:99999",
        b"a.com:",
        b"a.com:8_0",
        b"a.com:123456",
        b"[::1",
        b"::1",
        b"[::1]x",
        b"[:::::]",
        b"[1.2.3.4]",
        b"[fe80::1%25eth0]:80",
        b"a\xe9.com",
        b"a b.com",
        b" a.com ",
        b"a.com\r\nx",
        b"a.com\n",
        b"a.com\\b",
        b"a%4.com",
        b"<script>",
        b"@",
    ],
)
def test_what_is_no_host_is_not_believed(host: bytes) -> None:
    assert with_host(host) == "http://example.org/p"


def test_first_host_counts() -> None:
    assert requested(headers=[(b"host", b"a.com"), (b"host", b"b.com")]) == "http://a.com/p"


@pytest.mark.parametrize(
    ("value", "parts"),
    [("a.com:80", ("a.com", 80)), ("[::1]", ("[::1]", None)), ("a b", None)],
)
def test_split_host(value: str, parts: object) -> None:
    assert split_host(value) == parts


@settings(deadline=None)
@given(host=st.binary(max_size=40), path=st.text(max_size=40), query=st.binary(max_size=40))
def test_url_of_any_request_keeps_its_parts_apart(host: bytes, path: str, query: bytes) -> None:
    url = URL(scope=scope(headers=[(b"host", host)], path=path, query_string=query))
    # `urlsplit` leaves out what it takes for white space.
    assert (url.scheme, url.fragment, url.username, url.port is None or url.port >= 0) == (
        "http",
        "",
        None,
        True,
    )


def test_path_is_text_with_protocol_and_host() -> None:
    path = URLPath("/a", protocol="http", host="h")
    assert (path, path.protocol, path.host) == ("/a", "http", "h")


def test_pickled_path_keeps_its_host() -> None:
    assert pickle.loads(pickle.dumps(URLPath("/a", host="h"))).host == "h"


def test_unknown_protocol_is_refused() -> None:
    with pytest.raises(ValueError, match="'ftp'"):
        URLPath("/a", protocol="ftp")  # type: ignore[arg-type]  # the mistake


@pytest.mark.parametrize(
    ("path", "base", "url"),
    [
        (URLPath("/a"), "http://h/", "http://h/a"),
        (URLPath("/a"), URL("https://h/base/"), "https://h/base/a"),
        (URLPath("/a"), "https://h/base?q=1", "https://h/base/a"),
        (URLPath("/a", protocol="websocket"), "https://h/", "wss://h/a"),
        (URLPath("/a", protocol="websocket"), "http://h/", "ws://h/a"),
        (URLPath("/a", protocol="http"), "wss://h/", "https://h/a"),
        (URLPath("/a", protocol="http"), "ws://h/", "http://h/a"),
        (URLPath("/a", host="x.y"), "http://h/", "http://x.y/a"),
    ],
)
def test_absolute_url_of_a_path(path: URLPath, base: str | URL, url: str) -> None:
    assert path.make_absolute_url(base) == url
