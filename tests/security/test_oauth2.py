from typing import Annotated, Any

import pytest

from fastapi_lite import Depends, FastAPI, Security
from fastapi_lite.openapi.models import OAuthFlowPassword, OAuthFlows
from fastapi_lite.security import (
    OAuth2,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
    OAuth2PasswordRequestForm,
    OAuth2PasswordRequestFormStrict,
    OpenIdConnect,
    SecurityScopes,
)
from fastapi_lite.security.base import SecurityBase
from tests.conftest import ClientFactory

BEARERS = [
    OAuth2PasswordBearer("token"),
    OAuth2AuthorizationCodeBearer("authorize", "token"),
]
HEADERS = [OAuth2(), OpenIdConnect(openIdConnectUrl="/.well-known/openid-configuration")]
NO_TOKEN = ["", "Bearer", "Bearer ", "bearer"]


def guarded(scheme: SecurityBase) -> FastAPI:
    """An application that answers with the credentials it was sent."""
    app = FastAPI()

    @app.get("/")
    def read(credentials: Annotated[Any, Depends(scheme)]) -> Any:
        return credentials

    return app


@pytest.mark.parametrize("scheme", BEARERS)
def test_bearer_schemes_give_the_token(client_for: ClientFactory, scheme: OAuth2) -> None:
    response = client_for(guarded(scheme)).get("/", headers={"Authorization": "bearer  abc "})

    assert response.json() == "abc"


@pytest.mark.parametrize("header", [*NO_TOKEN, "Basic YTpi"])
@pytest.mark.parametrize("scheme", BEARERS)
def test_without_a_token_bearer_schemes_answer_401(
    client_for: ClientFactory, scheme: OAuth2, header: str
) -> None:
    response = client_for(guarded(scheme)).get("/", headers={"Authorization": header})

    assert (response.status_code, response.json(), response.headers["WWW-Authenticate"]) == (
        401,
        {"detail": "Not authenticated"},
        "Bearer",
    )


@pytest.mark.parametrize("scheme", HEADERS)
def test_other_schemes_give_the_header_as_it_is(
    client_for: ClientFactory, scheme: SecurityBase
) -> None:
    response = client_for(guarded(scheme)).get("/", headers={"Authorization": "Custom a  b"})

    assert response.json() == "Custom a  b"


@pytest.mark.parametrize("header", NO_TOKEN)
@pytest.mark.parametrize("scheme", HEADERS)
def test_header_without_a_credential_is_a_401(
    client_for: ClientFactory, scheme: SecurityBase, header: str
) -> None:
    response = client_for(guarded(scheme)).get("/", headers={"Authorization": header})

    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    "scheme",
    [
        OAuth2(auto_error=False),
        OAuth2PasswordBearer("token", auto_error=False),
        OAuth2AuthorizationCodeBearer("authorize", "token", auto_error=False),
        OpenIdConnect(openIdConnectUrl="x", auto_error=False),
    ],
)
def test_optional_credentials_are_none(client_for: ClientFactory, scheme: SecurityBase) -> None:
    response = client_for(guarded(scheme)).get("/", headers={"Authorization": "Bearer"})

    assert (response.status_code, response.json()) == (200, None)


def test_flows_are_a_model_or_a_mapping() -> None:
    flows = OAuthFlows(password=OAuthFlowPassword(tokenUrl="t"))

    as_model = OAuth2(flows=flows).model
    as_mapping = OAuth2(flows={"password": {"tokenUrl": "t"}}).model

    assert as_model == as_mapping


def test_password_bearer_describes_its_flow() -> None:
    scheme = OAuth2PasswordBearer(
        "token", "Name", {"read": "May read"}, "Log in", auto_error=False, refreshUrl="refresh"
    )

    assert scheme.scheme_name == "Name"
    assert scheme.model.model_dump(mode="json", by_alias=True, exclude_none=True) == {
        "type": "oauth2",
        "description": "Log in",
        "flows": {
            "password": {
                "refreshUrl": "refresh",
                "scopes": {"read": "May read"},
                "tokenUrl": "token",
            }
        },
    }


