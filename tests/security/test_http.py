from base64 import b64encode
from typing import Annotated, Any

import pytest

from fastapi_lite import Depends, FastAPI
from fastapi_lite.security import HTTPBasic, HTTPBearer, HTTPDigest
from fastapi_lite.security.http import HTTPBase
from tests.conftest import ClientFactory


def guarded(scheme: HTTPBase) -> FastAPI:
    """An application that answers with the credentials it was sent."""
    app = FastAPI()

    @app.get("/")
    def read(credentials: Annotated[Any, Depends(scheme)]) -> Any:
        return credentials

    return app


def basic(credentials: bytes) -> str:
    return f"Basic {b64encode(credentials).decode()}"


def test_basic_credentials_are_split_at_the_first_colon(client_for: ClientFactory) -> None:
    app = guarded(HTTPBasic())

    response = client_for(app).get("/", headers={"Authorization": basic(b"ada:pass:word")})

    assert response.json() == {"username": "ada", "password": "pass:word"}


def test_scheme_is_taken_in_any_case(client_for: ClientFactory) -> None:
    app = guarded(HTTPBasic())
    header = basic(b"a:b").replace("Basic", "bAsIc")

    assert client_for(app).get("/", headers={"Authorization": header}).status_code == 200


MALFORMED = [
    "Basic",
    "Basic ",
    "Basic ???",
    "Basic YTp",
    "Basic YT pi",
    basic(b"no colon"),
    basic("ä:b".encode()),
    basic("ä:b".encode("latin-1")),
]


@pytest.mark.parametrize("auto_error", [True, False])
@pytest.mark.parametrize("header", MALFORMED)
def test_malformed_basic_credentials_are_a_401_even_where_they_are_optional(
    client_for: ClientFactory, header: str, auto_error: bool
) -> None:
    app = guarded(HTTPBasic(auto_error=auto_error))

    response = client_for(app).get("/", headers={"Authorization": header})

    assert (response.status_code, response.json()) == (401, {"detail": "Not authenticated"})


def test_missing_basic_credentials_are_asked_for_by_realm(client_for: ClientFactory) -> None:
    app = guarded(HTTPBasic(realm='the "inner" room'))

    response = client_for(app).get("/")

    assert response.headers["WWW-Authenticate"] == 'Basic realm="the \\"inner\\" room"'


def test_basic_without_a_realm_asks_for_basic(client_for: ClientFactory) -> None:
    app = guarded(HTTPBasic())

    assert client_for(app).get("/").headers["WWW-Authenticate"] == "Basic"


def test_realm_that_no_header_may_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="control characters"):
        HTTPBasic(realm="a\r\nX-Evil: b")


def test_other_scheme_is_no_credential_where_credentials_are_optional(
    client_for: ClientFactory,
) -> None:
    app = guarded(HTTPBasic(auto_error=False))

    assert client_for(app).get("/", headers={"Authorization": "Bearer x"}).json() is None


def test_bearer_gives_scheme_and_token(client_for: ClientFactory) -> None:
    app = guarded(HTTPBearer())

    response = client_for(app).get("/", headers={"Authorization": "bearer   token "})

    assert response.json() == {"scheme": "bearer", "credentials": "token"}


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "token"])
def test_without_a_bearer_token_the_answer_is_401(client_for: ClientFactory, header: str) -> None:
    app = guarded(HTTPBearer())

    response = client_for(app).get("/", headers={"Authorization": header})

    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi"])
def test_without_an_optional_bearer_token_there_is_none(
    client_for: ClientFactory, header: str
) -> None:
    app = guarded(HTTPBearer(auto_error=False))

    assert client_for(app).get("/", headers={"Authorization": header}).json() is None


def test_digest_gives_what_follows_the_scheme(client_for: ClientFactory) -> None:
    app = guarded(HTTPDigest())

    response = client_for(app).get("/", headers={"Authorization": 'Digest username="a", uri="/"'})

    assert response.json()["credentials"] == 'username="a", uri="/"'


def test_digest_takes_no_other_scheme(client_for: ClientFactory) -> None:
    app = guarded(HTTPDigest())

    response = client_for(app).get("/", headers={"Authorization": "Other x"})

    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Digest")


def test_base_takes_any_scheme(client_for: ClientFactory) -> None:
    app = guarded(HTTPBase(scheme="Negotiate"))

    response = client_for(app).get("/", headers={"Authorization": "Other x y"})

    assert response.json() == {"scheme": "Other", "credentials": "x y"}


def test_base_asks_for_its_scheme(client_for: ClientFactory) -> None:
    app = guarded(HTTPBase(scheme="negotiate"))

    assert client_for(app).get("/").headers["WWW-Authenticate"] == "Negotiate"


def test_challenge_can_be_replaced(client_for: ClientFactory) -> None:
    class Scoped(HTTPBearer):
        def make_authenticate_headers(self) -> dict[str, str]:
            return {"WWW-Authenticate": 'Bearer scope="books"'}

    app = guarded(Scoped())

    assert client_for(app).get("/").headers["WWW-Authenticate"] == 'Bearer scope="books"'


def test_models_say_what_the_document_shows() -> None:
    schemes = [HTTPBasic(), HTTPBearer(bearerFormat="JWT", description="d"), HTTPDigest()]

    assert [
        scheme.model.model_dump(by_alias=True, exclude_none=True, mode="json") for scheme in schemes
    ] == [
        {"type": "http", "scheme": "basic"},
        {"type": "http", "description": "d", "scheme": "bearer", "bearerFormat": "JWT"},
        {"type": "http", "scheme": "digest"},
    ]


def test_schemes_have_the_names_they_are_told() -> None:
    assert [
        HTTPBasic(scheme_name="a").scheme_name,
        HTTPBearer(scheme_name="b").scheme_name,
        HTTPDigest(scheme_name="c").scheme_name,
        HTTPBase(scheme="x").scheme_name,
    ] == ["a", "b", "c", "HTTPBase"]
