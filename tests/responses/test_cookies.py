"""Cookies that a response sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from fastapi_lite.responses import Response
from tests.conftest import ClientFactory


def set_cookie(*args: Any, **options: Any) -> str:
    """The value of `Set-Cookie`."""
    response = Response()
    response.set_cookie(*args, **options)
    return response.headers["set-cookie"]


def test_cookie_is_for_the_whole_site_and_lax_unless_said() -> None:
    assert set_cookie("name", "value") == "name=value; Path=/; SameSite=lax"


def test_cookie_has_every_attribute() -> None:
    assert set_cookie(
        "name",
        "value",
        max_age=10,
        expires=datetime(2030, 1, 1, tzinfo=UTC),
        path="/a",
        domain="example.org",
        secure=True,
        httponly=True,
        samesite="none",
        partitioned=True,
    ) == (
        "name=value; Domain=example.org; expires=Tue, 01 Jan 2030 00:00:00 GMT; HttpOnly; "
        "Max-Age=10; Partitioned; Path=/a; SameSite=none; Secure"
    )


def test_cookie_without_attributes_is_its_name_and_value() -> None:
    assert set_cookie("name", "value", path=None, samesite=None) == "name=value"


def test_date_of_expiry_is_told_in_greenwich_time() -> None:
    east = datetime(2030, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert "expires=Mon, 31 Dec 2029 22:00:00 GMT" in set_cookie("a", "b", expires=east)


def test_text_of_expiry_is_sent_as_it_is() -> None:
    assert "expires=Thu, 01 Jan" in set_cookie("a", "b", expires="Thu, 01 Jan")


def test_number_of_expiry_is_seconds_from_now() -> None:
    line = set_cookie("a", "b", expires=3600)
    expires = parsedate_to_datetime(line.partition("expires=")[2].partition(";")[0])
    assert timedelta(minutes=59) < expires - datetime.now(UTC) <= timedelta(hours=1)


def test_date_without_a_time_zone_raises() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        set_cookie("a", "b", expires=datetime(2030, 1, 1))


def test_empty_value_is_quoted() -> None:
    assert set_cookie("a").startswith('a="";')


def test_value_with_special_characters_is_quoted_as_browsers_send_it_back() -> None:
    assert set_cookie("a", 'b c;d"').startswith(r'a="b c\073d\"";')


def test_value_comes_back_as_it_was_set(client_for: ClientFactory) -> None:
    response = Response()
    response.set_cookie("a", "b;c d")
    client = client_for(response)
    assert client.get("/").cookies["a"] == r'"b\073c d"'


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"key": "a b"}, "not a cookie name"),
        ({"key": ""}, "not a cookie name"),
        ({"key": "a\r\nb"}, "not a cookie name"),
        ({"key": "a", "value": "b\r\nc: d"}, "control characters"),
        ({"key": "a", "value": "b\0"}, "control characters"),
        ({"key": "a", "path": "/; Domain=evil"}, "Path"),
        ({"key": "a", "domain": "a\nb"}, "Domain"),
        ({"key": "a", "expires": "now; Secure"}, "expires"),
        ({"key": "a", "samesite": "some"}, "samesite"),
        ({"key": "a", "value": "€"}, "latin-1"),
    ],
)
def test_cookie_that_would_not_arrive_as_meant_raises(arguments: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        set_cookie(**arguments)


def test_deleted_cookie_is_empty_and_expired() -> None:
    response = Response()
    response.delete_cookie("a", "/b", "example.org", True, True, "strict", True)
    line = response.headers["set-cookie"]
    date = line.partition("expires=")[2].partition(";")[0]
    assert line.replace(date, "NOW") == (
        'a=""; Domain=example.org; expires=NOW; HttpOnly; Max-Age=0; Partitioned; Path=/b; '
        "SameSite=strict; Secure"
    )


def test_several_cookies_are_several_headers() -> None:
    response = Response()
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")
    assert [line.split("=")[0] for line in response.headers.getlist("set-cookie")] == ["a", "b"]