def test_authorization_code_bearer_describes_its_flow() -> None:
    scheme = OAuth2AuthorizationCodeBearer("authorize", "token", scopes={"read": "May read"})

    assert scheme.model.model_dump(mode="json", by_alias=True, exclude_none=True) == {
        "type": "oauth2",
        "flows": {
            "authorizationCode": {
                "scopes": {"read": "May read"},
                "authorizationUrl": "authorize",
                "tokenUrl": "token",
            }
        },
    }


def login_app(form_class: type[OAuth2PasswordRequestForm]) -> FastAPI:
    app = FastAPI()

    @app.post("/token")
    def log_in(form: Annotated[Any, Depends(form_class)]) -> Any:
        return vars(form)

    return app


def test_form_reads_all_that_the_specification_names(client_for: ClientFactory) -> None:
    sent = {
        "grant_type": "password",
        "username": "ada",
        "password": "secret",
        "scope": "read  write",
        "client_id": "app",
        "client_secret": "s",
    }

    response = client_for(login_app(OAuth2PasswordRequestForm)).post("/token", data=sent)

    assert response.json() == {
        "grant_type": "password",
        "username": "ada",
        "password": "secret",
        "scopes": ["read", "write"],
        "client_id": "app",
        "client_secret": "s",
    }


def test_form_needs_only_user_name_and_password(client_for: ClientFactory) -> None:
    sent = {"username": "ada", "password": "secret"}

    response = client_for(login_app(OAuth2PasswordRequestForm)).post("/token", data=sent)

    assert response.json() == {
        "grant_type": None,
        "username": "ada",
        "password": "secret",
        "scopes": [],
        "client_id": None,
        "client_secret": None,
    }


def test_form_refuses_another_grant_type(client_for: ClientFactory) -> None:
    sent = {"username": "ada", "password": "secret", "grant_type": "passwords"}

    response = client_for(login_app(OAuth2PasswordRequestForm)).post("/token", data=sent)

    assert [(error["type"], error["loc"]) for error in response.json()["detail"]] == [
        ("string_pattern_mismatch", ["body", "grant_type"])
    ]


def test_strict_form_insists_on_the_grant_type(client_for: ClientFactory) -> None:
    sent = {"username": "ada", "password": "secret"}

    response = client_for(login_app(OAuth2PasswordRequestFormStrict)).post("/token", data=sent)

    assert [error["loc"] for error in response.json()["detail"]] == [["body", "grant_type"]]


def test_strict_form_gives_the_same(client_for: ClientFactory) -> None:
    sent = {"username": "ada", "password": "secret", "grant_type": "password", "scope": "a"}

    response = client_for(login_app(OAuth2PasswordRequestFormStrict)).post("/token", data=sent)

    assert response.json() == {
        "grant_type": "password",
        "username": "ada",
        "password": "secret",
        "scopes": ["a"],
        "client_id": None,
        "client_secret": None,
    }


def test_scopes_are_those_of_all_who_need_the_dependency(client_for: ClientFactory) -> None:
    app = FastAPI()

    def inner(scopes: SecurityScopes) -> list[str]:
        return [*scopes.scopes, scopes.scope_str]

    def outer(found: Annotated[list[str], Security(inner, scopes=["inner"])]) -> list[str]:
        return found

    @app.get("/")
    def read(found: Annotated[list[str], Security(outer, scopes=["outer"])]) -> list[str]:
        return found

    assert client_for(app).get("/").json() == ["outer", "inner", "outer inner"]


def test_scopes_are_empty_where_nobody_asks() -> None:
    scopes = SecurityScopes()

    assert (scopes.scopes, scopes.scope_str) == ([], "")
