"""The example about background tasks."""

from __future__ import annotations

from docs_src.background import orders
from tests.conftest import ClientFactory


def test_order_is_written_and_told_after_it_is_accepted(client_for: ClientFactory) -> None:
    orders.journal.clear()
    client_for(orders.app).post("/orders")
    assert orders.journal == ["ordered", "told ada@example.org"]
