from typing import Annotated

import pytest

from fastapi_lite import Depends, FastAPI, WebSocket
from fastapi_lite.exceptions import HTTPException
from fastapi_lite.openapi.models import APIKeyIn
from fastapi_lite.security import APIKeyCookie, APIKeyHeader, APIKeyQuery
from fastapi_lite.security.api_key import APIKeyBase
from tests.conftest import ClientFactory


def guarded(scheme: APIKeyBase) -> FastAPI:
    """An application that answers with the key it was sent."""
    app = FastAPI()

    @app.get("/")
    def read(key: Annotated[str | None, Depends(scheme)]) -> str | None:
        return key

    return app


def test_key_in_the_query_is_given(client_for: ClientFactory) -> None:
    app = guarded(APIKeyQuery(name="key"))

    assert client_for(app).get("/?key=secret").json() == "secret"


def test_key_in_a_header_is_given(client_for: ClientFactory) -> None:
    app = guarded(APIKeyHeader(name="X-Key"))

    assert client_for(app).get("/", headers={"x-key": "secret"}).json() == "secret"


def test_key_in_a_cookie_is_given(client_for: ClientFactory) -> None:
    app = guarded(APIKeyCookie(name="key"))

    assert client_for(app, cookies={"key": "secret"}).get("/").json() == "secret"


@pytest.mark.parametrize("path", ["/", "/?key=", "/?key", "/?other=1"])
def test_missing_or_empty_key_is_a_401_that_names_a_challenge(
    client_for: ClientFactory, path: str
) -> None:
    app = guarded(APIKeyQuery(name="key"))

    response = client_for(app).get(path)

    assert (response.status_code, response.json(), response.headers["WWW-Authenticate"]) == (
        401,
        {"detail": "Not authenticated"},
        "APIKey",
    )


def test_missing_key_is_none_where_it_is_optional(client_for: ClientFactory) -> None:
    app = guarded(APIKeyHeader(name="X-Key", auto_error=False))

    assert client_for(app).get("/").json() is None


def test_answer_to_a_missing_key_can_be_replaced(client_for: ClientFactory) -> None:
    class Forbidding(APIKeyHeader):
        def make_not_authenticated_error(self) -> HTTPException:
            return HTTPException(403, "No key")

    app = guarded(Forbidding(name="X-Key"))

    response = client_for(app).get("/")

    assert (response.status_code, response.json()) == (403, {"detail": "No key"})


def test_key_guards_a_websocket(client_for: ClientFactory) -> None:
    app = FastAPI()

    @app.websocket("/")
    async def echo(
        websocket: WebSocket, key: Annotated[str, Depends(APIKeyQuery(name="key"))]
    ) -> None:
        await websocket.accept()
        await websocket.send_text(key)
        await websocket.close()

    with client_for(app).websocket_connect("/?key=secret") as session:
        assert session.receive_text() == "secret"


@pytest.mark.parametrize("scheme", [APIKeyQuery, APIKeyHeader, APIKeyCookie])
def test_scheme_is_named_after_its_class_unless_told(
    scheme: type[APIKeyQuery | APIKeyHeader | APIKeyCookie],
) -> None:
    assert scheme(name="k").scheme_name == scheme.__name__


def test_scheme_has_the_name_it_is_told() -> None:
    assert APIKeyQuery(name="k", scheme_name="Key").scheme_name == "Key"


def test_model_says_where_the_key_is_and_what_for() -> None:
    model = APIKeyCookie(name="k", description="Who you are").model

    assert (model.in_, model.name, model.description) == (APIKeyIn.cookie, "k", "Who you are")
