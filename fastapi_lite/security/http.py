"""Credentials in the `Authorization` header, by HTTP's own schemes (RFC 9110, section 11)."""

from base64 import b64decode

from pydantic import BaseModel

from fastapi_lite.exceptions import HTTPException
from fastapi_lite.openapi.models import HTTPBase as HTTPBaseModel
from fastapi_lite.openapi.models import HTTPBearer as HTTPBearerModel
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.security.base import Scheme
from fastapi_lite.security.utils import get_authorization_scheme_param, quoted


class HTTPBasicCredentials(BaseModel):
    """What `HTTPBasic` gives.

    Compare both with `secrets.compare_digest`, which takes the same time for any guess.
    """

    username: str
    password: str


class HTTPAuthorizationCredentials(BaseModel):
    """The parts of the header: its scheme as the client spells it, and what follows."""

    scheme: str
    credentials: str


class HTTPBase(Scheme):
    """Any scheme of the `Authorization` header; `scheme` is documented and asked for."""

    model: HTTPBaseModel

    def __init__(
        self,
        *,
        scheme: str,
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ) -> None:
        model = HTTPBaseModel(scheme=scheme, description=description)
        super().__init__(model, scheme_name, auto_error)

    def make_authenticate_headers(self) -> dict[str, str]:
        """The headers of a 401, with its challenge (RFC 9110, section 11.6.1)."""
        return {"WWW-Authenticate": self.model.scheme.title()}

    def make_not_authenticated_error(self) -> HTTPException:
        """What is raised without good credentials; override it to answer otherwise."""
        return HTTPException(401, "Not authenticated", self.make_authenticate_headers())

    def expects(self, scheme: str) -> bool:
        """Whether `scheme`, as the client spells it, is taken."""
        return bool(scheme)

    async def __call__(self, request: HTTPConnection) -> HTTPAuthorizationCredentials | None:
        """The credentials, or `None` without any where `auto_error` is false."""
        scheme, credentials = get_authorization_scheme_param(request.headers.get("Authorization"))
        found = credentials and self.expects(scheme)
        return self.check(
            HTTPAuthorizationCredentials(scheme=scheme, credentials=credentials) if found else None
        )


class NamedScheme(HTTPBase):
    """One scheme only; its name has no case (RFC 9110, section 11.1)."""

    def expects(self, scheme: str) -> bool:
        """Whether it is this one."""
        return scheme.lower() == self.model.scheme


class HTTPBasic(NamedScheme):
    """User name and password (RFC 7617), which browsers ask for by themselves.

    `realm` tells the user what they are for. Malformed credentials are a 401 even with
    `auto_error=False`. They are read as ASCII: no other encoding is agreed on.
    """

    def __init__(
        self,
        *,
        scheme_name: str | None = None,
        realm: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ) -> None:
        super().__init__(
            scheme="basic",
            scheme_name=scheme_name,
            description=description,
            auto_error=auto_error,
        )
        self.realm = realm
        self.challenge: str = f"Basic realm={quoted(realm)}" if realm else "Basic"

    def make_authenticate_headers(self) -> dict[str, str]:
        """The headers of a 401: the challenge with the realm."""
        return {"WWW-Authenticate": self.challenge}

    async def __call__(  # type: ignore[override]  # the credentials in their parts
        self, request: HTTPConnection
    ) -> HTTPBasicCredentials | None:
        """The credentials, or `None` without any where `auto_error` is false."""
        scheme, encoded = get_authorization_scheme_param(request.headers.get("Authorization"))
        if not self.expects(scheme):
            return self.check(None)
        try:
            decoded = b64decode(encoded, validate=True).decode("ascii")
        except ValueError:
            raise self.make_not_authenticated_error() from None
        username, colon, password = decoded.partition(":")
        if not colon:
            raise self.make_not_authenticated_error()
        return HTTPBasicCredentials(username=username, password=password)


class HTTPBearer(NamedScheme):
    """A bearer token (RFC 6750); `bearerFormat` tells readers of the document what it is."""

    def __init__(
        self,
        *,
        bearerFormat: str | None = None,  # noqa: N803  # as OpenAPI spells it
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ) -> None:
        super().__init__(
            scheme="bearer",
            scheme_name=scheme_name,
            description=description,
            auto_error=auto_error,
        )
        self.model: HTTPBaseModel = HTTPBearerModel(
            bearerFormat=bearerFormat, description=description
        )


class HTTPDigest(NamedScheme):
    """A digest of user name and password (RFC 7616), as sent: checking it is left to you."""

    def __init__(
        self,
        *,
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ) -> None:
        super().__init__(
            scheme="digest",
            scheme_name=scheme_name,
            description=description,
            auto_error=auto_error,
        )
