"""Users, scopes and endpoints that require them."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from fastapi_lite.authentication import (
    AuthCredentials,
    AuthenticationBackend,
    BaseUser,
    SimpleUser,
    UnauthenticatedUser,
    has_required_scope,
    requires,
)
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.requests import HTTPConnection, Request
from fastapi_lite.responses import PlainTextResponse, Response
from fastapi_lite.websockets import WebSocket
from tests.middleware.asgi import scope_of

pytestmark = pytest.mark.anyio


class Routes:
    """Knows the addresses of routes."""

    def url_path_for(self, name: str) -> Any:
        return self

    def make_absolute_url(self, base_url: Any) -> str:
        return f"{base_url}login"


def request_with(*scopes: str, kind: type[Any] = Request) -> Any:
    """A request of a client with `scopes`."""
    scope = scope_of(auth=AuthCredentials(scopes), router=Routes(), query_string=b"a=1&b=%20")
    return kind(scope)


async def page(request: Request) -> Response:
    return PlainTextResponse("page")


def sync_page(request: Request) -> Response:
    return PlainTextResponse("page")


def test_simple_user_is_its_name() -> None:
    user = SimpleUser("eve")
    assert (user.is_authenticated, user.display_name, user.identity) == (True, "eve", "eve")


def test_unauthenticated_user_is_nobody() -> None:
    user = UnauthenticatedUser()
    assert (user.is_authenticated, user.display_name, user.identity) == (False, "", "")


@pytest.mark.parametrize("name", ["is_authenticated", "display_name", "identity"])
def test_user_of_an_application_defines_what_it_is(name: str) -> None:
    with pytest.raises(NotImplementedError, match=f"BaseUser.{name}"):
        getattr(BaseUser(), name)


async def test_backend_of_an_application_defines_how() -> None:
    with pytest.raises(NotImplementedError):
        await AuthenticationBackend().authenticate(request_with())


def test_credentials_have_a_list_of_scopes() -> None:
    assert (AuthCredentials().scopes, AuthCredentials(("a",)).scopes) == ([], ["a"])


@pytest.mark.parametrize(("scopes", "enough"), [((), False), (("a",), False), (("b", "a"), True)])
def test_all_scopes_are_required(scopes: tuple[str, ...], enough: bool) -> None:
    assert has_required_scope(request_with(*scopes), ["a", "b"]) == enough


@pytest.mark.parametrize("endpoint", [page, sync_page])
async def test_client_with_the_scope_is_answered(endpoint: Any) -> None:
    answer = requires("a")(endpoint)(request_with("a", "b"))
    response = await answer if inspect.isawaitable(answer) else answer
    assert response.body == b"page"


@pytest.mark.parametrize("endpoint", [page, sync_page])
@pytest.mark.parametrize(("options", "status"), [({}, 403), ({"status_code": 404}, 404)])
async def test_client_without_the_scope_is_refused(
    endpoint: Any, options: dict[str, Any], status: int
) -> None:
    guarded = requires(["a"], **options)(endpoint)

    async def call() -> None:
        await guarded(request_with("b"))

    with pytest.raises(HTTPException) as refused:
        await call()
    assert refused.value.status_code == status


@pytest.mark.parametrize("endpoint", [page, sync_page])
async def test_client_without_the_scope_is_redirected(endpoint: Any) -> None:
    answer = requires("a", redirect="login")(endpoint)(request_with())
    response = await answer if inspect.isawaitable(answer) else answer
    assert response.status_code == 303
    assert response.headers["location"] == (
        "http://server.test/login?next=http%3A%2F%2Fserver.test%2F%3Fa%3D1%26b%3D%2520"
    )


@pytest.mark.parametrize(("scopes", "kinds"), [(["a"], ["accept"]), ([], ["close"])])
async def test_websocket_without_the_scope_is_closed(scopes: list[str], kinds: list[str]) -> None:
    sent: list[str] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message["type"].removeprefix("websocket."))

    @requires("a")
    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()

    await endpoint(WebSocket(scope_of("websocket", auth=AuthCredentials(scopes)), receive, send))
    assert sent == kinds


def test_request_is_found_among_other_arguments() -> None:
    @requires("a")
    def endpoint(item: int, request: Request, *, flag: bool = False) -> tuple[int, bool]:
        return item, flag

    request = request_with("a")
    assert endpoint(1, request) == (1, False)
    assert endpoint(2, request=request, flag=True) == (2, True)


def test_signature_stays_that_of_the_endpoint() -> None:
    assert inspect.signature(requires("a")(sync_page)) == inspect.signature(sync_page)


def test_endpoint_without_a_request_is_a_mistake() -> None:
    with pytest.raises(TypeError, match='No "request" or "websocket" argument on function'):

        @requires("a")
        def endpoint(item: int) -> None: ...


def test_what_is_no_request_fails_the_assertion_that_programs_for_starlette_expect() -> None:
    not_a_request: Any = "request"
    with pytest.raises(AssertionError, match="'request' must be a Request, not a str"):
        requires("a")(sync_page)(not_a_request)


def test_request_of_another_type_is_an_error() -> None:
    with pytest.raises(TypeError, match="'request' must be a Request, not a HTTPConnection"):
        requires("a")(sync_page)(request_with("a", kind=HTTPConnection))
