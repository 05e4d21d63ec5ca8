"""Cross-origin requests."""

from __future__ import annotations

from typing import Any

import pytest

from fastapi_lite.middleware.cors import CORSMiddleware
from fastapi_lite.middleware.errors import ServerErrorMiddleware
from fastapi_lite.middleware.exceptions import ExceptionMiddleware
from fastapi_lite.responses import PlainTextResponse
from tests.middleware.asgi import Exchange, answering, exchange, raising

pytestmark = pytest.mark.anyio

PAGE = "https://page.test"
ORIGIN = ("origin", PAGE)
METHOD = "access-control-request-method"
HEADERS = "access-control-request-headers"
PRIVATE = ("access-control-request-private-network", "true")


async def ask(*headers: tuple[str, str], **options: Any) -> Exchange:
    """A request with `headers` to an application with CORS `options`."""
    app = CORSMiddleware(answering(b"ok", headers={"vary": "Accept"}), **options)
    return await exchange(app, headers=headers)


async def preflight(
    *headers: tuple[str, str], origin: str = PAGE, method: str = "GET", **options: Any
) -> Exchange:
    """The question whether `method` and `headers` may be sent."""
    options.setdefault("allow_origins", [PAGE])
    app = CORSMiddleware(
        raising(AssertionError("the preflight reached the application")), **options
    )
    asked = [("origin", origin), (METHOD, method), *headers]
    return await exchange(app, method="OPTIONS", headers=asked)


def allowed_origin(result: Exchange) -> str | None:
    return result.headers.get("access-control-allow-origin")


# Responses


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, None),
        ({"allow_origins": [PAGE]}, PAGE),
        ({"allow_origins": PAGE}, PAGE),
        ({"allow_origins": ["https://other.test"]}, None),
        ({"allow_origins": ["*"]}, "*"),
        ({"allow_origins": ["*"], "allow_credentials": True}, PAGE),
        ({"allow_origin_regex": r"https://.*\.test"}, PAGE),
        ({"allow_origin_regex": r"https://page"}, None),
    ],
)
async def test_origin_is_allowed_as_told(options: dict[str, Any], expected: str | None) -> None:
    assert allowed_origin(await ask(ORIGIN, **options)) == expected


@pytest.mark.parametrize("origin", ["https://PAGE.test", "null", "", "https://page.test.evil"])
async def test_origin_is_compared_whole(origin: str) -> None:
    assert allowed_origin(await ask(("origin", origin), allow_origins=[PAGE])) is None


async def test_origin_that_is_a_part_of_an_allowed_one_is_not_allowed() -> None:
    assert allowed_origin(await ask(("origin", "https://page"), allow_origins=PAGE)) is None


@pytest.mark.parametrize("origin", ["https://a b", "\x00", "https://\xe9"])
async def test_origin_that_is_none_is_not_repeated(origin: str) -> None:
    result = await ask(("origin", origin), allow_origins=["*"], allow_credentials=True)
    assert allowed_origin(result) is None


@pytest.mark.parametrize("headers", [[], [ORIGIN]])
@pytest.mark.parametrize("origins", [[], ["*"], [PAGE]])
async def test_every_response_depends_on_the_origin(headers: Any, origins: Any) -> None:
    result = await ask(*headers, allow_origins=origins)
    assert result.headers["vary"] == "Accept, Origin"


async def test_request_without_origin_gets_no_permissions() -> None:
    result = await ask(allow_origins=["*"], allow_credentials=True, expose_headers=["X-A"])
    assert not [name for name in result.headers if name.startswith("access-control")]


async def test_credentials_and_headers_are_exposed() -> None:
    options = {"allow_origins": [PAGE], "allow_credentials": True}
    result = await ask(ORIGIN, **options, expose_headers=["X-A", "X-B"])
    assert result.headers["access-control-allow-credentials"] == "true"
    assert result.headers["access-control-expose-headers"] == "X-A, X-B"


async def test_header_of_the_application_is_replaced() -> None:
    app = CORSMiddleware(
        answering(headers={"access-control-allow-origin": "*"}), allow_origins=[PAGE]
    )
    assert allowed_origin(await exchange(app, headers=[ORIGIN])) == PAGE


async def test_response_that_is_sent_twice_is_not_changed() -> None:
    app = CORSMiddleware(PlainTextResponse("ok"), allow_origins=[PAGE])
    first = await exchange(app, headers=[ORIGIN])
    assert (await exchange(app, headers=[ORIGIN])).messages == first.messages


