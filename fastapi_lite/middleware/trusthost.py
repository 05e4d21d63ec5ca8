"""`TrustedHostMiddleware`, under the name of a module that older programs import."""

from fastapi_lite.middleware.trustedhost import TrustedHostMiddleware

__all__ = ["TrustedHostMiddleware"]
