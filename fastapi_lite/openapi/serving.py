"""The OpenAPI document as its clients get it: bytes that are made once, with an entity tag."""

from __future__ import annotations

from typing import Any

from fastapi_lite.encoders import dump_json
from fastapi_lite.requests import Request
from fastapi_lite.responses.base import JSONResponse, Response
from fastapi_lite.responses.conditional import NotModifiedResponse, is_not_modified


class DocumentBytes:
    """Keeps the JSON of the document that was last served, for as long as it is asked for.

    A document is written anew when it is another object, or is served below another root path;
    one that is changed in place after it was served is not.
    """

    __slots__ = ("content", "document", "entity_tag", "root_path")

    def __init__(self) -> None:
        self.document: dict[str, Any] | None = None
        self.root_path: str = ""
        self.content: bytes = b""
        self.entity_tag: str = ""

    def answer(self, document: dict[str, Any], request: Request, root_path: str) -> Response:
        """`document` with the server `root_path`, or that the client has it (RFC 9110, 13.1.2)."""
        if document is not self.document or root_path != self.root_path:
            self.content = dump_json(with_server(document, root_path))
            from hashlib import blake2b  # noqa: PLC0415 - takes 2 ms, before any request

            self.entity_tag = f'"{blake2b(self.content, digest_size=16).hexdigest()}"'
            self.document, self.root_path = document, root_path
        response = Response(
            self.content, headers={"etag": self.entity_tag}, media_type=JSONResponse.media_type
        )
        if is_not_modified(response.headers, request.headers):
            return NotModifiedResponse(response.headers)
        return response


def with_server(document: dict[str, Any], root_path: str) -> dict[str, Any]:
    """`document` with `root_path` as its first server, unless that is empty or listed."""
    servers = document.get("servers") or []
    if not root_path or root_path in {server.get("url") for server in servers}:
        return document
    return {**document, "servers": [{"url": root_path}, *servers]}
