"""What the security schemes of this package share."""

from typing import TypeVar

from fastapi_lite.exceptions import HTTPException
from fastapi_lite.openapi.models import SecurityBase as SecurityModel
from fastapi_lite.params import SecurityBase as SecurityBase

Credentials = TypeVar("Credentials")


class Scheme(SecurityBase):
    """A scheme that may be left out, or not.

    `auto_error`: whether missing credentials are answered with a 401, or give `None`.
    """

    challenge = "Bearer"
    """What the client is asked for; a 401 must name a scheme (RFC 9110, section 15.5.2)."""

    def __init__(self, model: SecurityModel, scheme_name: str | None, auto_error: bool) -> None:
        self.model = model
        self.scheme_name: str = scheme_name or type(self).__name__
        self.auto_error = auto_error

    def make_not_authenticated_error(self) -> HTTPException:
        """What is raised without good credentials; override it to answer otherwise."""
        return HTTPException(401, "Not authenticated", {"WWW-Authenticate": self.challenge})

    def check(self, credentials: Credentials | None) -> Credentials | None:
        """`credentials` if there are any; else raises that error, unless `auto_error` is false."""
        if credentials:
            return credentials
        if self.auto_error:
            raise self.make_not_authenticated_error()
        return None
