"""What the parts of the document have to agree on."""

from __future__ import annotations

METHODS_WITH_BODY = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
"""Methods whose operations are documented with a request body when they declare one."""

REF_PREFIX = "#/components/schemas/"
REF_TEMPLATE = REF_PREFIX + "{model}"
