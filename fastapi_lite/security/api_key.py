"""Keys that a client sends in its query, a header or a cookie."""

from typing import ClassVar

from fastapi_lite.openapi.models import APIKey, APIKeyIn
from fastapi_lite.requests import HTTPConnection
from fastapi_lite.security.base import Scheme


class APIKeyBase(Scheme):
    """A key by its `name`, somewhere in the request."""

    model: APIKey
    challenge = "APIKey"  # not a registered scheme: there is none for keys

    def __init__(
        self,
        location: APIKeyIn,
        name: str,
        description: str | None,
        scheme_name: str | None,
        auto_error: bool,
    ) -> None:
        model = APIKey.model_validate({"in": location, "name": name, "description": description})
        super().__init__(model, scheme_name, auto_error)

    def check_api_key(self, api_key: str | None) -> str | None:
        """`api_key` if there is one; else raises, or with `auto_error=False` gives `None`."""
        return self.check(api_key)


class LocatedKey(APIKeyBase):
    """A key whose place is its class'."""

    location: ClassVar[APIKeyIn]

    def __init__(
        self,
        *,
        name: str,
        scheme_name: str | None = None,
        description: str | None = None,
        auto_error: bool = True,
    ) -> None:
        super().__init__(self.location, name, description, scheme_name, auto_error)


class APIKeyQuery(LocatedKey):
    """The value of the query parameter `name`."""

    location = APIKeyIn.query

    async def __call__(self, request: HTTPConnection) -> str | None:
        """The key, or `None` without one where `auto_error` is false."""
        return self.check_api_key(request.query_params.get(self.model.name))


class APIKeyHeader(LocatedKey):
    """The value of the header `name`."""

    location = APIKeyIn.header

    async def __call__(self, request: HTTPConnection) -> str | None:
        """The key, or `None` without one where `auto_error` is false."""
        return self.check_api_key(request.headers.get(self.model.name))


class APIKeyCookie(LocatedKey):
    """The value of the cookie `name`."""

    location = APIKeyIn.cookie

    async def __call__(self, request: HTTPConnection) -> str | None:
        """The key, or `None` without one where `auto_error` is false."""
        return self.check_api_key(request.cookies.get(self.model.name))
