"""Who may change things: whoever sends the key in the header `X-API-Key`.

The key is in the environment, as `BOOKSHOP_KEY`; without it, it is `demo`.
"""

import os
import secrets
from typing import Annotated

from docs_src.bookshop.models import Problem, Responses
from fastapi_lite import HTTPException, Security
from fastapi_lite.security import APIKeyHeader

api_key = APIKeyHeader(name="X-API-Key", description="For this demonstration: `demo`.")


def check_key(given: Annotated[str, Security(api_key)]) -> None:
    """Answer 403 to a wrong key; where there is none at all, `api_key` has answered 401."""
    wanted = os.environ.get("BOOKSHOP_KEY", "demo")
    # Takes as long for a key that is almost right as for one that is not.
    if not secrets.compare_digest(given.encode(), wanted.encode()):
        raise HTTPException(403, "This is not the key.")


REFUSALS: Responses = {
    401: {"model": Problem, "description": "There is no key."},
    403: {"model": Problem, "description": "The key is wrong."},
}
