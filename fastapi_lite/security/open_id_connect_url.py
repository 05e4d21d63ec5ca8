"""OpenID Connect, for the document: checking the token is left to the application."""

from fastapi_lite.openapi.models import OpenIdConnect as OpenIdConnectModel
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.security.base import Scheme
from fastapi_lite.security.utils import read_authorization


class OpenIdConnect(Scheme):
    """The `Authorization` header as it is; `openIdConnectUrl` is where clients discover the rest.

    Subclass it and override `__call__` to check the token.
    """

    model: OpenIdConnectModel

    def __init__(
        self,
        *,
        openIdConnectUrl: str,  # noqa: N803  # as OpenAPI spells it
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ) -> None:
        model = OpenIdConnectModel(openIdConnectUrl=openIdConnectUrl, description=description)
        super().__init__(model, scheme_name, auto_error)

    async def __call__(self, request: HTTPConnection) -> str | None:
        """The header, or `None` without one where `auto_error` is false."""
        return self.check(read_authorization(request.headers))
