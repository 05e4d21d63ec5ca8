"""OAuth 2.0 (RFC 6749): tokens, the form that asks for one, and scopes."""

from typing import Annotated, Any

from fastapi_lite.openapi.models import OAuth2 as OAuth2Model
from fastapi_lite.openapi.models import OAuthFlows
from fastapi_lite.param_functions import Form
from fastapi_lite.params import SecurityScopes as SecurityScopes
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.security.base import Scheme
from fastapi_lite.security.utils import read_authorization, read_bearer_token


class OAuth2PasswordRequestForm:
    """The form with which a client asks for a token (RFC 6749, section 4.3.2).

    Use it as `Annotated[OAuth2PasswordRequestForm, Depends()]`. `scope` is split at spaces into
    `scopes`. `grant_type` may be left out; `OAuth2PasswordRequestFormStrict` insists on it.
    """

    def __init__(
        self,
        *,
        grant_type: Annotated[str | None, Form(pattern="^password$")] = None,
        username: Annotated[str, Form()],
        password: Annotated[str, Form(json_schema_extra={"format": "password"})],
        scope: Annotated[str, Form()] = "",
        client_id: Annotated[str | None, Form()] = None,
        client_secret: Annotated[str | None, Form(json_schema_extra={"format": "password"})] = None,
    ) -> None:
        self.grant_type = grant_type
        self.username: str = username
        self.password: str = password
        self.scopes: list[str] = scope.split()
        self.client_id: str | None = client_id
        self.client_secret: str | None = client_secret


class OAuth2PasswordRequestFormStrict(OAuth2PasswordRequestForm):
    """The same form, with the `grant_type` that the specification requires."""

    def __init__(
        self,
        grant_type: Annotated[str, Form(pattern="^password$")],
        username: Annotated[str, Form()],
        password: Annotated[str, Form()],
        scope: Annotated[str, Form()] = "",
        client_id: Annotated[str | None, Form()] = None,
        client_secret: Annotated[str | None, Form()] = None,
    ) -> None:
        super().__init__(
            username=username,
            password=password,
            client_id=client_id,
            client_secret=client_secret,
            scope=scope,
            grant_type=grant_type,
        )


class OAuth2(Scheme):
    """The `Authorization` header as it is, documented with the given `flows`.

    Subclass it for flows of your own; the two below cover the usual ones.
    """

    model: OAuth2Model

    def __init__(
        self,
        *,
        flows: OAuthFlows | dict[str, dict[str, Any]] = OAuthFlows(),
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ) -> None:
        # A mapping is as good: pydantic makes the model of it.
        model = OAuth2Model.model_validate({"flows": flows, "description": description})
        super().__init__(model, scheme_name, auto_error)

    async def __call__(self, request: HTTPConnection) -> str | None:
        """The header, or `None` without one where `auto_error` is false."""
        return self.check(read_authorization(request.headers))


class OAuth2Bearer(OAuth2):
    """The token of the `Authorization: Bearer` header, whichever flow it comes from."""

    async def __call__(self, request: HTTPConnection) -> str | None:
        """The token, or `None` without one where `auto_error` is false."""
        return self.check(read_bearer_token(request.headers))


class OAuth2PasswordBearer(OAuth2Bearer):
    """The bearer token; the client got it for a user name and password at `tokenUrl`.

    `scopes` are the ones there are, with what each allows.
    """

    def __init__(
        self,
        tokenUrl: str,  # noqa: N803  # as OpenAPI spells it
        scheme_name: str | None = None,
        scopes: dict[str, str] | None = None,
        description: str | None = None,
        auto_error: bool = True,
        refreshUrl: str | None = None,  # noqa: N803
    ) -> None:
        flow = {"tokenUrl": tokenUrl, "refreshUrl": refreshUrl, "scopes": scopes or {}}
        super().__init__(
            flows={"password": flow},
            scheme_name=scheme_name,
            description=description,
            auto_error=auto_error,
        )


class OAuth2AuthorizationCodeBearer(OAuth2Bearer):
    """The bearer token; the client got it at `tokenUrl` for a code from `authorizationUrl`.

    `scopes` are the ones there are, with what each allows.
    """

    def __init__(
        self,
        authorizationUrl: str,  # noqa: N803  # as OpenAPI spells it
        tokenUrl: str,  # noqa: N803
        refreshUrl: str | None = None,  # noqa: N803
        scheme_name: str | None = None,
        scopes: dict[str, str] | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ) -> None:
        flow = {
            "authorizationUrl": authorizationUrl,
            "tokenUrl": tokenUrl,
            "refreshUrl": refreshUrl,
            "scopes": scopes or {},
        }
        super().__init__(
            flows={"authorizationCode": flow},
            scheme_name=scheme_name,
            description=description,
            auto_error=auto_error,
        )