async def test_subclass_may_decide_on_origins() -> None:
    class Suffix(CORSMiddleware):
        def is_allowed_origin(self, origin: str) -> bool:
            return origin.endswith(".test")

    assert allowed_origin(await exchange(Suffix(answering()), headers=[ORIGIN])) == PAGE


async def test_other_connections_pass() -> None:
    app = CORSMiddleware(answering(b"ok"), allow_origins=["*"])
    assert (await exchange(app, "websocket", headers=[ORIGIN])).headers == {}


# Errors


async def test_server_error_can_be_read_by_the_page() -> None:
    inner = CORSMiddleware(
        ExceptionMiddleware(raising(ValueError("x"))), allow_origins=[PAGE], allow_credentials=True
    )
    result = await exchange(ServerErrorMiddleware(inner), headers=[ORIGIN])
    assert result.status == 500
    assert allowed_origin(result) == PAGE
    assert result.headers["access-control-allow-credentials"] == "true"
    assert result.headers["vary"] == "Origin"


async def test_server_error_cannot_be_read_by_other_pages() -> None:
    inner = CORSMiddleware(raising(ValueError("x")), allow_origins=["https://other.test"])
    assert allowed_origin(await exchange(ServerErrorMiddleware(inner), headers=[ORIGIN])) is None


# Preflight


async def test_preflight_says_what_is_allowed() -> None:
    result = await preflight(allow_methods=["GET", "PUT"], allow_headers=["X-B"], max_age=5)
    assert (result.status, result.body) == (200, b"OK")
    assert {k: v for k, v in result.headers.items() if k.startswith("access")} == {
        "access-control-allow-origin": PAGE,
        "access-control-allow-methods": "GET, PUT",
        "access-control-allow-headers": (
            "Accept, Accept-Language, Content-Language, Content-Type, X-B"
        ),
        "access-control-max-age": "5",
    }


async def test_preflight_depends_on_what_it_asks() -> None:
    assert (await preflight()).headers["vary"] == (
        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, "
        "Access-Control-Request-Private-Network"
    )


async def test_every_method_includes_query() -> None:
    result = await preflight(method="QUERY", allow_methods=["*"])
    assert result.headers["access-control-allow-methods"] == (
        "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, QUERY"
    )


async def test_single_method_may_be_a_string() -> None:
    assert (await preflight(method="PUT", allow_methods="PUT")).status == 200


@pytest.mark.parametrize("names", ["X-A", "x-a", "X-A,Content-Type", " X-A ,, accept"])
async def test_listed_headers_are_allowed(names: str) -> None:
    assert (await preflight((HEADERS, names), allow_headers=["X-A"])).status == 200


async def test_all_headers_are_allowed_by_repeating_them() -> None:
    result = await preflight((HEADERS, "X-Any, X-Other"), allow_headers=["*"])
    assert result.headers["access-control-allow-headers"] == "X-Any, X-Other"


async def test_what_is_no_header_is_not_repeated() -> None:
    result = await preflight((HEADERS, "X-A, <b>"), allow_headers=["*"])
    assert (result.status, result.body) == (400, b"Disallowed CORS headers")
    assert "access-control-allow-headers" not in result.headers


async def test_preflight_allows_credentials() -> None:
    result = await preflight(allow_origins=["*"], allow_credentials=True)
    assert allowed_origin(result) == PAGE
    assert result.headers["access-control-allow-credentials"] == "true"


async def test_preflight_of_all_origins_names_none() -> None:
    assert allowed_origin(await preflight(allow_origins=["*"])) == "*"


async def test_private_network_is_allowed_on_demand() -> None:
    result = await preflight(PRIVATE, allow_private_network=True)
    assert result.headers["access-control-allow-private-network"] == "true"


async def test_refusal_names_every_fault() -> None:
    result = await preflight(
        (HEADERS, "X-A"), PRIVATE, origin="https://other.test", method="DELETE"
    )
    assert result.status == 400
    assert result.body == b"Disallowed CORS origin, method, headers, private-network"
    assert allowed_origin(result) is None


async def test_options_without_the_question_reach_the_application() -> None:
    app = CORSMiddleware(answering(b"own"), allow_origins=[PAGE])
    assert (await exchange(app, method="OPTIONS", headers=[ORIGIN])).body == b"own"
    assert (await exchange(app, method="OPTIONS", headers=[(METHOD, "GET")])).body == b"own"
