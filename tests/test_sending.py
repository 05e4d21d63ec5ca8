"""How far an answer has come, as what is sent of it tells."""

from __future__ import annotations

import pytest

from fastapi_lite.sending import WatchedSend, begin, unwatched, watch
from fastapi_lite.types import Message

pytestmark = pytest.mark.anyio


async def nowhere(message: Message) -> None:
    """Take a message."""


async def test_the_start_of_a_response_is_noticed() -> None:
    watched = watch(nowhere)
    await watched({"type": "http.response.start", "status": 200})
    assert watched.started


async def test_what_refuses_the_start_has_not_begun() -> None:
    def refuse(message: Message) -> None:
        raise ValueError("no")

    watched = WatchedSend(refuse)  # type: ignore[arg-type]  # raises before there is an awaitable
    with pytest.raises(ValueError, match="no"):
        watched({"type": "http.response.start", "status": 200})
    assert not watched.started


def test_what_is_watched_twice_is_unwatched_at_once() -> None:
    assert unwatched(WatchedSend(WatchedSend(nowhere))) is nowhere


def test_what_is_not_watched_stays_as_it_is() -> None:
    assert unwatched(nowhere) is nowhere


def test_who_begins_sends_past_what_watches() -> None:
    watched = WatchedSend(nowhere)
    assert begin(watched) is begin(nowhere) is nowhere
