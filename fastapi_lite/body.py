"""The body of a request, as it arrives in messages (ASGI, "Request - receive event")."""

from __future__ import annotations

from fastapi_lite.exceptions import HTTPException
from fastapi_lite.types import Message, Receive, Scope


class ClientDisconnect(Exception):
    """The client left before all of its body had arrived."""


async def read_body(receive: Receive, first: Message | None = None) -> bytes:
    """The whole body; `first` is a message of it that was received already.

    Raises `ClientDisconnect` when the client leaves.
    """
    chunks: list[bytes] = []
    more = True
    while more:
        chunk, more = read_chunk(first or await receive())
        first = None
        chunks.append(chunk)
    return b"".join(chunks)


def read_chunk(message: Message) -> tuple[bytes, bool]:
    """The bytes of the body in `message`, and whether more may follow."""
    kind = message["type"]
    if kind == "http.request":
        return message.get("body") or b"", message.get("more_body", False)
    if kind == "http.disconnect":
        raise ClientDisconnect
    return b"", True


def body_too_large() -> HTTPException:
    """The answer to a body above its limit (RFC 9110, section 15.5.14)."""
    return HTTPException(413, "Content Too Large")


MOST_DIGITS = 19
"""Of a size; what has more is cut, and still more than any limit. `int` refuses 4,300 of them."""


def declared_size(scope: Scope) -> int | None:
    """The bytes that `Content-Length` announces; nothing where it is absent or no number."""
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value[:MOST_DIGITS]) if value.isdigit() else None
    return None


class LimitedReceive:
    """A `receive` that raises `body_too_large` once more than `limit` bytes of body have come.

    `size` counts what has come so far; `limit` may be changed, so that an inner application can replace
    the limit of an outer one and share its count.
    """

    __slots__ = ("limit", "receive", "size")

    def __init__(self, receive: Receive, limit: int) -> None:
        self.receive: Receive = receive
        self.limit: int = limit
        self.size: int = 0

    async def __call__(self) -> Message:
        """The next message."""
        message = await self.receive()
        if message["type"] == "http.request":
            self.size += len(message.get("body") or b"")
            if self.size > self.limit:
                raise body_too_large()
        return message
