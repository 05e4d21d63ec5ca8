"""Conditional requests: whether the client has what a response would send (RFC 9110, section 13)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from fastapi_lite.datastructures.headers import Headers
from fastapi_lite.responses.base import Response

ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')

read_date: Callable[[str], datetime] = lru_cache(maxsize=1024)(parsedate_to_datetime)
"""For dates of our own files, which come again with each request; one takes 4 µs to read."""


class NotModifiedResponse(Response):
    """Tells the client that what it has is still right (RFC 9110, section 15.4.5)."""

    NOT_MODIFIED_HEADERS = (
        "cache-control",
        "content-location",
        "date",
        "etag",
        "expires",
        "vary",
    )

    def __init__(self, headers: Headers) -> None:
        kept = {name: value for name, value in headers.items() if name in self.NOT_MODIFIED_HEADERS}
        super().__init__(status_code=304, headers=kept)


def is_not_modified(response_headers: Headers, request_headers: Headers) -> bool:
    """Whether the client has this version already (RFC 9110, section 13.2.2)."""
    tags = request_headers.get("if-none-match")
    if tags is not None:
        own = ENTITY_TAG.match(response_headers.get("etag", ""))
        if own is None:
            return False
        return tags.strip() == "*" or own[1] in ENTITY_TAG.findall(tags)
    try:
        since = request_headers["if-modified-since"]
        last_modified = response_headers["last-modified"]
        changed = read_date(last_modified)
        # Clients send back what they were told.
        return since == last_modified or changed <= parsedate_to_datetime(since)
    except (KeyError, TypeError, ValueError):  # not there, or no dates that compare
        return False
